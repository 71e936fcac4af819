import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  ProgramRejected,
  type BootProgress,
  type Machine,
  type ProgramError,
  type Run,
  type RunResult,
} from '../machine/machine-types';
import { finderFor } from '../analysis/findings/finder';
import type { Tid } from '../protocol/ids';
import type { Answer, PauseState, StopWish } from '../protocol/pause';
import { DEFAULT_SETTINGS, programsOf, type Program, type RunSettings } from '../protocol/program';
import { RECORD_WORDS } from '../protocol/trace-events';
import type { Trace, TraceModel } from '../trace/trace';
import { ProgramsBeside } from './programs-beside';
import { ProgramsOfRun } from './programs-of-run';
import { buildModelInTurns } from './trace-file';
import { browserClock, ModelPacer, type PageClock } from './model-pacer';
import { settingsUpTo, settingsUpToQuestion, settingsWithChoice, type Question } from './stepping';

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
  /** In virtual time: lets a paused run go on until what `wish` says, or pauses one that goes on. */
  goOn(wish: StopWish): void;
  /**
   * Who goes next in a paused run. Where it did not ask, it is run again up to there with that choice, and the reader schedules
   * from there on; the one before is kept to be compared.
   */
  choose(task: Tid): Promise<void>;
  /** The paused run one step before, or at the question before where the reader schedules, by running it again to there. */
  stepBack(): Promise<void>;
  /** A run whose reader schedules, also one that has ended, at the question of which `answers[number]` is the answer: it is asked anew. */
  askAgain(number: number): Promise<void>;
  /** A paused run at another moment of it, in nanoseconds. */
  goTo(time: number): Promise<void>;
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
  answers: [],
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

  function run(program: Program, settings: RunSettings = DEFAULT_SETTINGS): Promise<void> {
    return attemptRun(program, settings, undefined);
  }

  /**
   * `again`: the attempt that is done again up to some step, and the place of which is taken; unless it `isOther`, the reader sees
   * it as the same run. `kept`: so many of its answers are given again.
   */
  async function attemptRun(program: Program, settings: RunSettings, again: RunAttempt | undefined, isOther = true, kept = 0): Promise<void> {
    const number = ++asked;
    current?.abandon();
    if (again === undefined) await stop();
    else {
      // While it is on its way back the reader still sees where it stood.
      current = undefined;
      await again.stop();
    }
    // Asked for once more meanwhile: only the last one is wanted.
    if (number !== asked) return;
    const before = getState();
    const traceNumber = before.traceNumber + (isOther ? 1 : 0);
    const what = {
      program, settings: fitting(program, settings), traceNumber, lines: again?.lines ?? [],
      questions: again?.questions.slice(0, kept) ?? [], answers: again?.answers.slice(0, kept) ?? [],
    };
    const attempt = new RunAttempt(machine, clock, eventsAtMost, what, (change) => {
      if (current === attempt) setState(change);
    });
    current = attempt;
    setState({ phase: 'starting', problems: [], failure: undefined, inputWanted: false, answers: what.answers, ...(again === undefined && { pause: undefined }) });
    const started = await attempt.start();
    if (started || current !== attempt) return;
    current = undefined;
    setState({ phase: before.model === undefined ? 'idle' : 'ended', boot: undefined, pause: undefined });
  }

  async function stop(): Promise<void> {
    const attempt = current;
    if (attempt === undefined || getState().phase === 'ended') return;
    setState({ phase: 'stopping' });
    await attempt.stop();
  }

  async function choose(task: Tid): Promise<void> {
    const attempt = current;
    const { pause, phase } = getState();
    // On its way back to where it will stand: what is still shown there is of the run before.
    if (attempt === undefined || phase !== 'running' || pause === undefined || pause.choices.every(({ tid }) => tid !== task)) return;
    if (pause.cause === 'question') {
      await attempt.answer(pause, task);
      return;
    }
    const { program, settings } = attempt.what;
    await attemptRun(program, settingsWithChoice(settings, attempt.recorded(), pause, task), attempt);
  }

  async function stepBack(): Promise<void> {
    const first = current;
    const { pause } = getState();
    if (first === undefined || pause === undefined || pause.step === 0) return;
    const { program, settings } = first.what;
    if (pause.cause === 'question' && first.questions.length > 1) {
      await askAgain(first.questions.length - 2);
      return;
    }
    const recorded = first.recorded();
    let attempt = first;
    // A task may do several steps before it can be stopped: where the run comes to stand where it stood, it is aimed lower.
    for (let step = pause.step - 1; step >= 0; step--) {
      await attemptRun(program, settingsUpTo(settings, recorded, { atStep: step }), attempt, false);
      if (current === undefined) return;
      attempt = current;
      const stands = await attempt.standing;
      if (attempt !== current || stands === undefined || stands.step < pause.step) return;
    }
  }

  async function askAgain(number: number): Promise<void> {
    const attempt = current;
    const question = attempt?.questions[number];
    if (attempt === undefined || question === undefined) return;
    const { program, settings } = attempt.what;
    await attemptRun(program, settingsUpToQuestion(settings, attempt.recorded(), question), attempt, false, number);
  }

  async function goTo(time: number): Promise<void> {
    const attempt = current;
    const { pause } = getState();
    if (attempt === undefined || pause === undefined) return;
    if (time >= pause.time) {
      await attempt.goOn({ atTime: time });
      return;
    }
    const { program, settings } = attempt.what;
    await attemptRun(program, settingsUpTo(settings, attempt.recorded(), { atTime: time }), attempt, false);
  }

  return Object.assign(store, {
    run,
    stop,
    goOn: (wish: StopWish) => void current?.goOn(wish),
    choose,
    stepBack,
    askAgain,
    goTo,
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
  /** Records that have come, and where the run stands once all that were made before have. */
  private received = 0;
  private pausing: PauseState | undefined;
  /** Where it came to stand first; undefined where it ended before. */
  readonly standing: Promise<PauseState | undefined>;
  private firstStand: (pause: PauseState | undefined) => void = () => undefined;
  /** What the reader was asked, the present question included. */
  readonly questions: Question[];
  /** What was said to each but the last of them. */
  readonly answers: Answer[];
  /** Lines that the reader gave. */
  private readonly given: (string | null)[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly clock: PageClock,
    private readonly eventsAtMost: number,
    /** `lines`: what the reader typed in the run that is done again. */
    readonly what: {
      readonly program: Program;
      readonly settings: RunSettings;
      readonly traceNumber: number;
      readonly lines: readonly (string | null)[];
      readonly questions: readonly Question[];
      readonly answers: readonly Answer[];
    },
    private readonly report: (change: Partial<RunState>) => void,
  ) {
    this.questions = [...what.questions];
    this.answers = [...what.answers];
    this.standing = new Promise((resolve) => {
      this.firstStand = resolve;
    });
    this.settled = new Promise((resolve) => {
      this.settle = () => {
        this.firstStand(undefined);
        resolve();
      };
    });
  }

  /** True once the program runs; false where it was refused, which has been reported. */
  async start(): Promise<boolean> {
    const { program, settings } = this.what;
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
    }, settings, finderFor(settings));
    this.pacer = pacer;
    try {
      this.run = await this.machine.run(program, { ...settings, readerMayConnect: true }, {
        records: (records) => this.append(pacer, records),
        inputWanted: (inputWanted) => this.report({ inputWanted }),
        paused: (pause) => this.stand(pause),
      });
    } catch (error) {
      this.refuse(error);
      pacer.cancel();
      this.settle();
      return false;
    }
    // When a line comes makes no difference in virtual time, and only such runs are done again.
    for (const line of this.what.lines) this.sendInput(line);
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
    this.given.push(line);
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

  /** What the reader has typed so far. */
  get lines(): readonly (string | null)[] {
    return this.given;
  }

  async goOn(wish: StopWish): Promise<void> {
    await this.run?.goOn(wish);
  }

  async answer(pause: PauseState, task: Tid): Promise<void> {
    // Asked once, answered twice (a key held down): the first counts.
    if (this.answers.at(-1)?.pause === pause) return;
    this.answers.push({ pause, task });
    this.report({ answers: [...this.answers] });
    await this.run?.choose(task);
  }

  /** All that has been recorded. */
  recorded(): Trace {
    if (this.pacer === undefined) throw new Error('missing trace: nothing was started');
    return this.pacer.flush();
  }

  private stand(pause: PauseState | undefined): void {
    this.pausing = pause;
    if (pause === undefined) this.report({ pause });
    else this.showPause();
  }

  /** Records and news of a pause come by two ways: the pause is shown with all that led to it. */
  private showPause(): void {
    const { pausing, pacer } = this;
    if (pausing === undefined || pacer === undefined || ((pausing.records - this.received) | 0) > 0) return;
    this.pausing = undefined;
    const trace = pacer.flush();
    if (pausing.cause === 'question') this.questions.push({ step: pausing.step, events: trace.length });
    this.report({ pause: pausing });
    this.firstStand(pausing);
  }

  /** What changes when this run's trace takes the place of the one before. */
  private freshTrace(): Partial<RunState> {
    return { traceNumber: this.what.traceNumber, source: { kind: 'run' }, result: undefined, traceFull: false };
  }

  private append(pacer: ModelPacer, records: Int32Array): void {
    pacer.append(records);
    this.received += records.length / RECORD_WORDS;
    this.showPause();
    if (pacer.length <= this.eventsAtMost || this.full) return;
    this.full = true;
    this.report({ traceFull: true });
    void this.stop();
  }

  private async watch(run: Run, pacer: ModelPacer): Promise<void> {
    const result = await run.finished;
    await pacer.finish();
    this.report({ phase: 'ended', result, inputWanted: false, boot: undefined, pause: undefined });
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
