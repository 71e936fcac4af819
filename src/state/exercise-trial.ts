import { faultOfRun, faultOfText, schedulesOf } from '../lessons/judge';
import type { Both, Lesson } from '../lessons/lesson';
import { numbersOf, type Numbers } from '../lessons/numbers';
import { RunReader } from '../lessons/run-reader';
import type { Machine } from '../machine/machine-types';
import type { Program, RunSettings } from '../protocol/program';
import { searchExercise, type ExerciseSearch } from './exercise-search';
import { RecordedRun, type StartOutcome } from './recorded-run';

/** What trying a program for an exercise came to. */
export type Tried =
  /** Before anything ran: it is not the program that was asked for. */
  | { readonly kind: 'fault'; readonly why: Both }
  | { readonly kind: 'not started'; readonly outcome: Exclude<StartOutcome, { outcome: 'started' }>; readonly settings: RunSettings }
  | Judged & { readonly trial: RecordedRun }
  /** Nobody wants to know any more. */
  | { readonly kind: 'given up' };

/** A program that was run is judged, and how. */
export interface Judged {
  readonly kind: 'solved' | 'wrong';
  /** Schedules that were tried, those of the search among them. */
  readonly tried: number;
  readonly why?: Both;
  /** Where it came to that: not where one of the exercise's own schedules is enough to refuse it. */
  readonly search?: ExerciseSearch;
}

/** How far a trial is. */
export interface TrialProgress {
  readonly tried: number;
  /** How many there may be. */
  readonly of: number;
  /** The search has found one, and makes it short. */
  readonly shortens: boolean;
}

/** Where even the limit of steps does not end a run, because the machine is slow: it is judged by what it has done until then. */
const TRIAL_MS_AT_MOST = 60_000;

/** How many schedules a program is tried under at most. */
export function schedulesAtMost(lesson: Lesson): number {
  return schedulesOf(lesson).length + lesson.exercise.searched;
}

/** Runs `program` under the schedules of an exercise, one after the other, and then searches, until it is judged. */
export async function tryExercise(
  machine: Machine, lesson: Lesson, program: Program, onProgress: (progress: TrialProgress) => void, signal: AbortSignal,
): Promise<Tried> {
  const fault = faultOfText(lesson, entryText(program));
  if (fault !== undefined) return { kind: 'fault', why: fault };
  const numbers = numbersOfTried(lesson, program);
  const of = schedulesAtMost(lesson);
  const schedules = schedulesOf(lesson);
  let trial: RecordedRun | undefined;
  for (const [at, settings] of schedules.entries()) {
    onProgress({ tried: at, of, shortens: false });
    const run = await runOnce(machine, program, settings, signal);
    if (run.kind !== 'ran') return run;
    ({ trial } = run);
    const why = faultOfRun(lesson.exercise, new RunReader(trial.model), numbers);
    if (why !== undefined) return { kind: 'wrong', tried: at + 1, why, trial };
  }
  if (trial === undefined) throw new Error(`the exercise of ${lesson.id} has no schedule`);

  const search = await searchExercise(machine, lesson, program, numbers, ({ tried, phase }) => {
    onProgress({ tried: schedules.length + tried, of, shortens: phase === 'shortening' });
  }, signal);
  if (search === undefined) return { kind: 'given up' };
  const { found } = search;
  const tried = schedules.length + search.tried;
  const kind = (found !== undefined) === (lesson.exercise.holds === 'once') ? 'solved' : 'wrong';
  if (found === undefined) return { kind, tried, search, trial };
  const shown = await runOnce(machine, program, found.settings, signal);
  return shown.kind === 'ran' ? { kind, tried, search, trial: shown.trial, ...(found.why && { why: found.why }) } : shown;
}

/** The numbers at the top of the program that is tried. */
export function numbersOfTried(lesson: Lesson, program: Program): Numbers {
  return numbersOf(entryText(program), lesson.numbers);
}

function entryText({ files, entry }: Program): string {
  return files.find(({ name }) => name === entry)?.text ?? '';
}

type Ran = { readonly kind: 'ran'; readonly trial: RecordedRun } | Extract<Tried, { kind: 'not started' | 'given up' }>;

async function runOnce(machine: Machine, program: Program, settings: RunSettings, signal: AbortSignal): Promise<Ran> {
  if (signal.aborted) return { kind: 'given up' };
  const trial = new RecordedRun(program, { ...settings, stdin: '' }, async () => undefined);
  const outcome = await trial.start(machine);
  if (outcome.outcome !== 'started') return signal.aborted ? { kind: 'given up' } : { kind: 'not started', outcome, settings };
  const stop = (): void => void trial.stop();
  const patience = setTimeout(stop, TRIAL_MS_AT_MOST);
  signal.addEventListener('abort', stop);
  // It may have come while the run began.
  if (signal.aborted) stop();
  await trial.finished();
  clearTimeout(patience);
  signal.removeEventListener('abort', stop);
  return signal.aborted ? { kind: 'given up' } : { kind: 'ran', trial };
}
