import type { Machine, Run, RunListener, RunResult } from '../../machine/machine-types';
import type { Tid } from '../../protocol/ids';
import type { StopWish } from '../../protocol/pause';
import type { Program, RunSettings } from '../../protocol/program';
import type { PageClock } from '../model-pacer';

/** A machine that does what a test tells it, step by step. */
export class ScriptedMachine implements Machine {
  readonly shape = 'many workers';
  readonly idleWorkers = 0;
  readonly runs: ScriptedRun[] = [];
  disposed = false;
  /** What the next runs answer to `run` in place of starting. */
  refusal: Error | undefined;
  /** While set, `run` waits for it before it answers. */
  booting: Promise<void> | undefined;

  async run(program: Program, settings: RunSettings, listener: RunListener): Promise<Run> {
    const run = new ScriptedRun(program, settings, listener);
    this.runs.push(run);
    await this.booting;
    if (this.refusal !== undefined) throw this.refusal;
    return run;
  }

  warm(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.disposed = true;
  }

  get last(): ScriptedRun {
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error('nothing was run');
    return run;
  }
}

export class ScriptedRun implements Run {
  readonly finished: Promise<RunResult>;
  readonly lines: (string | null)[] = [];
  stops = 0;
  /** Ends the run as the machine would. */
  finish: (result: RunResult) => void = () => undefined;

  constructor(readonly program: Program, readonly settings: RunSettings, readonly listener: RunListener) {
    this.finished = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  stop(): Promise<RunResult> {
    this.stops++;
    this.finish({ reason: 'stopped', status: 130 });
    return this.finished;
  }

  expect(): Promise<void> {
    return Promise.resolve();
  }
  add(): Promise<void> {
    return Promise.reject(new Error('a scripted run has one program'));
  }

  writeInput(line: string | null): void {
    this.lines.push(line);
  }

  readonly wishes: StopWish[] = [];
  goOn(wish: StopWish): Promise<void> {
    this.wishes.push(wish);
    return Promise.resolve();
  }

  readonly chosen: Tid[] = [];
  choose(task: Tid): Promise<boolean> {
    this.chosen.push(task);
    return Promise.resolve(true);
  }
}

/** A clock that stands still until told. */
export class ManualClock implements PageClock {
  /** Milliseconds that pass at each look at the clock: the work of the page. */
  tick = 0;
  private time = 0;
  private timers: { readonly at: number; readonly action: () => void }[] = [];

  now(): number {
    this.time += this.tick;
    return this.time;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { at: this.time + delayMs, action };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  advance(ms: number): void {
    this.time += ms;
    const due = this.timers.filter(({ at }) => at <= this.time);
    this.timers = this.timers.filter(({ at }) => at > this.time);
    for (const { action } of due) action();
  }

  get waiting(): number {
    return this.timers.length;
  }
}
