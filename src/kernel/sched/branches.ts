import { EventKindCode, valueOfInteger } from '../../protocol/trace-events';
import type { Place } from '../../protocol/ids';
import type { Kernel } from '../kernel';
import {
  BRANCHES_LEFT, CPU_SLICE_STEPS, CPU_TASK, REPLAY_LENGTH, REPLAY_NEXT, TASK_PLACE, TASK_TID, TASK_WORKER, WORKER_GIL, workerAddress,
} from '../layout';
import { emitFor } from '../trace-sink';

/**
 * Records where a run could have gone another way: at each moment at which a task goes on, or is put on the CPU, while others
 * are ready, one event for each of those. A search over schedules reads them: what it tries next is the list of a run up to
 * such a point, and then another task. Callers hold the kernel lock.
 *
 * A moment is one before an operation of the kernel, and between two steps where the task's process has a GIL: the steps of a
 * process without other threads touch nothing that another task sees.
 */

/** Whether interruptions are recorded: those within the list belong to the run that the list is from. */
export function recordsBranches({ words }: Kernel): boolean {
  return words[BRANCHES_LEFT] > 0 && words[REPLAY_NEXT] >= words[REPLAY_LENGTH];
}

/**
 * Whether the task on `cpu` settles after each of its steps, not only before its operations: in all runs of a search, within
 * their lists as well, so that a task comes to the same number of steps at the same point of the program in all of them.
 */
export function settlesEachStep({ words }: Kernel, cpu: number): boolean {
  const worker = workerAddress(words[words[cpu + CPU_TASK] + TASK_WORKER]);
  return words[BRANCHES_LEFT] >= 0 && words[worker + WORKER_GIL] !== 0;
}

/** The policy has chosen for the free CPU `chosen`, one of `ready`. */
export function recordChoice(k: Kernel, chosen: number, ready: readonly number[]): void {
  if (ready.length > 1 && k.words[REPLAY_NEXT] > k.words[REPLAY_LENGTH]) record(k, chosen, ready, 0);
}

/** The task on `cpu` may go on or give way to one of `waiting`. At the start of its turn that was decided by the choice. */
export function recordInterruption(k: Kernel, cpu: number, waiting: readonly number[]): void {
  const steps = k.doubles[(cpu + CPU_SLICE_STEPS) >> 1];
  if (steps > 0 && recordsBranches(k)) record(k, k.words[cpu + CPU_TASK], waiting, valueOfInteger(steps) ?? 0);
}

function record(k: Kernel, task: number, others: readonly number[], steps: number): void {
  const { words, place } = k;
  k.place = words[task + TASK_PLACE] as Place;
  for (const other of others) {
    if (other === task || words[BRANCHES_LEFT] <= 0) continue;
    words[BRANCHES_LEFT]--;
    emitFor(k, EventKindCode.branch, words[task + TASK_TID], 0, words[other + TASK_TID], steps);
  }
  k.place = place;
}
