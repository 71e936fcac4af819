import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, EOVERFLOW, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { ObjectTypeCode } from '../../protocol/words';
import { SimulatedMachine } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { acquireSemaphore, createSemaphore, releaseSemaphore, SEMAPHORE_MAXIMUM, semaphoreValue } from './semaphore';

function machineWithSemaphore(value: number, maximum = SEMAPHORE_MAXIMUM, type: keyof typeof ObjectTypeCode = 'semaphore') {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const tasks = Array.from({ length: 4 }, () => main.start());
  const at = main.do((k) => createSemaphore(k, ObjectTypeCode[type], value, maximum, 'semaphore'));
  const acquire = (task: (typeof tasks)[0], deadline = FOREVER): number => task.do((k) => acquireSemaphore(k, at, deadline));
  const release = (count = 1, task = main): number => task.do((k) => releaseSemaphore(k, at, count));
  const value_ = (): number => semaphoreValue(machine.page, at);
  return { machine, main, tasks, acquire, release, value: value_ };
}

describe('semaphore', () => {
  it('lets as many through as its value says, the others wait', () => {
    const { tasks: [a, b, c], acquire, release, value } = machineWithSemaphore(2);
    expect([acquire(a), acquire(b), acquire(c)]).toEqual([DONE, DONE, PARKED]);
    expect(c.blockReason).toBe('semaphore');
    expect(release(1, a)).toBe(DONE);
    expect(acquire(c)).toBe(DONE);
    expect(value()).toBe(0);
  });

  it('wakes as many waiters as it is released by, in the order in which they came', () => {
    const { tasks: [a, b, c, d], acquire, release, value } = machineWithSemaphore(0);
    for (const task of [a, b, c]) acquire(task);
    release(2);
    expect([a.state, b.state, c.state]).toEqual(['ready', 'ready', 'blocked']);
    expect(acquire(d)).toBe(DONE);
    expect(acquire(a)).toBe(DONE);
    expect(acquire(b)).toBe(PARKED);
    expect(value()).toBe(0);
  });

  it('is refused where one may not wait, or when the time is over', () => {
    const { machine, tasks: [a], acquire, release } = machineWithSemaphore(0);
    expect(acquire(a, NO_WAIT)).toBe(EAGAIN);
    expect(acquire(a, 10)).toBe(PARKED);
    machine.advance(10);
    expect(acquire(a, 10)).toBe(ETIMEDOUT);
    release();
    expect(acquire(a, NO_WAIT)).toBe(DONE);
  });

  it('is released past its maximum by nobody, and nothing has changed then', () => {
    const { tasks: [a], acquire, release, value } = machineWithSemaphore(2, 2, 'bounded semaphore');
    expect(release()).toBe(EOVERFLOW);
    acquire(a);
    expect(release(2)).toBe(EOVERFLOW);
    expect(value()).toBe(1);
    expect(release()).toBe(DONE);
    expect(value()).toBe(2);
  });

  it('counts up to the highest value and not beyond it', () => {
    const { release, value } = machineWithSemaphore(SEMAPHORE_MAXIMUM - 1);
    expect(release(2)).toBe(EOVERFLOW);
    expect(release()).toBe(DONE);
    expect(release()).toBe(EOVERFLOW);
    expect(value()).toBe(SEMAPHORE_MAXIMUM);
  });

  it('takes a release by a billion in a few events', () => {
    const { machine, tasks: [a, b], acquire, release, value } = machineWithSemaphore(0);
    acquire(a);
    acquire(b);
    machine.events();
    expect(release(1_000_000_000)).toBe(DONE);
    expect([a.state, b.state]).toEqual(['ready', 'ready']);
    expect(value()).toBe(1_000_000_000);
    const events = machine.events();
    expect(events.filter(({ kind }) => kind === 'release').map(({ other }) => other)).toEqual([1, 2, 1_000_000_000]);
    expect(events.filter(({ kind }) => kind === 'task-ready')).toHaveLength(2);
  });

  it('names the last to acquire it as the holder where it is used as a lock', () => {
    const { machine, tasks: [a, b], acquire } = machineWithSemaphore(1, 1, 'lock');
    acquire(a);
    machine.events();
    acquire(b);
    expect(machine.events().find(({ kind }) => kind === 'task-block')).toMatchObject({ task: b.tid, other: a.tid });
    expect(b.blockReason).toBe('lock');
  });
});
