import { DONE } from '../protocol/errno';
import { TaskStateCode } from '../protocol/words';
import type { Kernel } from './kernel';
import { TASK_ALARM, TASK_ALARM_INTERVAL, TASK_STATE } from './layout';
import { findProcess, isProcess, ownPid } from './task-table';
import { ringAlarm } from './task';
import { FOREVER } from './wait-queue';

/** The alarm of a process: a time at which it gets SIGALRM. Its own worker looks after it, as after its tasks' deadlines. */

/**
 * Sets the alarm of the current process `seconds` from now, and again every `interval` seconds; 0: none. `k.number` is how
 * many seconds were left of the former, 0 where there was none, and `k.result` its interval in microseconds.
 */
export function setAlarm(k: Kernel, seconds: number, interval: number): number {
  k.enter();
  const process = findProcess(k, ownPid(k));
  answerAlarm(k, process);
  const at = seconds > 0 ? k.scheduler.now(k) + seconds * 1e9 : FOREVER;
  k.doubles[(process + TASK_ALARM) >> 1] = at;
  k.doubles[(process + TASK_ALARM_INTERVAL) >> 1] = seconds > 0 ? interval * 1e9 : 0;
  k.scheduler.noteDeadline(k, at);
  return k.leave(DONE);
}

/** How long it is until the current process's alarm; answers as {@link setAlarm} does. */
export function getAlarm(k: Kernel): number {
  k.enter();
  answerAlarm(k, findProcess(k, ownPid(k)));
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
  ringAlarm(k, task);
  return alarmOf(k, task);
}
