import { DONE, EOF } from '../../../protocol/errno';
import { StartMethodCode } from '../../../protocol/words';
import { readInput, STDERR, STDOUT, writeOutput } from '../../../kernel/console';
import { TASK_METHOD } from '../../../kernel/layout';
import { kernelOf, type ProcessState } from '../process-state';

/** The descriptors 0, 1 and 2 of a process, as a terminal has them. */
export class Console {
  /** A character may be split between two writes. */
  private decoders = [new TextDecoder(), new TextDecoder()];
  /** What is left of a line that was longer than its reader asked for. */
  private pending = new Uint8Array(0);

  constructor(private readonly process: () => ProcessState) {}

  write(stream: number, bytes: Uint8Array): number {
    const decoder = this.decoders[stream === STDERR ? 1 : 0];
    const text = decoder.decode(bytes, { stream: true });
    const k = kernelOf(this.process());
    if (text !== '') writeOutput(k, stream === STDERR ? STDERR : STDOUT, text);
    k.result = bytes.length;
    return DONE;
  }

  /** A line of the reader's, or as much of it as is asked for, into the kernel's scratch. Only the first process has a reader. */
  read(most: number): number {
    const k = kernelOf(this.process());
    if (this.pending.length === 0) {
      k.result = 0;
      if (k.words[k.home + TASK_METHOD] !== StartMethodCode.initial) return DONE;
      const outcome = readInput(k, Infinity);
      if (outcome === EOF) {
        k.result = 0;
        return DONE;
      }
      if (outcome !== DONE) return outcome;
      this.pending = k.scratch.slice(0, k.result);
    }
    k.result = Math.min(most, this.pending.length);
    k.scratch.set(this.pending.subarray(0, k.result));
    this.pending = this.pending.slice(k.result);
    return DONE;
  }

  reset(): void {
    this.decoders = [new TextDecoder(), new TextDecoder()];
    this.pending = new Uint8Array(0);
  }
}
