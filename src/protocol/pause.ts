import type { ObjectId, Pid, Place, Tid } from './ids';
import type { EventKind } from './trace-events';
import type { BlockReason } from './words';

/** Why a run in virtual time stands still. `question`: the reader is to say who goes next. */
export const PAUSE_CAUSES = ['none', 'wish', 'step', 'switch', 'time', 'line', 'question', 'event'] as const;
export type PauseCause = Exclude<(typeof PAUSE_CAUSES)[number], 'none'>;
export const PauseCauseCode = Object.fromEntries(PAUSE_CAUSES.map((name, code) => [name, code])) as {
  readonly [Name in (typeof PAUSE_CAUSES)[number]]: number
};
export const NO_PAUSE = 0;

/**
 * An event at which a run stands still. Objects and tasks go by what the program calls them, so that it is the same in another run
 * of the program; without a name any will do.
 */
export interface EventBreak {
  /**
   * `task-block`: a task begins to wait, in the program's own terms. `finding`: nobody can go on any more, before the run ends. Else
   * any event that the machine itself records.
   */
  readonly kind: EventKind;
  /** Of a wait: for this alone. */
  readonly reason?: BlockReason;
  readonly object?: string;
  readonly task?: string;
}

/** What happened at a breakpoint on events. */
export interface EventHit {
  readonly kind: EventKind;
  /** Of a wait, else `none`. */
  readonly reason: BlockReason;
  readonly task: Tid;
  /** 0 where it was about none. */
  readonly object: ObjectId;
}

/** What a run stops for, once. What is not said is no reason to stop; breakpoints stay until others are given. */
export interface StopWish {
  readonly now?: boolean;
  /** When the run has done so many steps, counted from its start; or so many from here. */
  readonly atStep?: number;
  readonly afterSteps?: number;
  /** When a task has been put on a CPU. */
  readonly atSwitch?: boolean;
  /** At the first step that is not before this time, in nanoseconds. */
  readonly atTime?: number;
  /** For the policy `manual`: how many steps are done before the reader is asked. */
  readonly askFrom?: number;
  /** Places at which it stops, each time a task comes there. */
  readonly lines?: readonly number[];
  /** What happens where it stops, each time. */
  readonly events?: readonly EventBreak[];
}

/** A task that could go on. */
export interface TaskChoice {
  readonly tid: Tid;
  readonly name: string;
  readonly place: Place;
  /** Steps that it has done since it was put on its CPU; -1 where it has none. */
  readonly turnSteps: number;
}

/** A variable where a run stands: a short int as it is, else its `repr`; undefined where that could not be read. */
export interface StandingVariable {
  readonly name: string;
  readonly value: number | string | undefined;
}

/** A call that a task is in where a run stands. */
export interface StandingCall {
  readonly name: string;
  /** From 1; 0 where it is unknown. */
  readonly line: number;
  readonly locals: readonly StandingVariable[];
}

/** What a process has in memory where a run stands. Nothing of it is in the trace: a run that was stopped is the run that was not. */
export interface StandingProcess {
  readonly pid: Pid;
  readonly globals: readonly StandingVariable[];
  /** The innermost call first, as far as calls are told. */
  readonly threads: readonly { readonly tid: Tid; readonly calls: readonly StandingCall[] }[];
}

/** A run that stands still. */
export interface PauseState {
  readonly cause: PauseCause;
  /** Of the cause `event`. */
  readonly event?: EventHit;
  /** Nanoseconds of virtual time. */
  readonly time: number;
  /** Steps that the run has done. */
  readonly step: number;
  /** Records of the trace so far, modulo 2^32. */
  readonly records: number;
  /** The task whose turn it is; 0 where a CPU is free. */
  readonly task: Tid;
  /** Who could go on: the task whose turn it is first, then those that are ready, in their order. */
  readonly choices: readonly TaskChoice[];
  /** Of the processes whose language tells. */
  readonly memory?: readonly StandingProcess[];
}

/** What the reader, or somebody for the reader, said to the question who goes next. */
export interface Answer {
  readonly pause: PauseState;
  readonly task: Tid;
}
