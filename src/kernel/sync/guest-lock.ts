import { DONE } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_BODY, OBJECT_ID } from '../layout';
import { allocateObject } from '../object-table';
import { emit } from '../trace-sink';
import { waitOn, wakeOne } from '../wait-queue';

/**
 * A lock that a guest keeps in its own memory, where one worker carries all threads of a process: the kernel hears of it only when one
 * of them has to wait. So it knows the holder only where that one has waited. No other process can have it.
 */

/** The first word stays 0: the kernel does not know whether it is free. Then the holder, where it is known, and who waits. */
const HOLDER = OBJECT_BODY + 1;
const WAITERS = OBJECT_BODY + 2; // 2 words

/** A new one; its address, or ENFILE. */
export function createGuestLock(k: Kernel, name: string): number {
  k.enter();
  return k.leave(allocateObject(k, ObjectTypeCode.lock, 0, name));
}

/**
 * Waits until the lock is free, which only this worker can change: the guest takes it before any other of its tasks goes on. ETIMEDOUT,
 * EINTR.
 */
export function awaitGuestLock(k: Kernel, at: number, isFree: () => boolean, deadline: number): number {
  k.enter();
  const { words } = k;
  if (!isFree()) return waitOn(k, at + WAITERS, BlockReasonCode.lock, at, deadline, words[at + HOLDER]);
  words[at + HOLDER] = k.currentTid;
  emit(k, EventKindCode.acquire, words[at + OBJECT_ID], 1, 0);
  return k.leave(DONE);
}

/** The guest has released it: who has waited longest looks again. */
export function noteGuestRelease(k: Kernel, at: number): number {
  k.enter();
  const { words } = k;
  if (words[at + HOLDER] !== 0) emit(k, EventKindCode.release, words[at + OBJECT_ID], 0, 0);
  words[at + HOLDER] = 0;
  wakeOne(k, at + WAITERS);
  return k.leave(DONE);
}

/** Whether the kernel is to hear of the next release. For this worker, without the kernel lock. */
export function guestLockIsHeard({ words }: Kernel, at: number): boolean {
  return words[at + HOLDER] !== 0 || words[at + WAITERS] !== 0;
}
