import { valueOfInteger, EventKindCode } from '../../protocol/trace-events';
import { NO_TASK, type Place, NO_PLACE } from '../../protocol/ids';
import { ReadyCauseCode, TaskStateCode } from '../../protocol/words';
import { dropGil, takeGil, waitForGil } from '../gil';
import type { Kernel } from '../kernel';
import {
  COST_SWITCH, CPU_COUNT, CPU_SLICE_END, CPU_SLICE_STEPS, CPU_SLICE_STEP_END, CPU_TASK, CPU_TIME, CPU_YIELDS, LAST_TIME,
  TASK_CPU, TASK_PLACE, TASK_STATE, TASK_TID, TASK_WORKER, cpuAddress, workerAddress,
} from '../layout';
import { emitFor } from '../trace-sink';
import { policyOf } from './policies';
import { dequeue, enqueue, readyBy } from './run-queue';

/** The virtual CPUs and who is on them. Callers hold the kernel lock. */

/** Address of the CPU of `task`, which has one. */
export function cpuOf(k: Kernel, task: number): number {
  return cpuAddress(k.words[task + TASK_CPU] - 1);
}

/** Of the CPUs that have a task the one that has come least far, the lowest of equals; 0 where all are idle. */
export function hindmostCpu(k: Kernel): number {
  let hindmost = 0;
  for (let number = 0; number < k.words[CPU_COUNT]; number++) {
    const cpu = cpuAddress(number);
    if (k.words[cpu + CPU_TASK] === 0) continue;
    if (hindmost === 0 || k.doubles[(cpu + CPU_TIME) >> 1] < k.doubles[(hindmost + CPU_TIME) >> 1]) hindmost = cpu;
  }
  return hindmost;
}

/** The earliest time that a CPU other than `own` has come to; Infinity where all of them are idle. */
export function timeOfOthers(k: Kernel, own: number): number {
  let earliest = Infinity;
  for (let number = 0; number < k.words[CPU_COUNT]; number++) {
    const cpu = cpuAddress(number);
    if (cpu !== own && k.words[cpu + CPU_TASK] !== 0) earliest = Math.min(earliest, k.doubles[(cpu + CPU_TIME) >> 1]);
  }
  return earliest;
}

/** Puts ready tasks on idle CPUs, the lowest first, as the policy says. */
export function fillCpus(k: Kernel): void {
  for (let number = 0; number < k.words[CPU_COUNT]; number++) {
    if (k.words[cpuAddress(number) + CPU_TASK] !== 0) continue;
    const ready = readyBy(k, k.doubles[LAST_TIME >> 1], 0);
    if (ready.length === 0) return;
    put(k, number, policyOf(k).choose(k, ready));
  }
}

/**
 * The switch is part of the time for which the task has the CPU: so the order in which tasks are recorded to run is that of
 * the choices.
 */
function put(k: Kernel, number: number, task: number): void {
  const { words, doubles } = k;
  const cpu = cpuAddress(number);
  const policy = policyOf(k);
  dequeue(k, task);
  words[cpu + CPU_TASK] = task;
  words[task + TASK_CPU] = number + 1;
  const start = doubles[LAST_TIME >> 1] + doubles[COST_SWITCH >> 1];
  doubles[(cpu + CPU_TIME) >> 1] = start;
  doubles[(cpu + CPU_SLICE_END) >> 1] = start + policy.slice(k);
  doubles[(cpu + CPU_SLICE_STEPS) >> 1] = 0;
  doubles[(cpu + CPU_SLICE_STEP_END) >> 1] = policy.sliceSteps?.(k) ?? Infinity;
  Atomics.store(words, task + TASK_STATE, TaskStateCode.running);
  k.place = words[task + TASK_PLACE] as Place;
  takeGil(k, workerAddress(words[task + TASK_WORKER]), task);
  emitFor(k, EventKindCode['task-run'], words[task + TASK_TID], 0, number, 0);
  k.place = NO_PLACE;
}

/** Takes `task` off its CPU, if it has one. */
export function leaveCpu(k: Kernel, task: number): void {
  if (k.words[task + TASK_CPU] === 0) return;
  k.words[cpuOf(k, task) + CPU_TASK] = 0;
  k.words[task + TASK_CPU] = 0;
}

/** Whether the task on `cpu`, which is as far as the clock, gives it up now to one that waits for it. */
export function mustGiveWay(k: Kernel, cpu: number): boolean {
  const { words, doubles } = k;
  const task = words[cpu + CPU_TASK];
  const waiting = readyBy(k, doubles[LAST_TIME >> 1], task);
  const yields = words[cpu + CPU_YIELDS] === 1;
  words[cpu + CPU_YIELDS] = 0;
  if (waiting.length === 0) return false;
  const over = doubles[(cpu + CPU_TIME) >> 1] >= doubles[(cpu + CPU_SLICE_END) >> 1]
    || doubles[(cpu + CPU_SLICE_STEPS) >> 1] >= doubles[(cpu + CPU_SLICE_STEP_END) >> 1];
  return yields || policyOf(k).givesWay(k, task, waiting, over);
}

/** The task on `cpu` gives it up, and is ready. */
export function giveWay(k: Kernel, cpu: number): void {
  const { words, doubles } = k;
  const task = words[cpu + CPU_TASK];
  const worker = workerAddress(words[task + TASK_WORKER]);
  const steps = valueOfInteger(doubles[(cpu + CPU_SLICE_STEPS) >> 1]) ?? 0;
  leaveCpu(k, task);
  Atomics.store(words, task + TASK_STATE, TaskStateCode.ready);
  k.place = words[task + TASK_PLACE] as Place;
  dropGil(k, worker, task);
  emitFor(k, EventKindCode['task-ready'], words[task + TASK_TID], 0, NO_TASK, steps, ReadyCauseCode.preempted);
  k.place = NO_PLACE;
  enqueue(k, task, doubles[LAST_TIME >> 1]);
  waitForGil(k, worker, task);
}
