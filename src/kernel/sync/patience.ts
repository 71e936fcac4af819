import type { Kernel } from '../kernel';
import { OBJECT_BODY, TASK_TID, TASK_WOKEN_FROM } from '../layout';
import { NO_WAIT, wasWoken } from '../wait-queue';

/**
 * Whoever comes first after a release has a lock or semaphore, so one that was woken may lose it to another that gives it back
 * and takes it in a loop. On a real machine chance ends that. Where time is virtual each turn of that loop costs the same, and
 * the woken one would come too late for ever: so there one that has lost it a few times is next.
 */

/** How often those who were woken have come too late, since one of them had it. */
const LOSSES = OBJECT_BODY + 8;
/** Address and number of the task that is next, or 0. */
const NEXT = OBJECT_BODY + 9;
const NEXT_TID = OBJECT_BODY + 10;

const MOST_LOSSES = 8;

/** The current task finds the object at `at` taken. */
export function noteLoss(k: Kernel, at: number, queue: number): void {
  const { words } = k;
  if (!k.virtual || !wasWoken(k, queue) || ++words[at + LOSSES] < MOST_LOSSES) return;
  words[at + NEXT] = k.current;
  words[at + NEXT_TID] = k.currentTid;
}

/**
 * Whether the object, which is free, is kept for another. That one has been woken for it, and takes it or, if it is killed
 * before, passes the wake-up on: so whoever waits meanwhile is woken.
 */
export function isKept({ words, current }: Kernel, at: number, queue: number, deadline: number): boolean {
  const next = words[at + NEXT];
  if (next === 0 || next === current || deadline === NO_WAIT) return false;
  return words[next + TASK_TID] === words[at + NEXT_TID] && Math.abs(words[next + TASK_WOKEN_FROM]) === queue;
}

/** The task that it is kept for. */
export function keptFor({ words }: Kernel, at: number): number {
  return words[at + NEXT_TID];
}

/** The current task has it. */
export function noteTurn(k: Kernel, at: number, queue: number): void {
  const { words } = k;
  if (!k.virtual || !wasWoken(k, queue)) return;
  words[at + LOSSES] = words[at + NEXT] = 0;
}
