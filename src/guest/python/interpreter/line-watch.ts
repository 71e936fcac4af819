import { comesToLine, hasLineBreaks, lineBreaks } from '../../../kernel/sched/pause';
import type { Kernel } from '../../../kernel/kernel';
import { makePlace } from '../../../protocol/ids';
import type { Frames } from './frames';
import type { NativeModule } from './native-module';
import type { ProgramMemory } from './program-memory';
import type { Stacks } from './stacks';

/**
 * Lines of the program in a run with breakpoints on them, whose steps are larger: CPython tells of each (stdlib/_weft_steps.py), and
 * a task that comes to a breakpoint settles there. A line is no step and costs nothing, and the library's code stays as it is, so
 * that the run is the one without breakpoints.
 */
export class LineWatch {
  private isReady = false;
  /** What Python is answered to tell no more of a line; 0: it tells of none yet. */
  private disable = 0;
  /** The breakpoints that it was asked for. */
  private breaks = '';
  /** Whether it was answered so of any line: in a forked process, by those of its parent, whose breakpoints may have been others. */
  private hasDisabled = false;
  /** Code that Python tells the lines of, by its address, with that of its name: another may come to lie where it was. */
  private readonly watched = new Map<number, number>();

  constructor(
    private readonly native: NativeModule, private readonly frames: Frames, private readonly stacks: Stacks,
    private readonly memory: ProgramMemory, private readonly kernel: () => Kernel | undefined,
  ) {}

  /** Another process begins; `isFork`: with all that its parent had in memory, so its library is as far as {@link ready} says. */
  begin(isFork: boolean): void {
    this.isReady = isFork;
    this.hasDisabled = isFork;
    this.breaks = '';
    this.watched.clear();
    this.disable = 0;
  }

  /** The process's library is installed, and the program about to begin: from here on Python can be asked. */
  ready(): void {
    this.isReady = true;
  }

  /** The running task is between two bytecodes, as it is when it has just come into a function: with breakpoints it settles there. */
  look(): void {
    const k = this.kernel();
    if (!this.isReady || k === undefined || !hasLineBreaks(k)) return;
    if (!this.knowsBreaks(k)) {
      if (this.hasDisabled) this.ask('lines_changed', this.native.none);
      this.breaks = lineBreaks(k).join();
    }
    const code = this.frames.programCode();
    if (code === 0 || this.watched.get(code) === this.frames.localsOf(code).name) return;
    this.watched.set(code, this.frames.localsOf(code).name);
    this.disable = this.ask('watch_lines', code);
    this.hasDisabled = true;
  }

  private knowsBreaks(k: Kernel): boolean {
    return lineBreaks(k).join() === this.breaks;
  }

  private ask(name: string, argument: number): number {
    let answer = 0;
    this.stacks.steps.uncounted(() => this.memory.unsuspended(() => {
      answer = this.native.callFunction('_weft_steps', name, argument);
    }));
    return answer;
  }

  /** A line of code is about to be done. */
  line(code: number, line: number): number {
    const { none, x } = this.native;
    const file = this.frames.fileNumber(code);
    if (file < 0 || !this.stacks.maySettle) return none;
    const place = makePlace(file, line);
    if (comesToLine(this.kernel()!, place)) return this.stacks.settleAt(place, none);
    // Told no more of it only by those breakpoints that Python was asked for: one that is taken away may come again.
    if (this.disable === 0 || !this.knowsBreaks(this.kernel()!)) return none;
    x.Py_IncRef(this.disable);
    return this.disable;
  }
}
