import { DONE, EOVERFLOW } from '../../protocol/errno';
import { NO_TASK } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_BODY, OBJECT_ID, OBJECT_TYPE } from '../layout';
import { allocateObject, releaseObject } from '../object-table';
import { emit } from '../trace-sink';
import { waitOn, wakeOne } from '../wait-queue';
import { isKept, keptFor, noteLoss, noteTurn } from './patience';

/** Semaphore and BoundedSemaphore: a count that acquire lowers and release raises. */
const VALUE = OBJECT_BODY;
/** Highest value allowed. */
const MAXIMUM = OBJECT_BODY + 1;
const WAITERS = OBJECT_BODY + 2; // 2 words
/** The last task to acquire it: whom a waiter of a semaphore used as a lock waits for. */
const HOLDER = OBJECT_BODY + 4;

/** The highest value of an unbounded semaphore, as SEM_VALUE_MAX on Linux. */
export const SEMAPHORE_MAXIMUM = 0x7fffffff;

/**
 * A new semaphore; its address, or ENFILE. A `maximum` below {@link SEMAPHORE_MAXIMUM} makes it bounded. `type` is the
 * code of what the program takes it for: a lock between processes is a semaphore too.
 */
export function createSemaphore(k: Kernel, type: number, value: number, maximum: number, name: string): number {
  k.enter();
  const at = allocateObject(k, type, value, name);
  if (at > 0) {
    k.words[at + VALUE] = value;
    k.words[at + MAXIMUM] = maximum;
  }
  return k.leave(at);
}

/** Waits until the value is above 0 and lowers it. EAGAIN where it may not wait, ETIMEDOUT, EINTR. */
export function acquireSemaphore(k: Kernel, at: number, deadline: number): number {
  k.enter();
  const { words } = k;
  const kept = words[at + VALUE] > 0 && isKept(k, at, at + WAITERS, deadline);
  if (words[at + VALUE] === 0 || kept) {
    noteLoss(k, at, at + WAITERS);
    const isLock = words[at + OBJECT_TYPE] === ObjectTypeCode.lock || words[at + OBJECT_TYPE] === ObjectTypeCode.rlock;
    const reason = isLock ? BlockReasonCode.lock : BlockReasonCode.semaphore;
    return waitOn(k, at + WAITERS, reason, at, deadline, kept ? keptFor(k, at) : isLock ? words[at + HOLDER] : NO_TASK);
  }
  noteTurn(k, at, at + WAITERS);
  words[at + HOLDER] = k.currentTid;
  const value = --words[at + VALUE];
  emit(k, EventKindCode.acquire, words[at + OBJECT_ID], value, 0);
  return k.leave(DONE);
}

/** Raises the value by `count` and wakes as many waiters. EOVERFLOW, and nothing changes, past the maximum. */
export function releaseSemaphore(k: Kernel, at: number, count: number): number {
  k.enter();
  const { words } = k;
  if (words[at + VALUE] > words[at + MAXIMUM] - count) return k.leave(EOVERFLOW);
  for (let left = count; left > 0; ) {
    // With nobody to wake the rest is one step: a program may release any number, the ring holds so many events.
    const step = words[at + WAITERS] === 0 ? left : 1;
    words[at + VALUE] += step;
    left -= step;
    emit(k, EventKindCode.release, words[at + OBJECT_ID], words[at + VALUE], 0);
    wakeOne(k, at + WAITERS);
  }
  return k.leave(DONE);
}

export function semaphoreValue(k: Kernel, at: number): number {
  return Atomics.load(k.words, at + VALUE);
}

/**
 * Whether a task waits for it, for a worker whose tasks alone use it: it needs no lock, for nobody else makes one wait, and
 * where another takes one away (a process that is killed) it does not matter.
 */
export function semaphoreHasWaiters(k: Kernel, at: number): boolean {
  return Atomics.load(k.words, at + WAITERS) !== 0;
}

/**
 * Acquires or releases it without an operation of the kernel, for a worker whose tasks alone use it and of which none waits:
 * says what its value is now.
 */
export function setSemaphore(k: Kernel, at: number, value: number): void {
  k.words[at + VALUE] = value;
  k.words[at + HOLDER] = NO_TASK;
}

/** Gives the slot back. Nobody waits on it, and nobody will use it again: for objects that one process has for itself. */
export function freeSemaphore(k: Kernel, at: number): void {
  k.lock();
  if (k.words[at + WAITERS] === 0) releaseObject(k, at);
  k.unlock();
}
