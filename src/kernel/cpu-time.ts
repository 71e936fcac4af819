import { DONE } from '../protocol/errno';
import { TaskStateCode } from '../protocol/words';
import type { Kernel } from './kernel';
import {
  CPU_COUNT, CPU_SINCE, CPU_TASK, CPU_TIME, CPU_TIMED, TASK_CPU_SPENT, TASK_CPU_TIMERS, TASK_PROCESS_SPENT, TASK_STATE, TASK_WORKER,
  WORKER_CPU_SINCE, WORKER_TASK, cpuAddress, workerAddress,
} from './layout';
import { findProcess, ownPid } from './task-table';
import { FOREVER } from './wait-queue';

/**
 * The time for which tasks have had a CPU, and the timers of a process that go by it. In virtual time that is what a task has done on
 * its virtual CPU, without the switch to it. In real time, where each worker is a CPU, it is the time between two waits of the worker,
 * and it is kept only while a timer goes. Time in the kernel counts as the program's own does. In guests with a worker for each
 * thread a thread has a time of its own. Callers hold the kernel lock, except where it is said.
 */

/** Timers of a process by the time that it has had a CPU: ITIMER_VIRTUAL, ITIMER_PROF. */
const CPU_TIMERS = 2;
/** float64 each: the time at which it rings, 0 where it is off; and after which time again. */
const TIMER_WORDS = 4;

/** The process of `task`; a thread that has a worker of its own stands for itself. */
function processOf({ words }: Kernel, task: number): number {
  return words[workerAddress(words[task + TASK_WORKER]) + WORKER_TASK];
}

function timerOf(process: number, timer: number): number {
  return (process + TASK_CPU_TIMERS + TIMER_WORDS * timer) >> 1;
}

/** Nanoseconds for which the process of the current task has had CPUs, or the task alone. Without the lock, by the task that executes. */
export function cpuTimeOfCurrent(k: Kernel, alone: boolean): number {
  return alone ? k.doubles[(k.current + TASK_CPU_SPENT) >> 1] + running(k, (task) => task === k.current) : cpuTime(k, processOf(k, k.current));
}

function cpuTime(k: Kernel, process: number): number {
  return k.doubles[(process + TASK_PROCESS_SPENT) >> 1] + running(k, (task) => processOf(k, task) === process);
}

/** Since they came to the CPUs that they are on. */
function running(k: Kernel, counts: (task: number) => boolean): number {
  const { words, doubles } = k;
  if (!k.virtual) {
    const since = doubles[(workerAddress(k.worker) + WORKER_CPU_SINCE) >> 1];
    return since === 0 || since === FOREVER ? 0 : Math.max(0, k.scheduler.now(k) - since);
  }
  let time = 0;
  for (let number = 0; number < words[CPU_COUNT]; number++) {
    const cpu = cpuAddress(number);
    if (words[cpu + CPU_TASK] !== 0 && counts(words[cpu + CPU_TASK])) time += doubles[(cpu + CPU_TIME) >> 1] - doubles[(cpu + CPU_SINCE) >> 1];
  }
  return time;
}

/** Virtual time: `task` leaves `cpu`. */
export function addCpuTime(k: Kernel, cpu: number, task: number): void {
  const { doubles } = k;
  const time = doubles[(cpu + CPU_TIME) >> 1] - doubles[(cpu + CPU_SINCE) >> 1];
  doubles[(task + TASK_CPU_SPENT) >> 1] += time;
  doubles[(processOf(k, task) + TASK_PROCESS_SPENT) >> 1] += time;
}

/** Real time: this worker waits from here on, if `task` is what it did. */
export function stopCpuClock(k: Kernel, task: number): void {
  const at = (workerAddress(k.worker) + WORKER_CPU_SINCE) >> 1;
  if (k.doubles[at] === 0 || k.doubles[at] === FOREVER || task !== k.current) return;
  k.doubles[(k.home + TASK_PROCESS_SPENT) >> 1] += running(k, () => true);
  k.doubles[at] = FOREVER;
}

/** Real time: this worker has taken up a task. */
export function startCpuClock(k: Kernel): void {
  const at = (workerAddress(k.worker) + WORKER_CPU_SINCE) >> 1;
  if (k.doubles[at] !== FOREVER) return;
  k.doubles[at] = k.scheduler.now(k);
  k.scheduler.noteDeadline(k, nextCpuTimer(k));
}

/**
 * Sets a timer of the current process: it rings when its tasks have had CPUs for `seconds` more, and again after each `interval`; 0: not.
 * `k.number` is how many seconds were left of the former, 0 where it was off, and `k.result` its interval in microseconds. For
 * `setAlarm`, which takes the lock.
 */
export function setCpuTimer(k: Kernel, timer: number, seconds: number, interval: number): number {
  const { doubles } = k;
  const process = findProcess(k, ownPid(k));
  answerCpuTimer(k, timer);
  doubles[timerOf(process, timer)] = seconds > 0 ? cpuTime(k, process) + Math.ceil(seconds * 1e9) : 0;
  doubles[timerOf(process, timer) + 1] = seconds > 0 ? Math.ceil(interval * 1e9) : 0;
  k.words[CPU_TIMED] = 1;
  const since = (workerAddress(k.worker) + WORKER_CPU_SINCE) >> 1;
  if (k.virtual) k.scheduler.reconsider(k);
  else {
    doubles[since] ||= k.scheduler.now(k);
    k.scheduler.noteDeadline(k, nextCpuTimer(k));
  }
  return DONE;
}

/** What is left of a timer; answers as {@link setCpuTimer} does. */
export function answerCpuTimer(k: Kernel, timer: number): void {
  const process = findProcess(k, ownPid(k));
  const at = k.doubles[timerOf(process, timer)];
  k.number = at === 0 ? 0 : Math.max((at - cpuTime(k, process)) / 1e9, 1e-6);
  k.result = k.doubles[timerOf(process, timer) + 1] / 1e3;
}

/** Real time: when the next timer of this worker's process rings if it does not wait meanwhile; FOREVER: none goes. */
export function nextCpuTimer(k: Kernel): number {
  const since = k.doubles[(workerAddress(k.worker) + WORKER_CPU_SINCE) >> 1];
  return since === 0 || since === FOREVER ? FOREVER : k.scheduler.now(k) + leftOfTimers(k, k.home);
}

/** Virtual time: the time of `cpu` at which a timer of its task's process rings. */
export function cpuTimerEnd(k: Kernel, cpu: number): number {
  if (k.words[CPU_TIMED] === 0) return FOREVER;
  return k.doubles[(cpu + CPU_TIME) >> 1] + leftOfTimers(k, processOf(k, k.words[cpu + CPU_TASK]));
}

function leftOfTimers(k: Kernel, process: number): number {
  let earliest = FOREVER;
  for (let timer = 0; timer < CPU_TIMERS; timer++) earliest = Math.min(earliest, k.doubles[timerOf(process, timer)] || FOREVER);
  return earliest === FOREVER ? FOREVER : earliest - cpuTime(k, process);
}

/** Calls `ring` with each timer of the process of `task` whose time has come; whether there was one. */
export function expireCpuTimers(k: Kernel, task: number, ring: (process: number, timer: number) => void): boolean {
  const { words, doubles } = k;
  if (words[CPU_TIMED] === 0 || task === 0) return false;
  const process = processOf(k, task);
  let hasRung = false;
  for (let timer = 0; timer < CPU_TIMERS; timer++) {
    const at = timerOf(process, timer);
    const spent = cpuTime(k, process);
    if (doubles[at] === 0 || doubles[at] > spent || words[process + TASK_STATE] >= TaskStateCode.zombie) continue;
    const interval = doubles[at + 1];
    // Of times that have passed meanwhile only one is told.
    doubles[at] = interval === 0 ? 0 : doubles[at] + interval * Math.max(1, Math.ceil((spent - doubles[at]) / interval));
    hasRung = true;
    ring(process, timer);
  }
  return hasRung;
}
