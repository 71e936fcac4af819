import { DONE, EPERM, PARKED } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_BODY, OBJECT_ID, TASK_SCRATCH } from '../layout';
import { allocateObject } from '../object-table';
import { emit } from '../trace-sink';
import { nextWaiter, park, wakeAll, wakeOne, wasWoken } from '../wait-queue';
import { mayRelease, releaseWhole } from './lock';

/** Condition: a place to wait for a change that is made under a lock. */
const LOCK = OBJECT_BODY;
const WAITERS = OBJECT_BODY + 1; // 2 words

/** In the waiting task's scratch: 1 once it has given up the lock, and the depth to restore. */
const INSIDE = TASK_SCRATCH;
const DEPTH = TASK_SCRATCH + 1;

/** A new condition of the lock at `lock`; its address, or ENFILE. */
export function createCondition(k: Kernel, lock: number, name: string): number {
  k.enter();
  const at = allocateObject(k, ObjectTypeCode.condition, 0, name);
  if (at > 0) k.words[at + LOCK] = lock;
  return k.leave(at);
}

/**
 * Gives up the lock and waits to be notified, in one step: both happen under the kernel lock, so a notification cannot
 * fall between them. Afterwards, whatever the outcome (DONE, EAGAIN where it may not wait, ETIMEDOUT, EINTR), the caller
 * acquires the lock again and restores the depth in `k.result`. EPERM where the caller does not have the lock (and then
 * it has nothing to acquire again).
 *
 * Unlike other waits a wake-up is an answer here, not a hint: being woken means having been notified.
 */
export function waitCondition(k: Kernel, at: number, deadline: number): number {
  k.enter();
  const { words, current } = k;
  if (words[current + INSIDE] === 0) {
    if (!mayRelease(k, words[at + LOCK])) return k.leave(EPERM);
    words[current + DEPTH] = releaseWhole(k, words[at + LOCK]);
    words[current + INSIDE] = 1;
  }
  k.result = words[current + DEPTH];
  const outcome = wasWoken(k, at + WAITERS) ? DONE : park(k, at + WAITERS, BlockReasonCode.condition, at, deadline);
  if (outcome !== PARKED) words[current + INSIDE] = 0;
  return k.leave(outcome);
}

/** Wakes `count` waiters (Infinity: all), the longest waiting first. EPERM where the caller does not have the lock. */
export function notifyCondition(k: Kernel, at: number, count: number): number {
  k.enter();
  const { words } = k;
  if (!mayRelease(k, words[at + LOCK])) return k.leave(EPERM);
  let waiting = 0;
  for (let task = words[at + WAITERS]; task !== 0 && waiting < count; task = nextWaiter(k, task)) waiting++;
  emit(k, EventKindCode.notify, words[at + OBJECT_ID], waiting, 0);
  // One that is killed before it has looked passes its notification on, but not where all were meant.
  if (count === Infinity) wakeAll(k, at + WAITERS);
  else for (let i = 0; i < waiting; i++) wakeOne(k, at + WAITERS);
  k.result = waiting;
  return k.leave(DONE);
}

/** Address of the lock that the condition belongs to. */
export function conditionLock(k: Kernel, at: number): number {
  return k.words[at + LOCK];
}
