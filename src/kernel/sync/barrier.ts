import { DONE, EBROKEN, PARKED } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_BODY, OBJECT_ID, TASK_HIGH, TASK_SCRATCH, taskAddress } from '../layout';
import { allocateObject } from '../object-table';
import { emit } from '../trace-sink';
import { park, wakeAll } from '../wait-queue';

/** Barrier: tasks wait until so many have come, then all go on. */
const PARTIES = OBJECT_BODY;
/** How many have arrived. */
const ARRIVED = OBJECT_BODY + 1;
const BROKEN = OBJECT_BODY + 2;
const WAITERS = OBJECT_BODY + 3; // 2 words
/** Tasks that came while the action ran: they belong to the next round. */
const LATECOMERS = OBJECT_BODY + 5; // 2 words
/** Tid of the last to arrive, who runs the action, or 0. With a reset meanwhile it is of no round any more. */
const LAST = OBJECT_BODY + 7;

/** In the waiting task's scratch: the barrier's address while it counts as arrived, its index, and its round's outcome. */
const INSIDE = TASK_SCRATCH;
const INDEX = TASK_SCRATCH + 1;
const OUTCOME = TASK_SCRATCH + 2;

/** The last has come: `openBarrier` (or, if its action fails, `abortBarrier`) is its to call. */
export const LAST_TO_ARRIVE = 1;

/** A new barrier for `parties` tasks; its address, or ENFILE. */
export function createBarrier(k: Kernel, parties: number, name: string): number {
  k.enter();
  const at = allocateObject(k, ObjectTypeCode.barrier, parties, name);
  if (at > 0) k.words[at + PARTIES] = parties;
  return k.leave(at);
}

/**
 * Waits for the others; `k.result` is the caller's index, 0 for the first to come. EBROKEN where the barrier is broken,
 * becomes so or is reset; a wait that times out, is interrupted or may not wait breaks it for all.
 * {@link LAST_TO_ARRIVE} for the last. A task that is killed while it waits still counts as arrived.
 */
export function waitBarrier(k: Kernel, at: number, deadline: number): number {
  k.enter();
  const { words, current } = k;
  if (words[current + INSIDE] === 0) {
    if (words[at + BROKEN] === 1) return k.leave(EBROKEN);
    if (words[at + LAST] !== 0) return k.leave(parkOrBreak(k, at, at + LATECOMERS, deadline));
    words[current + INDEX] = words[at + ARRIVED]++;
    k.result = words[current + INDEX];
    emit(k, EventKindCode['barrier-arrive'], words[at + OBJECT_ID], words[at + ARRIVED], 0);
    if (words[at + ARRIVED] === words[at + PARTIES]) {
      words[at + LAST] = k.currentTid;
      return k.leave(LAST_TO_ARRIVE);
    }
    words[current + INSIDE] = at;
    words[current + OUTCOME] = PARKED;
  }
  k.result = words[current + INDEX];
  // The round may have ended since it was woken or its time was over: then its outcome is known.
  if (words[current + OUTCOME] === PARKED && parkOrBreak(k, at, at + WAITERS, deadline) === PARKED) return k.leave(PARKED);
  const outcome = words[current + OUTCOME];
  words[current + INSIDE] = 0;
  words[current + OUTCOME] = 0;
  return k.leave(outcome);
}

/** Lets all who wait go on. The last to arrive calls it, after its action. */
export function openBarrier(k: Kernel, at: number): number {
  k.enter();
  const { words } = k;
  // Broken or reset while the action ran: the last to come shares the fate of the others.
  if (words[at + LAST] !== k.currentTid) return k.leave(EBROKEN);
  emit(k, EventKindCode['barrier-open'], words[at + OBJECT_ID], words[at + ARRIVED], 0);
  finishRound(k, at, DONE);
  return k.leave(DONE);
}

/** Breaks the barrier: who waits and who comes gets EBROKEN, until it is reset. */
export function abortBarrier(k: Kernel, at: number): number {
  k.enter();
  breakRound(k, at);
  return k.leave(DONE);
}

/** Makes the barrier whole and empty; who waits gets EBROKEN. */
export function resetBarrier(k: Kernel, at: number): number {
  k.enter();
  k.words[at + BROKEN] = 0;
  emit(k, EventKindCode['barrier-reset'], k.words[at + OBJECT_ID], k.words[at + ARRIVED], 0);
  finishRound(k, at, EBROKEN);
  return k.leave(DONE);
}

export function barrierState(k: Kernel, at: number): { parties: number; waiting: number; broken: boolean } {
  const { words } = k;
  return { parties: words[at + PARTIES], waiting: words[at + ARRIVED], broken: words[at + BROKEN] === 1 };
}

/** PARKED on `queue`, or EBROKEN where the current task may not wait (any longer). */
function parkOrBreak(k: Kernel, at: number, queue: number, deadline: number): number {
  if (park(k, queue, BlockReasonCode.barrier, at, deadline) === PARKED) return PARKED;
  breakRound(k, at);
  return EBROKEN;
}

function breakRound(k: Kernel, at: number): void {
  k.words[at + BROKEN] = 1;
  emit(k, EventKindCode['barrier-break'], k.words[at + OBJECT_ID], k.words[at + ARRIVED], 0);
  finishRound(k, at, EBROKEN);
}

/**
 * Tells each who arrived its outcome before it is woken: by the time it runs, the barrier may be in its next round.
 * Found in the task table, not in the wait queue, which one whose time is over has left already. One that has its outcome
 * is of an earlier round and has not run since.
 */
function finishRound(k: Kernel, at: number, outcome: number): void {
  const { words } = k;
  words[at + ARRIVED] = 0;
  words[at + LAST] = 0;
  for (let index = 0; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (words[task + INSIDE] === at && words[task + OUTCOME] === PARKED) words[task + OUTCOME] = outcome;
  }
  wakeAll(k, at + WAITERS);
  wakeAll(k, at + LATECOMERS);
}
