import type { Program, RunSettings } from '../protocol/program';
import type { EndReason } from '../protocol/words';

/** What a run tells the page while it goes on. */
export interface RunListener {
  /** Whole ring records, in order; the array is the listener's to keep. Called at most ~30 times a second. */
  records(records: Int32Array): void;
  /** The program asks for a line of input (true) or no longer does. */
  inputWanted(wanted: boolean): void;
}

export interface RunResult {
  readonly reason: EndReason;
  readonly status: number;
}

export interface Run {
  /** Resolves when the run has ended and every record was delivered; never rejects. */
  readonly finished: Promise<RunResult>;
  /** Ends every task at once; resolves with `finished`. Works on endless loops. */
  stop(): Promise<RunResult>;
  /** One line for the program's input, or null for end of file. */
  writeInput(line: string | null): void;
}

/** A mistake found before anything ran: a syntax error, an unknown file. */
export interface ProgramError {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How far the language is on its way to its first run. */
export interface BootProgress {
  readonly stage: 'download' | 'compile' | 'ready';
  readonly fraction: number;
  readonly text: string;
}

/** Runs programs. The page knows nothing of workers, memory or languages beyond this. */
export interface Machine {
  readonly shape: 'many workers' | 'one worker' | 'recorded';
  /** Rejects with {@link ProgramRejected} when the program cannot start; the page shows its errors at their lines. */
  run(program: Program, settings: RunSettings, listener: RunListener): Promise<Run>;
  dispose(): void;
}

/** A program that cannot start, with every mistake found in it. */
export class ProgramRejected extends Error {
  override name = 'ProgramRejected';
  constructor(readonly errors: readonly ProgramError[]) {
    super(errors.map((error) => `${error.file}:${error.line}: ${error.message}`).join('\n'));
  }
}
