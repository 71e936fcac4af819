import { isSought, lessonSettings } from '../lessons/judge';
import type { Both, Lesson } from '../lessons/lesson';
import type { Numbers } from '../lessons/numbers';
import { RunReader } from '../lessons/run-reader';
import type { Machine } from '../machine/machine-types';
import type { Program, RunSettings } from '../protocol/program';
import type { Interruption } from '../search/interruptions';
import { DEFAULT_SEARCH, type Coverage, type SearchProgress } from '../search/search';
import { buildModel } from '../trace/model';
import type { Trace } from '../trace/trace';
import { searchProgram } from './program-search';

/** Bytecodes after which the first run of a search is taken to never end; programs of exercises do some thousands, those that compute some millions. */
const STEPS_AT_MOST = 5_000_000;

/** What a search over the schedules of an exercise's program came to. */
export interface ExerciseSearch {
  /** Schedules that were tried, without those that made the one that was found shorter. */
  readonly tried: number;
  readonly coverage: Coverage;
  readonly found?: {
    /** What is wrong with it, where that is what was looked for. */
    readonly why?: Both;
    /** Run the program so, and it happens. */
    readonly settings: RunSettings;
    readonly interruptions: readonly Interruption[];
  };
}

/**
 * Searches the schedules of a program for one that an exercise is about, and makes it short: of what must hold always one in which it
 * does not, else one that does it. Each run of it comes out the same on every machine. Undefined where `signal` ended it.
 */
export async function searchExercise(
  machine: Machine, lesson: Lesson, program: Program, numbers: Numbers,
  onProgress: (progress: SearchProgress) => void, signal: AbortSignal,
): Promise<ExerciseSearch | undefined> {
  const { exercise } = lesson;
  const judge = (run: Trace): true | Both | undefined => isSought(exercise, new RunReader(buildModel(run)), numbers);
  const { result, failing } = await searchProgram(
    machine, program, { ...lessonSettings(lesson), stepLimit: STEPS_AT_MOST }, { ...DEFAULT_SEARCH, schedules: exercise.searched },
    onProgress, signal,
    (run) => {
      const sought = judge(run);
      return sought && { kind: 'judged', text: sought === true ? '' : sought.en };
    },
  );
  if (signal.aborted) return undefined;
  const { tried, coverage } = result;
  if (failing === undefined) return { tried, coverage };
  const { run, ...found } = failing;
  const sought = judge(run);
  // Processes that are killed may end some steps sooner or later: what does not happen again nobody can be shown, and it refuses nobody.
  if (sought === undefined) return { tried, coverage };
  return { tried, coverage, found: { ...found, ...(sought !== true && { why: sought }) } };
}
