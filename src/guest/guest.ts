import type { Language, Program, RunSettings } from '../protocol/program';

/** A mistake found before anything ran: a syntax error, an unknown file. Lines and columns count from 1. */
export interface ProgramError {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The program cannot start; each error is shown at its line. */
export class ProgramRejected extends Error {
  override name = 'ProgramRejected';
  constructor(readonly errors: readonly ProgramError[]) {
    super(errors.map((error) => `${error.file}:${error.line}:${error.column}: ${error.message}`).join('\n'));
  }
}

/** How far a language's download and compilation are. */
export interface BootProgress {
  readonly stage: 'download' | 'compile' | 'ready';
  /** 0 to 1. */
  readonly fraction: number;
  readonly text: string;
}

/** What a program becomes before its first worker starts. */
export interface PreparedProgram {
  /** Sent to each of the run's workers with its boot message; structured clone. */
  readonly message: unknown;
  /** The program's files, in the order of the numbers that places use. */
  readonly files: readonly string[];
  /** Which script its workers run, for a language that has several. */
  readonly script?: string;
  /** How many processes it is likely to have at once beside its first one, as far as its text tells. */
  readonly processes?: number;
}

/** A language as the machine sees it. */
export interface Guest {
  readonly language: Language;
  /** Whether its programs can run in virtual time: their tasks settle with the scheduler. */
  readonly hasVirtualTime?: boolean;
  /**
   * Checks the program and makes of it what workers run. `firstFile` is the number of its first file in places: that of a
   * program which is started beside others is not 0, and a language may refuse it. Rejects with {@link ProgramRejected}.
   */
  prepare(
    program: Program, onProgress?: (progress: BootProgress) => void, settings?: RunSettings, firstFile?: number,
  ): Promise<PreparedProgram>;
  /** A worker that waits for a WorkerBoot message; `script` as its program was prepared, else ''. */
  createWorker(script: string): Worker;
  /**
   * For a language whose workers take long to make: so many are kept at most for the next process, those that have served
   * and those that a program is likely to need. Each says `worker ready` when it can begin.
   */
  readonly keptWorkers?: number;
}

/** A language whose processes can all be in one worker, on a page that may not share memory. In virtual time only. */
export interface WholeRunGuest extends Pick<Guest, 'language' | 'prepare'> {
  /** A worker that says `worker ready` when it waits for a RunCommand. After a program has been prepared. */
  createWorker(): Worker;
}
