import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, EBADF, PARKED } from '../../protocol/errno';
import { closeHandle } from '../handles';
import { freeBytes } from '../page-allocator';
import { exitTask } from '../task';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { lockOpenFile, lockRange, LockKind } from './file-locks';
import { makeFile, openFile, placeOfFiles, unlinkFile } from './files';

const O_RDWR = 2;
const { None, Shared, Exclusive, Test } = LockKind;

function machineWithFile() {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const [a, b, c] = [main.start(), main.start(), main.start()];
  const root = main.do((k) => placeOfFiles(k, '/home'));
  const inode = main.do((k) => makeFile(k, root, 'log', 0o100644));
  const open = (task: SimulatedTask, number: number, flags = O_RDWR): number => task.do((k) => openFile(k, inode, flags, number));
  [a, b, c].forEach((task) => open(task, 3));
  const flock = (task: SimulatedTask, kind: number, deadline = NO_WAIT, number = 3): number => (
    task.do((k) => lockOpenFile(k, number, kind, 'log', deadline))
  );
  const lockf = (task: SimulatedTask, kind: number, start: number, length: number, deadline = NO_WAIT): number => (
    task.do((k) => lockRange(k, 3, kind, { start, length, from: 0 }, 'log', deadline))
  );
  return { machine, main, a, b, c, root, open, flock, lockf };
}

describe('locks of open files', () => {
  it('are had by one alone or shared, and given up before they are changed', () => {
    const { a, b, c, flock } = machineWithFile();
    expect([flock(a, Shared), flock(b, Shared), flock(c, Exclusive)]).toEqual([DONE, DONE, EAGAIN]);
    expect([flock(a, Exclusive), flock(b, Exclusive)]).toEqual([EAGAIN, DONE]);
    expect([flock(a, Shared), flock(b, None), flock(a, Shared)]).toEqual([EAGAIN, DONE, DONE]);
  });

  it('are waited for, and go when the file is closed or the process ends', () => {
    const { a, b, c, open, flock } = machineWithFile();
    flock(a, Exclusive);
    expect(flock(b, Exclusive, FOREVER)).toBe(PARKED);
    open(c, 4);
    expect(flock(c, Exclusive, FOREVER, 4)).toBe(PARKED);
    a.do((k) => closeHandle(k, 3));
    expect(flock(b, Exclusive, FOREVER)).toBe(DONE);
    expect(flock(c, Exclusive, FOREVER, 4)).toBe(PARKED);
    b.do((k) => exitTask(k, 0, ''));
    expect(flock(c, Exclusive, FOREVER, 4)).toBe(DONE);
    expect(flock(c, Exclusive)).toBe(EAGAIN); // another open file of the same process
  });
});

describe('locks of processes', () => {
  it('are on bytes: what another has keeps off only who wants some of them', () => {
    const { a, b, lockf } = machineWithFile();
    expect([lockf(a, Exclusive, 0, 10), lockf(b, Exclusive, 10, 0), lockf(b, Shared, 9, 1)]).toEqual([DONE, DONE, EAGAIN]);
    // A hole in the middle.
    expect([lockf(a, None, 4, 2), lockf(b, Exclusive, 4, 2), lockf(b, Test, 3, 1), lockf(b, Test, 6, 1)]).toEqual([DONE, DONE, EAGAIN, EAGAIN]);
    expect([lockf(a, Shared, 0, 4), lockf(b, Shared, 0, 4), lockf(b, Exclusive, 0, 1)]).toEqual([DONE, DONE, EAGAIN]);
  });

  it('go with any handle on the file that the process closes, and are none of an open file\'s', () => {
    const { a, b, open, flock, lockf } = machineWithFile();
    expect([lockf(a, Exclusive, 0, 0), flock(b, Exclusive)]).toEqual([DONE, DONE]);
    expect(lockf(b, Exclusive, 5, 1, FOREVER)).toBe(PARKED);
    open(a, 4);
    a.do((k) => closeHandle(k, 4));
    expect(lockf(b, Exclusive, 5, 1, FOREVER)).toBe(DONE);
    expect(lockf(a, Test, 5, 1)).toBe(EAGAIN);
  });

  it('need a file that is open for what is locked', () => {
    const { main, open, lockf } = machineWithFile();
    open(main, 3, 0);
    expect([lockf(main, Exclusive, 0, 0), lockf(main, Shared, 0, 0)]).toEqual([EBADF, DONE]);
  });

  it('leave nothing behind', () => {
    const { main, a, b, c, root, flock, lockf } = machineWithFile();
    const used = freeBytes(main.kernel.words);
    flock(a, Exclusive);
    for (let start = 0; start < 400; start += 2) expect(lockf(b, Exclusive, start, 1)).toBe(DONE);
    main.do((k) => unlinkFile(k, root, 'log'));
    expect(lockf(c, Exclusive, 2, 1, FOREVER)).toBe(PARKED);
    for (const task of [b, a]) task.do((k) => exitTask(k, 0, ''));
    expect(lockf(c, Exclusive, 2, 1, FOREVER)).toBe(DONE);
    c.do((k) => exitTask(k, 0, ''));
    // Records stay cut out of their pages, and are used again.
    expect(used - freeBytes(main.kernel.words)).toBeLessThanOrEqual(4 * 4096);
  });
});
