import type { FindingData } from '../../protocol/findings';
import { NO_OBJECT, type Place } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import {
  BLOCK_REASONS, EndReasonCode, FindingKindCode, ObjectTypeCode, TaskStateCode, type FindingKind,
} from '../../protocol/words';
import type { Kernel } from '../kernel';
import {
  LAST_TIME, OBJECT_BODY, OBJECT_ID, OBJECT_TYPE, OPERATIONS, STEPS, TASK_BLOCK_OBJECT, TASK_BLOCK_REASON, TASK_HIGH, TASK_PLACE,
  TASK_STATE, TASK_TID, TASK_WAITS_FOR, taskAddress,
} from '../layout';
import { lockOwner } from '../sync/lock';
import { endRun } from '../task';
import { emitFor, textValue } from '../trace-sink';

/**
 * Runs that virtual time ends by itself: where no task can ever go on, and where a program has done more than any that
 * ends would. Findings say why, one for each task, with the line where it is. Callers hold the kernel lock.
 */

/** So many tasks get a finding of their own: the ring has room for these and the end of the run. */
const MOST_FINDINGS = 64;
/** A run in which nothing more can happen ends a twentieth of its time after the last thing that did. */
const STUCK_SHOWN = 1.05;

/** Every task is blocked, and nothing is left that could wake one. */
export function endStuckRun(k: Kernel): void {
  const { words, doubles } = k;
  doubles[LAST_TIME >> 1] = endOfPicture(k);
  let found = 0;
  for (let index = 1; index < words[TASK_HIGH] && found < MOST_FINDINGS; index++) {
    const task = taskAddress(index);
    if (words[task + TASK_STATE] !== TaskStateCode.blocked) continue;
    found++;
    const holder = holderOf(k, task);
    const holderTask = taskOf(k, holder);
    const isDead = holder !== 0 && holderTask === 0 && isLockWait(k, task);
    const kind = isDead ? 'lock held by the dead' : isInCycle(k, task) ? 'deadlock' : 'asleep for ever';
    note(k, task, kind, { reason: BLOCK_REASONS[words[task + TASK_BLOCK_REASON]] }, holder);
  }
  endRun(k, EndReasonCode.stuck);
}

/** They would wait for ever: a while of it is shown, or the wait that was the last to begin would have no length. */
export function endOfPicture({ doubles }: Kernel): number {
  return Math.ceil(doubles[LAST_TIME >> 1] * STUCK_SHOWN);
}

/** `task` has brought the run beyond its limit. */
export function endOverlongRun(k: Kernel, task: number): void {
  note(k, task, 'never ends', { steps: k.doubles[STEPS >> 1], operations: k.words[OPERATIONS] }, 0);
  endRun(k, EndReasonCode['step limit']);
}

function note(k: Kernel, task: number, kind: FindingKind, data: FindingData, other: number): void {
  const { words } = k;
  const object = words[task + TASK_STATE] === TaskStateCode.blocked ? words[task + TASK_BLOCK_OBJECT] : 0;
  const { place } = k;
  k.place = words[task + TASK_PLACE] as Place;
  const id = object === 0 ? NO_OBJECT : words[object + OBJECT_ID];
  emitFor(k, EventKindCode.finding, words[task + TASK_TID], id, other, textValue(k, JSON.stringify(data)), FindingKindCode[kind]);
  k.place = place;
}

/** Whether the tasks that `task` waits for wait in the end for `task`. */
function isInCycle(k: Kernel, task: number): boolean {
  let next = task;
  // As many steps as there are tasks: a cycle that `task` is not in must not hold this up.
  for (let left = k.words[TASK_HIGH]; left > 0; left--) {
    next = taskOf(k, holderOf(k, next));
    if (next === 0 || next === task) return next === task;
  }
  return false;
}

/** Number of the task that `task` waits for: who has the lock now, who is to end; 0: none in particular. */
function holderOf(k: Kernel, task: number): number {
  const { words } = k;
  if (words[task + TASK_STATE] !== TaskStateCode.blocked) return 0;
  const object = words[task + TASK_BLOCK_OBJECT];
  // Since it came to wait the lock may have had other owners. A lock made of a semaphore has no owner where locks have one.
  if (isLockWait(k, task) && words[object + OBJECT_BODY] !== 0) return lockOwner(k, object);
  return words[task + TASK_WAITS_FOR];
}

function isLockWait(k: Kernel, task: number): boolean {
  const object = k.words[task + TASK_BLOCK_OBJECT];
  if (object === 0) return false;
  const type = k.words[object + OBJECT_TYPE];
  return type === ObjectTypeCode.lock || type === ObjectTypeCode.rlock;
}

/** Address of the task `tid` that lives, or 0. */
function taskOf(k: Kernel, tid: number): number {
  if (tid === 0) return 0;
  for (let index = 1; index < k.words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    const state = k.words[task + TASK_STATE];
    if (k.words[task + TASK_TID] === tid && state > TaskStateCode.free && state < TaskStateCode.zombie) return task;
  }
  return 0;
}
