import { expect, test } from 'vitest';
import { CollectorLists } from './collector-lists';
import type { NativeModule } from './native-module';

const RUNTIME = 0x100;
const INTERPRETER = 0x800;
const COLLECTOR = 0x10;
const COLLECTING = 0x8;
/** The C stack of the thread that is suspended lies between these. */
const STACK_TOP = 0x1000;
const STACK_BASE = 0x1400;
/** Objects of the heap, and what malloc gives. */
const OBJECTS = [0x2000, 0x2100, 0x2200];
const ALLOCATED = 0x3000;
/** Bits of the collector's own in a link back. */
const COLLECTING_BIT = 2;

function memoryOf(): { u32: Uint32Array; native: NativeModule } {
  const u32 = new Uint32Array(0x4000 >> 2);
  const table = { interpreters: 5, collector: 11, collecting: 82 };
  const values = { interpreters: 0x40, collector: COLLECTOR, collecting: COLLECTING };
  for (const name of ['interpreters', 'collector', 'collecting'] as const) u32[(RUNTIME + 8 * table[name]) >> 2] = values[name];
  u32[(RUNTIME + values.interpreters) >> 2] = INTERPRETER;
  const native = {
    heap: () => ({ u32 }),
    x: {
      _PyRuntime: { value: RUNTIME },
      emscripten_stack_get_current: () => STACK_TOP,
      emscripten_stack_get_base: () => STACK_BASE,
      malloc: () => ALLOCATED,
      free: () => undefined,
    },
  };
  return { u32, native: native as unknown as NativeModule };
}

/** Links the head and the objects to a ring, as the collector does. */
function link(u32: Uint32Array, head: number, objects: readonly number[]): void {
  const ring = [head, ...objects];
  ring.forEach((at, index) => {
    const next = ring[(index + 1) % ring.length];
    u32[at >> 2] = next;
    u32[(next + 4) >> 2] = at | (next === head ? 0 : COLLECTING_BIT);
  });
}

/** What CPython does when an object of a list is freed. */
function unlink(u32: Uint32Array, object: number): void {
  const next = u32[object >> 2];
  const previous = u32[(object + 4) >> 2] & ~3;
  u32[previous >> 2] = next;
  u32[(next + 4) >> 2] = previous | (u32[(next + 4) >> 2] & 3);
}

function membersOf(u32: Uint32Array, head: number): number[] {
  const members = [];
  for (let at = u32[head >> 2]; at !== head; at = u32[at >> 2]) members.push(at);
  return members;
}

for (const freed of [[0x2000], [0x2200], [0x2000, 0x2200], OBJECTS]) {
  test(`objects of a collection that is suspended are freed by others, whoever has the C stack meanwhile (${freed.length})`, () => {
    const { u32, native } = memoryOf();
    u32[(INTERPRETER + COLLECTOR + COLLECTING) >> 2] = 1;
    const head = STACK_TOP + 0x24;
    link(u32, head, OBJECTS);
    const stack = u32.slice(STACK_TOP >> 2, STACK_BASE >> 2);
    const lists = new CollectorLists(native);
    const moved = lists.moveOffStack();

    u32.fill(0xabcdef01, STACK_TOP >> 2, STACK_BASE >> 2);
    for (const object of freed) unlink(u32, object);
    expect(u32.subarray(STACK_TOP >> 2, STACK_BASE >> 2).every((word) => word === 0xabcdef01)).toBe(true);

    u32.set(stack, STACK_TOP >> 2);
    lists.putBack(moved);
    const left = OBJECTS.filter((object) => !freed.includes(object));
    expect(membersOf(u32, head)).toEqual(left);
    expect(u32[(head + 4) >> 2]).toBe(left.at(-1) ?? head);
    for (const object of left) expect(u32[(object + 4) >> 2] & 3).toBe(COLLECTING_BIT);
  });
}

test('where nothing is collected, nothing is looked for', () => {
  const { u32, native } = memoryOf();
  link(u32, STACK_TOP + 0x24, OBJECTS);
  const before = u32.slice();
  expect(new CollectorLists(native).moveOffStack()).toBeUndefined();
  expect(u32).toEqual(before);
});
