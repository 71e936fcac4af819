import type { Machine } from '../machine/machine-types';
import type { Program, RunSettings } from '../protocol/program';
import type { Failure } from '../search/failure';
import { interruptionsOf, type Interruption } from '../search/interruptions';
import { preemptionsOf } from '../search/schedule';
import { searchSchedules, type SearchOptions, type SearchProgress, type SearchResult } from '../search/search';
import type { Trace } from '../trace/trace';
import { replayListOf, ScheduleRunner, searchSettings } from './schedule-runner';

/** A search over the schedules of a program that is over. */
export interface ProgramSearch {
  readonly result: SearchResult;
  /** Where something was found. */
  readonly failing?: {
    /** Run the program so, and it fails in the same way. */
    readonly settings: RunSettings;
    /** Who is interrupted where in that run. */
    readonly interruptions: readonly Interruption[];
    readonly run: Trace;
  };
  /** The run that comes by itself: what others were compared with. */
  readonly first?: Trace;
}

/**
 * Searches the schedules of `program`. `settings` is how it would be run else; of them only what the program itself sees counts
 * (its input, its seed, how many steps it may do). `signal` ends the search: what was tried until then is told. `judge` says of a run
 * whether it is what is looked for, where that is not what goes wrong in a program by itself. Throws ProgramRejected, and what the
 * machine says where it cannot go on.
 */
export async function searchProgram(
  machine: Machine, program: Program, settings: RunSettings, options: SearchOptions,
  onProgress: (progress: SearchProgress) => void, signal: AbortSignal, judge?: (run: Trace) => Failure | undefined,
): Promise<ProgramSearch> {
  const base = searchSettings(settings, program.language);
  const runner = new ScheduleRunner(machine, program, base);
  const stop = (): void => runner.stop();
  signal.addEventListener('abort', stop);
  try {
    let first: Trace | undefined;
    const result = await searchSchedules(
      runner.runSchedule, options,
      (progress) => {
        first ??= runner.last;
        onProgress(progress);
      },
      () => signal.aborted, judge && (() => judge(runner.last!)),
    );
    first ??= runner.last;
    const { found } = result;
    if (found === undefined) return { result, ...(first && { first }) };
    await runner.runSchedule({ policy: 'replay', choices: found.choices });
    const run = runner.last!;
    return {
      result,
      failing: {
        settings: { ...base, policy: 'replay', replay: replayListOf(found.choices), branches: 0 },
        interruptions: interruptionsOf(run, preemptionsOf(found.choices)),
        run,
      },
      ...(first && { first }),
    };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
