import { NO_PLACE, NO_TASK } from '../../protocol/ids';
import { PauseCauseCode } from '../../protocol/pause';
import { EndReasonCode, ReadyCauseCode, TaskStateCode } from '../../protocol/words';
import { alarmOf, expireAlarm, expireCpuAlarms } from '../alarms';
import { cpuTimerEnd } from '../cpu-time';
import type { Kernel } from '../kernel';
import {
  CPU_SLICE_STEPS, CPU_SLICE_STEP_END, CPU_TASK, CPU_TIME, EXECUTING, EXECUTING_TID, HORIZON,
  LAST_TIME, LIVE_TASKS, NEXT_DEADLINE, OPERATIONS, OPERATION_LIMIT, OPERATION_STOP, PAUSED, PROGRAMS_END, RUN_AHEAD, RUN_STATE, RunState, STEPS,
  STEP_LIMIT, STEP_STOP,
  TASK_DEADLINE, TASK_HIGH, TASK_STATE, TASK_TID, TASK_WORKER, taskAddress, workerAddress,
} from '../layout';
import { lastProgramHasEnded } from '../programs-beside';
import { endRun } from '../task';
import { endWait } from '../wait-queue';
import { recordsBranches, settlesEachStep } from './branches';
import { clearStopped, fillCpus, giveWay, hindmostCpu, mustAsk, mustGiveWay, renewSlice, sliceEnd, timeOfOthers } from './cpus';
import { endOfPicture, endStuckRun } from './endings';
import { standsAtTheEnd } from './event-breaks';
import { pause, pausesAfterEvent, pausesBefore, stepsUntilLook, timeOfLook } from './pause';
import { policyOf } from './policies';
import { serveReader, someoneAwaitsClient, standsForClient, standsForReader, timeForReader } from './reader';
import { nextReadyTime, readyBy } from './run-queue';

/**
 * Chooses the task that executes next. It is a simulation of discrete events: the clock goes to the earliest of the time
 * of the hindmost CPU, the next deadline of a blocked task, and the next moment at which a task becomes ready; what is due
 * then is done, until it is the turn of a task.
 *
 * Who does it does not matter, for all that it looks at is in the memory. Callers hold the kernel lock.
 */
export function electTask(k: Kernel): void {
  const { words } = k;
  if (words[EXECUTING] !== 0 || Atomics.load(words, RUN_STATE) !== RunState.Running) return;
  // What is done from here on is nobody's deed.
  const { currentTid, place } = k;
  k.currentTid = NO_TASK;
  k.place = NO_PLACE;
  while (words[LIVE_TASKS] > 0 && words[EXECUTING] === 0 && words[PAUSED] === 0) {
    if (pausesAfterEvent(k)) break;
    if ((standsForReader(k) && !serveReader(k)) || standsForClient(k)) break;
    doNext(k);
  }
  k.currentTid = currentTid;
  k.place = place;
}

function doNext(k: Kernel): void {
  const { doubles } = k;
  clearStopped(k);
  fillCpus(k);
  if (k.words[PAUSED] !== 0) return;
  const cpu = hindmostCpu(k);
  // Less than the clock where its task was stopped on it.
  const cpuTime = cpu === 0 ? Infinity : Math.max(doubles[(cpu + CPU_TIME) >> 1], doubles[LAST_TIME >> 1]);
  const readyTime = nextReadyTime(k, doubles[LAST_TIME >> 1]);
  const deadline = doubles[NEXT_DEADLINE >> 1];
  const latest = Math.min(cpuTime, readyTime);
  if (lastProgramHasEnded(k) && endsPrograms(k, Math.min(latest, deadline))) return;
  if (deadline <= latest && deadline !== Infinity) return endWaits(k, latest);
  if (readyTime <= cpuTime && readyTime !== Infinity) {
    doubles[LAST_TIME >> 1] = readyTime;
    return;
  }
  if (cpu === 0) {
    if (!standsAtTheEnd(k)) endStuckRun(k);
    return;
  }
  doubles[LAST_TIME >> 1] = doubles[(cpu + CPU_TIME) >> 1] = cpuTime;
  if (expireCpuAlarms(k, k.words[cpu + CPU_TASK])) return;
  renewSlice(k, cpu);
  const task = k.words[cpu + CPU_TASK];
  if (mustAsk(k, cpu)) pause(k, PauseCauseCode.question, task);
  else if (mustGiveWay(k, cpu)) giveWay(k, cpu);
  else if (!pausesBefore(k, task)) execute(k, cpu);
}

/**
 * The last of the programs side by side has ended, and those that are left have had their time by `next`, when something would happen
 * again; or nothing would but that a client comes, and none will.
 */
function endsPrograms(k: Kernel, next: number): boolean {
  const { doubles } = k;
  if (next < doubles[PROGRAMS_END >> 1] || (next === Infinity && !someoneAwaitsClient(k))) return false;
  doubles[LAST_TIME >> 1] = next === Infinity ? endOfPicture(k) : doubles[PROGRAMS_END >> 1];
  // Nothing was wrong with a server that waits for more.
  endRun(k, EndReasonCode.finished, 0);
  return true;
}

/** Ends the waits whose deadline is the earliest, and rings the alarms of that time, if that is not after `latest`; the clock goes there. */
function endWaits(k: Kernel, latest: number): void {
  const earliest = earliestDeadline(k);
  k.doubles[NEXT_DEADLINE >> 1] = earliest;
  // It was the deadline of a wait that has ended for another reason.
  if (earliest > latest || earliest === Infinity) return;
  k.doubles[LAST_TIME >> 1] = Math.max(k.doubles[LAST_TIME >> 1], Math.ceil(earliest));
  for (let index = 0; index < k.words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (waitEnd(k, task) <= earliest) endWait(k, task, ReadyCauseCode['timed out']);
    expireAlarm(k, task, earliest);
  }
  k.doubles[NEXT_DEADLINE >> 1] = earliestDeadline(k);
}

function earliestDeadline(k: Kernel): number {
  let earliest = Infinity;
  for (let index = 0; index < k.words[TASK_HIGH]; index++) earliest = Math.min(earliest, deadlineOf(k, taskAddress(index)));
  return earliest;
}

function deadlineOf(k: Kernel, task: number): number {
  return Math.min(waitEnd(k, task), alarmOf(k, task));
}

function waitEnd(k: Kernel, task: number): number {
  return k.words[task + TASK_STATE] === TaskStateCode.blocked ? k.doubles[(task + TASK_DEADLINE) >> 1] : Infinity;
}

function execute(k: Kernel, cpu: number): void {
  const { words, doubles } = k;
  const task = words[cpu + CPU_TASK];
  const now = doubles[LAST_TIME >> 1];
  const turnEnd = sliceEnd(k, cpu, readyBy(k, now, task));
  const others = timeOfOthers(k, cpu);
  const next = Math.min(
    doubles[NEXT_DEADLINE >> 1], nextReadyTime(k, now), turnEnd, timeForReader(k), cpuTimerEnd(k, cpu), timeOfLook(k), doubles[PROGRAMS_END >> 1],
  );
  doubles[HORIZON >> 1] = Math.min(next, others);
  doubles[RUN_AHEAD >> 1] = Math.min(next, Math.max(others, now + policyOf(k).lookahead(k)));
  // Beyond the limit: the step that reaches it is still done.
  const sliceLeft = doubles[(cpu + CPU_SLICE_STEP_END) >> 1] - doubles[(cpu + CPU_SLICE_STEPS) >> 1];
  const sliceStop = settlesEachStep(k, cpu) ? doubles[STEPS >> 1] + 1 : sliceLeft > 0 ? doubles[STEPS >> 1] + sliceLeft : Infinity;
  const look = policyOf(k).asks === undefined ? stepsUntilLook(k) : 1;
  const change = policyOf(k).nextChange?.(k) ?? Infinity;
  doubles[STEP_STOP >> 1] = Math.min(
    doubles[STEP_LIMIT >> 1] + 1, sliceStop, Math.max(change, doubles[STEPS >> 1] + 1), doubles[STEPS >> 1] + look,
  );
  words[OPERATION_STOP] = recordsBranches(k) ? words[OPERATIONS] + 1 : words[OPERATION_LIMIT] + 1;
  words[EXECUTING_TID] = words[task + TASK_TID];
  Atomics.store(words, EXECUTING, task);
  const worker = words[task + TASK_WORKER];
  if (worker !== k.worker) k.toRing.push(workerAddress(worker));
}
