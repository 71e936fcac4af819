import { EINTR, PARKED } from '../../../protocol/errno';
import type { Place, Tid } from '../../../protocol/ids';
import type { Kernel } from '../../../kernel/kernel';
import { TASK_TID } from '../../../kernel/layout';
import { hasSignals } from '../../../kernel/pending-signals';
import { takeSignals } from '../../../kernel/signals';
import type { Interpreter } from './boot';
import type { Frames } from './frames';
import { MainThread } from './main-thread';
import { describe, newTask, type PythonTask, type Resumption } from './python-task';
import { evaluator, resumeChain } from './resumption';
import { StepAccount } from './step-account';
import { INTERRUPTED, SUSPEND } from './suspendable';
import { Turns, type WorkerShare } from './turns';

/** How many ticks of the evaluation loop pass between two looks at the clock. */
const TICKS_PER_LOOK = 80;
/** As CPython's `sys.getswitchinterval`. */
const DEFAULT_SLICE_MS = 5;

/** The Python stacks of one worker: starts, suspends and resumes them, one task of the kernel on each. */
export class Stacks {
  private sliceMs = DEFAULT_SLICE_MS;
  private sliceEnd = 0;
  private ticks = 0;
  readonly tasks = new Map<number, PythonTask>();
  private current: PythonTask | undefined;
  private waiting: Promise<number> = Promise.resolve(0);
  /** Of several interpreters in one worker: the task whose stack is suspended as it stands, for no other of this one has run since. */
  private inPlace: PythonTask | undefined;
  readonly steps: StepAccount;
  /** Where this interpreter is not alone in its worker. */
  private readonly turns: Turns | undefined;
  /** The identity of the thread that Python was initialised on. */
  readonly mainIdent: number;
  readonly mainThread: MainThread;
  kernel: Kernel | undefined;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly frames: Frames,
    private readonly onCrash: (reason: unknown) => void,
    private readonly share?: WorkerShare,
  ) {
    this.turns = share && new Turns(share, onCrash);
    const { x } = interpreter;
    this.steps = new StepAccount(interpreter);
    this.mainIdent = x.weft_thread_ident.value;
    this.mainThread = new MainThread(interpreter.native);
  }

  get running(): PythonTask {
    return this.current!;
  }

  isRunning(tid: Tid): boolean {
    return this.current?.tid === tid;
  }

  setSlice(milliseconds: number): void {
    this.sliceMs = milliseconds;
    this.sliceEnd = Math.min(this.sliceEnd, performance.now() + milliseconds);
  }

  add(task: PythonTask): void {
    this.tasks.set(task.tid, task);
  }

  /** Runs the first task of the worker, which the kernel has dispatched already. */
  run(task: PythonTask): void {
    this.add(task);
    this.current = task;
    this.steps.begin();
    this.grant(this.kernel!);
    this.dispatch(task, 0);
  }

  /**
   * What a native function answers for an operation of the kernel: its result or, while the task is parked, SUSPEND.
   * `attempt` is called again each time the kernel dispatches the task. It must not touch the interpreter's C stack, which
   * may have been moved away by then; `finish` makes the Python value, on the task's own stack. Where a signal has ended the
   * wait, handlers run and the operation goes on, unless it `endsWith` that outcome: then its value is made.
   */
  operate(attempt: () => number, finish: (outcome: number) => number, endsWith: (outcome: number) => boolean = () => false): number {
    const settle = (outcome: number): number => {
      if (outcome !== EINTR) return finish(outcome);
      const goOn = endsWith(outcome) ? (): number => finish(outcome) : (): number => this.operate(attempt, finish, endsWith);
      this.running.interrupted.push(goOn);
      return INTERRUPTED;
    };
    return this.systemCall(attempt, settle);
  }

  /**
   * The same for a system call of C's, to which an interruption is an outcome like others: CPython runs the handlers itself.
   * `atOnce`: one that never waits and that C does while it has a lock of its own. In virtual time the task then keeps its CPU:
   * another thread that came to want that lock would wait for it in C, and let nobody go on.
   */
  systemCall(attempt: () => number, finish: (outcome: number) => number, atOnce = false): number {
    if (atOnce) this.awaitTurn(true);
    const outcome = atOnce ? attempt() : this.attemptInTurn(this.running, attempt);
    const settle = (settled: number): number => {
      this.afterOperation();
      this.grant(this.kernel!);
      const value = finish(settled);
      this.noticeSignals();
      return value;
    };
    return outcome === PARKED ? this.leave(attempt, settle) : settle(outcome);
  }

  /** What a call that was interrupted answers after the handlers have run; `failed` is not 0 where one raised an exception. */
  again(failed: number): number {
    const goOn = this.running.interrupted.pop()!;
    return failed === 0 ? goOn() : 0;
  }

  /** Tells CPython of signals that have come: it runs their handlers between two instructions of the main thread. */
  private noticeSignals(): void {
    const k = this.kernel;
    if (!this.steps.isCounting || k === undefined || k.current === 0 || !hasSignals(k)) return;
    takeSignals(k);
    this.mainThread.interruptBy(k.result);
  }

  /** Called when an operation is done, and at each tick. */
  afterOperation: () => void = () => undefined;

  /**
   * Called by the evaluation loop every CHECKS_PER_TICK checks, and by C functions whenever they ask for signals. Gives way
   * to others when the time slice is over, but only between bytecodes: a C function may hold a lock of its own (`_io` does
   * when it writes), for which another thread would wait without letting this one go on.
   */
  tick(): number {
    if (!this.steps.isBetweenBytecodes) return 0;
    const k = this.kernel;
    if (k?.virtual === true) return this.step(0);
    this.steps.rewind();
    if (++this.ticks % TICKS_PER_LOOK !== 0) return 0;
    if (k === undefined || !this.interpreter.python._module.validSuspender.value) return 0;
    this.afterOperation();
    this.noticeSignals();
    return this.isSliceOver() ? this.giveWay(() => 0) : 0;
  }

  /** Called in virtual time when the running task has settled between two bytecodes, and goes on. */
  betweenBytecodes: () => void = () => undefined;

  get maySettle(): boolean {
    return this.isCharged(this.kernel) && this.interpreter.python._module.validSuspender.value;
  }

  /** The running task settles where it is, with the steps that it has done, and goes on with `value`. Only where it may. */
  settleAt(place: Place, value: number, steps = this.steps.take()): number {
    const k = this.kernel!;
    // Events of the library's, after the program's functions have returned, stand at the last operation's line, wherever it settled since.
    const before = k.place;
    const goOn = (): number => {
      k.place = before;
      this.betweenBytecodes();
      return value;
    };
    k.place = place;
    if (k.scheduler.settle(k, steps, false)) return this.leave(undefined, goOn);
    this.grant(k);
    return goOn();
  }

  /**
   * Virtual time, where the clock of checks is at 0, at a tick or because a line or bytecode of the program is about to be done: the
   * scheduler says when the task has had its CPU long enough. Answers `value`, in its time.
   */
  step(value: number): number {
    if (!this.steps.isSpent() || !this.interpreter.python._module.validSuspender.value) {
      this.steps.arm();
      return this.share === undefined ? value : this.letMessagesIn(this.share, value);
    }
    this.afterOperation();
    this.noticeSignals();
    return this.settleAt(this.frames.place(), value, this.steps.takeSpent());
  }

  /** Only the stack is suspended, and nobody else goes on: the run does not notice. */
  private letMessagesIn(share: WorkerShare, value: number): number {
    if (!share.isLoopTurnDue() || !this.interpreter.python._module.validSuspender.value) return value;
    this.waiting = share.loopTurn().then(() => value);
    return SUSPEND;
  }

  isSliceOver(): boolean {
    if (this.kernel?.virtual === true) return false;
    return performance.now() >= this.sliceEnd;
  }

  /** Lets another task go on that is ready; then, or at once where there is none, goes on with what `finish` answers. */
  giveWay(finish: () => number): number {
    const k = this.kernel!;
    k.place = this.frames.place();
    this.chargeSteps();
    if (k.scheduler.preempt(k)) return this.leave(undefined, finish);
    this.sliceEnd = performance.now() + this.sliceMs;
    return finish();
  }

  /** In virtual time: charges what the running task has done of its own, so that the clock has gone as far as it has. */
  chargeSteps(): void {
    const k = this.kernel;
    if (this.isCharged(k)) k.scheduler.charge(k, this.steps.take());
  }

  /**
   * In virtual time: waits until it is the running task's turn, on its stack: for operations that never wait, whose callers
   * are not prepared to be suspended. `operation` is false for what only the trace is told, which costs nothing. Answers false
   * where the call is tried again (turns.ts) and had come through this turn before: what follows at once has been done.
   */
  awaitTurn(operation: boolean): boolean {
    const k = this.kernel;
    if (!this.isCharged(k)) return true;
    const asked = this.turns?.ask() ?? 'anew';
    if (asked === 'passed') return false;
    if (asked === 'anew' && k.scheduler.keepCpu(k, this.steps.take(), operation)) {
      this.turns?.wait();
      k.scheduler.awaitTurn(k);
    }
    this.grant(k);
    return true;
  }

  /** See turns.ts. */
  get isReplaying(): boolean {
    return this.turns?.isReplaying === true;
  }

  /** What a call does between two turns, and only once however often it is tried. */
  once<T>(effect: () => T): T {
    return this.turns === undefined ? effect() : this.turns.once(effect);
  }

  /** A call from C, which may have to wait for its turn. */
  guard(call: () => number): number {
    if (this.turns === undefined) return call();
    return this.turns.guard(call, (waiting) => (this.waiting = waiting));
  }

  /** Does what may have to wait for its turn, with no stack running. */
  private inTurn<T>(deed: () => T, then: (value: T) => void): void {
    if (this.turns === undefined) then(deed());
    else this.turns.run(deed, then);
  }

  private isCharged(k: Kernel | undefined): k is Kernel {
    return k?.virtual === true && k.current !== 0 && this.steps.isCounting;
  }

  /** Allows as many steps as the running task may do before the scheduler must be asked. */
  private grant(k: Kernel): void {
    if (this.isCharged(k)) this.steps.grant(k.scheduler.allowance(k));
  }

  /** Attempts an operation of the running task when it is the task's turn; PARKED where others must go first. */
  private attemptInTurn(task: PythonTask, attempt: () => number): number {
    const k = this.kernel!;
    if (this.isCharged(k)) {
      if (!task.hasSettled && k.scheduler.settle(k, this.steps.take(), true)) {
        task.hasSettled = true;
        return PARKED;
      }
      task.hasSettled = false;
    }
    return attempt();
  }

  /** The promise of the stack that was just suspended. */
  wait(): Promise<number> {
    return this.waiting;
  }

  /**
   * Suspends the running stack, so that the interpreter's memory is whole, calls `copy`, and goes on with what `finish`
   * makes of its answer.
   */
  whileSuspended(copy: () => number, finish: (outcome: number) => number): number {
    const task = this.running;
    task.finish = finish;
    task.attempt = undefined;
    this.suspend(task);
    this.save(task);
    queueMicrotask(() => this.inTurn(copy, (outcome) => this.dispatch(task, outcome)));
    return SUSPEND;
  }

  /** The running stack goes no further; `then` is called when nothing of Python is on the stack. */
  abandon(then: () => void): number {
    this.waiting = new Promise<number>(() => undefined);
    this.current = undefined;
    queueMicrotask(then);
    return SUSPEND;
  }

  /** Forgets all stacks, after the interpreter's memory has been replaced; the C stack is at `idlePointer`. */
  reset(idlePointer: number): void {
    const { x, python } = this.interpreter;
    const module = python._module;
    this.turns?.reset();
    this.inPlace = undefined;
    this.tasks.clear();
    this.current = undefined;
    this.kernel = undefined;
    this.sliceMs = DEFAULT_SLICE_MS;
    // Pyodide's list of suspended stacks: with the pointer at the base, everything above it is evicted.
    x._emscripten_stack_restore(x.emscripten_stack_get_base());
    module.stackStop = x.emscripten_stack_get_base();
    new module.StackState().restore();
    x._emscripten_stack_restore(idlePointer);
    module.validSuspender.value = false;
    x.weft_thread_ident.value = this.mainIdent;
  }

  /** Another stack of the running task, which enters `entry` when it is switched to. */
  newBeside(entry: number, args: readonly unknown[]): PythonTask {
    const { address, tid, ident } = this.running;
    return newTask({ address, tid, ident, entry, arguments: args });
  }

  /** The running task goes on with another of its stacks; this one when it is switched to, with what `finish` answers. */
  switchTo(stack: PythonTask, finish: () => number): number {
    const from = this.running;
    if (stack === from) return finish();
    if (!this.interpreter.python._module.validSuspender.value) {
      throw new Error('a Python stack with a JavaScript frame in it cannot be suspended');
    }
    from.attempt = undefined;
    from.finish = finish;
    from.place = this.kernel!.place;
    this.suspend(from);
    this.save(from);
    this.goOnWith(stack);
    return SUSPEND;
  }

  private goOnWith(stack: PythonTask): void {
    const { sliceEnd } = this;
    stack.callOn = this.running.callOn;
    this.tasks.set(stack.tid, stack);
    this.current = stack;
    this.dispatch(stack, 0);
    this.sliceEnd = sliceEnd; // to others it is one task, which goes on
  }

  private leave(attempt: (() => number) | undefined, finish: (outcome: number) => number): number {
    const task = this.running;
    task.attempt = attempt;
    task.finish = finish;
    task.place = this.kernel!.place;
    const chosen = this.choose();
    if (chosen?.[0] === task) return finish(chosen[1]); // nobody else ran meanwhile: the stack never moved
    if (!this.interpreter.python._module.validSuspender.value) {
      throw new Error('a Python stack with a JavaScript frame in it cannot be suspended');
    }
    this.suspend(task);
    this.inPlace = task;
    this.goOnAs(chosen);
    return SUSPEND;
  }

  private goOnAs(chosen: readonly [PythonTask, number] | undefined): void {
    if (chosen === undefined) {
      this.share!.yieldWorker();
      return;
    }
    const { inPlace } = this;
    this.inPlace = undefined;
    if (inPlace === chosen[0]) {
      this.sliceEnd = performance.now() + this.sliceMs;
      inPlace.resume!(inPlace.finish!(chosen[1]));
      return;
    }
    if (inPlace !== undefined) this.save(inPlace);
    this.dispatch(...chosen);
  }

  /** One of several interpreters of a worker goes on: one of its tasks executes. */
  takeWorker(): void {
    const k = this.kernel!;
    if (this.turns?.isWaiting !== true) {
      this.goOnAs(this.choose());
      return;
    }
    k.scheduler.awaitTurn(k);
    this.turns.goOn();
  }

  /**
   * The next task that really goes on, with the outcome of the operation that it was parked in. Undefined where that is none of this
   * interpreter's, which others of the worker must not wait for.
   */
  private choose(): [PythonTask, number] | undefined {
    const k = this.kernel!;
    for (;;) {
      if (this.share !== undefined && !k.scheduler.hasTurn(k)) return undefined;
      const address = k.scheduler.dispatch(k);
      const task = this.tasks.get(k.words[address + TASK_TID]);
      if (task === undefined) return k.panic(`worker ${k.worker} was given task ${k.words[address + TASK_TID]}, which it does not carry`);
      k.setCurrent(address);
      k.place = task.place;
      this.grant(k);
      const outcome = task.attempt === undefined ? 0 : this.attemptInTurn(task, task.attempt);
      if (outcome === PARKED) continue;
      task.attempt = undefined;
      this.current = task;
      return [task, outcome];
    }
  }

  private save(task: PythonTask): void {
    const { x, python } = this.interpreter;
    const module = python._module;
    task.detached = x.PyThreadState_GetUnchecked() === 0;
    if (task.detached) x.PyEval_RestoreThread(x.PyGILState_GetThisThreadState());
    task.detours = this.frames.bypassStack(x.PyThreadState_GetUnchecked());
    task.threadState = x.captureThreadState();
    task.stack = new module.StackState();
    task.suspender = module.suspenderGlobal.value;
    module.validSuspender.value = false;
  }

  /** What was called answers SUSPEND: the stack goes on when `task.resume` is called. */
  private suspend(task: PythonTask): void {
    const resume = this.turns?.resume;
    if (resume === undefined) this.waiting = new Promise<number>((resolve) => (task.resume = resolve));
    else task.resume = resume;
  }

  private dispatch(task: PythonTask, outcome: number): void {
    const { x, python } = this.interpreter;
    this.sliceEnd = performance.now() + this.sliceMs;
    x.weft_thread_ident.value = task.ident;
    const { resume } = task;
    if (resume === undefined) {
      queueMicrotask(() => void this.start(task));
      return;
    }
    const module = python._module;
    task.stack!.restore();
    this.frames.putBack(task.detours!);
    x.restoreThreadState(task.threadState);
    module.suspenderGlobal.value = task.suspender;
    module.validSuspender.value = true;
    const value = task.finish!(outcome);
    if (task.detached) x.PyEval_SaveThread();
    resume(value);
  }

  /** Enters Python on a new stack: what Pyodide's callPromising does, without a turn of the worker's event loop. */
  private async start(task: PythonTask): Promise<void> {
    const { x, python, native } = this.interpreter;
    const module = python._module;
    module.enterTask();
    module.validSuspender.value = false;
    if (task.resumption !== undefined) {
      await this.resume(task, task.resumption);
      return;
    }
    const exception = x.malloc(4);
    try {
      const [result] = await module.promisingApply(task.entry, task.arguments, task.arguments.length, [], 0, exception);
      if (result === module.error) throw new Error(`a Python stack ended with ${describe(this.interpreter, native.heap().u32[exception >> 2])}`);
    } catch (reason) {
      this.onCrash(reason);
      return;
    }
    x.free(exception);
    module.validSuspender.value = false;
    if (task.next !== undefined) {
      this.goOnWith(task.next);
      return;
    }
    // A thread's function has returned. Its task ends; the stack of a process ends in `abandon`.
    this.tasks.delete(task.tid);
    this.inTurn(() => this.endTask(), () => this.goOnAs(this.choose()));
  }

  /** Goes on with a stack of the parent's, as its thread's function in the child answers 0 to. The process ends with it. */
  private async resume(task: PythonTask, { threadState, chain }: Resumption): Promise<void> {
    const { x, native } = this.interpreter;
    try {
      x.restoreThreadState(threadState);
      await resumeChain(native, chain, native.fromInt(0), evaluator(this.interpreter), (later) => (task.later = later));
    } catch (reason) {
      this.onCrash(reason);
      return;
    }
    this.inTurn(() => this.endProcess(), () => undefined);
  }

  /** Ends the process whose last stack has ended. */
  endProcess: () => void = () => undefined;

  /** Ends the kernel's task of the stack that has ended. */
  endTask: () => void = () => undefined;
}
