import { EventKindCode } from '../../protocol/trace-events';
import { ReadyCauseCode, TaskStateCode } from '../../protocol/words';
import { sleepOnWord, wakeWord } from '../futex';
import type { Kernel } from '../kernel';
import {
  LAST_TIME, MAX_TASKS, START_TIME, TASK_DEADLINE, TASK_READY_NEXT, TASK_STATE, TASK_TID, TASK_WORKER, TASK_HIGH,
  WORKER_READY_HEAD, WORKER_READY_TAIL, WORKER_SLEEP, taskAddress, workerAddress,
} from '../layout';
import { emitFor } from '../trace-sink';
import { endWait } from '../wait-queue';
import type { Scheduler } from './scheduler';

const AWAKE = 0;
const RUNG = 1;
const ASLEEP = -1;
/** `Atomics.wait` takes a timeout of any length, but a wall clock that jumps should not cost more than this. */
const LONGEST_SLEEP_MS = 60_000;
/** About 3 µs: in a ping-pong the answer comes within it, and a sleep with its wake-up costs 12 µs. */
const SPINS = 400;

/**
 * Real time: whoever is ready may go on at once, on as many cores as the browser gives.
 *
 * A worker's sleep word says whether a wake-up is due: the waker, holding the kernel lock, links the task into the
 * worker's ready list and rings; the worker goes to sleep only by changing AWAKE to ASLEEP, which fails if it was rung
 * since it looked. So no wake-up falls between the look and the sleep.
 */
export const realTime: Scheduler = {
  now(k) {
    const elapsed = (performance.timeOrigin - k.doubles[START_TIME >> 1]! + performance.now()) * 1e6;
    const last = k.doubles[LAST_TIME >> 1]!;
    // Workers' clocks agree to some microseconds only; the trace must not run backwards.
    if (elapsed <= last) return last;
    return (k.doubles[LAST_TIME >> 1] = Math.floor(elapsed));
  },

  makeReady(k, task) {
    const { words } = k;
    const worker = workerAddress(words[task + TASK_WORKER]!);
    words[task + TASK_READY_NEXT] = 0;
    const tail = words[worker + WORKER_READY_TAIL]!;
    if (tail === 0) words[worker + WORKER_READY_HEAD] = task;
    else words[tail + TASK_READY_NEXT] = task;
    words[worker + WORKER_READY_TAIL] = task;
    if (Atomics.exchange(words, worker + WORKER_SLEEP, RUNG) === ASLEEP) wakeWord(words, worker + WORKER_SLEEP, 1);
  },

  resume(k, task) {
    Atomics.store(k.words, task + TASK_STATE, TaskStateCode.running);
    emitFor(k, EventKindCode['task-run'], k.words[task + TASK_TID]!, 0, k.worker, 0);
  },

  dispatch(k) {
    const { words } = k;
    const sleep = workerAddress(k.worker) + WORKER_SLEEP;
    for (;;) {
      k.lock();
      const task = takeReady(k) || expireWaits(k);
      const deadline = task === 0 ? nextDeadline(k) : 0;
      const now = realTime.now(k);
      k.unlock();
      if (task !== 0) return task;
      for (let i = 0; i < SPINS && Atomics.load(words, sleep) === AWAKE; i++);
      if (Atomics.compareExchange(words, sleep, AWAKE, ASLEEP) === AWAKE) {
        sleepOnWord(words, sleep, ASLEEP, Math.min((deadline - now) / 1e6, LONGEST_SLEEP_MS));
      }
      Atomics.store(words, sleep, AWAKE);
    }
  },
};

function takeReady(k: Kernel): number {
  const { words } = k;
  const worker = workerAddress(k.worker);
  const task = words[worker + WORKER_READY_HEAD]!;
  if (task !== 0) {
    words[worker + WORKER_READY_HEAD] = words[task + TASK_READY_NEXT]!;
    if (words[task + TASK_READY_NEXT] === 0) words[worker + WORKER_READY_TAIL] = 0;
  }
  return task;
}

/** Ends the waits of this worker's tasks whose time has come, and answers the first of them, or 0. */
function expireWaits(k: Kernel): number {
  const now = realTime.now(k);
  for (let index = 0; index < Math.min(k.words[TASK_HIGH]!, MAX_TASKS); index++) {
    const task = taskAddress(index);
    if (isWaitingHere(k, task) && k.doubles[(task + TASK_DEADLINE) >> 1]! <= now) {
      endWait(k, task, ReadyCauseCode['timed out']);
    }
  }
  return takeReady(k);
}

function nextDeadline(k: Kernel): number {
  let earliest = Infinity;
  for (let index = 0; index < Math.min(k.words[TASK_HIGH]!, MAX_TASKS); index++) {
    const task = taskAddress(index);
    if (isWaitingHere(k, task)) earliest = Math.min(earliest, k.doubles[(task + TASK_DEADLINE) >> 1]!);
  }
  return earliest;
}

function isWaitingHere(k: Kernel, task: number): boolean {
  return k.words[task + TASK_WORKER] === k.worker && k.words[task + TASK_STATE] === TaskStateCode.blocked;
}
