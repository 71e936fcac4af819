import { inputIsWanted, defineFile, giveLine, giveText } from '../../kernel/console';
import { drainRing } from '../../kernel/drain-ring';
import { Kernel, KernelPanic } from '../../kernel/kernel';
import { lastMoment, panicText } from '../../kernel/last-words';
import {
  END_REASON, EXECUTING, EXIT_STATUS, LIVE_TASKS, PAUSE_TURNS, RING_HEAD, RING_TAIL, RUN_STATE, RunState, TASK_TID, TASK_WORKER,
} from '../../kernel/layout';
import { createMemory } from '../../kernel/machine-memory';
import { answer, changeStop, pauseState } from '../../kernel/sched/pause';
import { schedulerOf } from '../../kernel/sched/scheduler-of';
import { addTask, endExpectation, endLostWorker, endRun, expectProgram, freeWorkerSlot } from '../../kernel/task';
import type { ProgramStart, RunCommand, RunReport } from '../../protocol/control';
import { ESRCH } from '../../protocol/errno';
import type { Tid } from '../../protocol/ids';
import type { PauseState } from '../../protocol/pause';
import { END_REASONS, EndReasonCode } from '../../protocol/words';
import { firstProcess } from '../first-process';
import type { WorkerShare } from './interpreter/turns';
import type { Interpreters } from './interpreters';
import type { PythonProcess } from './python-process';
import type { Carry } from './process-state';

/** How long the worker works without looking at its messages (Stop, a line of the reader's). */
const LOOP_TURN_MS = 50;
/** How often the page gets what was recorded. */
const RECORDS_MS = 16;
/** Between two looks at the clock: so many ticks. */
const TICKS_PER_LOOK = 16;

/** A process of the run that has a worker's number and has not executed yet. */
interface Start {
  readonly task: number;
  readonly tid: Tid;
  readonly carry: Carry | undefined;
  readonly program: ProgramStart;
}

interface Running {
  readonly process: PythonProcess;
  readonly program: ProgramStart;
}

/**
 * A run on plain memory with every process of it in this worker. What the kernel calls a worker is an interpreter here. One task
 * executes at a time in virtual time; its interpreter has this worker until another's task executes. Then its stack is suspended
 * (`yieldWorker`), and the interpreter of that task goes on.
 */
export class WholeRun implements WorkerShare {
  private readonly k: Kernel;
  private readonly running = new Map<number, Running>();
  private readonly starts = new Map<number, Start>();
  /** Numbers whose processes were ended by others, or by the machine. */
  private readonly ended = new Set<number>();
  /** The program that is being started by the page, and how many are to come. */
  private starting: ProgramStart;
  private expected = 0;
  private inputWanted = false;
  private wasPaused = false;
  private pausesTold = 0;
  /** Nobody can go on: the reader is waited for, or a program that is to be added. */
  private isIdle = false;
  private isOver = false;
  private ticks = 0;
  private lastTurn = performance.now();
  private lastRecords = 0;
  private readonly loop = new MessageChannel();

  constructor(
    command: Extract<RunCommand, { type: 'run' }>,
    used: ArrayBufferLike | undefined,
    private readonly interpreters: Interpreters,
    private readonly report: (report: RunReport, transfer?: Transferable[]) => void,
    /** The memory may be used for another run. */
    private readonly onOver: (memory: ArrayBufferLike) => void,
  ) {
    const { programs, tracing, watching, virtual, memoryBytes, stdin } = command;
    const memory = createMemory({ shared: false, tracing, watching, bytes: memoryBytes, virtual, used });
    this.starting = programs[0];
    this.k = new Kernel(memory, -1, schedulerOf(memory), {
      startWorker: (worker, task, tid) => this.starts.set(worker, { task, tid, carry: undefined, program: this.starting }),
      terminateWorker: (worker) => this.ended.add(worker),
      drainRing: this.drain,
    });
    this.change((k) => {
      if (stdin !== undefined) giveText(k, stdin);
      for (const [number, program] of programs.entries()) {
        this.defineFiles(program);
        this.starting = program;
        addTask(k, firstProcess(program, number));
      }
    });
  }

  /** The page asks for something, while this run goes on. */
  take(command: RunCommand): void {
    if (this.isOver) return;
    this.change((k) => {
      switch (command.type) {
        case 'stop':
          endRun(k, EndReasonCode.stopped);
          for (; this.expected > 0; this.expected--) endExpectation(k);
          return;
        case 'line':
          giveLine(k, command.line);
          return;
        case 'expect':
          for (let more = command.programs; more > 0 && k.words[LIVE_TASKS] > 0; more--, this.expected++) expectProgram(k);
          return;
        case 'add':
          this.report({ type: 'added', outcome: this.add(k, command.program) });
          return;
        case 'go on':
          changeStop(k, command.wish);
          return;
        case 'choose':
          this.report({ type: 'chosen', taken: answer(k, command.task) });
      }
    });
    if (this.isIdle) this.goOn();
  }

  private add(k: Kernel, program: ProgramStart): number {
    if (k.words[LIVE_TASKS] === 0) return ESRCH;
    this.defineFiles(program);
    this.starting = program;
    const outcome = addTask(k, firstProcess(program));
    if (this.expected > 0) {
      this.expected--;
      endExpectation(k);
    }
    return outcome;
  }

  private defineFiles({ files, firstFile }: ProgramStart): void {
    files.forEach((name, index) => defineFile(this.k, firstFile + index, name));
  }

  /** Changes the kernel's memory, which nobody is in the middle of: operations are never interrupted. */
  private change(deed: (k: Kernel) => void): void {
    const { k } = this;
    if (Atomics.load(k.words, RUN_STATE) === RunState.Panicked) return;
    k.lock();
    try {
      deed(k);
    } finally {
      k.unlock();
    }
  }

  /** A process starts another. */
  startWorker(of: PythonProcess, worker: number, task: number, tid: Tid, carry: Carry | undefined): void {
    const program = [...this.running.values()].find(({ process }) => process === of)!.program;
    this.starts.set(worker, { task, tid, carry, program });
  }

  /** The tasks of this number have been ended, perhaps by one of their own: it is taken away when nobody has the worker. */
  terminateWorker(worker: number): void {
    this.ended.add(worker);
  }

  /** A process has ended by itself, and has the worker. */
  released(worker: number, isClean: boolean): void {
    const { process } = this.running.get(worker)!;
    this.running.delete(worker);
    if (isClean) this.interpreters.giveBack(process);
    this.change((k) => freeWorkerSlot(k, worker));
    this.yieldWorker();
  }

  /** An interpreter broke down, which had the worker. */
  crashed(of: PythonProcess, reason: unknown): void {
    const [worker] = [...this.running].find(([, { process }]) => process === of) ?? [-1];
    if (worker >= 0 && !(reason instanceof KernelPanic)) {
      this.running.delete(worker);
      this.ended.add(worker);
      this.change((k) => endLostWorker(k, worker, `worker died: ${String(reason)}`));
    }
    this.yieldWorker();
  }

  yieldWorker(): void {
    // What is on the stack returns first, and so is suspended.
    queueMicrotask(() => this.goOn());
  }

  afterCall(): void {
    // Before a call into C that takes long: what was printed is seen meanwhile, and is there if the worker is taken away.
    if (performance.now() - this.lastRecords >= RECORDS_MS) this.sendRecords();
  }

  isLoopTurnDue(): boolean {
    return ++this.ticks % TICKS_PER_LOOK === 0 && performance.now() - this.lastTurn >= LOOP_TURN_MS;
  }

  async loopTurn(): Promise<void> {
    this.sendRecords();
    await new Promise<void>((resolve) => {
      this.loop.port1.onmessage = () => resolve();
      this.loop.port2.postMessage(0);
    });
    this.lastTurn = performance.now();
    if (this.goesOn()) return;
    this.goOn();
    await new Promise(() => undefined);
  }

  private goesOn(): boolean {
    return Atomics.load(this.k.words, RUN_STATE) === RunState.Running;
  }

  /** Nobody has the worker: whose task executes gets it. */
  goOn(): void {
    if (this.isOver) return;
    this.isIdle = false;
    try {
      this.takeAwayEnded();
      const now = performance.now();
      if (now - this.lastRecords >= RECORDS_MS) this.sendRecords();
      if (!this.goesOn()) this.finish();
      else if (now - this.lastTurn >= LOOP_TURN_MS) void this.loopTurn().then(() => this.goOn());
      else this.hand();
    } catch (error) {
      if (!(error instanceof KernelPanic)) this.notePanic(error);
      this.finish();
    }
  }

  private hand(): void {
    const { words } = this.k;
    const task = words[EXECUTING];
    if (task === 0) {
      this.isIdle = true;
      this.sendRecords();
      return;
    }
    const worker = words[task + TASK_WORKER];
    const running = this.running.get(worker);
    if (running !== undefined) {
      running.process.stacks.takeWorker();
      return;
    }
    const start = this.starts.get(worker);
    if (start === undefined) this.k.panic(`task ${words[task + TASK_TID]} executes, and no interpreter has worker ${worker}`);
    const interpreter = this.interpreters.take();
    if (interpreter !== undefined) this.begin(worker, start, interpreter);
    else void this.bootFor(worker, start);
  }

  private async bootFor(worker: number, start: Start): Promise<void> {
    try {
      const interpreter = await this.interpreters.boot();
      this.lastTurn = performance.now();
      if (this.goesOn()) this.begin(worker, start, interpreter);
      else {
        this.interpreters.giveBack(interpreter);
        this.goOn();
      }
    } catch (error) {
      this.starts.delete(worker);
      this.change((k) => endLostWorker(k, worker, `worker died: ${String(error)}`));
      this.goOn();
    }
  }

  private begin(worker: number, { task, tid, carry, program }: Start, process: PythonProcess): void {
    this.starts.delete(worker);
    this.running.set(worker, { process, program });
    process.begin({ memory: this.k.memory, worker, task, tid, program: program.message, carry });
  }

  private takeAwayEnded(): void {
    if (this.ended.size === 0) return;
    for (const worker of this.ended) {
      const running = this.running.get(worker);
      if (running?.process.wipe() === true) this.interpreters.giveBack(running.process);
      this.running.delete(worker);
      const carry = this.starts.get(worker)?.carry;
      if (carry?.kind === 'fork') Atomics.store(carry.inUse, 0, 0);
      this.starts.delete(worker);
      this.change((k) => freeWorkerSlot(k, worker));
    }
    this.ended.clear();
  }

  /** The ring is full, or the page is to see what has happened. */
  readonly drain = (): void => {
    const { k } = this;
    this.lastRecords = performance.now();
    if (k.words[RING_HEAD] === k.words[RING_TAIL]) return;
    const records = drainRing(k.words);
    this.report({ type: 'records', records, moment: lastMoment(k) }, [records.buffer]);
  };

  private sendRecords(): void {
    this.drain();
    const { words } = this.k;
    if (inputIsWanted(words) !== this.inputWanted) {
      this.inputWanted = !this.inputWanted;
      this.report({ type: 'input wanted', wanted: this.inputWanted });
    }
    if (words[PAUSE_TURNS] !== this.pausesTold) this.tellPause();
  }

  private tellPause(): void {
    this.pausesTold = this.k.words[PAUSE_TURNS];
    let state: PauseState | undefined;
    this.change((k) => (state = pauseState(k)));
    if (state !== undefined) this.report({ type: 'paused', state: { ...state, ...this.standingMemory() } });
    else if (this.wasPaused) this.report({ type: 'paused', state });
    this.wasPaused = state !== undefined;
  }

  private standingMemory(): Pick<PauseState, 'memory'> {
    const memory = [...this.running.values()].flatMap(({ process }) => process.standingMemory() ?? []).sort((a, b) => a.pid - b.pid);
    return memory.length > 0 ? { memory } : {};
  }

  private notePanic(error: unknown): void {
    try {
      this.k.panic(`the worker failed: ${String(error)}`);
    } catch (panic) {
      if (!(panic instanceof KernelPanic)) throw panic;
    }
  }

  private finish(): void {
    const { k } = this;
    this.isOver = true;
    this.loop.port1.close();
    this.drain();
    if (this.inputWanted) this.report({ type: 'input wanted', wanted: false });
    if (this.wasPaused) this.report({ type: 'paused', state: undefined });
    if (k.words[RUN_STATE] === RunState.Panicked) {
      this.report({ type: 'panicked', fact: panicText(k) });
      return;
    }
    for (const { process } of this.running.values()) if (process.wipe()) this.interpreters.giveBack(process);
    this.report({ type: 'over', reason: END_REASONS[k.words[END_REASON]], status: k.words[EXIT_STATUS] });
    this.onOver(k.memory);
  }
}

