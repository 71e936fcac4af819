import { StartMethodCode, TaskStateCode } from '../../protocol/words';
import { sleepOnWord, wakeWord } from '../futex';
import { dropGil } from '../gil';
import type { Kernel } from '../kernel';
import {
  COST_CALL, COST_FORK, COST_SPAWN, COST_STEP, COST_THREAD, COST_WAKE, CPU_KEPT, CPU_SLICE_STEPS, CPU_TIME, CPU_YIELDS, EXECUTING,
  EXECUTING_TID, HORIZON, LAST_TIME, NEXT_DEADLINE, OPERATIONS, OPERATION_LIMIT, OPERATION_STOP, OWED, RUN_AHEAD, STEPS, STEP_LIMIT, STEP_STOP,
  TASK_DEADLINE, TASK_KNOWN, TASK_METHOD, TASK_PLACE, TASK_STATE, TASK_TID, TASK_WORKER, WORKER_SLEEP, workerAddress,
} from '../layout';
import { cpuOf, leaveCpu } from './cpus';
import { electTask } from './election';
import { endOverlongRun } from './endings';
import { tellStand } from './pause';
import { policyOf } from './policies';
import { dequeue, enqueue } from './run-queue';
import type { Scheduler } from './scheduler';

/** A worker that sleeps looks again after so long, whatever happens. */
const LONGEST_SLEEP_MS = 60_000;
/** Looks for its turn before it sleeps: a hand-over and back between two workers is faster than a sleep. */
const MOST_LOOKS = 5000;
const FEWEST_LOOKS = 20;
const LOOK_AGAIN_AFTER = 64;

/**
 * Virtual time: up to eight virtual CPUs, each as far as what its task has done has cost. One task executes at a time,
 * always one of the CPU that has come least far, so that the order in which operations of the kernel are done is the order
 * of virtual time, whatever the browser's threads do. docs/scheduling.md describes it.
 *
 * What only the executing task's worker touches (its CPU's time, the counts of steps) is written without the lock, for
 * that is what happens millions of times a second; the lock is taken where the task may have to give way. A worker's sleep
 * word counts its rings, so that one that was taken away late cannot take a ring from its successor.
 */
export const virtualTime: Scheduler = {
  now(k) {
    const { words, doubles } = k;
    // The executing task's own code may be ahead of all that is recorded.
    const executes = k.currentTid !== 0 && words[EXECUTING_TID] === k.currentTid;
    return doubles[(executes ? cpuOf(k, k.current) + CPU_TIME : LAST_TIME) >> 1];
  },

  makeReady(k, task) {
    const { words, doubles } = k;
    const now = doubles[LAST_TIME >> 1];
    const isNew = words[task + TASK_KNOWN] === 0;
    words[task + TASK_KNOWN] = 1;
    if (isNew) policyOf(k).welcome?.(k, task);
    enqueue(k, task, now + (isNew ? startCost(k, task) : doubles[COST_WAKE >> 1]));
    virtualTime.reconsider(k);
  },

  ring(k, worker) {
    Atomics.add(k.words, worker + WORKER_SLEEP, 1);
    wakeWord(k.words, worker + WORKER_SLEEP, Infinity);
  },

  ringAll(k) {
    const task = Atomics.load(k.words, EXECUTING);
    if (task !== 0) virtualTime.ring(k, workerAddress(k.words[task + TASK_WORKER]));
  },

  stopRunning(k, task) {
    const { words, doubles } = k;
    if (words[task + TASK_STATE] === TaskStateCode.blocked) {
      doubles[NEXT_DEADLINE >> 1] = Math.min(doubles[NEXT_DEADLINE >> 1], doubles[(task + TASK_DEADLINE) >> 1]);
    }
    dequeue(k, task);
    leaveCpu(k, task);
    dropGil(k, workerAddress(words[task + TASK_WORKER]), task);
    if (words[EXECUTING] === task) stopExecuting(k);
    else doubles[HORIZON >> 1] = -Infinity;
  },

  noteDeadline(k, deadline) {
    k.doubles[NEXT_DEADLINE >> 1] = Math.min(k.doubles[NEXT_DEADLINE >> 1], deadline);
    virtualTime.reconsider(k);
  },

  reconsider({ doubles }) {
    // The executing task settles anew before it goes on.
    doubles[HORIZON >> 1] = doubles[RUN_AHEAD >> 1] = -Infinity;
  },

  settle(k, steps, operation) {
    const { words, doubles, current } = k;
    if (words[EXECUTING_TID] !== k.currentTid) return settleSlowly(k, 0, 0);
    const cpu = cpuOf(k, current);
    const cost = doubles[OWED >> 1] + steps * doubles[COST_STEP >> 1] + (operation ? doubles[COST_CALL >> 1] : 0);
    const time = doubles[(cpu + CPU_TIME) >> 1] + cost;
    const done = steps + (operation ? 1 : 0);
    const operations = words[OPERATIONS] + (operation ? 1 : 0);
    doubles[OWED >> 1] = 0;
    doubles[(cpu + CPU_TIME) >> 1] = time;
    doubles[(cpu + CPU_SLICE_STEPS) >> 1] += done;
    doubles[STEPS >> 1] += done;
    words[OPERATIONS] = operations;
    const horizon = doubles[(operation ? HORIZON : RUN_AHEAD) >> 1];
    if (time >= horizon || doubles[STEPS >> 1] >= doubles[STEP_STOP >> 1] || operations >= words[OPERATION_STOP]) {
      return settleSlowly(k, current, operations);
    }
    if (operation) doubles[LAST_TIME >> 1] = time;
    return false;
  },

  keepCpu(k, steps, operation) {
    const { words, doubles, current } = k;
    virtualTime.charge(k, steps);
    const cpu = cpuOf(k, current);
    if (operation) {
      doubles[(cpu + CPU_TIME) >> 1] += doubles[COST_CALL >> 1];
      doubles[(cpu + CPU_SLICE_STEPS) >> 1]++;
      doubles[STEPS >> 1]++;
      words[OPERATIONS]++;
    }
    if (doubles[(cpu + CPU_TIME) >> 1] < doubles[HORIZON >> 1] && doubles[STEPS >> 1] < doubles[STEP_STOP >> 1]) {
      doubles[LAST_TIME >> 1] = doubles[(cpu + CPU_TIME) >> 1];
      return false;
    }
    k.lock();
    k.goNoFurtherIfEnded(current, k.currentTid);
    words[current + TASK_PLACE] = k.place;
    words[cpu + CPU_KEPT] = 1;
    stopExecuting(k);
    k.unlock();
    if (words[EXECUTING_TID] !== k.currentTid) return true;
    words[cpu + CPU_KEPT] = 0;
    return false;
  },

  awaitTurn(k) {
    // It has kept CPU and GIL: no other task of this worker can be the one.
    if (virtualTime.dispatch(k) !== k.current) k.panic(`task ${k.currentTid} lost its CPU while it kept it`);
    k.words[cpuOf(k, k.current) + CPU_KEPT] = 0;
  },

  hasTurn({ words, worker }) {
    const task = Atomics.load(words, EXECUTING);
    return task !== 0 && words[task + TASK_WORKER] === worker;
  },

  charge(k, steps) {
    const { words, doubles } = k;
    if (words[EXECUTING_TID] !== k.currentTid) goNoFurther(k);
    const cpu = cpuOf(k, k.current);
    doubles[(cpu + CPU_TIME) >> 1] += doubles[OWED >> 1] + steps * doubles[COST_STEP >> 1];
    doubles[OWED >> 1] = 0;
    doubles[(cpu + CPU_SLICE_STEPS) >> 1] += steps;
    doubles[STEPS >> 1] += steps;
  },

  allowance(k) {
    const { doubles } = k;
    const step = doubles[COST_STEP >> 1];
    const left = doubles[RUN_AHEAD >> 1] - doubles[(cpuOf(k, k.current) + CPU_TIME) >> 1] - doubles[OWED >> 1];
    // Steps that cost nothing come to no horizon ahead.
    const untilHorizon = left <= 0 ? 1 : step === 0 ? Infinity : Math.ceil(left / step);
    return Math.max(1, Math.min(untilHorizon, doubles[STEP_STOP >> 1] - doubles[STEPS >> 1]));
  },

  elect: electTask,

  preempt(k) {
    const { words, current } = k;
    k.lock();
    k.goNoFurtherIfEnded(current, k.currentTid);
    words[current + TASK_PLACE] = k.place;
    words[cpuOf(k, current) + CPU_YIELDS] = 1;
    stopExecuting(k);
    k.unlock();
    return words[EXECUTING_TID] !== k.currentTid;
  },

  dispatch(k) {
    const { words } = k;
    const sleep = workerAddress(k.worker) + WORKER_SLEEP;
    for (;;) {
      const rings = Atomics.load(words, sleep);
      const task = Atomics.load(words, EXECUTING);
      if (homeHasEnded(k)) {
        k.lock();
        k.goNoFurtherIfEnded(k.home, k.homeTid);
        k.unlock();
      }
      if (task !== 0 && words[task + TASK_WORKER] === k.worker) return task;
      tellStand(k);
      if (!lookBeforeSleep(k, sleep, rings)) sleepOnWord(words, sleep, rings, LONGEST_SLEEP_MS);
    }
  },
};

/** From its start to the moment at which `task` is ready; what the one who starts it pays is noted down. */
function startCost({ words, doubles }: Kernel, task: number): number {
  switch (words[task + TASK_METHOD]) {
    case StartMethodCode.thread:
      doubles[OWED >> 1] += doubles[COST_THREAD >> 1];
      return 0;
    case StartMethodCode.fork:
      doubles[OWED >> 1] += doubles[COST_FORK >> 1];
      return doubles[COST_FORK >> 1];
    case StartMethodCode.spawn:
    case StartMethodCode.forkserver: return doubles[COST_SPAWN >> 1];
    default: return 0;
  }
}

/** The executing task may have to give way: what it has done is charged already. */
function settleSlowly(k: Kernel, task: number, operations: number): boolean {
  const { words, doubles } = k;
  k.lock();
  k.goNoFurtherIfEnded(k.current, k.currentTid);
  if (task === 0) k.panic(`task ${k.currentTid} settled while task ${words[EXECUTING_TID]} executed`);
  words[task + TASK_PLACE] = k.place;
  if (doubles[STEPS >> 1] > doubles[STEP_LIMIT >> 1] || operations > words[OPERATION_LIMIT]) {
    doubles[LAST_TIME >> 1] = doubles[(cpuOf(k, task) + CPU_TIME) >> 1];
    endOverlongRun(k, task);
  } else {
    const policy = policyOf(k);
    while (doubles[STEPS >> 1] >= (policy.nextChange?.(k) ?? Infinity)) policy.change?.(k, task);
    stopExecuting(k);
  }
  k.unlock();
  return words[EXECUTING_TID] !== k.currentTid;
}

/** Another executes, or nobody: the current task has been ended. */
function goNoFurther(k: Kernel): never {
  k.lock();
  k.goNoFurtherIfEnded(k.current, k.currentTid);
  k.panic(`task ${k.currentTid} did steps while task ${k.words[EXECUTING_TID]} executed`);
}

function stopExecuting({ words }: Kernel): void {
  words[EXECUTING_TID] = 0;
  Atomics.store(words, EXECUTING, 0);
}

/** Without the lock. A task that has ended does not come back, and a worker's number is its own while its first task lives. */
function homeHasEnded({ words, home, homeTid }: Kernel): boolean {
  if (home === 0) return false;
  return Atomics.load(words, home + TASK_STATE) >= TaskStateCode.zombie || words[home + TASK_TID] !== homeTid;
}

/** True where a ring came while it looked. */
function lookBeforeSleep(k: Kernel, sleep: number, rings: number): boolean {
  if (++k.sleeps % LOOK_AGAIN_AFTER === 0) k.looks = MOST_LOOKS;
  for (let i = k.looks; i > 0; i--) {
    if (Atomics.load(k.words, sleep) !== rings) {
      k.looks = MOST_LOOKS;
      return true;
    }
  }
  k.looks = Math.max(k.looks >> 1, FEWEST_LOOKS);
  return false;
}
