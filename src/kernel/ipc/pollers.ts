import type { Kernel } from '../kernel';
import { POLLERS, TASK_POLL_SET } from '../layout';
import { freeBlock } from '../page-allocator';
import { nextWaiter, wakeTask } from '../wait-queue';

/**
 * Those who wait for any of several streams. A task is in one wait queue at a time, so pollers share one, and each has
 * noted the objects that it looks at (a block: their number, their addresses); a change wakes those that look at what has
 * changed. Callers hold the kernel lock.
 */

/** Wakes the pollers that look at `object`. */
export function wakePollers(k: Kernel, object: number): void {
  let next: number;
  for (let task = k.words[POLLERS]; task !== 0; task = next) {
    next = nextWaiter(k, task);
    if (looksAt(k, task, object)) wakeTask(k, task);
  }
}

/** Gives back what a poller noted down. */
export function dropPollSet(k: Kernel, task: number): void {
  const set = k.words[task + TASK_POLL_SET];
  if (set !== 0) freeBlock(k.words, set);
  k.words[task + TASK_POLL_SET] = 0;
}

function looksAt(k: Kernel, task: number, object: number): boolean {
  const set = k.words[task + TASK_POLL_SET];
  for (let i = 1; i <= k.words[set]; i++) if (k.words[set + i] === object) return true;
  return false;
}
