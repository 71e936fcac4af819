import { FIRST_RUN, Frontier } from './bounded';
import { failureOf, isAlike, type Failure, type Judge } from './failure';
import type { Outcome, RunSchedule, Schedule } from './schedule';
import { shorten, type FailingSchedule } from './shorten';

export interface SearchOptions {
  /** How many schedules are tried at most, the first among them. */
  readonly schedules: number;
  /** Those that are tried systematically interrupt tasks at most so often. */
  readonly preemptions: number;
  /** What the schedules that are made by chance come from. */
  readonly seed: number;
  /** Whether other output than that of the first run is a failure. */
  readonly comparesOutput: boolean;
}

export const DEFAULT_SEARCH: SearchOptions = { schedules: 1000, preemptions: 2, seed: 1, comparesOutput: true };

/** What is being tried. */
export type SearchPhase = 'first' | 'bounded' | 'pct' | 'random' | 'shortening';

export interface SearchProgress {
  readonly phase: SearchPhase;
  /** Schedules tried so far, without those that make a failing one shorter. */
  readonly tried: number;
  /** In the phase `bounded`: preemptions and changes of the schedule that is tried. */
  readonly preemptions: number;
  readonly changes: number;
}

/** What is known of a program in which nothing was found. */
export interface Coverage {
  /** All schedules with at most so many preemptions were tried; Infinity: all that there are; -1: not even those without one. */
  readonly preemptions: number;
  /** All that differ from first come, first served in at most so many choices; likewise. */
  readonly changes: number;
  readonly systematic: number;
  readonly pct: number;
  readonly random: number;
}

export interface SearchResult {
  readonly tried: number;
  readonly found?: FailingSchedule & {
    readonly phase: SearchPhase;
    /** Runs that were made to shorten it. */
    readonly shortening: number;
  };
  readonly coverage: Coverage;
  /** The schedules there are were not all tried because somebody stopped the search. */
  readonly stopped: boolean;
}

/** Shares of the schedules that each way of trying has at most; what one leaves the next has as well. */
const BOUNDED_SHARE = 0.6;
const PCT_SHARE = 0.7;
const SHORTENING_TRIES = 150;
/** PCT looks for bugs of 2 to so many events in one order, by turns. */
const DEEPEST = 4;

/**
 * Tries schedules of a program until something goes wrong: first as it comes by itself (first come, first served, on one CPU),
 * then systematically (bounded.ts), then by PCT, then by chance. One run after the other, through `runSchedule`. What goes wrong
 * `judge` says, where what failure.ts calls so is not what is looked for.
 */
export async function searchSchedules(
  runSchedule: RunSchedule, options: SearchOptions, onProgress: (progress: SearchProgress) => void, isStopped: () => boolean,
  judge: Judge = ({ outcome }, reference) => failureOf(outcome, reference, options.comparesOutput),
): Promise<SearchResult> {
  const { schedules } = options;
  const frontier = new Frontier(options.preemptions);
  const counts = { first: 0, bounded: 0, pct: 0, random: 0, shortening: 0 };
  const known: { reference?: Outcome } = {};
  const tried = (): number => counts.first + counts.bounded + counts.pct + counts.random;
  const resultWith = (found?: SearchResult['found']): SearchResult => ({
    tried: tried(),
    ...(found && { found }),
    coverage: {
      preemptions: known.reference === undefined ? -1 : frontier.provedPreemptions,
      changes: known.reference === undefined ? -1 : frontier.provedChanges,
      systematic: counts.first + counts.bounded, pct: counts.pct, random: counts.random,
    },
    stopped: isStopped(),
  });

  const attempt = async (phase: SearchPhase, schedule: Schedule, preemptions = 0, changes = 0) => {
    onProgress({ phase, tried: tried(), preemptions, changes });
    const run = await runSchedule(schedule);
    // Stopped in the midst of a run: nothing can be said of it.
    if (run.outcome.end === 'stopped') return { run, failure: undefined };
    counts[phase]++;
    return { run, failure: judge(run, known.reference) };
  };
  const report = async (phase: SearchPhase, failing: FailingSchedule): Promise<SearchResult> => {
    const result = resultWith();
    const shortest = await shorten(
      failing, (choices) => attempt('shortening', { policy: 'replay', choices }), isStopped() ? 0 : SHORTENING_TRIES,
    );
    return { ...result, found: { ...shortest, phase, shortening: counts.shortening } };
  };

  const first = await attempt('first', { policy: 'replay', choices: [] });
  if (first.run.outcome.end === 'stopped') return resultWith();
  if (first.failure !== undefined) return resultWith({ choices: [], failure: first.failure, phase: 'first', shortening: 0 });
  known.reference = first.run.outcome;
  frontier.add(first.run, FIRST_RUN);

  for (let most = Math.max(1, Math.floor(schedules * BOUNDED_SHARE)); tried() < most && !isStopped();) {
    const candidate = frontier.take();
    if (candidate === undefined) break;
    const { choices, preemptions, changes } = candidate;
    const { run, failure } = await attempt('bounded', { policy: 'replay', choices }, preemptions, changes);
    if (failure !== undefined) return report('bounded', { choices, failure });
    if (run.outcome.end === 'stopped') frontier.skip(candidate);
    else frontier.add(run, candidate);
  }
  // All there are: chance would only try them again.
  if (frontier.provedPreemptions === Infinity) return resultWith();

  const pctUntil = tried() + Math.floor((schedules - tried()) * PCT_SHARE);
  while (tried() < schedules && !isStopped()) {
    const seed = (options.seed + tried()) >>> 0;
    const isPct = tried() < pctUntil;
    const depth = 2 + (counts.pct % (DEEPEST - 1));
    const schedule: Schedule = isPct
      ? { policy: 'pct', seed, depth, expectedOperations: Math.max(1, first.run.steps) } : { policy: 'random', seed };
    const { run, failure } = await attempt(isPct ? 'pct' : 'random', schedule);
    if (failure === undefined) continue;
    // Chance may keep a task from the CPU for ever. Where others have their turns as well nothing goes wrong, and there is nothing to show.
    const again = await attempt('shortening', { policy: 'replay', choices: run.choices });
    if (again.failure !== undefined && isAlike(failure, again.failure)) return report(schedule.policy, { choices: run.choices, failure });
  }
  return resultWith();
}

export type { Failure };
