import type { Kernel } from '../../../kernel/kernel';
import { recordCalls } from '../../../kernel/program-objects';
import type { Interpreter } from './boot';
import type { CallStack, Frames } from './frames';
import { LocalVariables } from './local-variables';

/** What the program has in memory, for the trace: its call stacks and local variables, read here, and its globals, which Python looks at. */
export class ProgramMemory {
  /** Address of the Python function that looks at variables; 0: nothing is recorded. */
  private looker = 0;
  private isLooking = false;
  private readonly stacks = new Map<number, CallStack>();
  private readonly locals: LocalVariables;

  constructor(private readonly interpreter: Interpreter, private readonly frames: Frames) {
    this.locals = new LocalVariables(interpreter.native, frames);
  }

  get isWatched(): boolean {
    return this.looker !== 0 && !this.isLooking;
  }

  /** Calls `looker` from here on, and `sayer` for what a local variable is to be shown as; they stay alive. */
  watch(looker: number, sayer: number): void {
    this.looker = looker;
    this.interpreter.x.Py_IncRef(looker);
    this.interpreter.x.Py_IncRef(sayer);
    this.locals.begin(sayer);
  }

  /** Forgets the process that the worker served. */
  reset(): void {
    this.looker = 0;
    this.stacks.clear();
    this.locals.begin(0);
  }

  /** Records what is another than before, at the beginning of an operation. `uncounted` runs what the program must not pay for. */
  look(k: Kernel, uncounted: (run: () => void) => void): void {
    if (!this.isWatched) return;
    this.lookAtCalls(k);
    this.isLooking = true;
    try {
      // Between Py_BEGIN_ALLOW_THREADS and its end C has given the thread state away, and Python cannot be called.
      if (this.interpreter.x.PyThreadState_GetUnchecked() === 0) this.locals.look(k, false);
      else {
        uncounted(() => this.unsuspended(() => {
          this.callLooker();
          this.locals.look(k, true);
        }));
      }
    } finally {
      this.isLooking = false;
    }
  }

  private lookAtCalls(k: Kernel): void {
    const known = this.stacks.get(k.currentTid);
    const calls = this.frames.callsUnless(known);
    if (calls === undefined) return;
    this.stacks.set(k.currentTid, calls);
    recordCalls(k, this.frames.describe(calls), calls.depth);
  }

  private callLooker(): void {
    const { x } = this.interpreter;
    const result = x.PyObject_CallNoArgs(this.looker);
    if (result === 0) x.PyErr_Clear();
    else x.Py_DecRef(result);
  }

  /** What runs in it calls Python that is never suspended, and collects nothing of the program's. */
  private unsuspended(run: () => void): void {
    const { x, python } = this.interpreter;
    const { validSuspender } = python._module;
    const maySuspend = validSuspender.value;
    validSuspender.value = false;
    const collects = x.PyGC_Disable();
    run();
    if (collects === 1) x.PyGC_Enable();
    validSuspender.value = maySuspend;
  }
}
