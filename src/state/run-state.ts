import type { BootProgress, ProgramError, RunResult } from '../machine/machine-types';
import type { Answer, PauseState } from '../protocol/pause';
import type { TraceModel } from '../trace/trace';

/** `idle`: nothing was run or opened yet. `ended`: `model` is a whole trace. */
export type RunPhase = 'idle' | 'starting' | 'running' | 'stopping' | 'ended';

export interface RunState {
  readonly phase: RunPhase;
  /** The trace that is shown; the last one stays until a new run has something of its own. */
  readonly model?: TraceModel;
  /**
   * Grows with each run or file that is shown: what was picked in the one before means nothing in this one.
   */
  readonly traceNumber: number;
  /** Where `model` comes from. */
  readonly source: { readonly kind: 'none' | 'run' } | { readonly kind: 'file'; readonly name: string };
  readonly result?: RunResult;
  readonly inputWanted: boolean;
  /** Where a run in virtual time stands still; what it has done up to there is in `model`. */
  readonly pause?: PauseState;
  /** What was said so far to the question who goes next, in a run whose reader schedules. */
  readonly answers: readonly Answer[];
  /** How far the language is on its way, before its first run. */
  readonly boot?: BootProgress;
  /** Why the last program could not start. */
  readonly problems: readonly ProgramError[];
  /** Why the machine itself could not start or go on. */
  readonly failure?: string;
  /** The run was stopped because its trace holds as much as the page can keep. */
  readonly traceFull: boolean;
}

export const NO_RUN: RunState = {
  phase: 'idle',
  traceNumber: 0,
  source: { kind: 'none' },
  inputWanted: false,
  answers: [],
  problems: [],
  traceFull: false,
};
