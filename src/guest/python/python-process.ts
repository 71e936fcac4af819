import { schedulerOf } from '../../kernel/sched/scheduler-of';
import { Kernel } from '../../kernel/kernel';
import { TASK_PID, TASK_TID, WORKER_TELLS, workerAddress } from '../../kernel/layout';
import { exitProcess, exitTask } from '../../kernel/task';
import type { WorkerBoot } from '../../protocol/control';
import type { Pid, Tid } from '../../protocol/ids';
import type { StandingProcess } from '../../protocol/pause';
import { calls, classes } from './calls/calls';
import { CLocks } from './interpreter/c-locks';
import { Descriptors } from './interpreter/descriptors';
import { ClockAndChance } from './interpreter/clock-and-chance';
import { closeDoors } from './interpreter/doors';
import { boot, HOME, type Interpreter, type InterpreterFiles } from './interpreter/boot';
import { writeFiles } from './interpreter/files';
import { Frames } from './interpreter/frames';
import { LineWatch } from './interpreter/line-watch';
import { overlay } from './interpreter/memory-image';
import { showProcesses } from './interpreter/process-files';
import { ProgramMemory } from './interpreter/program-memory';
import { ReadOnlyFolders } from './interpreter/read-only-folders';
import { forgetOtherThreads } from './interpreter/resumption';
import { SharedFiles } from './interpreter/shared-files';
import { SocketFiles } from './interpreter/socket-files';
import type { NativeClass, NativeMethod } from './interpreter/native-class';
import type { NativeFunction } from './interpreter/native-module';
import { newTask } from './interpreter/python-task';
import { reuseStackCopies } from './interpreter/stack-copies';
import { Stacks } from './interpreter/stacks';
import { StandingMemory } from './interpreter/standing-memory';
import type { BaseImage, Entries, LoadableProgram } from './messages';
import type { Carry, ProcessState } from './process-state';
import type { WorkerShare } from './interpreter/turns';
import { mergeWatched, type WatchedViews } from './shared-views';

/**
 * Looks at the kernel lock before a sleep, some 6 µs: Python is in the kernel for a tenth of its time at most. With 200 two processes
 * at the ends of a queue slept on the lock once in twenty ints, with 1000 once in three hundred.
 */
const LOCK_LOOKS = 1000;

/** What the worker does for its process. */
export interface ProcessHost {
  /** A task was started that needs the worker `worker`. */
  startWorker(worker: number, task: number, tid: Tid, carry: Carry | undefined): void;
  terminateWorker(worker: number): void;
  /** The process has ended by itself; `isClean`: the interpreter is as it was before it began. Else it is not worth keeping. */
  released(worker: number, isClean: boolean): void;
  /** The interpreter broke down. */
  crashed(reason: unknown): void;
  /** Where other interpreters are in the same worker, and the recorder too. */
  readonly share?: WorkerShare;
  readonly drainRing?: () => void;
  /** Where the worker is the process's own, and sleeps while the run stands. */
  readonly standsStill?: (turn: number) => void;
}

/** An interpreter that has grown beyond this is not kept for another process. */
const MOST_KEPT_BYTES = 128 * 1024 * 1024;

/** This worker's interpreter, and the process that it runs now. */
export class PythonProcess implements ProcessState {
  interpreter!: Interpreter;
  stacks!: Stacks;
  frames!: Frames;
  memory!: ProgramMemory;
  lines!: LineWatch;
  private standing!: StandingMemory;
  readonly descriptors: Descriptors = new Descriptors(() => this, () => this.sharedFiles);
  private readonly cLocks = new CLocks(() => this);
  private sharedFiles!: SharedFiles;
  private readonly folders = new ReadOnlyFolders();
  private readonly clockAndChance = new ClockAndChance(() => ({
    kernel: this.kernel, heap: () => this.interpreter.native.heap(), chargeSteps: () => this.stacks.chargeSteps(),
  }));
  private readonly socketFiles = new SocketFiles(() => this.kernel);
  kernel: Kernel | undefined;
  threadEntry = 0;
  hasGil = false;
  readonly threads = new Map<number, { address: number; tid: Tid }>();
  readonly watched: WatchedViews = { pid: 0, views: new Set() };
  lastIdent = 0;
  partOf = 0;
  carry: Carry | undefined;
  private idlePointer = 0;
  private image: BaseImage | undefined;

  constructor(private readonly host: ProcessHost) {}

  get zeros(): Uint8Array {
    return this.image!.memory.zeros;
  }

  /** Boots the interpreter: from the base image or, to make that, from nothing. */
  async boot(files: InterpreterFiles, made?: Promise<BaseImage>): Promise<void> {
    const underlay = {
      contents: { functions: this.guardedFunctions(), classes: classes(this).map((one) => this.guardedClass(one)) },
      tick: this.guarded(() => (this.stacks === undefined ? 0 : this.stacks.tick())),
      again: this.guarded((failed: number) => this.stacks.again(failed)),
      locks: {
        wait: this.guarded((lock: number, microseconds: number) => this.cLocks.wait(lock, microseconds)),
        released: this.guarded((lock: number) => this.cLocks.released(lock)),
      },
      wait: () => this.stacks.wait(),
      replaceImports: (imports: WebAssembly.Imports, wait: WebAssembly.ImportValue): void => {
        this.descriptors.replaceImports(imports, wait, this.guarded);
        this.clockAndChance.replaceImports(imports);
      },
    };
    this.interpreter = await boot(files, underlay, made?.then(({ memory }) => memory));
    const image = await made;
    this.sharedFiles = new SharedFiles(this.interpreter.python.FS);
    this.socketFiles.watch(this.interpreter.python.FS);
    this.frames = new Frames(this.interpreter.native);
    this.memory = new ProgramMemory(this.interpreter, this.frames);
    this.standing = new StandingMemory(this.interpreter.native, this.frames);
    reuseStackCopies(this.interpreter.python._module);
    this.stacks = new Stacks(this.interpreter, this.frames, (reason) => this.host.crashed(reason), this.host.share);
    this.stacks.afterOperation = () => mergeWatched(this);
    this.lines = new LineWatch(this.interpreter.native, this.frames, this.stacks, this.memory, () => this.kernel);
    this.stacks.betweenBytecodes = () => this.lines.look();
    this.stacks.endTask = () => {
      this.stacks.awaitTurn(true);
      exitTask(this.kernel!, 0, '');
    };
    this.stacks.endProcess = () => {
      this.stacks.awaitTurn(true);
      this.endBy(() => exitProcess(this.kernel!, 0, ''));
    };
    if (image !== undefined) closeDoors();
    this.descriptors.files.reset();
    showProcesses(this.interpreter.python.FS, () => this.kernel);
    this.idlePointer = this.interpreter.x.emscripten_stack_get_current();
    this.image = image;
    if (image === undefined) return;
    this.threadEntry = image.entries.thread;
    this.interpreter.native.prepareAscii();
    // What Pyodide does after it has laid the image moves the heap on; by addresses CPython orders sets of objects. So that an
    // interpreter that has just booted does what one does that has served, it goes back to the image as well.
    this.layImage();
  }

  /** A function that C calls, as it is where it may have to wait for its turn: see turns.ts. */
  private readonly guarded = <A extends unknown[]>(call: (...values: A) => number): ((...values: A) => number) => {
    if (this.host.share === undefined) return call;
    return (...values) => (this.stacks === undefined ? call(...values) : this.stacks.guard(() => call(...values)));
  };

  private guardedFunctions(): ReturnType<typeof calls> {
    return Object.fromEntries(Object.entries(calls(this)).map(([name, call]): [string, NativeFunction] => (
      [name, this.guarded((native, args, count) => native.answer(call, args, count))]
    )));
  }

  private guardedClass({ methods, ...rest }: NativeClass): NativeClass {
    return {
      ...rest,
      methods: Object.fromEntries(Object.entries(methods).map(([name, method]): [string, NativeMethod] => (
        [name, this.guarded((native, self, args, count, keywords) => native.answerMethod(method, self, args, count, keywords))]
      ))),
    };
  }

  /** The address of the Python object that `expression` gives; it stays alive. */
  addressOf(expression: string): number {
    const { python } = this.interpreter;
    return python._module.PyProxy_getPtr(python.runPython(expression));
  }

  /** Runs the process that the boot message is about. */
  begin({ memory, worker, task, tid, program, carry }: WorkerBoot): void {
    const { files, entry, firstFile, folders, startMethod } = program as LoadableProgram;
    const sent = carry as Carry | undefined;
    const { python, x } = this.interpreter;
    const entries = this.image!.entries;
    if (sent?.kind === 'fork') {
      this.interpreter.growTo(sent.memory.length);
      overlay(new Uint8Array(x.memory.buffer), sent.memory, this.image!.memory.zeros);
      Atomics.store(sent.inUse, 0, 0);
      forgetOtherThreads(this.interpreter.native, sent.resumption?.threadState ?? 0);
    }
    this.folders.show(python.FS, folders);
    this.frames.setFiles(files.map(({ name }) => name), firstFile);

    const kernel = new Kernel(memory, worker, schedulerOf(memory), {
      startWorker: (number, task, tid) => this.host.startWorker(number, task, tid, this.carry),
      ...(this.host.drainRing && { drainRing: this.host.drainRing }),
      ...(this.host.standsStill && { standsStill: this.host.standsStill }),
      // This one ends by itself: it says so when it is clean.
      terminateWorker: (number) => {
        if (number !== worker || !this.isEnding) this.host.terminateWorker(number);
      },
    });
    kernel.lockLooks = LOCK_LOOKS;
    kernel.serve(task, tid as Tid);
    const address = kernel.scheduler.dispatch(kernel);
    kernel.setCurrent(address);
    this.standing.begin();
    this.lines.begin(sent?.kind === 'fork');
    if (kernel.tracing && this.host.standsStill !== undefined) kernel.words[workerAddress(worker) + WORKER_TELLS] = 1;
    this.kernel = this.stacks.kernel = kernel;
    this.sharedFiles.show(kernel);
    if (sent === undefined) writeFiles(python.FS, files.map(({ name, text }) => ({ path: `${HOME}/${name}`, text })));
    if (sent?.kind === 'fork') this.descriptors.files.adopt(sent.open);
    this.clockAndChance.begin(kernel, kernel.homeTid);
    this.descriptors.adopt(sent?.descriptors ?? []);
    const ident = sent?.kind === 'fork' ? sent.ident : this.stacks.mainIdent;
    this.lastIdent = sent?.kind === 'fork' ? sent.lastIdent : ident;
    this.stacks.steps.enableTicks();
    const [run, args] = entryOf(entries, sent, [`${HOME}/${entry}`, startMethod]);
    this.stacks.run(newTask({
      address, tid: kernel.words[address + TASK_TID] as Tid, ident, entry: run, arguments: args,
      ...(sent?.kind === 'fork' && sent.resumption && { resumption: sent.resumption }),
    }));
  }

  /** What the process has in memory, while none of its threads goes on. Undefined where it has none, or the trace shows nothing of them. */
  standingMemory(): StandingProcess | undefined {
    const { kernel } = this;
    if (kernel?.tracing !== true) return undefined;
    return this.standing.read(kernel.words[kernel.home + TASK_PID] as Pid, this.stacks.tasks.values());
  }

  private isEnding = false;

  /** Runs `end`, in which the process ends by its own doing. */
  endBy(end: () => void): number {
    this.isEnding = true;
    end();
    return this.stacks.abandon(() => this.recycle());
  }

  private recycle(): void {
    const { worker } = this.kernel!;
    this.host.released(worker, this.wipe());
  }

  /**
   * The interpreter becomes what it was when it had just booted: cheaper by far than another one. No stack of it may be running; those
   * that are suspended go no further. False where it is not worth keeping.
   */
  wipe(): boolean {
    const { x } = this.interpreter;
    this.isEnding = false;
    if (x.memory.buffer.byteLength > MOST_KEPT_BYTES) return false;
    this.layImage();
    this.kernel = undefined;
    this.sharedFiles.hide();
    this.descriptors.reset();
    this.hasGil = false;
    this.partOf = 0;
    this.threads.clear();
    this.watched.views.clear();
    this.memory.reset();
    this.cLocks.reset();
    this.socketFiles.reset();
    return true;
  }

  private layImage(): void {
    overlay(new Uint8Array(this.interpreter.x.memory.buffer), this.image!.memory.memory, this.image!.memory.zeros);
    this.stacks.reset(this.idlePointer);
  }
}

function entryOf(entries: Entries, sent: Carry | undefined, main: unknown[]): [number, unknown[]] {
  if (sent === undefined) return [entries.main, main];
  return sent.kind === 'fork' ? [entries.forked, []] : [entries.spawned, [sent.code]];
}
