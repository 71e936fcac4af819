import { waitForGil } from '../gil';
import type { Kernel } from '../kernel';
import {
  RUN_QUEUE, TASK_FLAGS, TASK_QUEUED, TASK_READY_NEXT, TASK_READY_TIME, TASK_WORKER, TaskFlag, WORKER_GIL, WORKER_RUNNING,
  WORKER_TASK, workerAddress,
} from '../layout';

/**
 * Ready tasks without a CPU, in the order of the times since which they are ready; of equal times, as they came. Callers
 * hold the kernel lock.
 */

/** Of TASK_QUEUED: it could run; it could but for the GIL, and the trace says so. */
const QUEUED = 1;
const QUEUED_FOR_GIL = 2;

export function enqueue(k: Kernel, task: number, readyTime: number): void {
  const { words, doubles } = k;
  doubles[(task + TASK_READY_TIME) >> 1] = readyTime;
  words[task + TASK_QUEUED] = waitForGil(k, workerAddress(words[task + TASK_WORKER]), task) ? QUEUED_FOR_GIL : QUEUED;
  let link = RUN_QUEUE;
  while (words[link] !== 0 && readyTimeOf(k, words[link]) <= readyTime) link = words[link] + TASK_READY_NEXT;
  words[task + TASK_READY_NEXT] = words[link];
  words[link] = task;
}

/** Those of the queue that `worker` carries, one of whose tasks has taken the GIL, wait for that from here on. */
export function awaitGil(k: Kernel, worker: number): void {
  const { words } = k;
  if (words[workerAddress(worker) + WORKER_GIL] === 0) return;
  for (let task = words[RUN_QUEUE]; task !== 0; task = words[task + TASK_READY_NEXT]) {
    if (words[task + TASK_WORKER] !== worker || words[task + TASK_QUEUED] === QUEUED_FOR_GIL) continue;
    if (waitForGil(k, workerAddress(worker), task)) words[task + TASK_QUEUED] = QUEUED_FOR_GIL;
  }
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
    if ((holder === 0 || holder === leaving) && !isStopped(k, task)) ready.push(task);
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

/** Whether a signal has stopped the process of `task`. Its flags are those of the first task that its worker carries. */
export function isStopped({ words }: Kernel, task: number): boolean {
  const process = words[workerAddress(words[task + TASK_WORKER]) + WORKER_TASK];
  return (words[process + TASK_FLAGS] & TaskFlag.Stopped) !== 0;
}

export function readyTimeOf(k: Kernel, task: number): number {
  return k.doubles[(task + TASK_READY_TIME) >> 1];
}
