import { newShareable } from '../../../base/shareable';
import { CountedIteration } from './counted-iteration';
import { overlay, zeroPages, type MemoryImage } from './memory-image';
import { NativeModule, type Contents, type LockCalls } from './native-module';
import { replaceLocale } from './neutral-locale';
import type { Pyodide, PyodideLoader, RawExports } from './raw-python';
import { instantiateInTime, spareLoaderMemory } from './room-for-memories';
import { suspendable, suspendingImport, type Wait } from './suspendable';

/** What every worker of the language needs to boot, the same for all. */
export interface InterpreterFiles {
  /** Address of the folder with Pyodide's loader, ending in a slash. */
  readonly folder: string;
  readonly module: WebAssembly.Module;
  /** CPython's library and our part of it, zipped; in shared memory. */
  readonly standardLibrary: Uint8Array;
}

/** What stands below Python in this worker. */
export interface Underlay {
  readonly contents: Contents;
  /** The evaluation loop comes by: see stacks.ts. Answers the number of a signal, or 0. */
  tick(): number;
  /** A call that a signal had interrupted goes on: see suspendable.ts. */
  again(failed: number): number;
  readonly locks: LockCalls;
  /** The promise of the stack that was just suspended. */
  wait(): Promise<number>;
  /** Replaces system calls, before the interpreter is instantiated. */
  replaceImports(imports: WebAssembly.Imports, wait: Wait): void;
}

export interface Interpreter {
  readonly python: Pyodide;
  readonly native: NativeModule;
  readonly x: RawExports;
  readonly iteration: CountedIteration;
  /** Makes the memory at least so large. */
  growTo(bytes: number): void;
}

/** Where Pyodide puts the library. */
const LIBRARY = '/lib/python314.zip';

/** The working directory of programs: their files lie there. */
export const HOME = '/home/weft';

/**
 * What Pyodide is given for an image: its header only. Pyodide takes `subarray(header's length)` at the moment at which it
 * lays the memory over its own (after the static constructors have run); that is when ours is laid, page by page and from
 * shared memory, and what Pyodide sets itself is empty.
 */
class ImageHeader extends Uint8Array<ArrayBuffer> {
  static get [Symbol.species](): Uint8ArrayConstructor {
    return Uint8Array;
  }
  lay = (): void => undefined;

  constructor(bytes: Uint8Array) {
    super(bytes.slice().buffer);
  }

  override subarray(begin?: number, end?: number): Uint8Array<ArrayBuffer> {
    if (end === undefined && begin === this.length) this.lay();
    return super.subarray(begin, end);
  }
}

/** Boots CPython in this worker: from the image that is being `made` or, to make the first one, from nothing. */
export async function boot(files: InterpreterFiles, underlay: Underlay, made?: Promise<MemoryImage>): Promise<Interpreter> {
  let native: NativeModule | undefined;
  let x: RawExports | undefined;
  let iteration: CountedIteration | undefined;
  let resize: ((bytes: number) => unknown) | undefined;
  // Pyodide fetches these two by itself, each worker once more.
  const fetchFile = globalThis.fetch;
  globalThis.fetch = (input, options) => {
    const address = String(input instanceof Request ? input.url : input);
    // An image has imported what it needs to boot: the library is put in its place later, and not copied.
    if (address.endsWith('.zip')) return Promise.resolve(new Response(made === undefined ? files.standardLibrary.slice() : ''));
    if (address.endsWith('.wasm')) return Promise.resolve(new Response(''));
    return fetchFile(input, options);
  };
  const instantiateStreaming = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (_response, imports = {}) => {
    resize = imports['env']['emscripten_resize_heap'] as typeof resize;
    const wait = suspendingImport(() => underlay.wait());
    imports['env']['_Py_CheckEmscriptenSignals_Helper'] = suspendable(0, () => underlay.tick(), wait);
    underlay.replaceImports(imports, wait);
    replaceLocale(imports, () => x!.memory);
    const instance = await instantiateInTime(files.module, imports);
    x = instance.exports as unknown as RawExports;
    iteration = new CountedIteration(x);
    native = new NativeModule(x, underlay.contents, wait, (failed) => underlay.again(failed), underlay.locks);
    if (made !== undefined) {
      const image = await made;
      growMemory(x.memory, image.memory.length);
      x.weft_errors.value = image.errors;
    }
    return { instance, module: files.module };
  };
  const putMemoryBack = spareLoaderMemory();
  try {
    const loader = (await import(/* @vite-ignore */ `${files.folder}pyodide.mjs`)) as PyodideLoader;
    const python = await loader.loadPyodide({
      indexURL: files.folder,
      // A run in virtual time is the same on every machine: sets of texts have one order, and programs do not see the browser's language.
      env: { HOME, PYTHONHASHSEED: '0', LANG: 'C.UTF-8' },
      _makeSnapshot: true,
      fsInit: () => {
        if (made === undefined) native!.register();
      },
      // Awaited when the loader has come as far as it can without.
      ...(made && {
        _loadSnapshot: made.then((image) => headerOf(image, () => x!.memory, () => iteration!.prepare())),
        _snapshotDeserializer: () => null,
      }),
    });
    delete python._api.config._loadSnapshot;
    if (made === undefined) {
      iteration!.prepare();
      iteration!.install();
    } else {
      const { node } = python.FS.lookupPath(LIBRARY);
      node.contents = files.standardLibrary;
      node.usedBytes = files.standardLibrary.length;
    }
    const growTo = (bytes: number): void => {
      if (bytes <= x!.memory.buffer.byteLength) return;
      growMemory(x!.memory, bytes);
      // Emscripten's own views of the memory are of the old one until it has grown it itself, which now is by nothing.
      resize!(x!.memory.buffer.byteLength);
    };
    return { python, native: native!, x: x!, iteration: iteration!, growTo };
  } finally {
    globalThis.fetch = fetchFile;
    WebAssembly.instantiateStreaming = instantiateStreaming;
    putMemoryBack();
  }
}

/** The image of an interpreter that has booted from nothing. No Python frame may be on its stack. */
export function makeImage({ python, x }: Interpreter): MemoryImage {
  const { buffer } = python._api.makeSnapshot(() => 'none');
  const headerBytes = new Uint32Array(buffer, 0, 2)[1];
  const memory = new Uint8Array(newShareable(buffer.byteLength - headerBytes));
  memory.set(new Uint8Array(buffer, headerBytes));
  return { header: new Uint8Array(buffer.slice(0, headerBytes)), memory, zeros: zeroPages(memory), errors: x.weft_errors.value };
}

function growMemory(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65536));
}

function headerOf(image: MemoryImage, memory: () => WebAssembly.Memory, beforeImage: () => void): ImageHeader {
  const header = new ImageHeader(image.header);
  header.lay = () => {
    beforeImage();
    overlay(new Uint8Array(memory().buffer), image.memory, image.zeros);
  };
  return header;
}
