import { describe, expect, it } from 'vitest';
import { DONE, EINVAL, ENOMEM } from '../../protocol/errno';
import { PAGE_BYTES } from '../layout';
import { allocateBlock, freeBlock, freeBytes } from '../page-allocator';
import { readBytes, readMessage, sameBytes, writeMessage } from '../test-support/messages';
import { Random } from '../test-support/random';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { HEAP_NAME_BYTES, HEAP_SLOTS, heapSlot, loadHeap, processHeap, storeHeap } from './heap';

const heapOf = (task: SimulatedTask): number => task.do((k) => processHeap(k));
const slot = (task: SimulatedTask, name: string): number =>
  task.do((k) => heapSlot(k, processHeap(k), new TextEncoder().encode(name)));
const store = (task: SimulatedTask, name: string, content: string | Uint8Array): number => {
  const index = slot(task, name);
  return task.do((k) => storeHeap(k, processHeap(k), index, writeMessage(k, content), ''));
};
const load = (task: SimulatedTask, name: string): string | undefined => {
  const index = slot(task, name);
  const length = task.do((k) => loadHeap(k, processHeap(k), index));
  return length === 0 ? undefined : readMessage(task.kernel, length);
};

describe('heap', () => {
  it('is one for all threads of a process, whoever uses it first, and another in each process', () => {
    const main = new SimulatedMachine().boot();
    const early = main.startThread();
    const heap = heapOf(early);
    const late = main.startThread();
    expect([heapOf(main), heapOf(late)]).toEqual([heap, heap]);
    const child = main.start();
    expect(heapOf(child)).not.toBe(heap);
    expect(heapOf(child.startThread())).toBe(heapOf(child));
  });

  it('keeps one value by name, the last one stored, and none before that', () => {
    const main = new SimulatedMachine().boot();
    const thread = main.startThread();
    expect(load(main, 'n')).toBeUndefined();
    store(main, 'n', 'one');
    store(thread, 'other', 'x');
    expect([load(thread, 'n'), load(thread, 'n'), load(main, 'other')]).toEqual(['one', 'one', 'x']);
    store(thread, 'n', 'a longer value');
    expect(load(main, 'n')).toBe('a longer value');
    store(thread, 'n', '');
    expect(load(main, 'n')).toBe('');
  });

  it('keeps values of any size through many stores', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const random = new Random(5);
    const model = new Map<string, Uint8Array>();
    for (let step = 0; step < 600; step++) {
      const name = `slot ${random.below(5)}`;
      const value = random.bytes(random.chance(80) ? random.below(300) : random.below(30_000));
      expect(store(main, name, value)).toBe(DONE);
      model.set(name, value);
      const looked = `slot ${random.below(5)}`;
      const index = slot(main, looked);
      const length = main.do((k) => loadHeap(k, processHeap(k), index));
      const expected = model.get(looked);
      if (expected === undefined) expect(length).toBe(0);
      else expect(sameBytes(readBytes(main.kernel, length), expected)).toBe(true);
    }
  });

  it('takes so many names of such a length', () => {
    const main = new SimulatedMachine().boot();
    for (let i = 0; i < HEAP_SLOTS; i++) expect(slot(main, `name ${i}`)).toBe(i);
    expect(slot(main, 'one more')).toBe(ENOMEM);
    expect(slot(main, 'name 7')).toBe(7);
    expect(slot(main, 'x'.repeat(HEAP_NAME_BYTES + 1))).toBe(EINVAL);
    const other = main.start();
    expect(slot(other, 'x'.repeat(HEAP_NAME_BYTES))).toBe(0);
    expect(slot(other, 'x'.repeat(HEAP_NAME_BYTES - 1))).toBe(1);
  });

  it('keeps the old value where the new one finds no room, and can be read however full the memory is', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const held = new Random(1).bytes(100_000);
    store(main, 'n', held);
    store(main, 'small', 'a');
    const taken: number[] = [];
    while (freeBytes(machine.words) > 0) taken.push(allocateBlock(machine.words, PAGE_BYTES));
    expect(freeBytes(machine.words)).toBe(0);
    expect(store(main, 'n', new Uint8Array(120_000))).toBe(ENOMEM);
    const index = slot(main, 'n');
    for (let times = 0; times < 2; times++) {
      const length = main.do((k) => loadHeap(k, processHeap(k), index));
      expect(sameBytes(readBytes(main.kernel, length), held)).toBe(true);
    }
    expect(store(main, 'n', new Uint8Array(80_000))).toBe(DONE);
    for (const at of taken) freeBlock(machine.words, at);
    expect(store(main, 'n', new Uint8Array(120_000))).toBe(DONE);
  });

  it('is given back with its process', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    main.do((k) => processHeap(k));
    const free = freeBytes(machine.words);
    const child = main.start();
    store(child.startThread(), 'n', new Uint8Array(50_000));
    store(child, 'm', new Uint8Array(5));
    expect(freeBytes(machine.words)).toBeLessThan(free);
    const address = heapOf(child);
    child.exit();
    expect(freeBytes(machine.words)).toBe(free);
    expect(heapOf(main.start())).toBe(address);
  });
});
