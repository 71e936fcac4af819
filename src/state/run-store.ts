import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  ProgramRejected,
  type BootProgress,
  type Machine,
  type ProgramError,
  type Run,
  type RunResult,
} from '../machine/machine-types';
import { DEFAULT_SETTINGS, programsOf, type Program, type RunSettings } from '../protocol/program';
import type { Trace, TraceModel } from '../trace/trace';
import { ProgramsBeside } from './programs-beside';
import { ProgramsOfRun } from './programs-of-run';
import { buildModelInTurns } from './trace-file';
import { browserClock, ModelPacer, type PageClock } from './model-pacer';

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
  /** How far the language is on its way, before its first run. */
  readonly boot?: BootProgress;
  /** Why the last program could not start. */
  readonly problems: readonly ProgramError[];
  /** Why the machine itself could not start or go on. */
  readonly failure?: string;
  /** The run was stopped because its trace holds as much as the page can keep. */
  readonly traceFull: boolean;
}

/** The state of the run and all that may be done to it. No action throws or rejects. */
export interface RunStore extends StoreApi<RunState> {
  /** Runs a program, stopping first what runs; resolves when it has started or was refused. */
  run(program: Program, settings?: RunSettings): Promise<void>;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
  /** Gives the program a line, or null: the end of its input. */
  sendInput(line: string | null): void;
  /**
   * Starts another program beside those that run, on their machine: a client of the reader's. Why it could not be, or undefined.
   */
  join(program: Program): Promise<string | undefined>;
  /** Shows a recorded run in place of the present one, which is stopped; `model` is its own, where it is known. */
  openTrace(trace: Trace, name: string, model?: TraceModel): Promise<void>;
  reportBoot(progress: BootProgress): void;
  /** The program was edited: its old mistakes no longer stand at their lines. */
  forgetProblems(): void;
  dispose(): void;
}

/**
 * Beyond this a page's memory is in danger (some 300 bytes an event with its model): the run is stopped, and
 * kept.
 */
export const EVENTS_AT_MOST = 2_000_000;

const EMPTY: RunState = {
  phase: 'idle',
  traceNumber: 0,
  source: { kind: 'none' },
  inputWanted: false,
  problems: [],
  traceFull: false,
};

export interface RunStoreOptions {
  readonly clock?: PageClock;
  readonly eventsAtMost?: number;
  /** Called with a recorded run before it is shown: what takes long to show can be computed in turns with other work. */
  readonly prepare?: (model: TraceModel) => Promise<void>;
}

export function createRunStore(machine: Machine, options: RunStoreOptions = {}): RunStore {
  const { clock = browserClock, eventsAtMost = EVENTS_AT_MOST, prepare = () => Promise.resolve() } = options;
  const store = createStore<RunState>(() => EMPTY);
  const { getState, setState } = store;
  let current: RunAttempt | undefined;
  let asked = 0;

  async function run(program: Program, settings: RunSettings = DEFAULT_SETTINGS): Promise<void> {
    const number = ++asked;
    current?.abandon();
    await stop();
    // Asked for once more meanwhile: only the last one is wanted.
    if (number !== asked) return;
    const before = getState();
    const attempt = new RunAttempt(machine, clock, eventsAtMost, before.traceNumber + 1, (change) => {
      if (current === attempt) setState(change);
    });
    current = attempt;
    setState({ phase: 'starting', problems: [], failure: undefined, inputWanted: false });
    const started = await attempt.start(program, fitting(program, settings));
    if (started || current !== attempt) return;
    current = undefined;
    setState({ phase: before.model === undefined ? 'idle' : 'ended', boot: undefined });
  }

  async function stop(): Promise<void> {
    const attempt = current;
    if (attempt === undefined || getState().phase === 'ended') return;
    setState({ phase: 'stopping' });
    await attempt.stop();
  }

  return Object.assign(store, {
    run,
    stop,
    sendInput: (line: string | null) => current?.sendInput(line),
    join: async (program: Program) => current?.join(program),
    openTrace: async (trace: Trace, name: string, known?: TraceModel) => {
      const number = ++asked;
      await stop();
      current = undefined;
      const model = known ?? await buildModelInTurns(trace);
      await prepare(model);
      // Something else was asked for meanwhile: that is what is wanted.
      if (number !== asked) return;
      const traceNumber = getState().traceNumber + 1;
      setState(
        { ...EMPTY, phase: 'ended', traceNumber, model, source: { kind: 'file', name } },
        true,
      );
    },
    reportBoot: (boot: BootProgress) => setState({ boot: boot.stage === 'ready' ? undefined : boot }),
    forgetProblems: () => {
      if (getState().problems.length > 0) setState({ problems: [] });
    },
    dispose: () => {
      current = undefined;
      machine.dispose();
    },
  });
}

/**
 * One try to run one program. Once another try is current, what this one still reports is dropped by
 * `report`.
 */
class RunAttempt {
  private run: Run | undefined;
  private stopWanted = false;
  private full = false;
  private pacer: ModelPacer | undefined;
  private others: ProgramsBeside | undefined;
  private readonly programs = new ProgramsOfRun();
  /** Events that were looked at for what programs do. */
  private seen = 0;
  private readonly settled: Promise<void>;
  private settle: () => void = () => undefined;

  constructor(
    private readonly machine: Machine,
    private readonly clock: PageClock,
    private readonly eventsAtMost: number,
    private readonly traceNumber: number,
    private readonly report: (change: Partial<RunState>) => void,
  ) {
    this.settled = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  /** True once the program runs; false where it was refused, which has been reported. */
  async start(program: Program, settings: RunSettings): Promise<boolean> {
    let shown = false;
    const pacer = new ModelPacer(program, this.clock, {
      publish: (model) => {
        this.readPrograms(model.trace);
        this.report(shown ? { model } : { model, ...this.freshTrace() });
        shown = true;
      },
      fail: (error) => {
        this.report({ failure: messageOf(error) });
        void this.stop();
      },
    }, settings);
    this.pacer = pacer;
    try {
      this.run = await this.machine.run(program, { ...settings, readerMayConnect: true }, {
        records: (records) => this.append(pacer, records),
        inputWanted: (inputWanted) => this.report({ inputWanted }),
      });
    } catch (error) {
      this.refuse(error);
      pacer.cancel();
      this.settle();
      return false;
    }
    const [, ...beside] = programsOf(program);
    this.others = new ProgramsBeside(this.run, beside, this.programs, (error) => this.refuse(error));
    await this.others.begin();
    void this.watch(this.run, pacer);
    if (this.stopWanted) void this.run.stop();
    else this.report({ phase: 'running', boot: undefined });
    return true;
  }

  private refuse(error: unknown): void {
    if (error instanceof ProgramRejected) this.report({ problems: error.errors });
    else this.report({ failure: messageOf(error) });
  }

  async stop(): Promise<void> {
    this.stopWanted = true;
    void this.run?.stop();
    await this.settled;
  }

  /** Another run will take the place of this one: what is not read yet never will be. */
  abandon(): void {
    this.pacer?.abandon();
  }

  sendInput(line: string | null): void {
    this.run?.writeInput(line);
  }

  async join(program: Program): Promise<string | undefined> {
    try {
      await this.run?.add(program);
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  private readPrograms(trace: Trace): void {
    for (; this.seen < trace.length; this.seen++) this.programs.read(trace, this.seen);
    this.others?.look();
  }

  /** What changes when this run's trace takes the place of the one before. */
  private freshTrace(): Partial<RunState> {
    return { traceNumber: this.traceNumber, source: { kind: 'run' }, result: undefined, traceFull: false };
  }

  private append(pacer: ModelPacer, records: Int32Array): void {
    pacer.append(records);
    if (pacer.length <= this.eventsAtMost || this.full) return;
    this.full = true;
    this.report({ traceFull: true });
    void this.stop();
  }

  private async watch(run: Run, pacer: ModelPacer): Promise<void> {
    const result = await run.finished;
    await pacer.finish();
    this.report({ phase: 'ended', result, inputWanted: false, boot: undefined });
    this.settle();
  }
}

/** Programs side by side run in real time: each begins when the one before it listens. */
function fitting({ beside = [] }: Program, settings: RunSettings): RunSettings {
  return beside.length > 0 ? { ...settings, clock: 'real' } : settings;
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
