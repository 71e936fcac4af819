import { afterEach, describe, expect, it, vi } from 'vitest';
import { DONE, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { ObjectTypeCode, READY_CAUSES, StartMethodCode, TASK_STATES } from '../../protocol/words';
import { createGil } from '../gil';
import { getQueue, createQueue, putQueue } from '../ipc/queue';
import { Kernel } from '../kernel';
import { MINIMUM_MEMORY_BYTES, START_TIME, TASK_STATE, TASK_TID, WORKER_SLEEP, workerAddress } from '../layout';
import { createMemory } from '../machine-memory';
import { killProcess, startTask } from '../task';
import { RingReader } from '../test-support/ring-reader';
import { sleepUntil } from '../time';
import { FOREVER } from '../wait-queue';
import { realTime } from './real-time';

/** A worker that carries a process of `count` threads; its clock is `time`, in nanoseconds. */
function workerWithThreads(count: number) {
  const memory = createMemory({ shared: false, tracing: true, bytes: MINIMUM_MEMORY_BYTES });
  const clock = { time: 0 };
  const host = { startWorker: () => undefined, terminateWorker: () => undefined };
  const k = new Kernel(memory, 0, realTime, host);
  // The run starts with the clock's origin, so that no digit is lost between the two.
  k.doubles[START_TIME >> 1] = performance.timeOrigin;
  vi.spyOn(performance, 'now').mockImplementation(() => clock.time / 1e6);
  const page = new Kernel(memory, -1, realTime, host);
  const start = (by: Kernel, method: number, ownWorker: boolean): number => {
    startTask(by, { method, name: '', daemon: false, ownWorker, argumentBytes: 0 });
    return by.result;
  };
  const main = start(page, StartMethodCode.initial, true);
  k.setCurrent(realTime.dispatch(k));
  const threads = Array.from({ length: count - 1 }, () => start(k, StartMethodCode.thread, false));
  const stateOf = (task: number) => TASK_STATES[k.words[task + TASK_STATE]];
  /** Gives up the worker, and takes up the next task. */
  const next = (): number => {
    const task = realTime.dispatch(k);
    k.setCurrent(task);
    return task;
  };
  return { k, page, clock, main, threads, stateOf, next, reader: new RingReader(memory), start };
}

afterEach(() => vi.restoreAllMocks());

describe('real time', () => {
  it('dispatches the ready tasks of a worker in the order in which they became ready', () => {
    const { k, main, threads: [a, b], stateOf, next } = workerWithThreads(3);
    expect(stateOf(main)).toBe('running');
    const queue = createQueue(k, ObjectTypeCode.queue, 0, 'q');
    expect(getQueue(k, queue, FOREVER)).toBe(PARKED);
    expect(next()).toBe(a);
    expect(getQueue(k, queue, FOREVER)).toBe(PARKED);
    expect(next()).toBe(b);
    putQueue(k, queue, 4, '', FOREVER);
    putQueue(k, queue, 4, '', FOREVER);
    expect(realTime.preempt(k)).toBe(true);
    expect([next(), stateOf(main), stateOf(a), stateOf(b)]).toEqual([main, 'running', 'ready', 'ready']);
    expect(realTime.preempt(k)).toBe(true);
    expect([next(), k.currentTid]).toEqual([a, k.words[a + TASK_TID]]);
  });

  it('ends a wait when its time has come, also beside a task that is always ready', () => {
    const { k, clock, main, threads: [a, b], stateOf, next, reader } = workerWithThreads(3);
    expect(sleepUntil(k, 5e6)).toBe(PARKED);
    next();
    for (let turn = 0; turn < 10; turn++) {
      clock.time = turn * 4e5;
      realTime.preempt(k);
      expect([a, b]).toContain(next());
      expect(stateOf(main)).toBe('blocked');
    }
    reader.drain();
    clock.time = 5e6;
    realTime.preempt(k);
    const turns = [next(), (realTime.preempt(k), next())];
    expect(turns).toContain(main);
    const ready = reader.drain().find(({ kind, task }) => kind === 'task-ready' && task === k.words[main + TASK_TID]);
    expect([READY_CAUSES[ready!.detail], ready!.time]).toEqual(['timed out', 5e6]);
  });

  it('ends a wait in time beside tasks that wait for each other and leave the worker none without a ready task', () => {
    const { k, clock, main, threads: [a], next } = workerWithThreads(3);
    const queues = [0, 1].map(() => createQueue(k, ObjectTypeCode.queue, 0, 'q'));
    sleepUntil(k, 5e6);
    /** The current thread hands over to the other, and waits for it. */
    const handOver = (isFirst = false): number => {
      const [own, others] = k.current === a ? queues : queues.toReversed();
      if (!isFirst) expect(getQueue(k, own, FOREVER)).toBe(DONE);
      putQueue(k, others, 4, '', FOREVER);
      expect(getQueue(k, own, FOREVER)).toBe(PARKED);
      return next();
    };
    next();
    for (let turn = 0; turn < 20; turn++) expect(handOver(turn === 0)).not.toBe(main);
    clock.time = 5e6;
    const turns = [handOver()];
    if (k.current !== main) turns.push(handOver());
    expect(turns).toContain(main);
  });

  it('has a task that spins give way to a sleeper whose time has come', () => {
    const { k, clock, main, threads: [spinning], next } = workerWithThreads(2);
    sleepUntil(k, 5e6);
    expect(next()).toBe(spinning);
    expect(realTime.preempt(k)).toBe(false);
    clock.time = 5e6;
    expect(realTime.preempt(k)).toBe(true);
    expect(next()).toBe(main);
    expect(sleepUntil(k, 5e6)).toBe(DONE);
  });

  it('has a wait that was ended at its deadline answer so', () => {
    const { k, clock, main, next } = workerWithThreads(1);
    const queue = createQueue(k, ObjectTypeCode.queue, 0, 'q');
    expect(getQueue(k, queue, 1e6)).toBe(PARKED);
    clock.time = 1e6;
    expect(next()).toBe(main);
    expect(getQueue(k, queue, 1e6)).toBe(ETIMEDOUT);
  });

  it('does not let its clock run backwards where another worker\'s is behind', () => {
    const { k, clock } = workerWithThreads(1);
    clock.time = 900e6;
    expect(realTime.now(k)).toBe(900e6);
    clock.time = 500e6;
    expect(realTime.now(k)).toBe(900e6);
    clock.time = 901e6;
    expect(realTime.now(k)).toBe(901e6);
  });

  it('rings a worker when it has let the kernel lock go, and whoever takes a worker away rings for it', () => {
    const { k, page, start } = workerWithThreads(1);
    const sleep = (worker: number): number => k.words[workerAddress(worker) + WORKER_SLEEP];
    start(k, StartMethodCode.spawn, true);
    expect(sleep(1)).toBe(1);
    expect(k.toRing).toEqual([]);
    k.words[workerAddress(1) + WORKER_SLEEP] = 0;
    realTime.ringAll(page);
    expect([sleep(1), sleep(2)]).toEqual([1, 0]);
  });

  it('never dispatches a task that was ended while it was ready: the others go on without it', () => {
    const { k, page, main, next, start, stateOf } = workerWithThreads(1);
    // Processes on one worker, as a machine of one worker has them.
    const children = Array.from({ length: 4 }, () => start(k, StartMethodCode.spawn, false));
    const kill = (child: number): number => killProcess(page, child, k.words[child + TASK_TID], 9);
    page.current = 0;
    kill(children[0]);
    kill(children[2]);
    kill(children[3]);
    const another = start(k, StartMethodCode.spawn, false);
    const queue = createQueue(k, ObjectTypeCode.queue, 0, 'q');
    expect(stateOf(main)).toBe('running');
    const order: number[] = [];
    for (let i = 0; i < 2; i++) {
      getQueue(k, queue, FOREVER);
      order.push(next());
    }
    expect(order).toEqual([children[1], another]);
  });
});

describe('the GIL', () => {
  it('is held by the thread that runs; those that could run wait for it', () => {
    const { k, main, threads: [a, b], next, reader } = workerWithThreads(3);
    const gil = createGil(k);
    expect(gil).toBeGreaterThan(0);
    reader.drain();
    realTime.preempt(k);
    next();
    realTime.preempt(k);
    next();
    const [mainTid, aTid, bTid] = [main, a, b].map((task) => k.words[task + TASK_TID]);
    const seen = reader.drain().map(({ kind, task, other, detail }) => [kind, task, kind === 'task-ready' ? READY_CAUSES[detail] : other]);
    expect(seen).toEqual([
      ['release', mainTid, 0], ['task-ready', mainTid, 'preempted'], ['task-block', mainTid, aTid],
      ['acquire', aTid, 1], ['task-run', aTid, 0],
      ['release', aTid, 0], ['task-ready', aTid, 'preempted'], ['task-block', aTid, bTid],
      ['acquire', bTid, 1], ['task-run', bTid, 0],
    ]);
  });

  it('is given back for a wait', () => {
    const { k, threads: [a], next, reader } = workerWithThreads(2);
    createGil(k);
    const queue = createQueue(k, ObjectTypeCode.queue, 0, 'q');
    reader.drain();
    getQueue(k, queue, FOREVER);
    expect(next()).toBe(a);
    expect(reader.drain().map(({ kind }) => kind)).toEqual(['task-block', 'release', 'acquire', 'task-run']);
  });
});
