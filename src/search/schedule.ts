import type { EndReason, FindingKind } from '../protocol/words';

/**
 * A list of choices as the policy `replay` follows it: pairs of the number of a task that is put on the CPU and of the steps
 * after which it is interrupted, or {@link BY_ITSELF}. Where the list has ended tasks go first come, first served.
 */
export type Choices = readonly number[];

/** Steps of a turn that ends when the task waits or ends. */
export const BY_ITSELF = -1;

/** A place in a run where another task could have gone on. */
export interface Branch {
  /** Number of the choice whose turn it is in or, where the CPU was free, which it is about. */
  readonly choice: number;
  readonly task: number;
  readonly other: number;
  /** Steps that `task` has done in its turn; {@link BY_ITSELF}: the CPU was free. */
  readonly steps: number;
  /** File and line where `task` is. */
  readonly place: number;
}

/** Whether `task` loses the CPU there although it could go on. */
export function isPreemption(branch: Branch): boolean {
  return branch.steps !== BY_ITSELF;
}

/** The choices of a run up to `branch`, where the other task has its way. */
export function choicesAt(choices: Choices, { choice, task, other, steps }: Branch): Choices {
  const before = choices.slice(0, 2 * choice);
  return steps === BY_ITSELF ? [...before, other, BY_ITSELF] : [...before, task, steps, other, BY_ITSELF];
}

/** How often a list takes the CPU away from a task that could go on. */
export function preemptionsOf(choices: Choices): number {
  return choices.filter((steps, index) => index % 2 === 1 && steps !== BY_ITSELF).length;
}

/** What a run is to follow. */
export type Schedule =
  | { readonly policy: 'replay'; readonly choices: Choices }
  | { readonly policy: 'pct'; readonly seed: number; readonly depth: number; readonly expectedOperations: number }
  | { readonly policy: 'random'; readonly seed: number };

export interface FoundInRun {
  readonly kind: FindingKind;
  readonly text: string;
}

/** What a run came to, as far as runs are compared. */
export interface Outcome {
  readonly end: EndReason;
  /** Of the program's first process. */
  readonly status: number;
  /** Exit statuses above 0 of all processes: uncaught exceptions, `sys.exit(1)`. */
  readonly failedExits: readonly number[];
  readonly findings: readonly FoundInRun[];
  readonly stdout: string;
  readonly stderr: string;
  /** Why the machine itself could not go on, if it could not. */
  readonly panic?: string;
}

/** A run that is over. */
export interface ScheduledRun {
  /** All that its scheduler chose. */
  readonly choices: Choices;
  /** After the list that it followed; none where it followed no list. */
  readonly branches: readonly Branch[];
  /** There were more than can be kept. */
  readonly branchesCut: boolean;
  /** Steps and operations that all tasks did. */
  readonly steps: number;
  readonly outcome: Outcome;
  /** The list did not fit the program: from some choice on it was not followed. */
  readonly parted: boolean;
}

/** Runs the program that is searched, one run after the other. */
export type RunSchedule = (schedule: Schedule) => Promise<ScheduledRun>;
