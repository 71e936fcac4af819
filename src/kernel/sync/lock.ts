import { DONE, EPERM } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode, TaskStateCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import {
  OBJECT_BODY, OBJECT_ID, OBJECT_TYPE, TASK_FLAGS, TASK_STATE, TASK_TID, TASK_WOKEN_FROM, TaskFlag,
} from '../layout';
import { allocateObject } from '../object-table';
import { emit } from '../trace-sink';
import { waitOn, wakeOne } from '../wait-queue';
import { isKept, keptFor, noteLoss, noteTurn } from './patience';

/**
 * Lock and RLock. A lock may be released by any task, as in Python; an RLock by its owner alone, once for each time it
 * was acquired.
 *
 * The lock is not handed to the woken waiter: whoever comes first after the release has it. Handing over would make two
 * tasks that contend sleep and wake for each turn, a thousand times as slow.
 */

/** Atomic. The owner's tid, 0 when free, with CONTENDED set while somebody may wait. */
const OWNER = OBJECT_BODY;
/** How often the owner has acquired it beyond the first time. */
const DEPTH = OBJECT_BODY + 1;
const WAITERS = OBJECT_BODY + 2; // 2 words

const CONTENDED = 1 << 30;

/** A new lock; its address, or ENFILE. `type` is the code of `lock` or `rlock`. */
export function createLock(k: Kernel, type: number, name: string): number {
  k.enter();
  return k.leave(allocateObject(k, type, 0, name));
}

/** Waits until the current task has the lock. EAGAIN where it may not wait, ETIMEDOUT, EINTR. */
export function acquireLock(k: Kernel, at: number, deadline: number): number {
  const { words } = k;
  // Untraced and free: no event to order, nobody to wake, so the word alone decides. Virtual time settles every operation.
  if (!k.tracing && !k.virtual && Atomics.compareExchange(words, at + OWNER, 0, k.currentTid) === 0) {
    // In this order: a slot that serves another task has its number before its state.
    const lives = Atomics.load(words, k.current + TASK_STATE) === TaskStateCode.running;
    if (lives && words[k.current + TASK_TID] === k.currentTid) return nothingToSettle(k) ? DONE : settle(k);
    // It was ended by another before it took the lock: a lock that was free at its death stays free.
    k.lock();
    free(k, at);
    k.unlock();
  }
  k.enter();
  for (;;) {
    const state = Atomics.load(words, at + OWNER);
    const owner = state & ~CONTENDED;
    const kept = owner === 0 && isKept(k, at, at + WAITERS, deadline);
    if (owner === 0 && !kept) {
      // Others take a free lock without the kernel lock: compare, for one may have come in between.
      if (Atomics.compareExchange(words, at + OWNER, state, k.currentTid | state) !== state) continue;
      noteTurn(k, at, at + WAITERS);
      emit(k, EventKindCode.acquire, words[at + OBJECT_ID], 1, 0);
      return k.leave(DONE);
    }
    if (owner === k.currentTid && words[at + OBJECT_TYPE] === ObjectTypeCode.rlock) {
      const depth = ++words[at + DEPTH];
      emit(k, EventKindCode.acquire, words[at + OBJECT_ID], depth + 1, 0);
      return k.leave(DONE);
    }
    // From here on the owner's release comes through the kernel lock, which is held: it cannot miss the waiter.
    if (Atomics.compareExchange(words, at + OWNER, state, state | CONTENDED) !== state) continue;
    noteLoss(k, at, at + WAITERS);
    return waitOn(k, at + WAITERS, BlockReasonCode.lock, at, deadline, kept ? keptFor(k, at) : owner);
  }
}

/** EPERM where the lock is not held or, for an RLock, not by the current task. */
export function releaseLock(k: Kernel, at: number): number {
  const { words } = k;
  if (!k.tracing && !k.virtual && words[at + OBJECT_TYPE] === ObjectTypeCode.lock
    && Atomics.compareExchange(words, at + OWNER, k.currentTid, 0) === k.currentTid) return DONE;
  k.enter();
  if (!mayRelease(k, at)) return k.leave(EPERM);
  if (words[at + DEPTH] > 0) {
    const depth = --words[at + DEPTH];
    emit(k, EventKindCode.release, words[at + OBJECT_ID], depth + 1, 0);
    return k.leave(DONE);
  }
  free(k, at);
  return k.leave(DONE);
}

/** The tid of the task that has the lock, or 0. */
export function lockOwner(k: Kernel, at: number): number {
  return Atomics.load(k.words, at + OWNER) & ~CONTENDED;
}

/** For a condition's wait: gives the lock up however deep, and answers the depth. Callers hold the kernel lock. */
export function releaseWhole(k: Kernel, at: number): number {
  const depth = k.words[at + DEPTH];
  k.words[at + DEPTH] = 0;
  free(k, at);
  return depth;
}

/** After a condition's wait, with the lock acquired once more: sets the depth that {@link releaseWhole} answered. */
export function restoreDepth(k: Kernel, at: number, depth: number): void {
  k.words[at + DEPTH] = depth;
}

export function mayRelease(k: Kernel, at: number): boolean {
  const owner = lockOwner(k, at);
  return owner !== 0 && (k.words[at + OBJECT_TYPE] === ObjectTypeCode.lock || owner === k.currentTid);
}

/** Whether no wake-up, timeout or interruption has led to this attempt: see `Kernel.leave`. */
function nothingToSettle(k: Kernel): boolean {
  const flags = k.words[k.current + TASK_FLAGS] & (TaskFlag.TimedOut | TaskFlag.Interrupted);
  return (flags | k.words[k.current + TASK_WOKEN_FROM]) === 0;
}
function settle(k: Kernel): number {
  k.lock();
  return k.leave(DONE);
}

function free(k: Kernel, at: number): void {
  const { words } = k;
  emit(k, EventKindCode.release, words[at + OBJECT_ID], 0, 0);
  Atomics.store(words, at + OWNER, CONTENDED);
  wakeOne(k, at + WAITERS);
  // The woken task is out of the queue but will come back to it if another is faster; it sets CONTENDED itself then.
  if (words[at + WAITERS] === 0) Atomics.compareExchange(words, at + OWNER, CONTENDED, 0);
}

