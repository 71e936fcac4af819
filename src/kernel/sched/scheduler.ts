import type { Kernel } from '../kernel';

/**
 * Answers the one question that real and virtual time answer differently: who may go on now? The kernel marks tasks
 * ready and blocked; the scheduler decides when a ready task runs, and what time it is. All of it is called with the
 * kernel lock held, except `ring`, `settle`, `preempt` and `dispatch`.
 *
 * A guest has two places for it. Where a task has done some of its own code, and before each operation of the kernel, it
 * settles; where `settle` or an operation says that the task is to give up its worker, it dispatches. Real time needs only
 * the second. docs/scheduling.md says it in full.
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
  /** Something of the current task is due at `deadline`, whatever the task does meanwhile: an alarm. */
  noteDeadline(k: Kernel, deadline: number): void;
  /** Who may go on has changed otherwise: a process was stopped, or continues. */
  reconsider(k: Kernel): void;
  /**
   * The current task has done `steps` steps of its own code since it last settled, and is about to do an operation of the
   * kernel where `operation` is true. True where others must go first: the guest gives up the worker with `dispatch` before
   * the task does anything more; it has paid and does not settle again for this. Called without the lock.
   */
  settle(k: Kernel, steps: number, operation: boolean): boolean;
  /**
   * Charges what {@link settle} charges, for an operation in whose middle the task cannot give up its CPU. True where others must
   * go first: it keeps its CPU meanwhile, and goes on with `awaitTurn`. Called without the lock.
   */
  keepCpu(k: Kernel, steps: number, operation: boolean): boolean;
  /** Comes back when it is the turn of the current task, which has kept its CPU. Called without the lock. */
  awaitTurn(k: Kernel): void;
  /** Whether a task of this worker may run now, so that `dispatch` and `awaitTurn` come back at once. */
  hasTurn(k: Kernel): boolean;
  /** Charges steps of the current task without giving way: before it looks at the clock. Called without the lock. */
  charge(k: Kernel, steps: number): void;
  /** How many steps the current task may do before it must settle, if it does no operation; at least 1. */
  allowance(k: Kernel): number;
  /** The kernel lock is about to be released: where time is virtual and no task executes, chooses the one that does. */
  elect(k: Kernel): void;
  /** Rings every worker that may have something to do: those that should have rung may have been taken away before. */
  ringAll(k: Kernel): void;
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
