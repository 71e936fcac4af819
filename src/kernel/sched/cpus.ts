import { valueOfInteger, EventKindCode } from '../../protocol/trace-events';
import { NO_TASK, type Place, NO_PLACE } from '../../protocol/ids';
import { PauseCauseCode } from '../../protocol/pause';
import { ReadyCauseCode, TaskStateCode } from '../../protocol/words';
import { addCpuTime } from '../cpu-time';
import { dropGil, takeGil } from '../gil';
import type { Kernel } from '../kernel';
import {
  COST_SWITCH, CPU_COUNT, CPU_GIL_END, CPU_KEPT, CPU_SINCE, CPU_SLICE_END, CPU_SLICE_STEPS, CPU_SLICE_STEP_END, CPU_TASK, CPU_TIME,
  CPU_YIELDS, LAST_TIME, QUANTUM, TASK_CPU, TASK_PLACE, TASK_STATE, TASK_TID, TASK_WORKER, WORKER_GIL, WORKER_INTERVAL,
  cpuAddress, workerAddress,
} from '../layout';
import { emitFor } from '../trace-sink';
import { recordChoice, recordInterruption } from './branches';
import { noteSwitch, pause } from './pause';
import { policyOf } from './policies';
import { awaitGil, dequeue, enqueue, isStopped, readyBy, readyTimeOf } from './run-queue';

/** The virtual CPUs and who is on them. Callers hold the kernel lock. */

/** Address of the CPU of `task`, which has one. */
export function cpuOf(k: Kernel, task: number): number {
  return cpuAddress(k.words[task + TASK_CPU] - 1);
}

/** Of the CPUs whose tasks could go on the one that has come least far, the lowest of equals; 0 where there is none. */
export function hindmostCpu(k: Kernel): number {
  let hindmost = 0;
  for (let number = 0; number < k.words[CPU_COUNT]; number++) {
    const cpu = cpuAddress(number);
    if (k.words[cpu + CPU_TASK] === 0 || isStopped(k, k.words[cpu + CPU_TASK])) continue;
    if (hindmost === 0 || k.doubles[(cpu + CPU_TIME) >> 1] < k.doubles[(hindmost + CPU_TIME) >> 1]) hindmost = cpu;
  }
  return hindmost;
}

/** The earliest time that a CPU other than `own` has come to; Infinity where all of them are idle. */
export function timeOfOthers(k: Kernel, own: number): number {
  let earliest = Infinity;
  for (let number = 0; number < k.words[CPU_COUNT]; number++) {
    const cpu = cpuAddress(number);
    const task = k.words[cpu + CPU_TASK];
    if (cpu !== own && task !== 0 && !isStopped(k, task)) earliest = Math.min(earliest, k.doubles[(cpu + CPU_TIME) >> 1]);
  }
  return earliest;
}

/** Puts ready tasks on idle CPUs, the lowest first, as the policy says. */
export function fillCpus(k: Kernel): void {
  for (let number = 0; number < k.words[CPU_COUNT]; number++) {
    if (k.words[cpuAddress(number) + CPU_TASK] !== 0) continue;
    const ready = readyBy(k, k.doubles[LAST_TIME >> 1], 0);
    if (ready.length === 0) return;
    if (policyOf(k).asks?.(k, 0, ready) === true) {
      pause(k, PauseCauseCode.question, 0);
      return;
    }
    const chosen = policyOf(k).choose(k, ready);
    recordChoice(k, chosen, ready);
    put(k, number, chosen);
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
  // The one that was on it may have been killed in the middle of something.
  words[cpu + CPU_KEPT] = words[cpu + CPU_YIELDS] = 0;
  words[task + TASK_CPU] = number + 1;
  const start = doubles[LAST_TIME >> 1] + doubles[COST_SWITCH >> 1];
  doubles[(cpu + CPU_TIME) >> 1] = doubles[(cpu + CPU_SINCE) >> 1] = start;
  beginSlice(k, cpu, start);
  noteSwitch(k);
  doubles[(cpu + CPU_SLICE_STEPS) >> 1] = 0;
  doubles[(cpu + CPU_SLICE_STEP_END) >> 1] = policy.sliceSteps?.(k) ?? Infinity;
  Atomics.store(words, task + TASK_STATE, TaskStateCode.running);
  k.place = words[task + TASK_PLACE] as Place;
  takeGil(k, workerAddress(words[task + TASK_WORKER]), task);
  emitFor(k, EventKindCode['task-run'], words[task + TASK_TID], 0, number, 0);
  k.place = NO_PLACE;
  awaitGil(k, words[task + TASK_WORKER]);
}

/** The task on `cpu` may keep CPU and GIL for as long as the policy says. */
function beginSlice(k: Kernel, cpu: number, start: number): void {
  const { words, doubles } = k;
  const slice = policyOf(k).slice(k);
  const interval = doubles[(workerAddress(words[words[cpu + CPU_TASK] + TASK_WORKER]) + WORKER_INTERVAL) >> 1];
  doubles[(cpu + CPU_SLICE_END) >> 1] = start + slice;
  // A switch interval is to the GIL what the quantum is to a CPU.
  doubles[(cpu + CPU_GIL_END) >> 1] = start + (interval === 0 ? slice : Math.ceil((slice / doubles[QUANTUM >> 1]) * interval));
}

/** Where the end is that counts for one that waits: of the turn with the GIL or with the CPU. */
function sliceEndFor(k: Kernel, cpu: number, waiting: number): number {
  const { words } = k;
  const worker = words[waiting + TASK_WORKER];
  const isForGil = worker === words[words[cpu + CPU_TASK] + TASK_WORKER] && words[workerAddress(worker) + WORKER_GIL] !== 0;
  return (cpu + (isForGil ? CPU_GIL_END : CPU_SLICE_END)) >> 1;
}

/** When the turn of the task on `cpu` is over because one of those waits; Infinity where none does. */
export function sliceEnd(k: Kernel, cpu: number, waiting: readonly number[]): number {
  return waiting.reduce((end, task) => Math.min(end, k.doubles[sliceEndFor(k, cpu, task)]), Infinity);
}

/** A task that has had CPU and GIL to itself begins a new turn when another comes to wait for them. */
export function renewSlice(k: Kernel, cpu: number): void {
  const { words, doubles } = k;
  const [first] = readyBy(k, doubles[LAST_TIME >> 1], words[cpu + CPU_TASK]);
  if (first === undefined) return;
  const since = readyTimeOf(k, first);
  if (doubles[sliceEndFor(k, cpu, first)] < since) beginSlice(k, cpu, since);
}

/** Takes `task` off its CPU, if it has one. */
export function leaveCpu(k: Kernel, task: number): void {
  if (k.words[task + TASK_CPU] === 0) return;
  addCpuTime(k, cpuOf(k, task), task);
  k.words[cpuOf(k, task) + CPU_TASK] = 0;
  k.words[task + TASK_CPU] = 0;
}

/** Whether the reader is to say first if the task on `cpu`, which is as far as the clock, goes on. */
export function mustAsk(k: Kernel, cpu: number): boolean {
  const { asks } = policyOf(k);
  if (asks === undefined || k.words[cpu + CPU_KEPT] === 1) return false;
  const task = k.words[cpu + CPU_TASK];
  const waiting = readyBy(k, k.doubles[LAST_TIME >> 1], task);
  return waiting.length > 0 && asks(k, task, waiting);
}

/** Whether the task on `cpu`, which is as far as the clock, gives it up now to one that waits for it. */
export function mustGiveWay(k: Kernel, cpu: number): boolean {
  const { words, doubles } = k;
  const task = words[cpu + CPU_TASK];
  if (words[cpu + CPU_KEPT] === 1) return false;
  const waiting = readyBy(k, doubles[LAST_TIME >> 1], task);
  const yields = words[cpu + CPU_YIELDS] === 1;
  words[cpu + CPU_YIELDS] = 0;
  if (waiting.length === 0) return false;
  recordInterruption(k, cpu, waiting);
  const over = doubles[(cpu + CPU_TIME) >> 1] >= sliceEnd(k, cpu, waiting)
    || doubles[(cpu + CPU_SLICE_STEPS) >> 1] >= doubles[(cpu + CPU_SLICE_STEP_END) >> 1];
  return yields || policyOf(k).givesWay(k, task, waiting, over);
}

/** Tasks that a signal has stopped leave their CPUs, unless they are in the middle of something: those stand still on them. */
export function clearStopped(k: Kernel): void {
  const { words } = k;
  for (let number = 0; number < words[CPU_COUNT]; number++) {
    const cpu = cpuAddress(number);
    if (words[cpu + CPU_TASK] !== 0 && words[cpu + CPU_KEPT] === 0 && isStopped(k, words[cpu + CPU_TASK])) giveWay(k, cpu);
  }
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
}
