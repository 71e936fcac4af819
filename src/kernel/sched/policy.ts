import type { Kernel } from '../kernel';

/** Of a quantum, for policies that may take a CPU at any moment: without it CPUs that compute would go in lockstep. */
export const LOOKAHEAD = 1 / 64;

/**
 * Who goes next in virtual time. A policy looks at the ready tasks and at the machine's memory, and keeps what it must
 * remember there as well, so that what it answers depends on nothing else. All of it is called with the kernel lock held.
 */
export interface Policy {
  /** `task` has come into being: for what the policy thinks of it (TASK_PRIORITY). */
  readonly welcome?: (k: Kernel, task: number) => void;
  /** The executing task has come to {@link nextChange}. */
  readonly change?: (k: Kernel, task: number) => void;
  /** The number of the next step or operation of the run at which {@link change} is to be called; Infinity: at none. */
  readonly nextChange?: (k: Kernel) => number;
  /** Nanoseconds that the task that is put on a CPU now, or that others come to wait for, may keep it. */
  slice(k: Kernel): number;
  /** Steps after which the task that was just chosen is to give way; Infinity: the slice decides. */
  readonly sliceSteps?: (k: Kernel) => number;
  /**
   * Nanoseconds of its own code that a task may do beyond the point to which the other CPUs have come: how much later than
   * it should it may at most give way. What it does there no other sees: for operations nothing runs ahead.
   */
  lookahead(k: Kernel): number;
  /**
   * Whether somebody outside must be asked first: who gets a free CPU (`running` 0), or whether `running`, which would execute
   * now, gives its own to one of `ready`. Nobody executes until there is an answer.
   */
  readonly asks?: (k: Kernel, running: number, ready: readonly number[]) => boolean;
  /** One of `ready`: addresses of tasks, never none, in the order of the times since which they are ready. */
  choose(k: Kernel, ready: readonly number[]): number;
  /** Whether `running` gives its CPU up to one of `waiting` (never none); `over`: its slice is. */
  givesWay(k: Kernel, running: number, waiting: readonly number[], over: boolean): boolean;
}
