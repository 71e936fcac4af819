import { DONE, EOVERFLOW } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_BODY, OBJECT_ID } from '../layout';
import { allocateObject } from '../object-table';
import { emit } from '../trace-sink';
import { waitOn, wakeOne } from '../wait-queue';

/** Semaphore and BoundedSemaphore: a count that acquire lowers and release raises. */
const VALUE = OBJECT_BODY;
/** Highest value allowed. */
const MAXIMUM = OBJECT_BODY + 1;
const WAITERS = OBJECT_BODY + 2; // 2 words

/** The highest value of an unbounded semaphore, as SEM_VALUE_MAX on Linux. */
export const SEMAPHORE_MAXIMUM = 0x7fffffff;

/** A new semaphore; its address, or ENFILE. A `maximum` below {@link SEMAPHORE_MAXIMUM} makes it bounded. */
export function createSemaphore(k: Kernel, value: number, maximum: number, name: string): number {
  k.enter();
  const type = maximum < SEMAPHORE_MAXIMUM ? ObjectTypeCode['bounded semaphore'] : ObjectTypeCode.semaphore;
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
  if (words[at + VALUE] === 0) return waitOn(k, at + WAITERS, BlockReasonCode.semaphore, at, deadline);
  const value = --words[at + VALUE]!;
  emit(k, EventKindCode.acquire, words[at + OBJECT_ID]!, value, 0);
  return k.leave(DONE);
}

/** Raises the value by `count` and wakes as many waiters. EOVERFLOW, and nothing changes, past the maximum. */
export function releaseSemaphore(k: Kernel, at: number, count: number): number {
  k.enter();
  const { words } = k;
  if (words[at + VALUE]! > words[at + MAXIMUM]! - count) return k.leave(EOVERFLOW);
  for (let i = 0; i < count; i++) {
    const value = ++words[at + VALUE]!;
    emit(k, EventKindCode.release, words[at + OBJECT_ID]!, value, 0);
    wakeOne(k, at + WAITERS);
  }
  return k.leave(DONE);
}

export function semaphoreValue(k: Kernel, at: number): number {
  return Atomics.load(k.words, at + VALUE);
}
