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
  k.earliestDeadline = Math.min(k.earliestDeadline, at);
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

/** Rings the alarm of this worker's process if its time has come, and answers when it rings next. Callers hold the kernel lock. */
export function expireAlarm(k: Kernel, now: number): number {
  const { words, doubles, home } = k;
  if (home === 0 || !isProcess(k, home) || words[home + TASK_STATE] >= TaskStateCode.zombie) return FOREVER;
  const alarm = (home + TASK_ALARM) >> 1;
  if (doubles[alarm] <= now) {
    const interval = doubles[(home + TASK_ALARM_INTERVAL) >> 1];
    // Of times that have passed meanwhile only one is told.
    doubles[alarm] = interval === 0 ? FOREVER : doubles[alarm] + interval * Math.max(1, Math.ceil((now - doubles[alarm]) / interval));
    ringAlarm(k, home);
  }
  return doubles[alarm];
}
