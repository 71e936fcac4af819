import { describe, expect, it } from 'vitest';
import type { EventBreak, PauseState } from '../../protocol/pause';
import type { VirtualSettings } from '../../protocol/program';
import { EventKindCode } from '../../protocol/trace-events';
import { BLOCK_REASONS, ObjectTypeCode, READY_CAUSES, type BlockReason } from '../../protocol/words';
import { createQueue, getQueue, putQueue } from '../ipc/queue';
import { nameObject } from '../object-table';
import { createProgramObject, markPart, recordEvent, recordItem } from '../program-objects';
import { acquireLock, createLock, releaseLock } from '../sync/lock';
import { acquireSemaphore, createSemaphore, releaseSemaphore } from '../sync/semaphore';
import { writeMessage } from '../test-support/messages';
import type { RecordedEvent } from '../test-support/ring-reader';
import { VirtualMachine, type Script } from '../test-support/virtual-machine';
import { FOREVER } from '../wait-queue';
import { changeStop, pauseState } from './pause';

/** A producer that is faster than its two consumers, which share a lock. */
const script: Script = function* (main) {
  const queue = yield (k) => createQueue(k, ObjectTypeCode.queue, 2, '');
  yield (k) => nameObject(k, queue, 'q');
  const lock = yield (k) => createLock(k, ObjectTypeCode.lock, 'lock');
  const take: Script = function* (self) {
    for (let i = 0; i < 6; i++) {
      yield (k) => getQueue(k, queue, FOREVER);
      yield (k) => acquireLock(k, lock, FOREVER);
      yield* self.sleep(40_000);
      yield (k) => releaseLock(k, lock);
    }
  };
  const takers = [yield* main.thread('one', take), yield* main.process('other', take)];
  for (let i = 0; i < 12; i++) {
    yield (k) => putQueue(k, queue, writeMessage(k, String(i)), String(i), FOREVER);
    yield 3;
  }
  for (const taker of takers) yield* main.join(taker);
};

function locked<Result>(machine: VirtualMachine, act: () => Result): Result {
  machine.page.lock();
  const result = act();
  machine.page.unlock();
  return result;
}

/** Where a run of `program` stands still, and all that was recorded when it has ended. */
function stopsOf(program: Script, settings: VirtualSettings, events: readonly EventBreak[]): { stops: PauseState[]; recorded: RecordedEvent[] } {
  const machine = new VirtualMachine({ ...settings, stop: { events } });
  let recorded = machine.run(program);
  const stops: PauseState[] = [];
  const stand = (): PauseState | undefined => locked(machine, () => pauseState(machine.page));
  for (let state = stand(); state !== undefined; state = stand()) {
    expect(state.cause).toBe('event');
    // What it stands still for is the last thing that has happened, or its task has done nothing since.
    expect(recorded.filter(({ time }) => time > state.time)).toEqual([]);
    stops.push(state);
    locked(machine, () => changeStop(machine.page, { events }));
    recorded = machine.goOn();
  }
  return { stops, recorded };
}

/** Waits that begin: a task that was woken in vain and parks again is still in the one before. */
function waitsIn(recorded: readonly RecordedEvent[], reason: BlockReason): number {
  const woken = new Set<number>();
  let count = 0;
  for (const { kind, task, detail } of recorded) {
    if (kind === 'task-ready' && READY_CAUSES[detail] === 'woken') woken.add(task);
    if (kind === 'task-ready' || kind === 'task-run') continue;
    if (kind === 'task-block' && BLOCK_REASONS[detail] === reason && !woken.has(task)) count++;
    woken.delete(task);
  }
  return count;
}

const SETTINGS: VirtualSettings[] = (['round-robin', 'fifo', 'random', 'pct'] as const).flatMap(
  (policy) => [1, 2].map((cpus) => ({ policy, cpus, seed: 5, quantum: 0.02 })),
);

describe.each(SETTINGS)('breakpoints on events, by $policy on $cpus CPUs', (settings) => {
  const whole = new VirtualMachine(settings).run(script);

  it.each<[BlockReason, EventBreak]>([
    ['queue full', { kind: 'task-block', reason: 'queue full', object: 'q' }],
    ['queue empty', { kind: 'task-block', reason: 'queue empty', object: 'q' }],
    ['lock', { kind: 'task-block', object: 'lock' }],
  ])('stop at each wait: %s', (reason, wanted) => {
    const { stops, recorded } = stopsOf(script, settings, [wanted]);
    expect(recorded).toEqual(whole);
    expect(stops.map(({ event }) => event?.reason)).toEqual(Array.from({ length: waitsIn(whole, reason) }, () => reason));
  });

  it('stop at what a task does, by its name, and at the ends of tasks', () => {
    const { stops, recorded } = stopsOf(script, settings, [{ kind: 'task-block', task: 'other' }, { kind: 'task-exit' }, { kind: 'acquire', object: 'lock' }]);
    expect(recorded).toEqual(whole);
    const other = whole.find(({ kind, value }) => kind === 'task-new' && value === 'other')!.other;
    const kinds = stops.map(({ event }) => event!.kind);
    expect(stops.filter(({ event }) => event!.kind === 'task-block').every(({ event }) => event!.task === other)).toBe(true);
    expect(kinds.filter((kind) => kind === 'acquire')).toHaveLength(whole.filter(({ kind }) => kind === 'acquire').length);
    // The run is over with the last.
    expect(kinds.filter((kind) => kind === 'task-exit')).toHaveLength(whole.filter(({ kind }) => kind === 'task-exit').length - 1);
  });

  it('do not stop for other names', () => {
    const others: EventBreak[] = [
      { kind: 'task-block', object: 'queue' }, { kind: 'task-block', task: 'on' }, { kind: 'task-block', reason: 'pipe full' },
    ];
    expect(stopsOf(script, settings, others)).toEqual({ stops: [], recorded: whole });
  });
});

describe('a breakpoint on a queue that the library makes of simpler objects', () => {
  const CAPACITY = 2;
  const settings = { cpus: 1, quantum: 0.005 };
  /** As CPython's: a semaphore counts its room, a lock keeps it whole; all but the last put find room, the lock is busy once. */
  const puts: Script = function* (main) {
    yield* main.gil();
    const queue = yield (k) => createProgramObject(k, ObjectTypeCode.queue, CAPACITY, 'q');
    const room = yield (k) => createLock(k, ObjectTypeCode.lock, '');
    yield (k) => markPart(k, room, queue);
    const mutex = yield (k) => createSemaphore(k, ObjectTypeCode.lock, 1, 1, '');
    yield (k) => markPart(k, mutex, queue);
    const begin = (what: string) => (k: Parameters<typeof recordEvent>[0]) => recordEvent(k, EventKindCode.call, queue, 0, what, 0);
    const end = (k: Parameters<typeof recordEvent>[0]) => recordEvent(k, EventKindCode.return, queue, 0, '', 0);
    yield (k) => acquireSemaphore(k, mutex, FOREVER);
    const putter = yield* main.thread('putter', function* (self) {
      for (let i = 0; i <= CAPACITY; i++) {
        yield begin(`put(${i})`);
        // Long enough to lose the GIL.
        yield 100;
        yield (k) => acquireSemaphore(k, mutex, FOREVER);
        yield (k) => releaseSemaphore(k, mutex, 1);
        if (i === CAPACITY) yield (k) => acquireLock(k, room, FOREVER);
        yield (k) => recordItem(k, queue, 1, i);
        yield end;
      }
      yield* self.sleep(1_000);
    });
    yield (k) => acquireLock(k, room, FOREVER);
    yield 1_000;
    yield* main.sleep(100_000);
    yield (k) => releaseSemaphore(k, mutex, 1);
    yield* main.sleep(100_000);
    yield (k) => releaseLock(k, room);
    yield* main.join(putter);
  };

  it('stops where the queue is full, not where its inner lock is busy', () => {
    const full = stopsOf(puts, settings, [{ kind: 'task-block', reason: 'queue full', object: 'q' }]);
    expect(full.recorded).toEqual(new VirtualMachine(settings).run(puts));
    expect(full.recorded.some(({ kind, detail }) => kind === 'task-block' && BLOCK_REASONS[detail] === 'gil')).toBe(true);
    const queue = full.recorded.find(({ kind, value }) => kind === 'object-new' && value === 'q')!.object;
    expect(full.stops.map(({ event }) => event)).toMatchObject([{ kind: 'task-block', reason: 'queue full', object: queue }]);
    // Each of the two calls waits for something of q.
    expect(stopsOf(puts, settings, [{ kind: 'task-block', object: 'q' }]).stops.map(({ event }) => event?.reason)).toEqual(['lock', 'queue full']);
  });
});

describe('a call that starts a thread of the library', () => {
  const settings = { cpus: 2 };
  /** The first put starts the feeder, and waits for it under a lock; the second finds no room. */
  const program: Script = function* (main) {
    const queue = yield (k) => createProgramObject(k, ObjectTypeCode.queue, 1, 'q');
    const parts: number[] = [];
    for (let i = 0; i < 2; i++) {
      parts.push(yield (k) => createSemaphore(k, ObjectTypeCode.lock, 0, 1, ''));
      yield (k) => markPart(k, parts[i], queue);
    }
    for (const [i, part] of parts.entries()) {
      yield (k) => recordEvent(k, EventKindCode.call, queue, 0, `put(${i})`, 0);
      if (i === 0) {
        yield* main.machinery('feeder', function* () {
          for (const each of parts) {
            yield 1_000;
            yield (k) => releaseSemaphore(k, each, 1);
          }
        });
      }
      yield (k) => acquireSemaphore(k, part, FOREVER);
      yield (k) => recordItem(k, queue, 1, i);
      yield (k) => recordEvent(k, EventKindCode.return, queue, 0, '', 0);
    }
  };

  it('does not stop where it waits for that thread, only where it waits for the queue', () => {
    const { stops, recorded } = stopsOf(program, settings, [{ kind: 'task-block', object: 'q' }]);
    const waits = recorded.filter(({ kind, detail }) => kind === 'task-block' && BLOCK_REASONS[detail] === 'lock');
    expect(waits).toHaveLength(2);
    expect(stops.map(({ time }) => time)).toEqual([waits[1].time]);
    expect(stopsOf(program, settings, [{ kind: 'task-block' }]).stops).toHaveLength(1);
  });
});

describe('a run in which nobody can go on', () => {
  const deadlock: Script = function* (main) {
    const locks: number[] = [];
    for (const name of ['left', 'right']) locks.push(yield (k) => createLock(k, ObjectTypeCode.lock, name));
    const both = (first: number, second: number): Script => function* (self) {
      yield (k) => acquireLock(k, first, FOREVER);
      yield* self.sleep(1_000);
      yield (k) => acquireLock(k, second, FOREVER);
    };
    const tasks = [yield* main.thread('a', both(locks[0], locks[1])), yield* main.thread('b', both(locks[1], locks[0]))];
    for (const task of tasks) yield* main.join(task);
  };

  it('stands still before it ends, once', () => {
    const { stops, recorded } = stopsOf(deadlock, {}, [{ kind: 'finding' }]);
    expect(stops.map(({ event }) => event?.kind)).toEqual(['finding']);
    expect(recorded).toEqual(new VirtualMachine({}).run(deadlock));
    expect(recorded.at(-1)).toMatchObject({ kind: 'run-end' });
  });
});
