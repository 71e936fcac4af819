import { describe, expect, it } from 'vitest';
import { DONE, ENFILE, ENOMEM, PARKED } from '../protocol/errno';
import { ObjectTypeCode } from '../protocol/words';
import { processHeap } from './ipc/heap';
import { createPipe, receivePipe, sendPipe } from './ipc/pipe';
import { createPool, finishJob, submitJob } from './ipc/pool';
import { createQueue, getQueue, putQueue, queueCount } from './ipc/queue';
import { createShared } from './ipc/shared-memory';
import { openHandle } from './handles';
import { FREE_OBJECT, LIVE_TASKS, MAX_OBJECTS, OBJECTS, OBJECT_HIGH, OBJECT_WORDS, PAGE_BYTES } from './layout';
import { releaseObject } from './object-table';
import { allocateBlock, freeBlock, freeBytes } from './page-allocator';
import { createBarrier } from './sync/barrier';
import { createCondition } from './sync/condition';
import { createEvent } from './sync/event';
import { createLock } from './sync/lock';
import { createSemaphore } from './sync/semaphore';
import { writeMessage } from './test-support/messages';
import { SimulatedMachine, type SimulatedTask } from './test-support/simulated-machine';
import { FOREVER } from './wait-queue';

const LONG = new Uint8Array(10_000);

/** A machine whose pages are all taken; the answer gives them back. */
function fill(machine: SimulatedMachine): () => void {
  const taken: number[] = [];
  while (freeBytes(machine.words) > 0) taken.push(allocateBlock(machine.words, PAGE_BYTES));
  return () => {
    for (const address of taken) freeBlock(machine.words, address);
  };
}
/** Events that say that something has happened to an object. */
const happened = (machine: SimulatedMachine) => machine.events().filter(({ kind }) => !kind.startsWith('task-'));

describe('a machine whose memory is full', () => {
  it('refuses to put, send, submit, hand in and start, and nothing has changed', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const queue = main.do((k) => createQueue(k, ObjectTypeCode.queue, 0, 'q'));
    const pipe = main.do((k) => createPipe(k, false, 'pipe'));
    for (const end of [0, 1]) main.do((k) => openHandle(k, pipe, end, end));
    const pool = main.do((k) => createPool(k, 1, 'pool'));
    const put = (): number => main.do((k) => putQueue(k, queue, writeMessage(k, LONG), '', FOREVER));
    const attempts: (() => number)[] = [
      put,
      () => main.do((k) => sendPipe(k, pipe, 0, writeMessage(k, LONG), '', FOREVER)),
      () => main.do((k) => submitJob(k, pool, writeMessage(k, LONG), '')),
      () => main.do((k) => finishJob(k, pool, false, writeMessage(k, LONG), '')),
      () => main.do((k) => machine.tryStart(k, { argumentBytes: writeMessage(k, LONG) })),
      () => main.do((k) => createShared(k, 'array', 'i', 10, 0, 'array')),
      () => main.do((k) => processHeap(k)),
    ];
    const giveBack = fill(machine);
    machine.events();
    const objects = machine.words[OBJECT_HIGH];
    for (const attempt of attempts) expect(attempt()).toBe(ENOMEM);
    expect(happened(machine)).toEqual([]);
    expect(machine.words[OBJECT_HIGH]).toBe(objects);
    expect([machine.words[LIVE_TASKS], queueCount(main.kernel, queue)]).toEqual([1, 0]);

    giveBack();
    for (const attempt of attempts) expect(attempt()).toBeGreaterThanOrEqual(DONE);
  });

  it('has the next putter go on in the place of one that found no room for what it puts', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const queue = main.do((k) => createQueue(k, ObjectTypeCode.queue, 1, 'q'));
    const [a, b] = [main.start(), main.start()];
    const put = (task: SimulatedTask, content: string | Uint8Array): number =>
      task.do((k) => putQueue(k, queue, writeMessage(k, content), '', FOREVER));
    put(main, 'first');
    expect([put(a, LONG), put(b, 'short')]).toEqual([PARKED, PARKED]);
    const giveBack = fill(machine);
    main.do((k) => getQueue(k, queue, FOREVER));
    expect(put(a, LONG)).toBe(ENOMEM);
    expect(put(b, 'short')).toBe(DONE);
    giveBack();
  });

  it('has the next writer go on in the place of one that found no room for its message', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const pipe = main.do((k) => createPipe(k, false, 'pipe'));
    for (const end of [0, 1]) main.do((k) => openHandle(k, pipe, end, end));
    const [a, b] = [main.start(), main.start()];
    const send = (task: SimulatedTask, content: string | Uint8Array): number =>
      task.do((k) => sendPipe(k, pipe, 0, writeMessage(k, content), '', FOREVER));
    send(main, new Uint8Array(60_000));
    expect([send(a, new Uint8Array(50_000)), send(b, new Uint8Array(6000))]).toEqual([PARKED, PARKED]);
    main.do((k) => receivePipe(k, pipe, 1, FOREVER));
    const giveBack = fill(machine);
    expect(send(a, new Uint8Array(50_000))).toBe(ENOMEM);
    expect(b.state).toBe('ready');
    giveBack();
    expect(send(b, new Uint8Array(6000))).toBe(DONE);
  });
});

describe('a machine whose object table is full', () => {
  it('makes no object of any kind, keeps no memory for it, and goes on when one is given back', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const lock = main.do((k) => createLock(k, ObjectTypeCode.lock, 'lock'));
    const makers: (() => number)[] = [
      () => main.do((k) => createLock(k, ObjectTypeCode.rlock, '')),
      () => main.do((k) => createSemaphore(k, ObjectTypeCode.semaphore, 1, 5, '')),
      () => main.do((k) => createCondition(k, lock, '')),
      () => main.do((k) => createEvent(k, '')),
      () => main.do((k) => createBarrier(k, 2, '')),
      () => main.do((k) => createQueue(k, ObjectTypeCode.queue, 2, '')),
      () => main.do((k) => createPipe(k, true, '')),
      () => main.do((k) => createPool(k, 2, '')),
      () => main.do((k) => createShared(k, 'array', 'd', 1000, 0, '')),
      () => main.do((k) => processHeap(k)),
    ];
    const high = machine.words[OBJECT_HIGH];
    machine.words[OBJECT_HIGH] = MAX_OBJECTS;
    const before = machine.words.slice(OBJECTS, OBJECTS + MAX_OBJECTS * OBJECT_WORDS);
    const free = freeBytes(machine.words);
    machine.events();
    for (const make of makers) expect(make()).toBe(ENFILE);
    expect(happened(machine)).toEqual([]);
    expect(freeBytes(machine.words)).toBe(free);
    expect(machine.words.subarray(OBJECTS, OBJECTS + MAX_OBJECTS * OBJECT_WORDS).every((word, i) => word === before[i])).toBe(true);

    expect(releaseObject(machine.page, lock)).toBe(true);
    expect(main.do((k) => createEvent(k, ''))).toBe(lock);
    machine.words[OBJECT_HIGH] = high;
    for (const make of makers) expect(make()).toBeGreaterThan(0);
    expect(machine.words[FREE_OBJECT]).toBe(0);
  });
});
