import { describe, expect, it } from 'vitest';
import { EventKindCode, RECORD_BYTES } from '../protocol/trace-events';
import { makePlace } from '../protocol/ids';
import { ObjectTypeCode } from '../protocol/words';
import { createPipe } from './ipc/pipe';
import { createQueue, getQueue } from './ipc/queue';
import {
  MAX_HANDLES, MAX_TASKS, MAX_TEXT_BYTES, MAX_WORKERS, RING_BELL, RING_HEAD, RING_HEADROOM, RING_RECORDS, RING_TAIL,
} from './layout';
import { endRun } from './task';
import { SimulatedMachine } from './test-support/simulated-machine';
import { defineString, emit, hasHeadroom, internString, numberValue, textValue } from './trace-sink';
import { FOREVER } from './wait-queue';

const { line } = EventKindCode;
const used = (machine: SimulatedMachine): number => (machine.words[RING_HEAD] - machine.words[RING_TAIL]) | 0;

describe('trace ring', () => {
  it('records each event with its task, time, object, place and value, in the order of what happened', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    machine.events();
    machine.time = 12_345;
    main.kernel.place = makePlace(3, 77);
    main.do((k) => emit(k, line, 5, -6, numberValue(k, -7), 200));
    expect(machine.events()).toEqual([
      { kind: 'task-run', detail: 0, extra: 0, task: main.tid, time: 12_345, object: 0, place: makePlace(3, 77), other: 0, value: undefined },
      { kind: 'line', detail: 200, extra: 0, task: main.tid, time: 12_345, object: 5, place: makePlace(3, 77), other: -6, value: -7 },
    ]);
  });

  it('wraps around at its end and when its counters overflow, also within a text', () => {
    for (const start of [RING_RECORDS - 5, 2 ** 31 - 5, -5]) {
      const machine = new SimulatedMachine();
      machine.words[RING_HEAD] = machine.words[RING_TAIL] = start;
      const { page } = machine;
      const texts = ['a', 'é'.repeat(RECORD_BYTES * 3), '', 'z'.repeat(RECORD_BYTES)];
      for (const text of texts) emit(page, line, 0, 0, textValue(page, text));
      expect(machine.events().map(({ value }) => value)).toEqual([texts[0], texts[1], undefined, texts[3]]);
      expect(hasHeadroom(page)).toBe(true);
    }
  });

  it('defines a text once for a worker, and each output anew', () => {
    const machine = new SimulatedMachine();
    const { page } = machine;
    expect(internString(page, 'name')).toBe(internString(page, 'name'));
    expect(defineString(page, 'name')).not.toBe(defineString(page, 'name'));
    const other = machine.boot().kernel;
    expect(internString(other, 'name')).not.toBe(internString(page, 'name'));
  });

  it('forgets interned texts rather than keep a million that never come again', () => {
    const machine = new SimulatedMachine();
    const { page } = machine;
    for (let i = 0; i < 40_000; i++) {
      internString(page, `text ${i}`);
      machine.drainIfFull();
    }
    expect(page.strings.size).toBeLessThan(20_000);
  });

  it('cuts a long text between two characters', () => {
    const machine = new SimulatedMachine();
    for (const text of ['x'.repeat(MAX_TEXT_BYTES + 1), `x${'😀'.repeat(MAX_TEXT_BYTES / 4)}`, '汉'.repeat(MAX_TEXT_BYTES)]) {
      emit(machine.page, line, 0, 0, textValue(machine.page, text));
      const [{ value }] = machine.events();
      const bytes = new TextEncoder().encode(value as string).length;
      expect(text.startsWith(value as string)).toBe(true);
      expect(bytes).toBeLessThanOrEqual(MAX_TEXT_BYTES);
      expect(bytes).toBeGreaterThan(MAX_TEXT_BYTES - 4);
    }
  });

  it('rings the recorder once when it becomes half full', () => {
    const machine = new SimulatedMachine();
    const rung = (): number => machine.words[RING_BELL];
    while (used(machine) < RING_RECORDS / 2 - 1) emit(machine.page, line, 0, 0, 0);
    expect(rung()).toBe(0);
    emit(machine.page, line, 0, 0, 0);
    expect(rung()).toBe(1);
    emit(machine.page, line, 0, 0, 0);
    expect(rung()).toBe(1);
  });

  it('keeps a writer out while there is no room for the largest operation', () => {
    const machine = new SimulatedMachine();
    const { page } = machine;
    machine.words[RING_HEAD] = RING_RECORDS - RING_HEADROOM;
    expect(hasHeadroom(page)).toBe(true);
    machine.words[RING_HEAD]++;
    expect(hasHeadroom(page)).toBe(false);
    // Plain memory: nobody else could drain it, so waiting is an error rather than for ever.
    expect(() => page.lock()).toThrow();
  });

  it('has the page wait for room without blocking, until the recorder has drained', async () => {
    const machine = new SimulatedMachine({ shared: true });
    machine.words[RING_HEAD] = RING_RECORDS - RING_HEADROOM + 1;
    let taken = false;
    const taking = machine.page.lockAsync().then(() => (taken = true));
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    expect(taken).toBe(false);
    expect(machine.words[RING_BELL]).toBeGreaterThan(0);
    Atomics.store(machine.words, RING_TAIL, 1);
    await taking;
    machine.page.unlock();
  });

  it('holds all that the largest operation writes: ending a run of as many tasks and handles as there can be', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const queue = main.do((k) => createQueue(k, ObjectTypeCode.queue, 0, 'q'));
    const pipes = Array.from({ length: MAX_HANDLES / 2 }, () => main.do((k) => createPipe(k, true, 'pipe')));
    main.start({ handles: pipes.flatMap((object) => [{ object, end: 0, number: 0 }, { object, end: 1, number: 1 }]) });
    const parent = main.start();
    const children = MAX_WORKERS - 10;
    for (let i = 0; i < children; i++) parent.start();
    for (let tasks = 3 + children; tasks < MAX_TASKS - 1; tasks++) {
      main.startThread({ ownWorker: false }).do((k) => getQueue(k, queue, FOREVER));
    }
    machine.events();
    const before = machine.words[RING_HEAD];
    machine.page.lock();
    endRun(machine.page, 1);
    machine.page.unlock();
    expect(machine.words[RING_HEAD] - before).toBeLessThan(RING_HEADROOM);
    expect(machine.words[RING_HEAD] - before).toBeGreaterThan(MAX_HANDLES);
    const events = machine.events();
    expect(events.filter(({ kind }) => kind === 'task-exit')).toHaveLength(MAX_TASKS - 1);
    expect(events.at(-1)).toMatchObject({ kind: 'run-end', detail: 1, other: -9 });
  });

  it('records with tracing off what a reader must be shown, and nothing else', () => {
    const machine = new SimulatedMachine({ tracing: false });
    const main = machine.boot();
    const child = main.start({ name: 'child' });
    child.do((k) => createQueue(k, ObjectTypeCode.queue, 0, 'q'));
    child.exit(1);
    main.exit();
    expect(machine.events().map(({ kind }) => kind)).toEqual([
      'task-new', 'task-new', 'task-exit', 'task-reap', 'task-exit', 'task-reap', 'run-end',
    ]);
  });
});
