import type { Kernel } from '../kernel';
import {
  RUN_QUEUE, TASK_QUEUED, TASK_READY_NEXT, TASK_READY_TIME, TASK_WORKER, WORKER_GIL, WORKER_RUNNING, workerAddress,
} from '../layout';

/**
 * Ready tasks without a CPU, in the order of the times since which they are ready; of equal times, as they came. Callers
 * hold the kernel lock.
 */

export function enqueue(k: Kernel, task: number, readyTime: number): void {
  const { words, doubles } = k;
  doubles[(task + TASK_READY_TIME) >> 1] = readyTime;
  words[task + TASK_QUEUED] = 1;
  let link = RUN_QUEUE;
  while (words[link] !== 0 && readyTimeOf(k, words[link]) <= readyTime) link = words[link] + TASK_READY_NEXT;
  words[task + TASK_READY_NEXT] = words[link];
  words[link] = task;
}

/** Takes `task` out, if it is in. */
export function dequeue(k: Kernel, task: number): void {
  const { words } = k;
  if (words[task + TASK_QUEUED] === 0) return;
  words[task + TASK_QUEUED] = 0;
  let link = RUN_QUEUE;
  while (words[link] !== task) link = words[link] + TASK_READY_NEXT;
  words[link] = words[task + TASK_READY_NEXT];
}

/**
 * Tasks that are ready by `now` and could go on if a CPU were free and `leaving` (a task, or 0) left its own: of a process
 * with a GIL none while another of its threads has it.
 */
export function readyBy(k: Kernel, now: number, leaving: number): number[] {
  const { words } = k;
  const ready: number[] = [];
  for (let task = words[RUN_QUEUE]; task !== 0 && readyTimeOf(k, task) <= now; task = words[task + TASK_READY_NEXT]) {
    const worker = workerAddress(words[task + TASK_WORKER]);
    const holder = words[worker + WORKER_GIL] === 0 ? 0 : words[worker + WORKER_RUNNING];
    if (holder === 0 || holder === leaving) ready.push(task);
  }
  return ready;
}

/** The first time after `now` at which a task of the queue is ready, or Infinity. */
export function nextReadyTime(k: Kernel, now: number): number {
  const { words } = k;
  let task = words[RUN_QUEUE];
  while (task !== 0 && readyTimeOf(k, task) <= now) task = words[task + TASK_READY_NEXT];
  return task === 0 ? Infinity : readyTimeOf(k, task);
}

export function readyTimeOf(k: Kernel, task: number): number {
  return k.doubles[(task + TASK_READY_TIME) >> 1];
}
