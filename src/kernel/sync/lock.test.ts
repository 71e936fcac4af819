import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, EPERM, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { ObjectTypeCode } from '../../protocol/words';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { acquireLock, createLock, lockOwner, releaseLock } from './lock';

const acquire = (at: number, deadline = FOREVER) => (k: Parameters<typeof acquireLock>[0]) => acquireLock(k, at, deadline);
const release = (at: number) => (k: Parameters<typeof releaseLock>[0]) => releaseLock(k, at);

function machineWithLock(type: 'lock' | 'rlock', tracing: boolean) {
  const machine = new SimulatedMachine({ tracing });
  const main = machine.boot();
  const [a, b, c] = Array.from({ length: 3 }, () => main.start());
  const lock = main.do((k) => createLock(k, ObjectTypeCode[type], 'lock'));
  const ownerIs = (task: SimulatedTask | undefined): void => expect(lockOwner(machine.page, lock)).toBe(task?.tid ?? 0);
  return { machine, main, a, b, c, lock, ownerIs };
}

describe.each([{ tracing: true }, { tracing: false }])('lock (tracing: $tracing)', ({ tracing }) => {
  it('is had by one task; the others wait, and get it in the order in which they came', () => {
    const { a, b, c, lock, ownerIs } = machineWithLock('lock', tracing);
    expect(a.do(acquire(lock))).toBe(DONE);
    expect(b.do(acquire(lock))).toBe(PARKED);
    expect(c.do(acquire(lock))).toBe(PARKED);
    expect(b.blockReason).toBe('lock');

    expect(a.do(release(lock))).toBe(DONE);
    expect([b.state, c.state]).toEqual(['ready', 'blocked']);
    expect(b.do(acquire(lock))).toBe(DONE);
    ownerIs(b);
    expect(b.do(release(lock))).toBe(DONE);
    expect(c.do(acquire(lock))).toBe(DONE);
    expect(c.do(release(lock))).toBe(DONE);
    ownerIs(undefined);
  });

  it('is taken by whoever comes first after the release, and the woken one waits again', () => {
    const { a, b, c, lock, ownerIs } = machineWithLock('lock', tracing);
    a.do(acquire(lock));
    b.do(acquire(lock));
    a.do(release(lock));
    expect(c.do(acquire(lock))).toBe(DONE);
    expect(b.do(acquire(lock))).toBe(PARKED);
    expect(c.do(release(lock))).toBe(DONE);
    expect(b.state).toBe('ready');
    expect(b.do(acquire(lock))).toBe(DONE);
    ownerIs(b);
  });

  it('is not acquired twice by its owner', () => {
    const { a, lock } = machineWithLock('lock', tracing);
    a.do(acquire(lock));
    expect(a.do(acquire(lock, NO_WAIT))).toBe(EAGAIN);
    expect(a.do(acquire(lock))).toBe(PARKED);
  });

  it('may be released by any task, but not while nobody has it', () => {
    const { a, b, lock, ownerIs } = machineWithLock('lock', tracing);
    expect(a.do(release(lock))).toBe(EPERM);
    a.do(acquire(lock));
    expect(b.do(release(lock))).toBe(DONE);
    ownerIs(undefined);
    expect(a.do(release(lock))).toBe(EPERM);
  });

  it('is not waited for by one that may not wait, or whose time is over', () => {
    const { machine, a, b, lock } = machineWithLock('lock', tracing);
    a.do(acquire(lock));
    expect(b.do(acquire(lock, NO_WAIT))).toBe(EAGAIN);
    expect(b.do(acquire(lock, 100))).toBe(PARKED);
    machine.advance(100);
    expect(b.do(acquire(lock, 100))).toBe(ETIMEDOUT);
    a.do(release(lock));
    expect(b.do(acquire(lock, NO_WAIT))).toBe(DONE);
  });

  it('had after its deadline, for it was free by then, leaves the next wait its own time', () => {
    const { machine, a, b, c, lock } = machineWithLock('lock', tracing);
    const other = a.do((k) => createLock(k, ObjectTypeCode.lock, 'other'));
    a.do(acquire(lock));
    c.do(acquire(other));
    b.do(acquire(lock, 100));
    machine.advance(100);
    a.do(release(lock));
    expect(b.do(acquire(lock, 100))).toBe(DONE);
    expect(b.do(acquire(other))).toBe(PARKED);
  });

  it('stays locked when its owner is killed, also under those who wait for it', () => {
    const { main, a, b, lock, ownerIs } = machineWithLock('lock', tracing);
    a.do(acquire(lock));
    b.do(acquire(lock));
    main.kill(a);
    ownerIs(a);
    expect(b.state).toBe('blocked');
    expect(main.do(acquire(lock, NO_WAIT))).toBe(EAGAIN);
  });

  it('is not taken by one that has been ended by another and does not know it yet', () => {
    const { main, a, b, lock, ownerIs } = machineWithLock('lock', tracing);
    expect(a.do(acquire(lock))).toBe(DONE);
    a.do(release(lock));
    main.kill(a);
    expect(() => a.do(acquire(lock))).toThrow();
    ownerIs(undefined);
    expect(b.do(acquire(lock, NO_WAIT))).toBe(DONE);
  });

  it('goes to the next when the one that was woken for it is killed', () => {
    const { main, a, b, c, lock } = machineWithLock('lock', tracing);
    a.do(acquire(lock));
    b.do(acquire(lock));
    c.do(acquire(lock));
    a.do(release(lock));
    main.kill(b);
    expect(c.do(acquire(lock))).toBe(DONE);
  });

  it('can be had at once after all who waited for it are gone', () => {
    const { machine, a, b, c, lock, ownerIs } = machineWithLock('lock', tracing);
    a.do(acquire(lock));
    b.do(acquire(lock, 100));
    machine.advance(100);
    b.do(acquire(lock, 100));
    a.do(release(lock));
    ownerIs(undefined);
    expect(c.do(acquire(lock))).toBe(DONE);
    expect(c.do(release(lock))).toBe(DONE);
  });
});

describe.each([{ tracing: true }, { tracing: false }])('rlock (tracing: $tracing)', ({ tracing }) => {
  it('is acquired again by its owner and free when each acquire has its release', () => {
    const { a, b, lock, ownerIs } = machineWithLock('rlock', tracing);
    for (let i = 0; i < 3; i++) expect(a.do(acquire(lock))).toBe(DONE);
    expect(b.do(acquire(lock))).toBe(PARKED);
    for (let i = 0; i < 2; i++) {
      expect(a.do(release(lock))).toBe(DONE);
      ownerIs(a);
    }
    expect(b.state).toBe('blocked');
    expect(a.do(release(lock))).toBe(DONE);
    expect(b.do(acquire(lock))).toBe(DONE);
  });

  it('is released by its owner alone', () => {
    const { a, b, lock, ownerIs } = machineWithLock('rlock', tracing);
    expect(a.do(release(lock))).toBe(EPERM);
    a.do(acquire(lock));
    expect(b.do(release(lock))).toBe(EPERM);
    ownerIs(a);
    a.do(release(lock));
    expect(a.do(release(lock))).toBe(EPERM);
  });
});

it('an rlock records its depth at each acquire and release, and a wait names the holder', () => {
  const { machine, a, b, lock } = machineWithLock('rlock', true);
  machine.events();
  a.do(acquire(lock));
  a.do(acquire(lock));
  b.do(acquire(lock));
  a.do(release(lock));
  a.do(release(lock));
  const events = machine.events().filter(({ kind }) => kind !== 'task-run');
  expect(events.map(({ kind, task, other }) => ({ kind, task, other }))).toEqual([
    { kind: 'acquire', task: a.tid, other: 1 },
    { kind: 'acquire', task: a.tid, other: 2 },
    { kind: 'task-block', task: b.tid, other: a.tid },
    { kind: 'release', task: a.tid, other: 1 },
    { kind: 'release', task: a.tid, other: 0 },
    { kind: 'task-ready', task: b.tid, other: a.tid },
  ]);
});
