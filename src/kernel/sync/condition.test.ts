import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, EPERM, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { ObjectTypeCode } from '../../protocol/words';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { conditionLock, createCondition, notifyCondition, waitCondition } from './condition';
import { acquireLock, createLock, lockOwner, releaseLock, restoreDepth } from './lock';

function machineWithCondition(type: 'lock' | 'rlock' = 'lock') {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const tasks = Array.from({ length: 4 }, () => main.start());
  const lock = main.do((k) => createLock(k, ObjectTypeCode[type], 'lock'));
  const at = main.do((k) => createCondition(k, lock, 'condition'));
  const acquire = (task: SimulatedTask): number => task.do((k) => acquireLock(k, lock, FOREVER));
  const release = (task: SimulatedTask): number => task.do((k) => releaseLock(k, lock));
  const wait = (task: SimulatedTask, deadline = FOREVER): number => task.do((k) => waitCondition(k, at, deadline));
  /** Acquires the lock and waits on the condition. */
  const enterAndWait = (task: SimulatedTask, deadline = FOREVER): void => {
    expect(acquire(task)).toBe(DONE);
    expect(wait(task, deadline)).toBe(PARKED);
  };
  const notify = (count: number): number => {
    acquire(main);
    expect(main.do((k) => notifyCondition(k, at, count))).toBe(DONE);
    const notified = main.kernel.result;
    release(main);
    return notified;
  };
  const ownerIs = (task: SimulatedTask | undefined): void => expect(lockOwner(machine.page, lock)).toBe(task?.tid ?? 0);
  return { machine, main, tasks, lock, at, acquire, release, wait, enterAndWait, notify, ownerIs };
}

describe('condition', () => {
  it('gives the lock up for the wait, and wakes as many as are notified, the longest waiting first', () => {
    const { machine, lock, at, tasks: [a, b, c], wait, enterAndWait, notify, ownerIs } = machineWithCondition();
    expect(conditionLock(machine.page, at)).toBe(lock);
    for (const task of [a, b, c]) {
      enterAndWait(task);
      ownerIs(undefined);
    }
    expect(a.blockReason).toBe('condition');
    expect(notify(2)).toBe(2);
    expect([a.state, b.state, c.state]).toEqual(['ready', 'ready', 'blocked']);
    expect([wait(b), wait(a)]).toEqual([DONE, DONE]);
    expect(notify(5)).toBe(1);
    expect(wait(c)).toBe(DONE);
  });

  it('notifies nobody who comes after: a notification without a waiter is gone', () => {
    const { tasks: [a], enterAndWait, notify } = machineWithCondition();
    expect(notify(1)).toBe(0);
    enterAndWait(a);
    expect(a.state).toBe('blocked');
  });

  it('answers for the wait in which one was notified and not for the next', () => {
    const { tasks: [a], acquire, wait, enterAndWait, notify } = machineWithCondition();
    enterAndWait(a);
    notify(1);
    expect(wait(a)).toBe(DONE);
    expect(acquire(a)).toBe(DONE);
    expect(wait(a)).toBe(PARKED);
  });

  it('is waited on and notified only by one that has the lock', () => {
    const { main, at, tasks: [a, b], acquire, wait } = machineWithCondition('rlock');
    expect(wait(a)).toBe(EPERM);
    acquire(b);
    expect(wait(a)).toBe(EPERM);
    expect(main.do((k) => notifyCondition(k, at, 1))).toBe(EPERM);
    expect(wait(b)).toBe(PARKED);
  });

  it('gives an rlock up however deep it is, and remembers the depth through other operations of the task', () => {
    const { tasks: [a, b], lock, acquire, release, wait, notify, ownerIs } = machineWithCondition('rlock');
    for (let i = 0; i < 3; i++) acquire(a);
    expect(wait(a)).toBe(PARKED);
    expect(acquire(b)).toBe(DONE);
    release(b);
    notify(1);
    expect(wait(a)).toBe(DONE);
    const depth = a.kernel.result;
    expect(depth).toBe(2);
    acquire(a);
    a.do((k) => restoreDepth(k, lock, depth));
    for (let i = 0; i < 2; i++) {
      release(a);
      ownerIs(a);
    }
    release(a);
    ownerIs(undefined);
  });

  it('ends a wait at its deadline, and the notification goes to another', () => {
    const { machine, tasks: [a, b], wait, enterAndWait, notify } = machineWithCondition();
    enterAndWait(a, 100);
    enterAndWait(b);
    machine.advance(100);
    expect(notify(1)).toBe(1);
    expect(wait(a, 100)).toBe(ETIMEDOUT);
    expect(wait(b)).toBe(DONE);
  });

  it('answers that it was notified where that came before the deadline, however late the task looks', () => {
    const { machine, tasks: [a], wait, enterAndWait, notify } = machineWithCondition();
    enterAndWait(a, 100);
    notify(1);
    machine.advance(200);
    expect(wait(a, 100)).toBe(DONE);
  });

  it('gives the lock up also where one may not wait', () => {
    const { tasks: [a], acquire, wait, ownerIs } = machineWithCondition();
    acquire(a);
    expect(wait(a, NO_WAIT)).toBe(EAGAIN);
    ownerIs(undefined);
    acquire(a);
    expect(wait(a)).toBe(PARKED);
  });

  it('passes a notification on from a task that is killed before it has looked', () => {
    const { main, tasks: [a, b], wait, enterAndWait, notify } = machineWithCondition();
    enterAndWait(a);
    enterAndWait(b);
    notify(1);
    main.kill(a);
    expect(wait(b)).toBe(DONE);
  });

  it('does not pass on from one that was notified with all others: who came later was not meant', () => {
    const { main, tasks: [a, b, c], wait, enterAndWait, notify } = machineWithCondition();
    enterAndWait(a);
    enterAndWait(b);
    expect(notify(Infinity)).toBe(2);
    enterAndWait(c);
    main.kill(a);
    expect(c.state).toBe('blocked');
    expect(wait(b)).toBe(DONE);
  });
});
