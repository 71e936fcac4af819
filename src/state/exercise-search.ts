import { isSought, lessonSettings } from '../lessons/judge';
import type { Both, Lesson } from '../lessons/lesson';
import type { Numbers } from '../lessons/numbers';
import { RunReader } from '../lessons/run-reader';
import type { Machine } from '../machine/machine-types';
import type { Program, RunSettings } from '../protocol/program';
import { interruptionsOf, type Interruption } from '../search/interruptions';
import { preemptionsOf } from '../search/schedule';
import { DEFAULT_SEARCH, searchSchedules, type Coverage, type SearchProgress } from '../search/search';
import { buildModel } from '../trace/model';
import { replayListOf, ScheduleRunner, searchSettings } from './schedule-runner';

/** Bytecodes after which the first run of a search is taken to never end; programs of exercises do some thousands. */
const STEPS_AT_MOST = 1_000_000;

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

/** How much of a search over schedules an exercise has. */
export function schedulesSearched({ exercise }: Lesson): number {
  return exercise.searched ?? 0;
}

/**
 * Searches the schedules of a program for one that an exercise is about, and makes it short: of what must hold always one in which it
 * does not, else one that does it. Each run of it comes out the same on every machine. Undefined where `signal` ended it.
 */
export async function searchExercise(
  machine: Machine, lesson: Lesson, program: Program, numbers: Numbers,
  onProgress: (progress: SearchProgress) => void, signal: AbortSignal,
): Promise<ExerciseSearch | undefined> {
  const base: RunSettings = { ...searchSettings(lessonSettings(lesson), program.language), stepLimit: STEPS_AT_MOST };
  const runner = new ScheduleRunner(machine, program, base);
  const judgeLast = (): true | Both | undefined => isSought(lesson.exercise, new RunReader(buildModel(runner.last!)), numbers);
  const stop = (): void => runner.stop();
  signal.addEventListener('abort', stop);
  try {
    const { tried, coverage, found } = await searchSchedules(
      runner.runSchedule, { ...DEFAULT_SEARCH, schedules: schedulesSearched(lesson) }, onProgress, () => signal.aborted,
      () => {
        const sought = judgeLast();
        return sought && { kind: 'judged', text: sought === true ? '' : sought.en };
      },
    );
    if (signal.aborted) return undefined;
    if (found === undefined) return { tried, coverage };
    await runner.runSchedule({ policy: 'replay', choices: found.choices });
    const sought = judgeLast();
    return {
      tried, coverage,
      found: {
        ...(sought !== undefined && sought !== true && { why: sought }),
        settings: { ...base, policy: 'replay', replay: replayListOf(found.choices), branches: 0 },
        interruptions: interruptionsOf(runner.last!, preemptionsOf(found.choices)),
      },
    };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
