import { DONE } from '../../protocol/errno';
import { NO_TASK } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import { ReadyCauseCode, TaskStateCode } from '../../protocol/words';
import { sleepForEver, sleepOnWord, wakeForMutex, wakeWord } from '../futex';
import { expireAlarm, expireCpuAlarms } from '../alarms';
import { nextCpuTimer, startCpuClock, stopCpuClock } from '../cpu-time';
import { dropGil, takeGil, waitForGil } from '../gil';
import type { Kernel } from '../kernel';
import {
  GRAVE, KERNEL_LOCK, LAST_TIME, MAX_WORKERS, START_TIME, TASK_DEADLINE, TASK_FLAGS, TASK_HIGH, TASK_READY_NEXT, TASK_STATE, TASK_TID,
  TASK_WORKER, WORKER_READY_HEAD, WORKER_READY_TAIL, WORKER_RUNNING, WORKER_SLEEP, TaskFlag, taskAddress, workerAddress,
} from '../layout';
import { emitFor } from '../trace-sink';
import { endWait } from '../wait-queue';
import type { Scheduler } from './scheduler';

/** Of this worker. To ask the global for it costs twice what the clock itself does: 100 ns beside 60. */
const clock = performance;
/** Read once, for asking the browser costs some 300 ns. */
const TIME_ORIGIN = clock.timeOrigin;

const AWAKE = 0;
const RUNG = 1;
const ASLEEP = -1;
/** `Atomics.wait` takes a timeout of any length, but a wall clock that jumps should not cost more than this. */
const LONGEST_SLEEP_MS = 60_000;
/**
 * Looks at the sleep word before sleeping: at most about 10 µs, within which the answer comes in a ping-pong between two
 * workers that both run; a sleep and its wake-up cost 12 µs. Looking in vain takes the core from others, so each failure
 * halves the number, and only every so often the whole is tried again.
 */
const MOST_LOOKS = 5000;
const FEWEST_LOOKS = 20;
const LOOK_AGAIN_AFTER = 64;

/**
 * Real time: whoever is ready may go on at once, on as many cores as the browser gives.
 *
 * A worker's sleep word says whether a wake-up is due. The waker links the task into the worker's ready list under the
 * kernel lock and rings when it has let the lock go: rung earlier, the woken worker would run into the lock and sleep a
 * second time. The worker looks at its list, and goes to sleep only by changing AWAKE to ASLEEP, which fails if it was
 * rung meanwhile; so no wake-up falls between the look and the sleep. A waker that is taken away between the two steps
 * rings nobody: whoever takes it away rings for it (`ringAll`).
 */
export const realTime: Scheduler = {
  now(k) {
    const now = elapsed(k);
    const last = k.doubles[LAST_TIME >> 1];
    // Workers' clocks agree to some microseconds only; the trace must not run backwards.
    if (now <= last) return last;
    return (k.doubles[LAST_TIME >> 1] = now);
  },

  makeReady(k, task) {
    const { words } = k;
    const worker = workerAddress(words[task + TASK_WORKER]);
    linkReady(words, worker, task);
    waitForGil(k, worker, task);
    k.toRing.push(worker);
  },

  ring(k, worker) {
    const sleep = worker + WORKER_SLEEP;
    // All: a worker that was asked to go may sleep on this word for seconds yet, when its number is another's already.
    if (Atomics.exchange(k.words, sleep, RUNG) === ASLEEP) wakeWord(k.words, sleep, Infinity);
  },

  stopRunning(k, task) {
    if (k.words[task + TASK_STATE] === TaskStateCode.ready) unlinkReady(k.words, task);
    stopCpuClock(k, task);
    dropGil(k, workerAddress(k.words[task + TASK_WORKER]), task);
  },

  noteDeadline(k, deadline) {
    k.earliestDeadline = Math.min(k.earliestDeadline, deadline);
  },

  reconsider: () => undefined,
  keepCpu: () => false,
  awaitTurn: () => undefined,
  hasTurn: () => true,

  settle: () => false,
  charge: () => undefined,
  allowance: () => Infinity,
  elect: () => undefined,

  /** Rings every worker that has a ready task. */
  ringAll(k) {
    for (let number = 0; number < MAX_WORKERS; number++) {
      const worker = workerAddress(number);
      if (Atomics.load(k.words, worker + WORKER_READY_HEAD) !== 0) realTime.ring(k, worker);
    }
  },

  preempt(k) {
    const { words, current } = k;
    const worker = workerAddress(k.worker);
    if (Atomics.load(words, worker + WORKER_READY_HEAD) === 0 && k.earliestDeadline > elapsed(k) && !isStopped(k)) return false;
    k.enter();
    if (k.earliestDeadline !== Infinity && k.earliestDeadline <= realTime.now(k)) expireWaits(k);
    const hasEnded = words[current + TASK_STATE] >= TaskStateCode.zombie; // its alarm rang
    if (hasEnded || (words[worker + WORKER_READY_HEAD] === 0 && !isStopped(k))) {
      k.leave(DONE);
      return false;
    }
    Atomics.store(words, current + TASK_STATE, TaskStateCode.ready);
    stopCpuClock(k, current);
    dropGil(k, worker, current);
    emitFor(k, EventKindCode['task-ready'], k.currentTid, 0, NO_TASK, 0, ReadyCauseCode.preempted);
    words[worker + WORKER_RUNNING] = words[worker + WORKER_READY_HEAD]!;
    linkReady(words, worker, current);
    waitForGil(k, worker, current);
    k.leave(DONE);
    return true;
  },

  dispatch(k) {
    const { words } = k;
    const worker = workerAddress(k.worker);
    for (;;) {
      // Without the lock: a task that is linked after this look rings, and then the sleep does not begin.
      if (Atomics.load(words, worker + WORKER_READY_HEAD) === 0 || isStopped(k)) sleepUntilRung(k, worker + WORKER_SLEEP);
      k.lock();
      k.goNoFurtherIfEnded(k.home, k.homeTid);
      // First: where some task is always ready, the waits of the others end in time too.
      if (k.earliestDeadline !== Infinity && k.earliestDeadline <= realTime.now(k)) expireWaits(k);
      const task = isStopped(k) ? 0 : takeReady(k);
      if (task !== 0) {
        Atomics.store(words, task + TASK_STATE, TaskStateCode.running);
        startCpuClock(k);
        takeGil(k, worker, task);
        emitFor(k, EventKindCode['task-run'], words[task + TASK_TID], 0, k.worker, 0);
      }
      k.unlock();
      if (task !== 0) return task;
    }
  },
};

/** Sleeps until a wake-up comes or the first deadline of this worker's tasks has passed. */
function sleepUntilRung(k: Kernel, sleep: number): void {
  const { words } = k;
  // It will not take the kernel lock for a while.
  wakeForMutex(words, KERNEL_LOCK);
  if (!lookBeforeSleep(k, sleep) && Atomics.compareExchange(words, sleep, AWAKE, ASLEEP) === AWAKE) {
    const untilDeadline = k.earliestDeadline === Infinity ? Infinity : (k.earliestDeadline - elapsed(k)) / 1e6;
    if (untilDeadline > 0) sleepOnWord(words, sleep, ASLEEP, Math.min(untilDeadline, LONGEST_SLEEP_MS));
  }
  // The word of a worker whose task was ended meanwhile is another's: it must not take back what that one was told.
  if (k.home !== 0 && (words[k.home + TASK_STATE] >= TaskStateCode.zombie || words[k.home + TASK_TID] !== k.homeTid)) {
    sleepForEver(words, GRAVE);
  }
  Atomics.store(words, sleep, AWAKE);
}

/** True where a wake-up came while it looked. */
function lookBeforeSleep(k: Kernel, sleep: number): boolean {
  if (++k.sleeps % LOOK_AGAIN_AFTER === 0) k.looks = MOST_LOOKS;
  for (let i = k.looks; i > 0; i--) {
    if (Atomics.load(k.words, sleep) !== AWAKE) {
      k.looks = MOST_LOOKS;
      return true;
    }
  }
  k.looks = Math.max(k.looks >> 1, FEWEST_LOOKS);
  return false;
}

/** Nanoseconds since the start of the run by this worker's clock. */
function elapsed(k: Kernel): number {
  return Math.floor((TIME_ORIGIN - k.doubles[START_TIME >> 1] + clock.now()) * 1e6);
}

/** Puts a task at the end of its worker's ready list. */
function linkReady(words: Int32Array, worker: number, task: number): void {
  words[task + TASK_READY_NEXT] = 0;
  const tail = words[worker + WORKER_READY_TAIL];
  words[worker + WORKER_READY_TAIL] = task;
  if (tail === 0) Atomics.store(words, worker + WORKER_READY_HEAD, task);
  else words[tail + TASK_READY_NEXT] = task;
}

/** Takes a task that has been ended out of its worker's ready list, so that the worker's others go on without it. */
function unlinkReady(words: Int32Array, task: number): void {
  const worker = workerAddress(words[task + TASK_WORKER]);
  let previous = 0;
  let other = words[worker + WORKER_READY_HEAD];
  while (other !== 0 && other !== task) other = words[(previous = other) + TASK_READY_NEXT];
  if (other === 0) return;
  const next = words[task + TASK_READY_NEXT];
  if (previous === 0) Atomics.store(words, worker + WORKER_READY_HEAD, next);
  else words[previous + TASK_READY_NEXT] = next;
  if (next === 0) words[worker + WORKER_READY_TAIL] = previous;
}

function takeReady(k: Kernel): number {
  const { words } = k;
  const worker = workerAddress(k.worker);
  const task = words[worker + WORKER_READY_HEAD];
  if (task !== 0) {
    words[worker + WORKER_READY_HEAD] = words[task + TASK_READY_NEXT]!;
    if (words[task + TASK_READY_NEXT] === 0) words[worker + WORKER_READY_TAIL] = 0;
  }
  return task;
}

/** Ends the waits of this worker's tasks whose time has come, in the order of their deadlines. */
function expireWaits(k: Kernel): void {
  const now = realTime.now(k);
  const deadlineOf = (task: number): number => k.doubles[(task + TASK_DEADLINE) >> 1];
  const expired: number[] = [];
  let earliest = Infinity;
  for (let index = 0; index < k.words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (!isWaitingHere(k, task)) continue;
    if (deadlineOf(task) <= now) expired.push(task);
    else earliest = Math.min(earliest, deadlineOf(task));
  }
  expired.sort((one, other) => deadlineOf(one) - deadlineOf(other));
  for (const task of expired) endWait(k, task, ReadyCauseCode['timed out']);
  expireCpuAlarms(k, k.home);
  k.earliestDeadline = Math.min(earliest, expireAlarm(k, k.home, now), nextCpuTimer(k));
}

/** Whether a signal has stopped the process of this worker: none of its tasks goes on. */
function isStopped({ words, home }: Kernel): boolean {
  return home !== 0 && (words[home + TASK_FLAGS] & TaskFlag.Stopped) !== 0;
}

function isWaitingHere(k: Kernel, task: number): boolean {
  return k.words[task + TASK_WORKER] === k.worker && k.words[task + TASK_STATE] === TaskStateCode.blocked;
}
