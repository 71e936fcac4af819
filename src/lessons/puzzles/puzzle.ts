import type { RunSettings } from '../../protocol/program';
import type { Both, Verdict } from '../lesson';
import type { RunReader } from '../run-reader';

/** A program and something that it should not do. The reader is its scheduler, and makes it do that. */
export interface Puzzle {
  readonly id: string;
  readonly program: string;
  /** What the program is about. */
  readonly text: Both;
  /** One after the other, each says more. */
  readonly hints: readonly Both[];
  /** True for a run that reached the goal, or what it came to instead. */
  readonly check: (run: RunReader) => Verdict;
  /** What is to be learnt from it, told when it is solved. */
  readonly moral: Both;
}

/**
 * How a puzzle's program runs: one CPU, so that a schedule is one order of all that is done; a task can be interrupted before each
 * line; what is started or woken is ready at once.
 */
export const PUZZLE_SETTINGS: RunSettings = {
  clock: 'virtual', tracing: true, cpus: 1, policy: 'manual', step: 'line', costs: { wakeUp: 0, spawn: 0, fork: 0, threadStart: 0 },
};
