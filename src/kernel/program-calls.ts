import { operationOf, REASONS_BY_OPERATION, WAITS_IN_JOIN } from '../protocol/program-waits';
import { BLOCK_REASONS, BlockReasonCode, OBJECT_TYPES } from '../protocol/words';
import type { Kernel } from './kernel';
import { OBJECT_TYPE, TASK_CALL, TASK_CALL_REASON } from './layout';
import type { Preview } from './trace-sink';

/**
 * The program's call that each task is in, where the guest's library makes it of simpler operations: a task that waits for a
 * semaphore inside `q.put(3)` waits for `q`. Kept where time is virtual, for breakpoints.
 */

/** Of TASK_CALL: it joins another task. */
const JOINS = -1;

/** Of TASK_CALL_REASON, beside the reason: a thread of the library's own was made in this call. */
const STARTS_MACHINERY = 1 << 9;

/** The current task begins `what` (`put(3)`) on the object at `at`, or (0) on none. The caller holds the kernel lock. */
export function beginCall(k: Kernel, at: number, what: Preview): void {
  if (!k.virtual) return;
  const { words, current } = k;
  const operation = operationOf(textOf(what));
  const reason = at === 0 ? undefined : REASONS_BY_OPERATION[OBJECT_TYPES[words[at + OBJECT_TYPE]]]?.[operation];
  words[current + TASK_CALL] = at !== 0 ? at : operation === 'join' ? JOINS : 0;
  words[current + TASK_CALL_REASON] = reason === undefined ? 0 : BlockReasonCode[reason];
}

/**
 * The current task has made a thread of the library's own. What it waits for from now on in its call is that thread's beginning, and
 * nothing of the program's: the first `q.put(3)` of a process starts its feeder, and waits for it while `q` has room.
 */
export function noteMachineryStarted({ words, current }: Kernel): void {
  if (words[current + TASK_CALL] !== 0) words[current + TASK_CALL_REASON] |= STARTS_MACHINERY;
}

/** Whether `task` waits within its call for a thread of the library's own to begin. */
export function waitsForMachinery({ words }: Kernel, task: number): boolean {
  return (words[task + TASK_CALL_REASON] & STARTS_MACHINERY) !== 0;
}

/** The current task is back from it. */
export function endCall({ virtual, words, current }: Kernel): void {
  if (virtual) words[current + TASK_CALL] = words[current + TASK_CALL_REASON] = 0;
}

/** A wait as the program sees it: a code of BLOCK_REASONS, and the address of the object or 0. */
export interface ProgramWait {
  readonly reason: number;
  readonly object: number;
}

/** What `task`, which begins to wait for `reason` at `object`, waits for in the call that it is in; undefined where it is in none. */
export function waitOfCall({ words }: Kernel, task: number, reason: number): ProgramWait | undefined {
  const call = words[task + TASK_CALL];
  if (call === 0) return undefined;
  if (call === JOINS) return WAITS_IN_JOIN.has(BLOCK_REASONS[reason]) ? { reason: BlockReasonCode.join, object: 0 } : undefined;
  const known = words[task + TASK_CALL_REASON] & 0xff;
  return { reason: known === 0 ? reason : known, object: call };
}

function textOf(what: Preview): string {
  if (typeof what !== 'object') return String(what);
  return String.fromCharCode(...what.bytes.subarray(what.at, what.at + what.length));
}
