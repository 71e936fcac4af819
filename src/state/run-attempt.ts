import { finderFor } from '../analysis/findings/finder';
import { ProgramRejected, type Machine, type Run } from '../machine/machine-types';
import type { Tid } from '../protocol/ids';
import type { Answer, PauseState, StopWish } from '../protocol/pause';
import { programsOf, type Program, type RunSettings } from '../protocol/program';
import { RECORD_WORDS } from '../protocol/trace-events';
import type { Trace } from '../trace/trace';
import type { LookBack } from './look-back';
import { ModelPacer, type PageClock } from './model-pacer';
import { ProgramsBeside } from './programs-beside';
import { ProgramsOfRun } from './programs-of-run';
import type { RunState } from './run-state';
import type { Question } from './stepping';

/**
 * One try to run one program. Once another try is current, what this one still reports is dropped by
 * `report`.
 */
export class RunAttempt {
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
  /** It was let go for one step. */
  private isStepping = false;
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
    /** What lies behind where it stands; it goes on to the attempt that does the same run again. */
    readonly lookBack: LookBack,
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
    if (settings.clock === 'real') {
      const [, ...beside] = programsOf(program);
      this.others = new ProgramsBeside(this.run, beside, this.programs, (error) => this.refuse(error));
      await this.others.begin();
    }
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
    // On its way to where it shall stand first, what it stops for there must not be forgotten.
    if (wish.now !== true) await this.standing;
    this.isStepping = wish.afterSteps === 1;
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
    // Where the reader schedules, a step back goes from question to question.
    else if (this.what.settings.policy !== 'manual') this.lookBack.note({ pause: pausing, events: trace.length }, this.isStepping);
    this.isStepping = false;
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

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
