/** What the page makes of a program and every worker of the run receives: a structured clone. */
export interface LoadableProgram {
  /** In the order of the numbers that places use. */
  readonly files: readonly LoadableFile[];
  /**
   * Indexes of the files that are reached from the entry, in the order in which they are loaded; the entry is
   * last.
   */
  readonly order: readonly number[];
  /** What they import of 'weft'. */
  readonly imports: readonly string[];
}

export interface LoadableFile {
  readonly name: string;
  /** An expression whose value is a {@link LoadFile}; '' for a file that is not loaded. */
  readonly code: string;
}

/**
 * A file as a function: of the runtime, of what 'weft' exports, and of the exports of all files by their
 * index.
 */
export type LoadFile = (
  runtime: unknown,
  api: object,
  modules: readonly (Record<string, unknown> | undefined)[],
) => LoadedFile;

export interface LoadedFile {
  readonly exports: Record<string, unknown>;
  /** Functions and classes of the file's top level, by name. */
  readonly locals: Record<string, unknown>;
}
