import { DONE, EAGAIN, EBADF, EINVAL } from '../../protocol/errno';
import { BlockReasonCode } from '../../protocol/words';
import { findHandle } from '../handles';
import type { Kernel } from '../kernel';
import { HANDLE_OBJECT } from '../layout';
import { findProcess, ownPid } from '../task-table';
import { waitOn } from '../wait-queue';
import { holderOfConflict, lockObject, lockWaiters, setLock, type LockRange } from './lock-records';
import { inodeOfOpenFile, isOpenFile, mayRead, mayWrite, positionOf, sizeOfOpenFile } from './open-file';

/** Locking a file that is open under a number in the current process. */

/** `Test` only asks whether there could be an exclusive one. */
export const LockKind = { None: 0, Shared: 1, Exclusive: 2, Test: 3 } as const;

const WHOLE: LockRange = { start: 0, end: Infinity };

/**
 * `flock`: a lock on the whole file for who has it open, which goes with the last handle on that open file; waits while another has one
 * (reason *lock*), EAGAIN where it may not wait. One that is had already is given up first, as on Linux. EBADF, ENFILE, ENOLCK, EINTR.
 */
export function lockOpenFile(k: Kernel, number: number, kind: number, name: string, deadline: number): number {
  k.enter();
  const file = fileOf(k, number);
  return file === 0 ? k.leave(EBADF) : lock(k, inodeOfOpenFile(k, file), file, WHOLE, kind, name, deadline);
}

/**
 * `lockf`: a lock of the current process on `length` bytes (0: all) from `start` on, counted from the start of the file (0), the position
 * (1) or the end (2). It goes when the process closes any handle on the file. EAGAIN, EBADF where it is not open for what is to be
 * locked, EINVAL, ENFILE, ENOLCK, EINTR.
 */
export function lockRange(
  k: Kernel, number: number, kind: number, part: { readonly start: number; readonly length: number; readonly from: number }, name: string,
  deadline: number,
): number {
  k.enter();
  const file = fileOf(k, number);
  if (file === 0) return k.leave(EBADF);
  if ((kind === LockKind.Exclusive && !mayWrite(k, file)) || (kind === LockKind.Shared && !mayRead(k, file))) return k.leave(EBADF);
  const { start, length, from } = part;
  const base = start + (from === 0 ? 0 : from === 1 ? positionOf(k, file) : sizeOfOpenFile(k, file));
  const range = { start: Math.min(base, base + length), end: length === 0 ? Infinity : Math.max(base, base + length) };
  if (range.start < 0) return k.leave(EINVAL);
  return lock(k, inodeOfOpenFile(k, file), -ownPid(k), range, kind, name, deadline);
}

/** The open file of a handle of the current process, or 0. */
function fileOf(k: Kernel, number: number): number {
  const handle = findHandle(k, findProcess(k, ownPid(k)), number);
  if (handle === 0) return 0;
  const object = k.words[handle + HANDLE_OBJECT];
  return isOpenFile(k, object) ? object : 0;
}

/** Who waits is woken whenever a lock on the file is given up: it holds the kernel lock from its look to its place in the queue. */
function lock(k: Kernel, inode: number, owner: number, range: LockRange, kind: number, name: string, deadline: number): number {
  const object = lockObject(k, inode, name);
  if (object < 0) return k.leave(object);
  if (kind === LockKind.None) return k.leave(setLock(k, object, owner, range, undefined));
  const exclusive = kind !== LockKind.Shared;
  const holder = holderOfConflict(k, object, owner, range, exclusive);
  if (kind === LockKind.Test) return k.leave(holder === 0 ? DONE : EAGAIN);
  if (holder === 0) return k.leave(setLock(k, object, owner, range, exclusive));
  if (owner > 0) setLock(k, object, owner, range, undefined);
  return waitOn(k, lockWaiters(object), BlockReasonCode.lock, object, deadline, holder);
}
