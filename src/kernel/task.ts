import { DONE, ECHILD, EINVAL, EMSGSIZE, ENFILE, ENOMEM, ESRCH } from '../protocol/errno';
import type { DeathData } from '../protocol/findings';
import { FIRST_TID, INIT_PID, NO_TASK, type Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import {
  BlockReasonCode, FindingKindCode, ReadyCauseCode, Signal, StartMethodCode, TaskStateCode,
} from '../protocol/words';
import { addHandle, closeHandles, hasFreeHandles, type Handle } from './handles';
import { chainBytes, chainFree, chainPush, chainShift, releasePinned } from './ipc/chain';
import { freeHeap } from './ipc/heap';
import { dropPollSet } from './ipc/pollers';
import type { Kernel } from './kernel';
import {
  END_REASON, EXIT_STATUS, LIVE_TASKS, MAX_MESSAGE_BYTES, NEXT_TID, PROGRAM_BITS, PROGRAM_OFFSET_BITS, RING_BELL, RUN_STATE, RunState, STEPS,
  TASKS, TASK_ARGUMENTS, TASK_BLOCK_REASON, TASK_CHILD_WAITERS, TASK_FLAGS, TASK_GROUP, TASK_HEAP, TASK_HIGH, TASK_JOINERS,
  TASK_METHOD, TASK_PARENT, TASK_PID, TASK_STATE, TASK_SIGNAL_MASK, TASK_STATUS, TASK_TID, TASK_WORDS, TASK_WORKER, TaskFlag, WORKER_CPU_SINCE, WORKER_GIL, WORKER_INTERVAL,
  WORKER_READY_HEAD, WORKER_READY_TAIL, WORKER_RUNNING, WORKER_SLEEP, WORKER_TASK, WORKER_TELLS, WORKER_USED, taskAddress, workerAddress,
} from './layout';
import { noteMachineryStarted } from './program-calls';
import { endProgram, holdProgram } from './programs-beside';
import { keepTaskName } from './sched/task-names';
import { changeMask, inheritSignals, isSignal, postSignal, reapsByItself, tellParent } from './signals';
import { findProcess, freeTask, freeWorker, isAlive, isChild, isProcess, ownPid, takeFreeTask } from './task-table';
import { emit, emitFor, numberValue, ringBell, textValue } from './trace-sink';
import { forgetWaiter, wakeAll, wakeTask, waitOn } from './wait-queue';

/** What a new task is. */
export interface TaskOptions {
  /** A code of START_METHODS; `thread` and `coroutine` share the creator's process, the rest begin a process. */
  readonly method: number;
  readonly name: string;
  readonly daemon: boolean;
  /** A thread that a library starts for its own purposes; views fold it away. */
  readonly machinery?: boolean;
  /** False where the new task is carried by its creator's worker (threads of a guest that switches stacks). */
  readonly ownWorker: boolean;
  /** Bytes of the kernel's scratch that the task is started with; it takes them with {@link takeArguments}. */
  readonly argumentBytes: number;
  /** Handles that the new process begins with; none of its creator's are passed on by themselves. */
  readonly handles?: readonly Handle[];
  /** Of the first process of a program that is started beside others in virtual time: its number, from 1. It waits for the one before. */
  readonly program?: number;
}

/**
 * Creates a task and makes it ready; `k.result` is its address. Never waits. ENFILE where the table of tasks, of workers
 * or of handles is full, ENOMEM where its arguments find no room, EMSGSIZE where they are too long.
 */
export function startTask(k: Kernel, options: TaskOptions): number {
  k.enter();
  return k.leave(addTask(k, options));
}

/** The same for callers that hold the kernel lock. */
export function addTask(k: Kernel, options: TaskOptions): number {
  const { words } = k;
  const worker = options.ownWorker ? freeWorker(words) : k.worker;
  if (worker < 0 || !hasFreeHandles(k, options.handles?.length ?? 0)) return ENFILE;
  if (options.argumentBytes > MAX_MESSAGE_BYTES) return EMSGSIZE;
  const task = takeFreeTask(words);
  if (task === 0) return ENFILE;
  words.fill(0, task, task + TASK_WORDS);
  if (options.argumentBytes > 0 && !chainPush(k, task + TASK_ARGUMENTS, options.argumentBytes)) {
    freeTask(words, task);
    return ENOMEM;
  }

  const newProcess = options.method !== StartMethodCode.thread && options.method !== StartMethodCode.coroutine;
  const tid = words[NEXT_TID]++;
  const pid = newProcess ? tid : words[k.current + TASK_PID];
  words[task + TASK_TID] = tid;
  words[task + TASK_PID] = pid;
  words[task + TASK_PARENT] = newProcess ? (k.current === 0 ? INIT_PID : words[k.current + TASK_PID]) : 0;
  const program = k.current === 0 ? (options.program ?? 0) << PROGRAM_OFFSET_BITS : words[k.current + TASK_FLAGS] & PROGRAM_BITS;
  words[task + TASK_FLAGS] = (newProcess ? TaskFlag.Process : 0) | (options.daemon ? TaskFlag.Daemon : 0)
    | (options.machinery === true ? TaskFlag.Machinery : 0) | program;
  words[task + TASK_METHOD] = options.method;
  words[task + TASK_HEAP] = newProcess ? 0 : words[k.current + TASK_HEAP];
  words[task + TASK_WORKER] = worker;
  if (newProcess) inheritSignals(k, task, k.current);
  else words[task + TASK_SIGNAL_MASK] = words[k.current + TASK_SIGNAL_MASK]!;
  keepTaskName(k, task, options.name);
  for (const { object, end, number } of options.handles ?? []) addHandle(k, task, object, end, number);
  words[TASK_HIGH] = Math.max(words[TASK_HIGH], (task - TASKS) / TASK_WORDS + 1);
  words[LIVE_TASKS]++;
  if (options.machinery === true) noteMachineryStarted(k);
  emitFor(
    k, EventKindCode['task-new'], k.currentTid, pid, tid, textValue(k, options.name), options.method,
    (options.daemon ? 1 : 0) | (options.machinery === true ? 2 : 0),
  );

  if (options.ownWorker) {
    const slot = workerAddress(worker);
    words[slot + WORKER_USED] = 1;
    words[slot + WORKER_TASK] = task;
    words[slot + WORKER_READY_HEAD] = 0;
    words[slot + WORKER_READY_TAIL] = 0;
    words[slot + WORKER_GIL] = 0;
    words[slot + WORKER_RUNNING] = 0;
    k.doubles[(slot + WORKER_CPU_SINCE) >> 1] = 0;
    const creator = options.method === StartMethodCode.fork ? workerAddress(k.worker) : 0;
    k.doubles[(slot + WORKER_INTERVAL) >> 1] = creator === 0 ? 0 : k.doubles[(creator + WORKER_INTERVAL) >> 1];
    Atomics.store(words, slot + WORKER_SLEEP, 0);
  }
  if (options.program !== undefined) holdProgram(k, task, options.program);
  else {
    Atomics.store(words, task + TASK_STATE, TaskStateCode.ready);
    emitFor(k, EventKindCode['task-ready'], tid, 0, k.currentTid, 0, ReadyCauseCode.started);
    k.scheduler.makeReady(k, task);
  }
  // Asked for under the lock: once it is free this task may be killed, and its child would never get a worker.
  if (options.ownWorker) k.host.startWorker(worker, task, tid as Tid);
  k.result = task;
  return DONE;
}

/** Takes what the current task was started with into the kernel's scratch; its length in bytes, 0 where there was nothing. */
export function takeArguments(k: Kernel): number {
  k.enter();
  const chain = k.current + TASK_ARGUMENTS;
  const length = chainBytes(k, chain) > 0 ? chainShift(k, chain) : 0;
  chainFree(k, chain);
  return k.leave(length);
}

/**
 * Ends the current task; `why` is shown beside a status that is not 0, or ''. A process takes its threads with it, its
 * children go to init, and it stays a zombie until its parent collects it; a thread is dead at once.
 */
export function exitTask(k: Kernel, status: number, why: string): number {
  k.enter();
  if (isProcess(k, k.current)) endProcess(k, k.current, status, why);
  else endTask(k, k.current, status, why, TaskStateCode.dead);
  // Not `leave`: the slot may be another task's from here on.
  k.unlock();
  return DONE;
}

/** Ends the process of the current task, whichever of its threads that is: what `_exit` does. `why` as in {@link exitTask}. */
export function exitProcess(k: Kernel, status: number, why: string): number {
  k.enter();
  endProcess(k, findProcess(k, ownPid(k)), status, why);
  k.unlock();
  return DONE;
}

/** The current task is called `name` from here on. */
export function renameTask(k: Kernel, name: string): number {
  k.enter();
  emit(k, EventKindCode['task-name'], 0, k.currentTid, textValue(k, name));
  return k.leave(DONE);
}

/**
 * Waits for `task`, which had the number `tid` when it was started, to end. Collects it if it is a child of the current
 * process. `k.result` is its exit status. ESRCH where it ended so long ago that its slot serves another task.
 */
export function joinTask(k: Kernel, task: number, tid: Tid, deadline: number): number {
  k.enter();
  const { words } = k;
  if (words[task + TASK_TID] !== tid) return k.leave(ESRCH);
  if (words[task + TASK_STATE] < TaskStateCode.zombie) {
    return waitOn(k, task + TASK_JOINERS, BlockReasonCode.join, 0, deadline, tid);
  }
  k.result = words[task + TASK_STATUS]!;
  if (words[task + TASK_STATE] === TaskStateCode.zombie && words[task + TASK_PARENT] === ownPid(k)) {
    collect(k, task, k.currentTid);
  }
  return k.leave(DONE);
}

/**
 * What else than their end is told of children: bits of {@link waitChild}'s `also`. `Keep`: it is told once more when it is asked
 * for again; `NotEnded`: their end is not.
 */
export const AlsoWait = { Stopped: 1, Continued: 2, Keep: 4, NotEnded: 8 } as const;

/**
 * Waits for a child process to end, and collects it: any (`pid` 0), the one with that pid, or one of the process group
 * `-pid`. `k.result` is its pid and `k.number` its status as {@link ChildStatus} has it. ECHILD where there is none to wait for.
 */
export function waitChild(k: Kernel, pid: number, deadline: number, also = 0): number {
  k.enter();
  const { words } = k;
  let children = 0;
  for (let index = 0; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (!isChild(k, task) || !isMeant(words, task, pid)) continue;
    children++;
    const told = toldOf(k, task, also);
    if (told === undefined) continue;
    k.result = words[task + TASK_TID]!;
    k.number = told;
    return k.leave(DONE);
  }
  if (children === 0) return k.leave(ECHILD);
  const process = findProcess(k, ownPid(k));
  return waitOn(k, process + TASK_CHILD_WAITERS, BlockReasonCode.wait, 0, deadline, Math.max(pid, 0));
}

function isMeant(words: Int32Array, task: number, pid: number): boolean {
  return pid === 0 || (pid > 0 ? words[task + TASK_TID] === pid : words[task + TASK_GROUP] === -pid);
}

/** Status of a child that has continued; one that has stopped: this and the signal. Else its exit status, or minus a signal. */
export const ChildStatus = { Continued: 0x10000, Stopped: 0x20000 } as const;

/** What the parent is told of a child, which it has been told then; undefined: nothing. */
function toldOf(k: Kernel, child: number, also: number): number | undefined {
  const { words } = k;
  const flags = words[child + TASK_FLAGS];
  const keeps = (also & AlsoWait.Keep) !== 0;
  if (words[child + TASK_STATE] === TaskStateCode.zombie) {
    if ((also & AlsoWait.NotEnded) !== 0) return undefined;
    if (!keeps) collect(k, child, k.currentTid);
    return words[child + TASK_STATUS];
  }
  if ((also & AlsoWait.Stopped) !== 0 && (flags & TaskFlag.HasStopped) !== 0) {
    if (!keeps) words[child + TASK_FLAGS] = flags & ~TaskFlag.HasStopped;
    return ChildStatus.Stopped + words[child + TASK_STATUS];
  }
  if ((also & AlsoWait.Continued) !== 0 && (flags & TaskFlag.HasContinued) !== 0) {
    if (!keeps) words[child + TASK_FLAGS] = flags & ~TaskFlag.HasContinued;
    return ChildStatus.Continued;
  }
  return undefined;
}

/**
 * Sends `signal` to a process: one that it has no handler for, and does not ignore, ends it, and whoever waits for it gets
 * minus the signal. ESRCH where it has been collected, EINVAL for init and for what is no signal. A zombie stays what it is.
 */
export function killProcess(k: Kernel, process: number, pid: number, signal: number): number {
  k.enter();
  const { words } = k;
  if (words[process + TASK_TID] !== pid || !isProcess(k, process)) return k.leave(ESRCH);
  if (words[process + TASK_STATE] === TaskStateCode.dead) return k.leave(ESRCH);
  if (pid === INIT_PID || !isSignal(signal)) return k.leave(EINVAL);
  send(k, process, signal, 0);
  return leaveAlive(k);
}

/** Sends `signal` to the thread `task`, which had the number `tid` when it was started, of the current process. */
export function killThread(k: Kernel, task: number, tid: Tid, signal: number): number {
  k.enter();
  const { words } = k;
  if (words[task + TASK_TID] !== tid || !isAlive(k, task) || words[task + TASK_PID] !== ownPid(k)) return k.leave(ESRCH);
  if (signal === 0) return k.leave(DONE);
  if (!isSignal(signal)) return k.leave(EINVAL);
  const process = findProcess(k, ownPid(k));
  send(k, process, signal, task === process ? 0 : task);
  return leaveAlive(k);
}

/**
 * The same by number, as kill(2) has it: {@link killProcess} of the process `pid`, of all of the current process's group
 * (0), of all processes (-1) or of the process group `-pid`. With signal 0 it only looks whether there is one.
 */
export function killPid(k: Kernel, pid: number, signal: number): number {
  if (signal !== 0 && !isSignal(signal)) return EINVAL;
  const { words } = k;
  k.lock();
  const found = pid > 0 ? [findProcess(k, pid)].filter(Boolean) : processesOf(k, pid);
  const pids = found.map((process) => words[process + TASK_TID]);
  k.unlock();
  if (found.length === 0) return ESRCH;
  if (signal === 0) return DONE;
  if (pid > 0) return killProcess(k, found[0], pid, signal);
  // Its own process last: it may end there.
  const own = found.findIndex((process) => words[process + TASK_TID] === ownPid(k));
  found.forEach((process, i) => i !== own && killProcess(k, process, pids[i], signal));
  return own < 0 ? DONE : killProcess(k, found[own], pids[own], signal);
}

/** Processes of a group, or (`pid` -1) all but the current one and init. Callers hold the kernel lock. */
function processesOf(k: Kernel, pid: number): number[] {
  const { words } = k;
  const group = pid === 0 ? words[findProcess(k, ownPid(k)) + TASK_GROUP] : -pid;
  const found: number[] = [];
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (!isProcess(k, task) || !isAlive(k, task)) continue;
    if (pid === -1 ? task !== findProcess(k, ownPid(k)) : words[task + TASK_GROUP] === group) found.push(task);
  }
  return found;
}

/** The current thread takes none of the signals of `mask` from here on; `k.result` is the former mask. */
export function setSignalMask(k: Kernel, mask: number): number {
  k.enter();
  const fatal = changeMask(k, mask);
  if (fatal !== 0) endProcess(k, findProcess(k, ownPid(k)), -fatal, '');
  return leaveAlive(k);
}

/** The time of an alarm of the process at address `process` has come, which is told by `signal`. Callers hold the kernel lock. */
export function ringAlarm(k: Kernel, process: number, signal: number): void {
  if (postSignal(k, process, signal)) endProcess(k, process, -signal, '');
}

function send(k: Kernel, process: number, signal: number, thread: number): void {
  const { words } = k;
  emit(k, EventKindCode['signal-send'], 0, words[(thread || process) + TASK_TID], 0, signal);
  if (words[process + TASK_STATE] === TaskStateCode.zombie) return;
  if (postSignal(k, process, signal, thread)) endProcess(k, process, -signal, '');
}

/** Ends an operation that may have ended the process it was done for: then the next one does not return. */
function leaveAlive(k: Kernel): number {
  if (k.current !== 0 && k.words[k.current + TASK_STATE] < TaskStateCode.zombie) return k.leave(DONE);
  k.unlock();
  return DONE;
}

/** Ends everything. For the machine, which holds the kernel lock; `reason` is a code of END_REASONS, `status` of all that has not ended. */
export function endRun(k: Kernel, reason: number, status: number = -Signal.SIGKILL): void {
  const { words } = k;
  if (words[LIVE_TASKS] === 0) return;
  words[END_REASON] = reason;
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (isAlive(k, task) && isProcess(k, task)) endProcess(k, task, status, '');
  }
}

/** The worker of these tasks is gone without their doing. For the machine, which holds the kernel lock. */
export function endLostWorker(k: Kernel, worker: number, why: string): void {
  const { words } = k;
  const task = words[workerAddress(worker) + WORKER_TASK];
  if (task === 0 || !isAlive(k, task) || words[task + TASK_WORKER] !== worker) return;
  emitFor(k, EventKindCode.finding, words[task + TASK_TID], 0, 0, textValue(k, JSON.stringify({ why } satisfies DeathData)), FindingKindCode['worker died']);
  endProcess(k, findProcess(k, words[task + TASK_PID]), -Signal.SIGSEGV, why);
}

/** The worker has been taken away and its number may be used again. For the machine, which holds the kernel lock. */
export function freeWorkerSlot(k: Kernel, worker: number): void {
  const slot = workerAddress(worker);
  k.words[slot + WORKER_USED] = 0;
  k.words[slot + WORKER_TASK] = k.words[slot + WORKER_TELLS] = 0;
}

function endProcess(k: Kernel, process: number, status: number, why: string): void {
  const { words } = k;
  const pid = words[process + TASK_TID];
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (task !== process && words[task + TASK_PID] === pid && isAlive(k, task)) {
      endTask(k, task, status, '', TaskStateCode.dead);
    }
  }
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const child = taskAddress(index);
    if (words[child + TASK_PARENT] !== pid || !isProcess(k, child)) continue;
    if (isAlive(k, child)) {
      words[child + TASK_PARENT] = INIT_PID;
      emitFor(k, EventKindCode['task-adopt'], words[child + TASK_TID], 0, INIT_PID, 0);
    } else if (words[child + TASK_STATE] === TaskStateCode.zombie) {
      collect(k, child, INIT_PID);
    }
  }
  // It waits no more: what it has open itself, and closes now, is not what it waited for.
  forgetWaiter(k, process);
  closeHandles(k, process);
  if (words[process + TASK_HEAP] !== 0) freeHeap(k, words[process + TASK_HEAP]);
  endTask(k, process, status, why, TaskStateCode.zombie);
}

function endTask(k: Kernel, task: number, status: number, why: string, state: number): void {
  const { words } = k;
  forgetWaiter(k, task);
  k.scheduler.stopRunning(k, task);
  dropPollSet(k, task);
  words[task + TASK_STATUS] = status;
  Atomics.store(words, task + TASK_STATE, state);
  chainFree(k, task + TASK_ARGUMENTS);
  releasePinned(words, task);
  emitFor(k, EventKindCode['task-exit'], words[task + TASK_TID], 0, status, textValue(k, why));
  wakeAll(k, task + TASK_JOINERS);
  const worker = words[task + TASK_WORKER];
  // Asked for under the lock, as in startTask. A thread that its process's worker carries just ends.
  if (words[workerAddress(worker) + WORKER_TASK] === task) k.host.terminateWorker(worker);
  if (words[task + TASK_TID] === FIRST_TID) words[EXIT_STATUS] = status;
  if (words[task + TASK_METHOD] === StartMethodCode.initial) endProgram(k, task);

  if (state === TaskStateCode.dead) freeTask(words, task);
  else if (words[task + TASK_PARENT] === INIT_PID) collect(k, task, INIT_PID);
  else leaveToParent(k, task);

  endLiveTask(k);
}

/** Another program is to be started: the run goes on until it has been, though all tasks end. For the machine, with the lock. */
export function expectProgram(k: Kernel): void {
  k.words[LIVE_TASKS]++;
}

/** It has been started, or will not be. */
export function endExpectation(k: Kernel): void {
  if (k.words[LIVE_TASKS] === 0) return;
  endLiveTask(k);
}

function endLiveTask(k: Kernel): void {
  const { words } = k;
  if (--words[LIVE_TASKS] > 0) return;
  const steps = k.virtual ? numberValue(k, k.doubles[STEPS >> 1]) : 0;
  emitFor(k, EventKindCode['run-end'], NO_TASK, 0, words[EXIT_STATUS], steps, words[END_REASON]);
  Atomics.store(words, RUN_STATE, RunState.Ended);
  ringBell(words, RING_BELL);
}

/** A child has ended: its parent hears of it, and those of the parent's who look after the processes of a pool. */
function leaveToParent(k: Kernel, child: number): void {
  const { words } = k;
  const pid = words[child + TASK_PARENT];
  // Those who wait for it look at the table once more: what they wait for may be gone.
  if (reapsByItself(k, findProcess(k, pid))) collect(k, child, INIT_PID);
  tellParent(k, child);
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (words[task + TASK_PID] !== pid || words[task + TASK_STATE] !== TaskStateCode.blocked) continue;
    if (words[task + TASK_BLOCK_REASON] === BlockReasonCode.pool) wakeTask(k, task);
  }
}

function collect(k: Kernel, zombie: number, by: number): void {
  const { words } = k;
  Atomics.store(words, zombie + TASK_STATE, TaskStateCode.dead);
  emitFor(k, EventKindCode['task-reap'], by, 0, words[zombie + TASK_TID], 0);
  freeTask(words, zombie);
}
