import type { Tid } from '../protocol/ids';
import type { PauseState, StopWish } from '../protocol/pause';
import type { Program, RunSettings } from '../protocol/program';
import type { MachineShape } from '../protocol/shape';
import type { EndReason } from '../protocol/words';

export { ProgramRejected, type BootProgress, type ProgramError } from '../guest/guest';

/** What a run tells the page while it goes on. */
export interface RunListener {
  /** Whole ring records, in order; the array is the listener's to keep. Called at most ~60 times a second. */
  records(records: Int32Array): void;
  /** The program asks for a line of input (true) or no longer does. */
  inputWanted(wanted: boolean): void;
  /** In virtual time: the run stands still, or (undefined) goes on. */
  paused?(state: PauseState | undefined): void;
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
  /**
   * Starts another program beside, on the same machine; after {@link expect}, and of the same language. Rejects as
   * {@link Machine.run} does, and where the run is over.
   */
  add(program: Program): Promise<void>;
  /** So many programs will be added: the run does not end before. */
  expect(programs: number): Promise<void>;
  /** One line for the program's input (without its line end), or null for end of file. */
  writeInput(line: string | null): void;
  /** In virtual time: lets a run that stands still go on until what `wish` says, or stops one that goes on. */
  goOn(wish: StopWish): Promise<void>;
  /** The reader's choice where the run asks who goes next; false where it does not, or could not take that one. */
  choose(task: Tid): Promise<boolean>;
}

/** Runs programs. The page knows nothing of workers, memory or languages beyond this. */
export interface Machine {
  readonly shape: MachineShape;
  /** Workers of its own that wait for something to do. When nothing runs there are no others. */
  readonly idleWorkers: number;
  /** The program is likely to be run soon: what its language takes long to fetch and start is made ready. Never rejects. */
  warm(program: Program): Promise<void>;
  /**
   * Rejects with ProgramRejected when the program cannot start; the page shows its errors at their lines. In virtual time those
   * `beside` it (else those that it names) are part of the run: each begins when the one before it listens, has ended, or does
   * neither for long. In real time the page adds them.
   */
  run(program: Program, settings: RunSettings, listener: RunListener, beside?: readonly Program[]): Promise<Run>;
  dispose(): void;
}
