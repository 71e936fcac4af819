import { TaskStateCode } from '../protocol/words';
import type { Kernel } from './kernel';
import {
  FREE_TASK_HEAD, FREE_TASK_TAIL, MAX_WORKERS, TASK_FLAGS, TASK_HIGH, TASK_PARENT, TASK_PID, TASK_STATE, TASK_TID,
  TASK_WAIT_NEXT, TaskFlag, WORKER_USED, taskAddress, workerAddress,
} from './layout';

/** Finding one's way in the task table. Callers hold the kernel lock. */

/** Takes a free slot, not cleared, or answers 0 where the table is full. */
export function takeFreeTask(words: Int32Array): number {
  const task = words[FREE_TASK_HEAD];
  if (task === 0) return 0;
  if (task === words[FREE_TASK_TAIL]) words[FREE_TASK_TAIL] = 0;
  words[FREE_TASK_HEAD] = words[task + TASK_WAIT_NEXT]!;
  return task;
}

/** Puts a slot at the end of the free list; what is in it stays readable until it is used again. */
export function freeTask(words: Int32Array, task: number): void {
  words[task + TASK_WAIT_NEXT] = 0;
  if (words[FREE_TASK_TAIL] === 0) words[FREE_TASK_HEAD] = task;
  else words[words[FREE_TASK_TAIL] + TASK_WAIT_NEXT] = task;
  words[FREE_TASK_TAIL] = task;
}

export function freeWorker(words: Int32Array): number {
  for (let worker = 0; worker < MAX_WORKERS; worker++) {
    if (words[workerAddress(worker) + WORKER_USED] === 0) return worker;
  }
  return -1;
}

export function ownPid(k: Kernel): number {
  return k.words[k.current + TASK_PID];
}
export function isProcess(k: Kernel, task: number): boolean {
  return (k.words[task + TASK_FLAGS] & TaskFlag.Process) !== 0;
}
export function isAlive(k: Kernel, task: number): boolean {
  const state = k.words[task + TASK_STATE];
  return state > TaskStateCode.free && state < TaskStateCode.zombie;
}
export function isChild(k: Kernel, task: number): boolean {
  const state = k.words[task + TASK_STATE];
  return isProcess(k, task) && k.words[task + TASK_PARENT] === ownPid(k) && state > TaskStateCode.free && state <= TaskStateCode.zombie;
}

/** Address of the process `pid` that lives or is a zombie, or 0. */
export function findProcess(k: Kernel, pid: number): number {
  for (let index = 0; index < k.words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    const state = k.words[task + TASK_STATE];
    if (k.words[task + TASK_TID] === pid && state !== TaskStateCode.dead && state !== TaskStateCode.free) return task;
  }
  return 0;
}
