import { ProgramRejected, type Machine, type ProgramError, type Run, type RunResult } from '../machine/machine-types';
import { recordedSettings, type Program, type RunSettings } from '../protocol/program';
import { EVENT_KINDS, EventKindCode, type EventKind } from '../protocol/trace-events';
import { ProgramsBeside } from './programs-beside';
import { ProgramsOfRun } from './programs-of-run';
import { finderFor } from '../analysis/findings/finder';
import { describeFinding } from '../trace/describe-finding';
import { buildModel } from '../trace/model';
import { TraceBuilder } from '../trace/trace-builder';
import type { Trace, TraceModel } from '../trace/trace';
import { traceJsonPieces } from '../trace/trace-json';

export type OutputStream = 'stdout' | 'stderr';
/** Texts in the order in which they were written, neighbours of one stream joined. `program` is its number. */
export type Writes = readonly (readonly [stream: OutputStream, text: string, program: number])[];

/** How the attempt to start a program ended; crosses to whoever drives the page, so it is plain data. */
export type StartOutcome =
  | { readonly outcome: 'started' }
  /** The program has mistakes that keep it from starting. */
  | { readonly outcome: 'rejected'; readonly errors: readonly ProgramError[] }
  /** The machine cannot run it. */
  | { readonly outcome: 'failed'; readonly message: string };

const STDERR = 2;

/** A run with all that was recorded of it; passes its output on as it comes. */
export class RecordedRun {
  private readonly builder: TraceBuilder;
  /** Events that were looked at for output. */
  private seen = 0;
  private readonly programs = new ProgramsOfRun();
  private others: ProgramsBeside | undefined;
  private lastEnds: () => void = () => undefined;
  /** Resolves when the first process of the last program has ended, or the run has. */
  readonly lastEnded = new Promise<void>((resolve) => (this.lastEnds = resolve));
  private refusal = '';
  private run: Run | undefined;
  /** What has not been passed on yet. */
  private writes: [OutputStream, string, number][] = [];
  private writing: Promise<void> | undefined;
  private pieces: Iterator<string> | undefined;

  /**
   * `write` is called again only when the promise of the call before has resolved. The programs `beside` the first are
   * started on the same machine one after the other, in virtual time by the machine itself: each when the one before it listens, has
   * ended, or does neither for long.
   */
  constructor(
    private readonly program: Program,
    private readonly settings: RunSettings,
    private readonly write: (writes: Writes) => Promise<void>,
    private readonly beside: readonly Program[] = [],
  ) {
    this.builder = new TraceBuilder({
      clock: settings.clock, program: together(program, beside), ...(settings.clock === 'virtual' && { settings: recordedSettings(settings, program.language) }),
    }, finderFor(settings));
  }

  async start(machine: Machine): Promise<StartOutcome> {
    try {
      this.run = await machine.run(this.program, this.settings, {
        records: (records) => this.append(records),
        inputWanted: () => undefined,
      }, this.beside);
      if (this.settings.clock === 'real') {
        this.others = new ProgramsBeside(this.run, this.beside, this.programs, (error) => {
          this.refusal = error instanceof Error ? error.message : String(error);
          this.lastEnds();
        });
        await this.others.begin();
      }
      void this.run.finished.then(() => this.lastEnds());
      return { outcome: 'started' };
    } catch (error) {
      if (error instanceof ProgramRejected) return { outcome: 'rejected', errors: error.errors };
      return { outcome: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Resolves when the run has ended and all output was passed on. */
  async finished(): Promise<RunResult> {
    const result = await this.started().finished;
    await this.writing;
    return result;
  }

  /** Stops the run; answers how many milliseconds it took until the machine said that it has ended. */
  async stop(): Promise<number> {
    const began = performance.now();
    await this.started().stop();
    return performance.now() - began;
  }

  writeInput(line: string | null): void {
    this.started().writeInput(line);
  }

  /** The exit status of each program whose first process has ended. */
  get statuses(): readonly (number | undefined)[] {
    return [this.program, ...this.beside].map((_program, index) => this.programs.statuses[index]);
  }

  /** The same of those that ended before the run's last moment. */
  get statusesBeforeEnd(): readonly (number | undefined)[] {
    const { time, length } = this.trace;
    return this.statuses.map((status, index) => (time[this.programs.ends[index]] < time[length - 1] ? status : undefined));
  }

  /** Why a program was not started beside the others, or ''. */
  get notStarted(): string {
    return this.refusal;
  }

  get trace(): Trace {
    return this.builder.snapshot();
  }

  get model(): TraceModel {
    return buildModel(this.trace);
  }

  /** What was found, a sentence each. */
  get findings(): string[] {
    const { model } = this;
    return model.findings.map(({ event }) => describeFinding(model, event));
  }

  /** How many events of each kind were recorded; kinds without one are left out. */
  get eventCounts(): Partial<Record<EventKind, number>> {
    const counts: Partial<Record<EventKind, number>> = {};
    const { kind, length } = this.trace;
    for (let event = 0; event < length; event++) {
      const name = EVENT_KINDS[kind[event]];
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  /** The next `length` characters or so of the trace as JSON; '' at its end, behind which it begins again. For when the run has ended. */
  tracePiece(length: number): string {
    this.pieces ??= traceJsonPieces(this.trace);
    let piece = '';
    while (piece.length < length) {
      const next = this.pieces.next();
      if (next.done === true) break;
      piece += next.value;
    }
    if (piece === '') this.pieces = undefined;
    return piece;
  }

  private started(): Run {
    if (this.run === undefined) throw new Error('missing run: the program has not been started');
    return this.run;
  }

  /** Passes on all that there is; what comes while it is being taken goes together, so one who reads slowly is asked less often. */
  private async writeAll(): Promise<void> {
    try {
      while (this.writes.length > 0) {
        const { writes } = this;
        this.writes = [];
        await this.write(writes);
      }
    } finally {
      this.writing = undefined;
    }
  }

  private append(records: Int32Array): void {
    this.builder.append(records);
    const { trace } = this;
    const { kind, detail, task, value, strings, length } = trace;
    const { writes } = this;
    for (; this.seen < length; this.seen++) {
      this.programs.read(trace, this.seen);
      if (kind[this.seen] !== EventKindCode.output) continue;
      const stream = detail[this.seen] === STDERR ? 'stderr' : 'stdout';
      const text = strings[value[this.seen] >>> 1] ?? '';
      const last = writes.at(-1);
      const program = this.programs.programOf(task[this.seen]);
      if (last?.[0] === stream && last[2] === program) last[1] += text;
      else writes.push([stream, text, program]);
    }
    if (writes.length > 0) this.writing ??= this.writeAll();
    this.others?.look();
    if (this.programs.statuses[this.beside.length] !== undefined) this.lastEnds();
  }
}

/** What the header of a trace says of programs that ran side by side: the first, with the files of all. */
function together(program: Program, beside: readonly Program[]): Program {
  if (beside.length === 0) return program;
  return { ...program, files: [program, ...beside].flatMap(({ files }) => files) };
}
