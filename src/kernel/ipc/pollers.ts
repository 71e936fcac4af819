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
    if (someWatched(k, task, (watched) => watched === object)) wakeTask(k, task);
  }
}

/** Gives back what a poller noted down. */
export function dropPollSet(k: Kernel, task: number): void {
  const set = k.words[task + TASK_POLL_SET];
  if (set !== 0) freeBlock(k.words, set);
  k.words[task + TASK_POLL_SET] = 0;
}

/** How many objects a task looks at that waits for any of several. */
export function watchedBy(k: Kernel, task: number): number {
  const set = k.words[task + TASK_POLL_SET];
  return set === 0 ? 0 : k.words[set];
}

/** Whether a poller looks at an object of which `holds` is true. */
export function someWatched(k: Kernel, poller: number, holds: (object: number) => boolean): boolean {
  const set = k.words[poller + TASK_POLL_SET];
  for (let i = 1; i <= k.words[set]; i++) if (holds(k.words[set + i])) return true;
  return false;
}
