import type { BootProgress, PreparedProgram, WholeRunGuest } from '../guest/guest';
import type { LastMoment, ProgramStart, RunCommand, RunReport } from '../protocol/control';
import { DONE, errnoName } from '../protocol/errno';
import type { Tid } from '../protocol/ids';
import type { StopWish } from '../protocol/pause';
import { STEP_LIMITS, type Program, type RunSettings } from '../protocol/program';
import { translate } from '../text/translate';
import type { Run, RunListener, RunResult } from './machine-types';
import { brokenOffRecords, PANIC_STATUS, panicRecords } from './panic-records';

/** How long the worker may take to answer Stop: a call into C keeps it from its messages. Then it is taken away. */
const STOP_PATIENCE_MS = 1000;
/** Of a run that was stopped: as a process that SIGKILL ended. */
const STOPPED_STATUS = -9;

/** The machine of a page that is not cross-origin isolated: every process of a run in one worker, in virtual time. */
export class OneWorker {
  private readonly workers = new Map<WholeRunGuest, Promise<Worker>>();
  private current: Run | undefined;

  constructor(private readonly onProgress?: (progress: BootProgress) => void) {}

  get idleWorkers(): number {
    return this.current === undefined ? this.workers.size : 0;
  }

  /** Fetches and starts what a run of this program will need. What fails is for the run to tell. */
  async warm(guest: WholeRunGuest, program: Program): Promise<void> {
    await guest.prepare(program, this.onProgress).then(() => this.workerOf(guest)).catch(() => undefined);
  }

  /** Once a program of the language has been prepared. */
  private workerOf(guest: WholeRunGuest): Promise<Worker> {
    let worker = this.workers.get(guest);
    if (worker === undefined) {
      worker = startWorker(guest);
      this.workers.set(guest, worker);
      // The next run tries again.
      worker.catch(() => this.workers.delete(guest));
    }
    return worker;
  }

  async run(guest: WholeRunGuest, programs: readonly Program[], settings: RunSettings, listener: RunListener): Promise<Run> {
    while (this.current !== undefined) await this.current.finished;
    if (settings.clock !== 'virtual') throw new Error(translate('ui.machine.noRealTime'));
    const starts: ProgramStart[] = [];
    let fileCount = 0;
    for (const program of programs) {
      const prepared = await guest.prepare(program, this.onProgress, settings, fileCount);
      starts.push(startOf(program, prepared, fileCount));
      fileCount += prepared.files.length;
    }
    const worker = await this.workerOf(guest);
    const { stdin, folders: _folders, clock: _clock, tracing, races, memoryBytes, startMethod: _startMethod, ...virtual } = settings;
    const run = new RunInOneWorker(worker, guest, settings, listener, fileCount, () => this.lose(guest));
    this.current = run;
    void run.finished.then(() => (this.current = undefined));
    run.begin({
      type: 'run', programs: starts, tracing,
      virtual: { ...virtual, stepLimit: settings.stepLimit ?? STEP_LIMITS[guest.language] },
      watching: races === true, ...(memoryBytes !== undefined && { memoryBytes }), ...(stdin !== undefined && { stdin }),
    });
    return run;
  }

  dispose(): void {
    void this.current?.stop();
    for (const worker of this.workers.values()) void worker.then((started) => started.terminate(), () => undefined);
    this.workers.clear();
  }

  private lose(guest: WholeRunGuest): void {
    void this.workers.get(guest)?.then((worker) => worker.terminate());
    this.workers.delete(guest);
  }
}

function startWorker(guest: WholeRunGuest): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = guest.createWorker();
    worker.onmessage = ({ data }: MessageEvent<RunReport>) => {
      if (data.type === 'worker ready') resolve(worker);
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(`no worker could be started: ${event.message || 'this page refuses them'}`));
    };
  });
}

function startOf({ entry, beside }: Program, { message, files }: PreparedProgram, firstFile: number): ProgramStart {
  return { entry, ...(beside && { beside }), message, files, firstFile };
}

/** One run, as the page sees it. */
class RunInOneWorker implements Run {
  readonly finished: Promise<RunResult>;
  private finish!: (result: RunResult) => void;
  private isOver = false;
  /** As of the last records. */
  private moment: LastMoment = { time: 0, string: 1 };
  private inputIsWanted = false;
  /** Programs that are being added, in order. */
  private readonly adding: ((outcome: number) => void)[] = [];
  /** Choices of the reader's that are being taken, in order. */
  private readonly choosing: ((taken: boolean) => void)[] = [];

  constructor(
    private readonly worker: Worker,
    private readonly guest: WholeRunGuest,
    private readonly settings: RunSettings,
    private readonly listener: RunListener,
    private fileCount: number,
    /** The worker cannot be used again. */
    private readonly onLost: () => void,
  ) {
    this.finished = new Promise((resolve) => (this.finish = resolve));
    worker.onmessage = ({ data }: MessageEvent<RunReport>) => this.hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.panic(`the worker died: ${event.message || 'the browser took it away'}`);
    };
  }

  begin(command: RunCommand): void {
    this.send(command);
  }

  async stop(): Promise<RunResult> {
    if (this.isOver) return this.finished;
    this.send({ type: 'stop' });
    const timer = setTimeout(() => {
      if (this.isOver) return;
      this.listener.records(brokenOffRecords(this.moment, STOPPED_STATUS));
      this.onLost();
      this.end({ reason: 'stopped', status: STOPPED_STATUS });
    }, STOP_PATIENCE_MS);
    const result = await this.finished;
    clearTimeout(timer);
    return result;
  }

  async expect(programs: number): Promise<void> {
    this.send({ type: 'expect', programs });
  }

  async add(another: Program): Promise<void> {
    if (another.language !== this.guest.language) throw new Error(`unsupported: ${another.language} beside ${this.guest.language}`);
    const prepared = await this.guest.prepare(another, undefined, this.settings, this.fileCount);
    const program = startOf(another, prepared, this.fileCount);
    this.fileCount += prepared.files.length;
    this.send({ type: 'add', program });
    const outcome = await Promise.race([new Promise<number>((resolve) => this.adding.push(resolve)), this.finished]);
    if (outcome !== DONE) {
      const why = typeof outcome === 'number' ? errnoName(outcome) : 'the run is over';
      throw new Error(`${another.entry} did not start beside the others: ${why}`);
    }
  }

  async goOn(wish: StopWish): Promise<void> {
    this.send({ type: 'go on', wish });
  }

  async choose(task: Tid): Promise<boolean> {
    this.send({ type: 'choose', task });
    const taken = await Promise.race([new Promise<boolean>((resolve) => this.choosing.push(resolve)), this.finished]);
    return taken === true;
  }

  writeInput(line: string | null): void {
    this.send({ type: 'line', line });
  }

  private send(command: RunCommand): void {
    if (!this.isOver) this.worker.postMessage(command);
  }

  private hear(report: RunReport): void {
    if (this.isOver) return;
    switch (report.type) {
      case 'records':
        this.moment = report.moment;
        this.listener.records(report.records);
        return;
      case 'input wanted':
        this.inputIsWanted = report.wanted;
        this.listener.inputWanted(report.wanted);
        return;
      case 'added':
        this.adding.shift()?.(report.outcome);
        return;
      case 'paused':
        this.listener.paused?.(report.state);
        return;
      case 'chosen':
        this.choosing.shift()?.(report.taken);
        return;
      case 'panicked':
        this.panic(report.fact);
        return;
      case 'over':
        this.end({ reason: report.reason, status: report.status });
        return;
      case 'worker ready':
    }
  }

  /** Nothing in the worker can be trusted any more; what was recorded is kept. */
  private panic(fact: string): void {
    if (this.isOver) return;
    this.listener.records(panicRecords(this.moment, fact));
    this.onLost();
    this.end({ reason: 'panic', status: PANIC_STATUS });
  }

  private end(result: RunResult): void {
    this.isOver = true;
    if (this.inputIsWanted) this.listener.inputWanted(false);
    this.finish(result);
  }
}
