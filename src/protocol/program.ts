/** A program as it is edited, shared, run: its files by name, and which of them runs first. */
export interface Program {
  readonly language: Language;
  readonly files: readonly SourceFile[];
  /** Name of the file that is run. */
  readonly entry: string;
}
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}
export type Language = 'javascript' | 'python';

/** How a program is run. */
export interface RunSettings {
  readonly clock: 'real';
  /** False records only what must be shown: tasks, output, findings. For measuring. */
  readonly tracing: boolean;
  /** What the program reads before the reader is asked; undefined: nothing, and the end of the input is not reached. */
  readonly stdin?: string;
  /** Bytes of the machine's memory; the default is 64 MiB. */
  readonly memoryBytes?: number;
}

export const DEFAULT_SETTINGS: RunSettings = { clock: 'real', tracing: true };
