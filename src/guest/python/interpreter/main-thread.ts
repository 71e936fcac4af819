import { LAST_SIGNAL, maskOf } from '../../../kernel/signals';
import type { NativeModule } from './native-module';
import { readOffsets } from './offsets';

/** Words of _PyRuntime in which the main thread is looked for. */
const SEARCHED = 1024;

/**
 * Which thread is Python's main thread, the one that runs the handlers of signals. Pyodide takes every stack that it
 * switches to for it.
 */
export class MainThread {
  /** Address, in _PyRuntime, of the main thread's identity, behind which is its state; and that state. */
  private at = 0;
  private state = 0;

  constructor(private readonly native: NativeModule) {}

  /** It is the running thread from here on; `former` is the identity of the one that it was. */
  become(former: number, ident: number): void {
    const { native } = this;
    const { u32 } = native.heap();
    this.state = native.x.PyThreadState_Get();
    this.at = this.find(former);
    u32[this.at >> 2] = ident;
    u32[(this.at >> 2) + 1] = this.state;
  }

  /**
   * It runs the handlers of signals before its next instruction, those that there are. To tell CPython of them may write to a descriptor
   * (`set_wakeup_fd`), and a call whose wait was interrupted has its errno still to be read.
   */
  interruptBy(mask: number): void {
    const { native } = this;
    const errno = native.x.__errno_location() >> 2;
    const kept = native.heap().i32[errno];
    for (let signal = 1; signal <= LAST_SIGNAL; signal++) if ((mask & maskOf(signal)) !== 0) this.interrupt(signal);
    native.heap().i32[errno] = kept;
  }

  /** It runs the handler of `signal` before its next instruction, if there is one. */
  interrupt(signal: number): void {
    this.native.heap().u32[(this.at >> 2) + 1] = this.state;
    this.native.x.PyErr_SetInterruptEx(signal);
  }

  private find(ident: number): number {
    const { native } = this;
    const { u32 } = native.heap();
    const at = readOffsets(native);
    const interpreterOf = (state: number): number => u32[(state + at.interpreter) >> 2];
    const start = native.x._PyRuntime.value >> 2;
    for (let word = start; word < start + SEARCHED; word++) {
      const state = u32[word + 1];
      if (u32[word] !== ident || state % 4 !== 0 || state >= u32.byteLength) continue;
      if (interpreterOf(state) === interpreterOf(this.state)) return word << 2;
    }
    throw new Error('_PyRuntime has no main thread where it was expected');
  }
}
