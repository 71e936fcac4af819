import type { Page } from '@playwright/test';
import { PageRun } from '../../cli/page-run.mjs';
import type { Program, RunSettings } from '../../src/protocol/program';
import type { WeftRunner } from '../../src/runner';
import type { RunResult } from '../../src/machine/machine-types';
import type { StartOutcome, Writes } from '../../src/state/recorded-run';
import { buildModel } from '../../src/trace/model';
import type { Trace, TraceModel } from '../../src/trace/trace';
import { readTrace } from '../../src/trace/trace-json';

/** What a program did, as a test looks at it. */
export interface Ended extends RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of `stdout`, without their ends. */
  readonly lines: readonly string[];
}

/** A program that runs. */
export class Running {
  constructor(private readonly runner: RunnerPage) {}

  async finished(): Promise<Ended> {
    const result = await this.runner.pageRun.finished();
    const { stdout, stderr } = this.runner.output;
    return { ...result, stdout, stderr, lines: stdout === '' ? [] : stdout.replace(/\n$/, '').split('\n') };
  }

  /** Stops it; answers how it ended and how many milliseconds the machine took from the call to the end. */
  async stop(): Promise<Ended & { readonly tookMs: number }> {
    const tookMs = await this.runner.pageRun.stop();
    return { ...(await this.finished()), tookMs };
  }

  writeInput(line: string | null): Promise<void> {
    return this.runner.pageRun.writeInput(line);
  }

  /** Waits until the program has written a whole line `line`. */
  printed(line: string): Promise<void> {
    return this.runner.waitFor(() => this.runner.output.stdout.split('\n').slice(0, -1).includes(line));
  }

  /** Waits until a task called `name` is blocked for `reason`, by what is recorded. */
  async blocked(name: string, reason: string): Promise<void> {
    await this.runner.page.waitForFunction(
      ([name, reason]) => {
        const { model } = window.weft.run!;
        const task = model.tasks.find((task) => task.name === name);
        const last = task && model.intervals.get(task.tid)?.at(-1);
        return last?.state === 'blocked' && last.reason === reason;
      },
      [name, reason],
    );
  }
}

declare global {
  interface Window {
    weft: WeftRunner;
  }
}

/** The page without a face, where one program runs after the other. */
export class RunnerPage {
  readonly pageRun: PageRun;
  /** What the program that runs now has written so far. */
  readonly output = { stdout: '', stderr: '' };
  private listeners: (() => void)[] = [];

  private constructor(readonly page: Page) {
    this.pageRun = new PageRun(page);
  }

  static async open(page: Page): Promise<RunnerPage> {
    const runner = new RunnerPage(page);
    await page.exposeFunction('weftWrite', (writes: Writes) => {
      for (const [stream, text] of writes) runner.output[stream] += text;
      runner.listeners.forEach((listener) => listener());
    });
    await page.goto('run.html');
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    return runner;
  }

  /** Tries to start a program: its text in JavaScript, or a whole program. */
  tryStart(program: string | Program, settings: Partial<RunSettings> = {}): Promise<StartOutcome> {
    this.output.stdout = this.output.stderr = '';
    const whole: Program = typeof program === 'string'
      ? { language: 'javascript', entry: 'main.js', files: [{ name: 'main.js', text: program }] }
      : program;
    return this.pageRun.start(whole, { clock: 'real', tracing: true, stdin: '', ...settings });
  }

  async start(program: string | Program, settings: Partial<RunSettings> = {}): Promise<Running> {
    const outcome = await this.tryStart(program, settings);
    if (outcome.outcome !== 'started') throw new Error(`the program did not start: ${JSON.stringify(outcome)}`);
    return new Running(this);
  }

  /** Runs a program to its end. */
  async run(program: string | Program, settings: Partial<RunSettings> = {}): Promise<Ended> {
    return (await this.start(program, settings)).finished();
  }

  /** What was recorded of the last run, by way of the file format. */
  async trace(): Promise<Trace> {
    let text = '';
    for await (const piece of this.pageRun.tracePieces(1 << 22)) text += piece;
    return readTrace(text).trace;
  }

  async model(): Promise<TraceModel> {
    return buildModel(await this.trace());
  }

  /** Resolves as soon as `condition` holds; it is looked at whenever the program has written. */
  waitFor(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.listeners = this.listeners.filter((listener) => listener !== look);
        resolve();
      };
      this.listeners.push(look);
      look();
    });
  }
}
