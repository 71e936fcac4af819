import { DONE, EINTR, EINVAL } from '../protocol/errno';
import { INIT_PID, NO_TASK } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import {
  BlockReasonCode, DeliveryCode, ReadyCauseCode, Signal, SignalActionCode, StartMethodCode, TaskStateCode,
} from '../protocol/words';
import type { Kernel } from './kernel';
import {
  TASK_ALARM, TASK_AWAITED_SIGNALS, TASK_BLOCK_REASON, TASK_CAUGHT_SIGNALS, TASK_CHILD_WAITERS, TASK_FLAGS, TASK_GROUP, TASK_HIGH, TASK_IGNORED_SIGNALS,
  TASK_METHOD, TASK_PARENT, TASK_PENDING_SIGNALS, TASK_PID, TASK_SCRATCH, TASK_SESSION, TASK_SIGNAL_MASK, TASK_SIGNAL_SENDER,
  TASK_STATE, TASK_STATUS, TASK_TID, TASK_WORKER, TaskFlag, taskAddress, workerAddress,
} from './layout';
import { hasSignals, signalsToTake } from './pending-signals';
import { findProcess, isAlive, ownPid } from './task-table';
import { emit, emitFor } from './trace-sink';
import { FOREVER, endWait, waitOn, wakeAll } from './wait-queue';

/**
 * Signals: what a process does on each, which of its threads takes one, and waiting for one. The kernel carries out default
 * actions. A handler is the guest's: the signal is pending until the guest takes it (`takeSignals`), which it does between
 * two steps of the program; a wait of the thread that is to take it ends with EINTR, and the guest waits again.
 */

/** Signals are bits of one word: 1 to 31. */
export const LAST_SIGNAL = 31;

const UNBLOCKABLE = maskOf(Signal.SIGKILL, Signal.SIGSTOP);
const IGNORED_BY_DEFAULT = maskOf(Signal.SIGCHLD, Signal.SIGCONT, Signal.SIGURG, Signal.SIGWINCH);
const STOPPING = maskOf(Signal.SIGSTOP, Signal.SIGTSTP, Signal.SIGTTIN, Signal.SIGTTOU);
/** Nobody wakes who waits for a signal but a signal, so its queue is its own: two words of its scratch. */
const OWN_QUEUE = TASK_SCRATCH + 2;

export function maskOf(...signals: readonly number[]): number {
  return signals.reduce((mask, signal) => mask | (1 << (signal - 1)), 0);
}

export function isSignal(signal: number): boolean {
  return signal >= 1 && signal <= LAST_SIGNAL;
}

/** What a new process takes over of its creator's. Callers hold the kernel lock. */
export function inheritSignals(k: Kernel, process: number, creator: number): void {
  const { words } = k;
  k.doubles[(process + TASK_ALARM) >> 1] = FOREVER;
  words[process + TASK_GROUP] = words[process + TASK_TID]!;
  words[process + TASK_SESSION] = INIT_PID;
  if (creator === 0) return;
  const parent = findProcess(k, words[creator + TASK_PID]);
  words[process + TASK_SIGNAL_MASK] = words[creator + TASK_SIGNAL_MASK]!;
  words[process + TASK_IGNORED_SIGNALS] = words[parent + TASK_IGNORED_SIGNALS]!;
  words[process + TASK_GROUP] = words[parent + TASK_GROUP]!;
  words[process + TASK_SESSION] = words[parent + TASK_SESSION]!;
  // A fresh interpreter has none of its parent's handlers.
  if (words[process + TASK_METHOD] === StartMethodCode.fork) words[process + TASK_CAUGHT_SIGNALS] = words[parent + TASK_CAUGHT_SIGNALS]!;
}

/**
 * Gives a signal to a process that lives, or to one thread of it (`thread`, else 0). True where the process is to end by it.
 * Callers hold the kernel lock.
 */
export function postSignal(k: Kernel, process: number, signal: number, thread = 0): boolean {
  const { words } = k;
  const bit = maskOf(signal);
  const taker = thread === 0 ? takerOf(k, process, bit) : (words[thread + TASK_SIGNAL_MASK] & bit & ~UNBLOCKABLE) === 0 ? thread : 0;
  if (signal === Signal.SIGCONT) continueProcess(k, process);
  const waiter = waiterFor(k, process, bit, thread);
  const isCaught = (words[process + TASK_CAUGHT_SIGNALS] & bit) !== 0;
  if (waiter !== 0 || taker === 0 || isCaught) {
    const pending = (thread || process) + TASK_PENDING_SIGNALS;
    Atomics.store(words, pending, words[pending] | bit);
    words[process + TASK_SIGNAL_SENDER] = k.current === 0 ? 0 : ownPid(k);
    const woken = waiter || taker;
    if (woken !== 0 && words[woken + TASK_STATE] === TaskStateCode.blocked) endWait(k, woken, ReadyCauseCode.interrupted);
    return false;
  }
  return actByDefault(k, process, signal);
}

/** The process takes the signal, for which it has no handler. True where it is to end by it. */
function actByDefault(k: Kernel, process: number, signal: number): boolean {
  const bit = maskOf(signal);
  const isIgnored = (k.words[process + TASK_IGNORED_SIGNALS] & bit & ~UNBLOCKABLE) !== 0;
  // What says nothing to those who did not ask is not shown.
  const isSilent = (IGNORED_BY_DEFAULT & bit) !== 0;
  if (!isSilent) {
    const how = isIgnored ? DeliveryCode.ignored : DeliveryCode.default;
    emitFor(k, EventKindCode['signal-deliver'], k.words[process + TASK_TID], 0, how, 0, signal);
  }
  if (isIgnored || isSilent) return false;
  if ((STOPPING & bit) === 0) return true;
  stopProcess(k, process, signal);
  return false;
}

/** The first thread of the process that takes the signals `bits` now, its first one if that does; 0: none. */
function takerOf(k: Kernel, process: number, bits: number): number {
  const { words } = k;
  if ((words[process + TASK_SIGNAL_MASK] & bits & ~UNBLOCKABLE) === 0) return process;
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (words[task + TASK_PID] !== words[process + TASK_TID] || !isAlive(k, task)) continue;
    if ((words[task + TASK_SIGNAL_MASK] & bits) === 0) return task;
  }
  return 0;
}

/** A thread of the process that waits for one of the signals `bits`, or 0. */
function waiterFor(k: Kernel, process: number, bits: number, thread: number): number {
  const { words } = k;
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (words[task + TASK_PID] !== words[process + TASK_TID] || words[task + TASK_STATE] !== TaskStateCode.blocked) continue;
    if (thread !== 0 && thread !== task) continue;
    if (words[task + TASK_BLOCK_REASON] === BlockReasonCode.signal && (words[task + TASK_AWAITED_SIGNALS] & bits) !== 0) return task;
  }
  return 0;
}

/** What the current process does on `signal` from here on: a code of SIGNAL_ACTIONS. EINVAL. */
export function setSignalAction(k: Kernel, signal: number, action: number): number {
  k.enter();
  const bit = maskOf(signal);
  if (!isSignal(signal) || ((bit & UNBLOCKABLE) !== 0 && action !== SignalActionCode.default)) return k.leave(EINVAL);
  const { words } = k;
  const process = findProcess(k, ownPid(k));
  words[process + TASK_CAUGHT_SIGNALS] &= ~bit;
  words[process + TASK_IGNORED_SIGNALS] &= ~bit;
  if (action === SignalActionCode.catch) words[process + TASK_CAUGHT_SIGNALS] |= bit;
  if (action === SignalActionCode.ignore) words[process + TASK_IGNORED_SIGNALS] |= bit;
  const isDropped = action === SignalActionCode.ignore || (action === SignalActionCode.default && (bit & IGNORED_BY_DEFAULT) !== 0);
  if (isDropped) Atomics.store(words, process + TASK_PENDING_SIGNALS, words[process + TASK_PENDING_SIGNALS] & ~bit);
  return k.leave(DONE);
}

/**
 * Takes the signals of the process that have handlers, and those of the current thread; `k.result` is their mask. Where the
 * first thread of the process takes them, no other does.
 */
export function takeSignals(k: Kernel): number {
  k.enter();
  const { words, current } = k;
  const process = findProcess(k, ownPid(k));
  const taken = signalsToTake(k, process);
  const ofThread = taken & words[current + TASK_PENDING_SIGNALS];
  forget(k, process, taken);
  for (let signal = 1; signal <= LAST_SIGNAL; signal++) {
    if ((taken & maskOf(signal)) === 0) continue;
    const tid = words[((ofThread & maskOf(signal)) === 0 ? process : current) + TASK_TID];
    emitFor(k, EventKindCode['signal-deliver'], tid, 0, DeliveryCode.handler, 0, signal);
  }
  k.result = taken;
  return k.leave(DONE);
}

/** Signals of the current thread that are pending and that it does not take now; their mask is `k.result`. */
export function pendingSignals(k: Kernel): number {
  k.enter();
  const { words, current } = k;
  const process = findProcess(k, ownPid(k));
  k.result = (words[process + TASK_PENDING_SIGNALS] | words[current + TASK_PENDING_SIGNALS]) & words[current + TASK_SIGNAL_MASK];
  return k.leave(DONE);
}

/**
 * Waits for one of the signals of `mask` and takes it, without its action; `k.result` is its number, `k.number` the pid of
 * who sent it. EINTR where another came that has a handler.
 */
export function awaitSignal(k: Kernel, mask: number, deadline: number): number {
  k.enter();
  const { words, current } = k;
  const process = findProcess(k, ownPid(k));
  words[current + TASK_AWAITED_SIGNALS] = 0;
  const there = (words[process + TASK_PENDING_SIGNALS] | words[current + TASK_PENDING_SIGNALS]) & mask;
  if (there === 0) {
    words[current + TASK_AWAITED_SIGNALS] = mask;
    return waitOn(k, current + OWN_QUEUE, BlockReasonCode.signal, 0, deadline);
  }
  const bit = there & -there;
  forget(k, process, bit);
  k.result = 32 - Math.clz32(bit);
  k.number = words[process + TASK_SIGNAL_SENDER]!;
  emit(k, EventKindCode['signal-deliver'], 0, DeliveryCode.awaited, 0, k.result);
  return k.leave(DONE);
}

/** Waits until a signal comes that has a handler: EINTR. */
export function pauseForSignal(k: Kernel): number {
  k.enter();
  if (hasSignals(k)) return k.leave(EINTR);
  k.words[k.current + TASK_AWAITED_SIGNALS] = 0;
  return waitOn(k, k.current + OWN_QUEUE, BlockReasonCode.signal, 0, FOREVER);
}

/** Takes away what has been taken of the process's pending signals and of the current thread's. */
function forget(k: Kernel, process: number, taken: number): void {
  const { words, current } = k;
  Atomics.store(words, process + TASK_PENDING_SIGNALS, words[process + TASK_PENDING_SIGNALS] & ~taken);
  Atomics.store(words, current + TASK_PENDING_SIGNALS, words[current + TASK_PENDING_SIGNALS] & ~taken);
}

/**
 * The current thread takes none of the signals of `mask` from here on; `k.result` is the former mask. The first of those that
 * were pending and are taken now by default action is answered, for the caller to act on; 0 where there is none. Callers hold
 * the kernel lock.
 */
export function changeMask(k: Kernel, mask: number): number {
  const { words, current } = k;
  const process = findProcess(k, ownPid(k));
  k.result = words[current + TASK_SIGNAL_MASK]!;
  words[current + TASK_SIGNAL_MASK] = mask & ~UNBLOCKABLE;
  const open = (words[process + TASK_PENDING_SIGNALS] | words[current + TASK_PENDING_SIGNALS]) & ~mask & ~words[process + TASK_CAUGHT_SIGNALS];
  forget(k, process, open);
  for (let signal = 1; signal <= LAST_SIGNAL; signal++) {
    if ((open & maskOf(signal)) !== 0 && actByDefault(k, process, signal)) return signal;
  }
  return 0;
}

/** Whether the process takes no notice of its children's end, so that they leave no zombies. */
export function reapsByItself(k: Kernel, process: number): boolean {
  return (k.words[process + TASK_IGNORED_SIGNALS] & maskOf(Signal.SIGCHLD)) !== 0;
}

/** Its tasks go no further until SIGCONT: their worker takes none of them up. */
function stopProcess(k: Kernel, process: number, signal: number): void {
  const { words } = k;
  if ((words[process + TASK_FLAGS] & TaskFlag.Stopped) !== 0) return;
  words[process + TASK_FLAGS] = (words[process + TASK_FLAGS] | TaskFlag.Stopped | TaskFlag.HasStopped) & ~TaskFlag.HasContinued;
  words[process + TASK_STATUS] = signal;
  eachThreadThatRuns(k, process, (tid) => emitFor(k, EventKindCode['task-stop'], tid, 0, NO_TASK, 0, signal));
  k.scheduler.reconsider(k);
  tellParent(k, process);
}

function continueProcess(k: Kernel, process: number): void {
  const { words } = k;
  if ((words[process + TASK_FLAGS] & TaskFlag.Stopped) === 0) return;
  words[process + TASK_FLAGS] = (words[process + TASK_FLAGS] | TaskFlag.HasContinued) & ~(TaskFlag.Stopped | TaskFlag.HasStopped);
  words[process + TASK_STATUS] = 0;
  eachThreadThatRuns(k, process, (tid) => emitFor(k, EventKindCode['task-continue'], tid, 0, NO_TASK, 0));
  k.scheduler.reconsider(k);
  k.toRing.push(workerAddress(words[process + TASK_WORKER]));
  tellParent(k, process);
}

function eachThreadThatRuns(k: Kernel, process: number, tell: (tid: number) => void): void {
  const { words } = k;
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (words[task + TASK_PID] !== words[process + TASK_TID]) continue;
    if (words[task + TASK_STATE] === TaskStateCode.ready || words[task + TASK_STATE] === TaskStateCode.running) tell(words[task + TASK_TID]);
  }
}

/** A child has stopped, continued or ended: SIGCHLD, and those who wait for children look. Callers hold the kernel lock. */
export function tellParent(k: Kernel, child: number): void {
  const parent = findProcess(k, k.words[child + TASK_PARENT]);
  if (parent === 0 || !isAlive(k, parent)) return;
  const noticed = k.words[parent + TASK_CAUGHT_SIGNALS] | k.words[parent + TASK_SIGNAL_MASK];
  if ((noticed & maskOf(Signal.SIGCHLD)) !== 0) {
    emitFor(k, EventKindCode['signal-send'], k.words[child + TASK_TID], 0, k.words[parent + TASK_TID], 0, Signal.SIGCHLD);
  }
  postSignal(k, parent, Signal.SIGCHLD);
  wakeAll(k, parent + TASK_CHILD_WAITERS);
}
