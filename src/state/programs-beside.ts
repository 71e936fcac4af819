import type { Run } from '../machine/machine-types';
import type { Program } from '../protocol/program';
import type { ProgramsOfRun } from './programs-of-run';

/** How long a program that does not listen keeps the one after it waiting. */
const LISTEN_PATIENCE_MS = 3000;

/**
 * Starts programs beside the first of a run in real time, on the same machine one after the other: each when the one before it
 * listens, has ended, or does neither for long. In virtual time the kernel does (kernel/programs-beside.ts).
 */
export class ProgramsBeside {
  /** How many have been started. */
  private added = 0;
  private patience: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly run: Run,
    private readonly beside: readonly Program[],
    private readonly programs: ProgramsOfRun,
    private readonly onRefused: (error: unknown) => void,
  ) {}

  /** The run waits for them, and does not end before. */
  async begin(): Promise<void> {
    if (this.beside.length === 0) return;
    await this.run.expect(this.beside.length);
    this.awaitPrevious();
    this.look();
    void this.run.finished.then(() => clearTimeout(this.patience));
  }

  /** Starts the next program if the one before it is far enough: for whenever more of the trace has been read. */
  look(): void {
    const { added, programs } = this;
    if (added === this.beside.length || (!programs.listening.has(added) && programs.statuses[added] === undefined)) return;
    this.add();
  }

  private add(): void {
    clearTimeout(this.patience);
    const next = this.beside[this.added++];
    this.run.add(next).then(() => this.awaitPrevious(), this.onRefused);
  }

  private awaitPrevious(): void {
    const { added } = this;
    if (added === this.beside.length) return;
    this.patience = setTimeout(() => {
      if (this.added === added) this.add();
    }, LISTEN_PATIENCE_MS);
  }
}
