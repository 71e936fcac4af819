import type { Kernel } from '../kernel';

/**
 * Answers the one question that real and virtual time answer differently: who may go on now? The kernel marks tasks
 * ready and blocked; the scheduler decides when a ready task runs, and what time it is. All of it is called with the
 * kernel lock held, except `ring` and `dispatch`.
 */
export interface Scheduler {
  /** Nanoseconds since the start of the run; never less than what it answered before. */
  now(k: Kernel): number;
  /** `task` is ready since now: its worker is to run it as soon as it may. Workers to be rung go into `k.toRing`. */
  makeReady(k: Kernel, task: number): void;
  /** Wakes the worker at address `worker`, if it sleeps. Called without the lock. */
  ring(k: Kernel, worker: number): void;
  /** `task`, which is ready and on this worker, begins an operation: it runs from here on. */
  resume(k: Kernel, task: number): void;
  /**
   * Gives up this worker until one of its tasks may run, and answers that task's address. Called without the lock.
   * Where the worker has no ready task it sleeps; a wait whose deadline passes meanwhile is ended here.
   */
  dispatch(k: Kernel): number;
}
