import { BlockReasonCode, TaskStateCode } from '../protocol/words';
import type { Kernel } from './kernel';
import {
  LAST_TIME, PROGRAMS, PROGRAMS_END, PROGRAM_BITS, PROGRAM_OFFSET_BITS, PROGRAM_WAITERS, READER_MAY_CONNECT, TASK_BLOCK_REASON, TASK_FLAGS,
  TASK_HIGH, TASK_STATE, TASK_TID, taskAddress,
} from './layout';
import { parkNew, wakeTask } from './wait-queue';

/**
 * Programs side by side in virtual time: all are there from the beginning, a server before its clients, and each begins when the
 * one before it listens on a socket, has ended, or has done neither for long. So it is the kernel that starts them, at a moment
 * that is the same in each run. In real time the page starts them (`Run.add`). Callers hold the kernel lock.
 */

/** How long a program that does not listen keeps the one after it waiting. */
const PATIENCE = 1e9;
/** How long the others may go on when the last program has ended. */
const LINGER = 1e9;

/** The first process of program `number`, which has just been made, waits for the program before. */
export function holdProgram(k: Kernel, task: number, number: number): void {
  k.words[PROGRAMS] = number + 1;
  const before = firstOf(k, number - 1);
  parkNew(k, task, PROGRAM_WAITERS, BlockReasonCode.program, number * PATIENCE, before === 0 ? 0 : k.words[before + TASK_TID]);
}

/** A task of the current program waits for clients from here on. */
export function announceServer(k: Kernel): void {
  if (k.words[PROGRAMS] > 0 && k.current !== 0) beginProgram(k, programOf(k, k.current) + 1);
}

/** `task`, the first process of a program, has ended. */
export function endProgram(k: Kernel, task: number): void {
  const { words, doubles } = k;
  if (words[PROGRAMS] === 0) return;
  const number = programOf(k, task);
  beginProgram(k, number + 1);
  if (number < words[PROGRAMS] - 1 || words[READER_MAY_CONNECT] === 1) return;
  doubles[PROGRAMS_END >> 1] = doubles[LAST_TIME >> 1] + LINGER;
  k.scheduler.reconsider(k);
}

/** Whether nobody but those who still wait for clients is expected to do anything: the last program has ended. */
export function lastProgramHasEnded({ doubles }: Kernel): boolean {
  return doubles[PROGRAMS_END >> 1] !== Infinity;
}

function beginProgram(k: Kernel, number: number): void {
  const task = firstOf(k, number);
  const { words } = k;
  if (task === 0 || words[task + TASK_STATE] !== TaskStateCode.blocked) return;
  if (words[task + TASK_BLOCK_REASON] === BlockReasonCode.program) wakeTask(k, task);
}

/** The oldest task of a program: while that has not begun, its first process. */
function firstOf(k: Kernel, number: number): number {
  for (let index = 1; index < k.words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    const state = k.words[task + TASK_STATE];
    if (state > TaskStateCode.free && state < TaskStateCode.zombie && programOf(k, task) === number) return task;
  }
  return 0;
}

function programOf({ words }: Kernel, task: number): number {
  return (words[task + TASK_FLAGS] & PROGRAM_BITS) >> PROGRAM_OFFSET_BITS;
}
