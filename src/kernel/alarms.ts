import { DONE } from '../protocol/errno';
import { Signal, TaskStateCode } from '../protocol/words';
import { answerCpuTimer, expireCpuTimers, setCpuTimer } from './cpu-time';
import type { Kernel } from './kernel';
import { TASK_ALARM, TASK_ALARM_INTERVAL, TASK_STATE } from './layout';
import { findProcess, isProcess, ownPid } from './task-table';
import { ringAlarm } from './task';
import { FOREVER } from './wait-queue';

/**
 * The alarms of a process, at which it gets a signal: one at a time of the clock, which its own worker looks after as after its tasks'
 * deadlines, and two by the time for which its tasks have had CPUs (cpu-time.ts).
 */

/** Numbers as on Linux. */
export const Timer = { Real: 0, Virtual: 1, Profile: 2 } as const;
const SIGNALS = [Signal.SIGALRM, Signal.SIGVTALRM, Signal.SIGPROF] as const;

/**
 * Sets an alarm of the current process `seconds` from now, and again every `interval` seconds; 0: none. `k.number` is how
 * many seconds were left of the former, 0 where there was none, and `k.result` its interval in microseconds.
 */
export function setAlarm(k: Kernel, seconds: number, interval: number, timer: number = Timer.Real): number {
  k.enter();
  if (timer !== Timer.Real) return k.leave(setCpuTimer(k, timer - 1, seconds, interval));
  const process = findProcess(k, ownPid(k));
  answerAlarm(k, process);
  const at = seconds > 0 ? k.scheduler.now(k) + seconds * 1e9 : FOREVER;
  k.doubles[(process + TASK_ALARM) >> 1] = at;
  k.doubles[(process + TASK_ALARM_INTERVAL) >> 1] = seconds > 0 ? interval * 1e9 : 0;
  k.scheduler.noteDeadline(k, at);
  return k.leave(DONE);
}

/** How long it is until an alarm of the current process; answers as {@link setAlarm} does. */
export function getAlarm(k: Kernel, timer: number = Timer.Real): number {
  k.enter();
  if (timer === Timer.Real) answerAlarm(k, findProcess(k, ownPid(k)));
  else answerCpuTimer(k, timer - 1);
  return k.leave(DONE);
}

function answerAlarm(k: Kernel, process: number): void {
  const at = k.doubles[(process + TASK_ALARM) >> 1];
  // One that is due has not rung yet: as in a system's timer, a moment is left of it.
  k.number = at === FOREVER ? 0 : Math.max((at - k.scheduler.now(k)) / 1e9, 1e-6);
  k.result = k.doubles[(process + TASK_ALARM_INTERVAL) >> 1] / 1e3;
}

/** When the alarm of `task` rings: FOREVER for one that is no process, and for one that has ended. Callers hold the kernel lock. */
export function alarmOf(k: Kernel, task: number): number {
  if (task === 0 || !isProcess(k, task) || k.words[task + TASK_STATE] >= TaskStateCode.zombie) return FOREVER;
  // Of init, which was never started, it is 0.
  return k.doubles[(task + TASK_ALARM) >> 1] || FOREVER;
}

/** Rings the alarm of `task` if its time has come, and answers when it rings next. Callers hold the kernel lock. */
export function expireAlarm(k: Kernel, task: number, now: number): number {
  const at = alarmOf(k, task);
  if (at > now) return at;
  const interval = k.doubles[(task + TASK_ALARM_INTERVAL) >> 1];
  // Of times that have passed meanwhile only one is told.
  k.doubles[(task + TASK_ALARM) >> 1] = interval === 0 ? FOREVER : at + interval * Math.max(1, Math.ceil((now - at) / interval));
  ringAlarm(k, task, Signal.SIGALRM);
  return alarmOf(k, task);
}

/**
 * Rings the alarms of the process of `task` for which it has had CPUs long enough; whether there was one, which may have ended the
 * process. Callers hold the kernel lock.
 */
export function expireCpuAlarms(k: Kernel, task: number): boolean {
  return expireCpuTimers(k, task, (process, timer) => ringAlarm(k, process, SIGNALS[timer + 1]));
}
