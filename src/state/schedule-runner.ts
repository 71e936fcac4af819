import type { Machine } from '../machine/machine-types';
import { DEFAULT_VIRTUAL, recordedSettings, type Program, type RunSettings } from '../protocol/program';
import { readRun } from '../search/read-run';
import { BY_ITSELF, type Choices, type Schedule, type ScheduledRun } from '../search/schedule';
import { TraceBuilder } from '../trace/trace-builder';
import type { Trace } from '../trace/trace';

/** A run that has more branches is not searched beyond these: the first are what a small number of changes can reach. */
const MOST_BRANCHES = 20_000;
/** Steps that the task which goes on last may do while others wait: it may wait for one of them in a loop. */
const FAIR_STEPS = 50_000;
/** A schedule in which a program does so many times the steps of the first, and so many more, is taken to never end. */
const STEPS_FACTOR = 20;
const STEPS_MORE = 200_000;

/**
 * Settings for all runs of a search: one CPU, so that a schedule is one order of what is done; what is woken or started is
 * ready at once, so that no order is missing for a delay of some microseconds; and a task can be interrupted wherever one can: in
 * Python between any two bytecodes, where `settings` do not say otherwise.
 */
export function searchSettings(settings: RunSettings, language: Program['language']): RunSettings {
  return {
    ...(language === 'python' && { step: 'bytecode' as const }), ...settings, clock: 'virtual', tracing: true, cpus: 1, policy: 'replay', stdin: settings.stdin ?? '',
    quantum: DEFAULT_VIRTUAL.quantum, costs: { ...settings.costs, wakeUp: 0, spawn: 0 },
  };
}

/** The list that the machine follows: the last task of a search's list goes on by itself, but not for ever. */
export function replayListOf(choices: Choices): number[] {
  const list = [...choices];
  if (list.at(-1) === BY_ITSELF) list[list.length - 1] = FAIR_STEPS;
  return list;
}

/** The settings of one run of a search. */
export function settingsOfSchedule(settings: RunSettings, schedule: Schedule, branches = MOST_BRANCHES): RunSettings {
  switch (schedule.policy) {
    case 'replay': return { ...settings, policy: 'replay', replay: replayListOf(schedule.choices), branches };
    case 'pct': {
      const { seed, depth, expectedOperations } = schedule;
      return { ...settings, policy: 'pct', policySeed: seed, depth, expectedOperations, branches: 0 };
    }
    case 'random': return { ...settings, policy: 'random', policySeed: schedule.seed, branches: 0 };
  }
}

/** Runs one program again and again on a machine that stays warm; what it records is read and forgotten. */
export class ScheduleRunner {
  /** Trace of the last run. */
  last: Trace | undefined;
  private stepLimit: number | undefined;
  private run: { stop(): Promise<unknown> } | undefined;
  private isStopped = false;

  constructor(
    private readonly machine: Machine,
    private readonly program: Program,
    private readonly settings: RunSettings,
  ) {}

  readonly runSchedule = async (schedule: Schedule): Promise<ScheduledRun> => {
    const settings = { ...settingsOfSchedule(this.settings, schedule), ...(this.stepLimit !== undefined && { stepLimit: this.stepLimit }) };
    const builder = new TraceBuilder({ clock: 'virtual', program: this.program, settings: recordedSettings(settings, this.program.language) });
    const run = await this.machine.run(this.program, settings, {
      records: (records) => builder.append(records),
      inputWanted: () => undefined,
    });
    this.run = run;
    if (this.isStopped) void run.stop();
    await run.finished;
    const trace = builder.snapshot();
    const done = readRun(trace, settings.branches ?? 0);
    if (done.outcome.panic !== undefined) throw new Error(done.outcome.panic);
    this.stepLimit ??= done.steps * STEPS_FACTOR + STEPS_MORE;
    this.last = trace;
    return done;
  };

  /** Ends the run that goes on; those that are asked for afterwards end at once. */
  stop(): void {
    this.isStopped = true;
    void this.run?.stop();
  }
}
