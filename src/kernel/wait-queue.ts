import { EventKindCode, valueOfInteger } from '../protocol/trace-events';
import { ETIMEDOUT, EAGAIN, EINTR, PARKED } from '../protocol/errno';
import { NO_TASK } from '../protocol/ids';
import { BlockReasonCode, READY_CAUSES, ReadyCauseCode, TaskStateCode } from '../protocol/words';
import type { Kernel } from './kernel';
import {
  NEXT_WAIT_TICKET, OBJECT_ID, PROGRAM_WAITERS, TASK_BLOCK_OBJECT, TASK_BLOCK_REASON, TASK_DEADLINE, TASK_FLAGS, TASK_HIGH, TASK_STATE, TASK_TID,
  TASK_WAITS_FOR, TASK_WAIT_NEXT, TASK_WAIT_PREVIOUS, TASK_WAIT_QUEUE, TASK_WAIT_TICKET, TASK_WOKEN_FROM, TaskFlag, taskAddress,
} from './layout';
import { hasSignals } from './pending-signals';
import { emitFor } from './trace-sink';

/**
 * Parks and wakes tasks. Every blocking primitive is built on this one queue.
 *
 * A wait queue is two words, first and last, of tasks linked through their slots, in the order in which they came.
 * Waking is a hint, not a gift: the woken task attempts its operation again, and another may have been faster. It then
 * parks again with the ticket it drew when it came, before all who came later, so that the order of arrival is the order
 * of service among those who wait, also where several woken in one go come back in another order.
 *
 * No wake-up is lost:
 * - a task parks under the kernel lock, and every waker holds it while it changes what the task tests;
 * - a task woken once for one item takes it or, if it is killed or gives up before it has looked, passes the wake-up on
 *   (`TASK_WOKEN_FROM` remembers the queue until its next operation has ended). One woken together with all others has
 *   nothing to pass on: who comes to the queue later was not meant, so the queue is remembered negated.
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
  return k.leave(park(k, queue, reason, object, deadline, holder));
}

/** The same for an operation with more to do: it ends with `k.leave` of this answer (or of another where it is an errno). */
export function park(
  k: Kernel, queue: number, reason: number, object: number, deadline: number, holder: number = NO_TASK,
): number {
  const { words, current } = k;
  if (deadline === NO_WAIT) return EAGAIN;
  const flags = words[current + TASK_FLAGS];
  // One that came before it waits, and after the guest last looked, must not wait for the end of the wait.
  if ((flags & TaskFlag.Interrupted) !== 0 || hasSignals(k)) return EINTR;
  if ((flags & TaskFlag.TimedOut) !== 0) return ETIMEDOUT;
  const now = deadline === FOREVER ? 0 : k.scheduler.now(k);
  if (deadline <= now) return ETIMEDOUT;

  link(k, queue, current, wasWoken(k, queue));
  words[current + TASK_BLOCK_REASON] = reason;
  words[current + TASK_BLOCK_OBJECT] = object;
  words[current + TASK_WAITS_FOR] = holder;
  k.doubles[(current + TASK_DEADLINE) >> 1] = deadline;
  k.earliestDeadline = Math.min(k.earliestDeadline, deadline);
  Atomics.store(words, current + TASK_STATE, TaskStateCode.blocked);
  const timeout = deadline === FOREVER ? 0 : (valueOfInteger(Math.ceil((deadline - now) / 1000)) ?? 0);
  emitFor(k, EventKindCode['task-block'], k.currentTid, idOf(k, object), holder, timeout, reason);
  k.scheduler.stopRunning(k, current);
  return PARKED;
}

/** The same for a task that has been made and has not begun: it has no operation yet that could fail, and begins when it is woken. */
export function parkNew(k: Kernel, task: number, queue: number, reason: number, deadline: number, holder: number): void {
  const { words } = k;
  link(k, queue, task, false);
  words[task + TASK_BLOCK_REASON] = reason;
  words[task + TASK_WAITS_FOR] = holder;
  k.doubles[(task + TASK_DEADLINE) >> 1] = deadline;
  Atomics.store(words, task + TASK_STATE, TaskStateCode.blocked);
  emitFor(k, EventKindCode['task-block'], words[task + TASK_TID], 0, holder, valueOfInteger(Math.ceil((deadline - k.scheduler.now(k)) / 1000)) ?? 0, reason);
  k.scheduler.noteDeadline(k, deadline);
}

/** Whether it was a wake-up in `queue` that led to this attempt of the current task. */
export function wasWoken(k: Kernel, queue: number): boolean {
  return Math.abs(k.words[k.current + TASK_WOKEN_FROM]) === queue;
}

/** For an operation that fails after a wake-up, without having used what it was woken for: wakes the next in its place. */
export function passOn(k: Kernel, queue: number): void {
  if (k.words[k.current + TASK_WOKEN_FROM] === queue) wakeOne(k, queue);
}

/** Wakes the task that has waited longest; answers its address, or 0 if none waits. */
export function wakeOne(k: Kernel, queue: number): number {
  const task = k.words[queue];
  if (task !== 0) wake(k, task, ReadyCauseCode.woken, queue);
  return task;
}

/** Wakes this task, out of its turn: for queues whose tasks wait for different things. */
export function wakeTask(k: Kernel, task: number): void {
  wake(k, task, ReadyCauseCode.woken, -k.words[task + TASK_WAIT_QUEUE]);
}

/** Wakes all, in the order in which they came; answers how many. */
export function wakeAll(k: Kernel, queue: number): number {
  let count = 0;
  for (let task = k.words[queue]; task !== 0; task = k.words[queue], count++) {
    wake(k, task, ReadyCauseCode.woken, -queue);
  }
  return count;
}

/** The task behind `task` in its wait queue, or 0. */
export function nextWaiter(k: Kernel, task: number): number {
  return k.words[task + TASK_WAIT_NEXT];
}

/** Ends a wait for another reason than that for which the task waits: its time is over, a signal came. */
export function endWait(k: Kernel, task: number, cause: number): void {
  const queue = k.words[task + TASK_WAIT_QUEUE];
  // One that has not begun has no operation that is to hear of it.
  if (queue !== PROGRAM_WAITERS) k.words[task + TASK_FLAGS] |= cause === ReadyCauseCode['timed out'] ? TaskFlag.TimedOut : TaskFlag.Interrupted;
  wake(k, task, cause, 0);
  if (mayHaveHeldUp(k, task)) wakeOne(k, queue);
}

/**
 * Takes a task that is being killed out of whatever it waits in. If it had been woken and had not looked yet, the next
 * in that queue is woken in its place.
 */
export function forgetWaiter(k: Kernel, task: number): void {
  const { words } = k;
  const queue = words[task + TASK_WAIT_QUEUE];
  const wokenFrom = words[task + TASK_WOKEN_FROM];
  words[task + TASK_WOKEN_FROM] = 0;
  if (queue !== 0) {
    unlink(k, task);
    if (mayHaveHeldUp(k, task)) wakeOne(k, queue);
  } else if (wokenFrom > 0) {
    wakeOne(k, wokenFrom);
  }
}

/**
 * The object in the `length` words from `at` goes, and its slot may be another's soon: who was woken from one of its wait
 * queues and has not looked yet has nothing to pass on any more. Nobody waits in them.
 */
export function forgetQueues(k: Kernel, at: number, length: number): void {
  const { words } = k;
  for (let index = 0; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    const queue = Math.abs(words[task + TASK_WOKEN_FROM]);
    if (queue >= at && queue < at + length) words[task + TASK_WOKEN_FROM] = 0;
  }
}

/** Writers wait for different amounts of room: behind one that leaves there may be another that fits. */
function mayHaveHeldUp(k: Kernel, task: number): boolean {
  return k.words[task + TASK_BLOCK_REASON] === BlockReasonCode['pipe full'];
}

/** `wokenFrom` is what the task remembers of its wake-up: see above. */
function wake(k: Kernel, task: number, cause: number, wokenFrom: number): void {
  const { words } = k;
  if (words[task + TASK_STATE] !== TaskStateCode.blocked) {
    k.panic(`task ${words[task + TASK_TID]} was ${READY_CAUSES[cause]} in state ${words[task + TASK_STATE]}, expected blocked`);
  }
  unlink(k, task);
  words[task + TASK_WOKEN_FROM] = wokenFrom;
  Atomics.store(words, task + TASK_STATE, TaskStateCode.ready);
  const by = cause === ReadyCauseCode['timed out'] ? NO_TASK : k.currentTid;
  emitFor(k, EventKindCode['task-ready'], words[task + TASK_TID], idOf(k, words[task + TASK_BLOCK_OBJECT]), by, 0, cause);
  k.scheduler.makeReady(k, task);
}

function link(k: Kernel, queue: number, task: number, again: boolean): void {
  const { words } = k;
  if (!again) words[task + TASK_WAIT_TICKET] = words[NEXT_WAIT_TICKET]++;
  const ticket = words[task + TASK_WAIT_TICKET];
  let next = again ? words[queue] : 0;
  // Tickets wrap around, so their difference is compared.
  while (next !== 0 && ((words[next + TASK_WAIT_TICKET] - ticket) | 0) < 0) next = words[next + TASK_WAIT_NEXT];
  const previous = next === 0 ? words[queue + 1] : words[next + TASK_WAIT_PREVIOUS];
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
