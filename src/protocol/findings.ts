import type { BlockReason } from './words';

/**
 * What a finding's event says beside its task, object, other task and place: `value` is one of these as JSON. The sentence is
 * made where it is shown, in the reader's language.
 */

export type Access = 'read' | 'write';

/** Where and when something was done before. */
export interface Moment {
  readonly file: string;
  readonly line: number;
  /** Nanoseconds since the start of the run. */
  readonly time: number;
}

/** `deadlock`, `asleep for ever`, `lock held by the dead`: why the task waits; `object` and `other` say for what and whom. */
export interface WaitData {
  readonly reason: BlockReason;
}

/** `data race`: `other` did `before` to the variable, and the task does `access`; nothing puts the two in order. */
export interface RaceData {
  readonly variable: string;
  readonly access: Access;
  readonly before: Moment & { readonly access: Access };
}

/** `lost update`: the task read the variable, `other` wrote it, and the task writes over that. */
export interface LostUpdateData {
  readonly variable: string;
  readonly read: Moment;
  readonly lost: Moment;
}

/** `queue never drained`. */
export interface QueueData {
  readonly items: number;
}

/** `never ends`. */
export interface EndlessData {
  readonly steps: number;
  readonly operations: number;
}

/** `replay parted`: which choice of the list, the task that it names, and those that are ready. */
export interface PartedData {
  readonly choice: number;
  readonly wanted: number;
  readonly ready: readonly number[];
}

/** `worker died`: what the browser says. */
export interface DeathData {
  readonly why: string;
}

export type FindingData = WaitData | RaceData | LostUpdateData | QueueData | EndlessData | PartedData | DeathData;
