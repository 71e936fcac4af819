import type { Kernel } from '../kernel';

/**
 * Answers the one question that real and virtual time answer differently: who may go on now? The kernel marks tasks
 * ready and blocked; the scheduler decides when a ready task runs, and what time it is. All of it is called with the
 * kernel lock held, except `ring`, `preempt` and `dispatch`.
 */
export interface Scheduler {
  /** Nanoseconds since the start of the run; never less than what it answered before. */
  now(k: Kernel): number;
  /** `task` is ready since now: its worker is to run it as soon as it may. Workers to be rung go into `k.toRing`. */
  makeReady(k: Kernel, task: number): void;
  /** Wakes the worker at address `worker`, if it sleeps. Called without the lock. */
  ring(k: Kernel, worker: number): void;
  /** `task` is blocked or has ended since now; if it was running, it is not any more. */
  stopRunning(k: Kernel, task: number): void;
  /**
   * The current task gives way to others that are ready. True where it is to go on later: the guest gives up the worker
   * with `dispatch`. False where nobody else could run. Called without the lock.
   */
  preempt(k: Kernel): boolean;
  /**
   * Gives up this worker until one of its tasks may run, and answers that task's address; it is running from here on.
   * Called without the lock. Where the worker has no ready task it sleeps; a wait whose deadline passes meanwhile is
   * ended here.
   */
  dispatch(k: Kernel): number;
}
