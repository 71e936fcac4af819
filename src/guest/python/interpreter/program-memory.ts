import type { Kernel } from '../../../kernel/kernel';
import { recordCalls } from '../../../kernel/program-objects';
import type { Place } from '../../../protocol/ids';
import type { Interpreter } from './boot';
import type { CallStack, Frames } from './frames';
import { GlobalVariables } from './global-variables';
import { LocalVariables } from './local-variables';
import { PlainValues } from './plain-values';

/** What the program has in memory, for the trace: its call stacks, and its local and global variables. */
export class ProgramMemory {
  private isRecorded = false;
  private isLooking = false;
  private readonly stacks = new Map<number, CallStack>();
  private readonly locals: LocalVariables;
  private readonly globals: GlobalVariables;

  constructor(private readonly interpreter: Interpreter, private readonly frames: Frames) {
    const plain = new PlainValues(interpreter.native);
    this.locals = new LocalVariables(interpreter.native, frames, plain);
    this.globals = new GlobalVariables(interpreter.native, plain);
  }

  get isWatched(): boolean {
    return this.isRecorded && !this.isLooking;
  }

  /**
   * From here on asks `finder` which globals there are, `shower` what a global and `sayer` what a local variable is to be shown as:
   * addresses of Python functions, which stay alive.
   */
  watch(finder: number, shower: number, sayer: number): void {
    this.isRecorded = true;
    for (const kept of [finder, shower, sayer]) this.interpreter.x.Py_IncRef(kept);
    this.globals.begin(finder, shower);
    this.locals.begin(sayer);
  }

  /** Forgets the process that the worker served. */
  reset(): void {
    this.isRecorded = false;
    this.stacks.clear();
    this.globals.begin(0, 0);
    this.locals.begin(0);
  }

  /** Where the program is, at the beginning of an operation: {@link look} is to follow before Python goes on. */
  place(): Place {
    return this.isWatched ? this.frames.walk() : this.frames.place();
  }

  /** Records what is another than before, at the beginning of an operation. `uncounted` runs what the program must not pay for. */
  look(k: Kernel, uncounted: (run: () => void) => void): void {
    if (!this.isWatched) return;
    this.lookAtCalls(k);
    this.isLooking = true;
    try {
      // Between Py_BEGIN_ALLOW_THREADS and its end C has given the thread state away, and Python cannot be called.
      const mayAsk = this.interpreter.x.PyThreadState_GetUnchecked() !== 0;
      const ask = (question: () => void): void => uncounted(() => this.unsuspended(question));
      if (mayAsk) this.globals.look(k, ask);
      this.locals.look(k, mayAsk ? ask : undefined);
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

  /** What runs in it calls Python that is never suspended, and collects nothing of the program's. */
  unsuspended(run: () => void): void {
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
