import { EventKindCode, valueOfInteger } from '../protocol/trace-events';
import { ETIMEDOUT, EAGAIN, EINTR, PARKED } from '../protocol/errno';
import { NO_TASK } from '../protocol/ids';
import { READY_CAUSES, ReadyCauseCode, TaskStateCode } from '../protocol/words';
import type { Kernel } from './kernel';
import {
  OBJECT_ID, TASK_BLOCK_OBJECT, TASK_BLOCK_REASON, TASK_DEADLINE, TASK_FLAGS, TASK_STATE, TASK_TID, TASK_WAIT_NEXT,
  TASK_WAIT_PREVIOUS, TASK_WAIT_QUEUE, TASK_WOKEN_FROM, TaskFlag,
} from './layout';
import { emitFor } from './trace-sink';

/**
 * Parks and wakes tasks. Every blocking primitive is built on this one queue.
 *
 * A wait queue is two words, first and last, of tasks linked through their slots, in the order in which they came.
 * Waking is a hint, not a gift: the woken task attempts its operation again, and another may have been faster. It then
 * parks again at the *front*, so that the order of arrival is the order of service among those who wait.
 *
 * No wake-up is lost:
 * - a task parks under the kernel lock, and every waker holds it while it changes what the task tests;
 * - a task woken once for one item takes it or, if it is killed or gives up before it has looked, passes the wake-up on
 *   (`TASK_WOKEN_FROM` remembers the queue until its next operation has ended).
 */

/** Deadlines: never, and "do not wait at all". Others are nanoseconds of the scheduler's clock. */
export const FOREVER = Infinity;
export const NO_WAIT = -1;

/**
 * What an operation that cannot go on returns: it parks the current task on `queue`, unless it may not wait, its time is
 * over, or a signal has interrupted it. `object` is the address of the object (0: none), `holder` whom it waits for.
 * Ends the operation (releases the kernel lock).
 */
export function waitOn(
  k: Kernel, queue: number, reason: number, object: number, deadline: number, holder: number = NO_TASK,
): number {
  const { words, current } = k;
  if (deadline === NO_WAIT) return k.leave(EAGAIN);
  const flags = words[current + TASK_FLAGS];
  if ((flags & (TaskFlag.TimedOut | TaskFlag.Interrupted)) !== 0) {
    words[current + TASK_FLAGS] = flags & ~(TaskFlag.TimedOut | TaskFlag.Interrupted);
    return k.leave((flags & TaskFlag.Interrupted) !== 0 ? EINTR : ETIMEDOUT);
  }
  const now = deadline === FOREVER ? 0 : k.scheduler.now(k);
  if (deadline <= now) return k.leave(ETIMEDOUT);

  link(k, queue, current, words[current + TASK_WOKEN_FROM] === queue);
  words[current + TASK_BLOCK_REASON] = reason;
  words[current + TASK_BLOCK_OBJECT] = object;
  k.doubles[(current + TASK_DEADLINE) >> 1] = deadline;
  k.earliestDeadline = Math.min(k.earliestDeadline, deadline);
  Atomics.store(words, current + TASK_STATE, TaskStateCode.blocked);
  const timeout = deadline === FOREVER ? 0 : (valueOfInteger(Math.ceil((deadline - now) / 1000)) ?? 0);
  emitFor(k, EventKindCode['task-block'], k.currentTid, idOf(k, object), holder, timeout, reason);
  k.scheduler.stopRunning(k, current);
  return k.leave(PARKED);
}

/** Wakes the task that has waited longest; answers its address, or 0 if none waits. */
export function wakeOne(k: Kernel, queue: number): number {
  const task = k.words[queue];
  if (task !== 0) wake(k, task, ReadyCauseCode.woken);
  return task;
}

/** Wakes this task, out of its turn: for queues whose tasks wait for different things. */
export function wakeTask(k: Kernel, task: number): void {
  wake(k, task, ReadyCauseCode.woken);
}

/** Wakes all, in the order in which they came; answers how many. */
export function wakeAll(k: Kernel, queue: number): number {
  let count = 0;
  while (wakeOne(k, queue) !== 0) count++;
  return count;
}

/** The task behind `task` in its wait queue, or 0. */
export function nextWaiter(k: Kernel, task: number): number {
  return k.words[task + TASK_WAIT_NEXT];
}

/** Ends a wait for another reason than that for which the task waits: its time is over, a signal came. */
export function endWait(k: Kernel, task: number, cause: number): void {
  k.words[task + TASK_FLAGS] |= cause === ReadyCauseCode['timed out'] ? TaskFlag.TimedOut : TaskFlag.Interrupted;
  wake(k, task, cause);
}

function wake(k: Kernel, task: number, cause: number): void {
  const { words } = k;
  if (words[task + TASK_STATE] !== TaskStateCode.blocked) {
    k.panic(`task ${words[task + TASK_TID]} was ${READY_CAUSES[cause]} in state ${words[task + TASK_STATE]}, expected blocked`);
  }
  const queue = words[task + TASK_WAIT_QUEUE];
  unlink(k, task);
  // Only a wake-up meant for one waiter has to be passed on; a timeout is the task's own.
  words[task + TASK_WOKEN_FROM] = cause === ReadyCauseCode.woken ? queue : 0;
  Atomics.store(words, task + TASK_STATE, TaskStateCode.ready);
  const by = cause === ReadyCauseCode['timed out'] ? NO_TASK : k.currentTid;
  emitFor(k, EventKindCode['task-ready'], words[task + TASK_TID], idOf(k, words[task + TASK_BLOCK_OBJECT]), by, 0, cause);
  k.scheduler.makeReady(k, task);
}

/**
 * Takes a task that is being killed out of whatever it waits in. If it had been woken and had not looked yet, the next
 * in that queue is woken in its place.
 */
export function forgetWaiter(k: Kernel, task: number): void {
  const { words } = k;
  if (words[task + TASK_WAIT_QUEUE] !== 0) unlink(k, task);
  const queue = words[task + TASK_WOKEN_FROM];
  words[task + TASK_WOKEN_FROM] = 0;
  if (queue !== 0) wakeOne(k, queue);
}

function link(k: Kernel, queue: number, task: number, atFront: boolean): void {
  const { words } = k;
  const next = atFront ? words[queue] : 0;
  const previous = atFront ? 0 : words[queue + 1];
  words[task + TASK_WAIT_NEXT] = next;
  words[task + TASK_WAIT_PREVIOUS] = previous;
  words[task + TASK_WAIT_QUEUE] = queue;
  if (previous === 0) words[queue] = task;
  else words[previous + TASK_WAIT_NEXT] = task;
  if (next === 0) words[queue + 1] = task;
  else words[next + TASK_WAIT_PREVIOUS] = task;
}

function unlink(k: Kernel, task: number): void {
  const { words } = k;
  const queue = words[task + TASK_WAIT_QUEUE];
  const next = words[task + TASK_WAIT_NEXT];
  const previous = words[task + TASK_WAIT_PREVIOUS];
  if (previous === 0) words[queue] = next;
  else words[previous + TASK_WAIT_NEXT] = next;
  if (next === 0) words[queue + 1] = previous;
  else words[next + TASK_WAIT_PREVIOUS] = previous;
  words[task + TASK_WAIT_QUEUE] = 0;
}

function idOf(k: Kernel, object: number): number {
  return object === 0 ? 0 : k.words[object + OBJECT_ID];
}
