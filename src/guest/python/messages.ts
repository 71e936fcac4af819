import type { StartMethod } from '../../protocol/program';
import type { InterpreterFiles } from './interpreter/boot';
import type { MemoryImage } from './interpreter/memory-image';
import type { SharedFolders } from './interpreter/read-only-folders';

/** Addresses of the Python functions that a worker enters; the same in every image that comes from the base image. */
export interface Entries {
  /** (ident) */
  readonly thread: number;
  /** (path, start method) */
  readonly main: number;
  /** () */
  readonly forked: number;
  /** (code) */
  readonly spawned: number;
}

/** An interpreter that has imported the library, as every process begins. */
export interface BaseImage {
  readonly memory: MemoryImage;
  readonly entries: Entries;
}

/** The first message to a worker of the language. */
export interface PrepareMessage {
  readonly type: 'prepare';
  readonly files: InterpreterFiles;
  /** `made by you`: it boots from nothing and answers a {@link MadeImage}. `later`: a {@link GiveImage} follows. */
  readonly image: BaseImage | 'made by you' | 'later';
}

/** The image, to workers that were started while it was being made. */
export interface GiveImage {
  readonly type: 'give image';
  readonly image: BaseImage;
}

export type MadeImage = { readonly type: 'image'; readonly image: BaseImage } | { readonly type: 'failed'; readonly why: string };

/** What every worker of a run is given of the program. */
export interface LoadableProgram {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly entry: string;
  /** Number of its first file in the places of the run. */
  readonly firstFile: number;
  readonly folders?: SharedFolders;
  /** How processes start where the program does not say. */
  readonly startMethod: StartMethod;
}
