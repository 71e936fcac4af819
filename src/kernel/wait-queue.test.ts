import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, EINTR, ETIMEDOUT, PARKED } from '../protocol/errno';
import { BLOCK_REASONS, BlockReasonCode, READY_CAUSES, ReadyCauseCode, TaskStateCode } from '../protocol/words';
import { KernelPanic, type Kernel } from './kernel';
import { INPUT_WAITERS, NEXT_WAIT_TICKET, TASK_STATE } from './layout';
import { SimulatedMachine, type SimulatedTask } from './test-support/simulated-machine';
import { endWait, FOREVER, NO_WAIT, passOn, waitOn, wakeAll, wakeOne } from './wait-queue';

/** Two words of the header that no other part of these tests uses. */
const QUEUE = INPUT_WAITERS;

/** Takes one token if there is one, as every primitive does. */
function machineWithTokens(count: number) {
  const machine = new SimulatedMachine();
  const first = machine.boot();
  const tasks = Array.from({ length: count }, () => first.start());
  let tokens = 0;
  const take = (deadline = FOREVER) => (k: Kernel): number => {
    k.enter();
    if (tokens === 0) return waitOn(k, QUEUE, BlockReasonCode.semaphore, 0, deadline);
    tokens--;
    return k.leave(DONE);
  };
  const give = (k: Kernel): number => {
    k.enter();
    tokens++;
    wakeOne(k, QUEUE);
    return k.leave(DONE);
  };
  const waiting = (): number[] => machine.waiting(QUEUE);
  return { machine, first, tasks, take, give, waiting };
}
const tidsOf = (...tasks: SimulatedTask[]): number[] => tasks.map((task) => task.tid);

describe('wait queue', () => {
  it('keeps tasks in the order in which they came, and wakes the first', () => {
    const { first, tasks: [a, b, c], take, give, waiting } = machineWithTokens(3);
    for (const task of [b, c, a]) expect(task.do(take())).toBe(PARKED);
    expect(waiting()).toEqual(tidsOf(b, c, a));
    expect(a.state).toBe('blocked');
    expect(a.blockReason).toBe('semaphore');

    first.do(give);
    expect(waiting()).toEqual(tidsOf(c, a));
    expect(b.state).toBe('ready');
    expect(b.do(take())).toBe(DONE);
    expect(b.state).toBe('running');
  });

  it('puts a task whose token was taken by a faster one back before those who came later', () => {
    const { first, tasks: [a, b, fast], take, give, waiting } = machineWithTokens(3);
    a.do(take());
    b.do(take());
    first.do(give);
    expect(fast.do(take())).toBe(DONE);
    expect(a.do(take())).toBe(PARKED);
    expect(waiting()).toEqual(tidsOf(a, b));
  });

  it('keeps the order of arrival of several that were woken in one go and look again in another order', () => {
    const { first, tasks: [a, b, c, d, fast], take, give, waiting } = machineWithTokens(5);
    for (const task of [a, b, c, d]) task.do(take());
    for (let i = 0; i < 3; i++) first.do(give);
    for (let i = 0; i < 3; i++) expect(fast.do(take())).toBe(DONE);
    for (const task of [b, a, c]) expect(task.do(take())).toBe(PARKED);
    expect(waiting()).toEqual(tidsOf(a, b, c, d));
  });

  it('keeps the order of arrival when its tickets wrap around', () => {
    const { machine, first, tasks: [a, b, c], take, give, waiting } = machineWithTokens(3);
    machine.words[NEXT_WAIT_TICKET] = 2 ** 31 - 1;
    for (const task of [a, b, c]) task.do(take());
    for (let i = 0; i < 2; i++) first.do(give);
    for (let i = 0; i < 2; i++) first.do(take(NO_WAIT));
    b.do(take());
    a.do(take());
    expect(waiting()).toEqual(tidsOf(a, b, c));
  });

  it('gives a task that comes anew its place at the end', () => {
    const { first, tasks: [a, b], take, give, waiting } = machineWithTokens(2);
    a.do(take());
    b.do(take());
    first.do(give);
    expect(a.do(take())).toBe(DONE);
    expect(a.do(take())).toBe(PARKED);
    expect(waiting()).toEqual(tidsOf(b, a));
  });

  it('answers EAGAIN to one that may not wait, and ETIMEDOUT to one whose time is over already', () => {
    const { machine, tasks: [a], take, waiting } = machineWithTokens(1);
    machine.time = 500;
    expect(a.do(take(NO_WAIT))).toBe(EAGAIN);
    expect(a.do(take(500))).toBe(ETIMEDOUT);
    expect(a.state).toBe('running');
    expect(waiting()).toEqual([]);
  });

  it('ends a wait at its deadline and not before, from the middle of the queue', () => {
    const { machine, tasks: [a, b, c], take, waiting } = machineWithTokens(3);
    a.do(take());
    b.do(take(1000));
    c.do(take(2000));
    machine.advance(999);
    expect(waiting()).toEqual(tidsOf(a, b, c));
    machine.advance(1);
    expect(waiting()).toEqual(tidsOf(a, c));
    expect(b.do(take(1000))).toBe(ETIMEDOUT);
  });

  it('lets a task whose time is over take what came before it looked', () => {
    const { machine, first, tasks: [a], take, give } = machineWithTokens(1);
    a.do(take(1000));
    machine.advance(1000);
    first.do(give);
    expect(a.do(take(1000))).toBe(DONE);
  });

  it('forgets a timeout once the operation has ended: the next one waits anew', () => {
    const { machine, tasks: [a], take } = machineWithTokens(1);
    a.do(take(1000));
    machine.advance(1000);
    expect(a.do(take(1000))).toBe(ETIMEDOUT);
    expect(a.do(take(3000))).toBe(PARKED);
  });

  it('answers EINTR to one that a signal has interrupted', () => {
    const { machine, tasks: [a], take } = machineWithTokens(1);
    a.do(take());
    endWait(machine.page, a.address, ReadyCauseCode.interrupted);
    expect(a.do(take())).toBe(EINTR);
    expect(a.do(take())).toBe(PARKED);
  });

  it('passes a wake-up on from a task that is killed before it has looked', () => {
    const { first, tasks: [a, b, c], take, give, waiting } = machineWithTokens(3);
    for (const task of [a, b, c]) task.do(take());
    first.do(give);
    first.kill(a);
    expect(b.state).toBe('ready');
    expect(waiting()).toEqual(tidsOf(c));
    first.kill(b);
    expect(c.do(take())).toBe(DONE);
  });

  it('takes a task that is killed while it waits out of the queue and wakes nobody', () => {
    const { first, tasks: [a, b, c], take, waiting } = machineWithTokens(3);
    for (const task of [a, b, c]) task.do(take());
    first.kill(b);
    expect(waiting()).toEqual(tidsOf(a, c));
    first.kill(a);
    expect(waiting()).toEqual(tidsOf(c));
    expect(c.state).toBe('blocked');
    first.kill(c);
    expect(waiting()).toEqual([]);
  });

  it('does not pass on what has been used: a task killed after it took its token wakes nobody', () => {
    const { first, tasks: [a, b], take, give } = machineWithTokens(2);
    a.do(take());
    b.do(take());
    first.do(give);
    a.do(take());
    first.kill(a);
    expect(b.state).toBe('blocked');
  });

  it('does not pass on a wake-up that was for all: who came later was not meant', () => {
    const { first, tasks: [a, b], take, waiting } = machineWithTokens(2);
    a.do(take());
    first.do((k) => {
      k.enter();
      expect(wakeAll(k, QUEUE)).toBe(1);
      return k.leave(DONE);
    });
    b.do(take());
    first.kill(a);
    expect(waiting()).toEqual(tidsOf(b));
  });

  it('passes a wake-up on from an operation that fails though it was woken', () => {
    const { first, tasks: [a, b], take, give } = machineWithTokens(2);
    a.do(take());
    b.do(take());
    first.do(give);
    a.do((k) => {
      k.enter();
      passOn(k, QUEUE);
      return k.leave(-1);
    });
    expect(b.state).toBe('ready');
  });

  it('records who blocked for what and for how long, and who woke it', () => {
    const { machine, first, tasks: [a, b], take, give } = machineWithTokens(2);
    machine.events();
    a.do(take(5_000_000));
    b.do(take());
    machine.time = 2000;
    first.do(give);
    const [forSome, forEver, ready] = machine.events().filter(({ kind }) => kind === 'task-block' || kind === 'task-ready');
    expect(forSome).toMatchObject({ task: a.tid, value: 5000, time: 0 });
    expect(BLOCK_REASONS[forSome.detail]).toBe('semaphore');
    expect(forEver).toMatchObject({ task: b.tid, value: undefined });
    expect(ready).toMatchObject({ kind: 'task-ready', task: a.tid, other: first.tid, time: 2000 });
    expect(READY_CAUSES[ready.detail]).toBe('woken');

    a.do(take());
    a.do(take(6_000_000));
    machine.advance(6_000_000);
    const [timedOut] = machine.events().filter(({ kind }) => kind === 'task-ready');
    expect(timedOut).toMatchObject({ task: a.tid, other: 0 });
    expect(READY_CAUSES[timedOut.detail]).toBe('timed out');
  });

  it('panics where a task that does not wait is in a queue', () => {
    const { machine, first, tasks: [a], take, give } = machineWithTokens(1);
    a.do(take());
    machine.words[a.address + TASK_STATE] = TaskStateCode.running;
    expect(() => first.do(give)).toThrow(KernelPanic);
  });

  it('panics where a blocked task begins an operation', () => {
    const { tasks: [a], take } = machineWithTokens(1);
    a.do(take());
    expect(() => a.do(take())).toThrow(`task ${a.tid} began an operation in state blocked`);
  });
});
