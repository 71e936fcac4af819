import { newShareable } from '../../base/shareable';
import type { BootProgress } from '../guest';
import type { InterpreterFiles } from './interpreter/boot';
import type { BaseImage, GiveImage, MadeImage, PrepareMessage } from './messages';
import { newWorker } from './new-worker';

export interface Assets {
  readonly files: InterpreterFiles;
  readonly image: BaseImage;
  /** Workers that began to load while the image was being made, and have been given it. */
  readonly early: Worker[];
}

type OnProgress = ((progress: BootProgress) => void) | undefined;

/** What the stages take, as shares of the whole: downloading and compiling overlap. */
const DOWNLOAD_SHARE = 0.4;
const COMPILE_SHARE = 0.2;

let prepared: Promise<Assets> | undefined;

/**
 * Downloads and compiles the interpreter, makes its base image and starts so many workers: once in a page, however often it is
 * asked for.
 */
export async function prepareAssets(onProgress: OnProgress, workers: number): Promise<Assets> {
  prepared ??= prepare(onProgress, workers);
  try {
    return await prepared;
  } catch (error) {
    prepared = undefined; // the next run tries again
    throw error;
  }
}

async function prepare(onProgress: OnProgress, workers: number): Promise<Assets> {
  // Beside the page, so that the built folder works in any sub-path.
  const folder = new URL('python/', document.baseURI).href;
  const download = new Download(onProgress);
  const [module, library] = await Promise.all([
    WebAssembly.compileStreaming(download.start(`${folder}python.wasm`)),
    download.start(`${folder}python_stdlib.zip`).then((response) => response.arrayBuffer()),
  ]).catch((error: unknown) => {
    throw new Error(`Python could not be loaded: ${reasonOf(error)}`);
  });
  onProgress?.({ stage: 'compile', fraction: DOWNLOAD_SHARE + COMPILE_SHARE, text: 'starting Python' });
  const shared = new Uint8Array(newShareable(library.byteLength));
  shared.set(new Uint8Array(library));
  const files: InterpreterFiles = { folder, module, standardLibrary: shared };
  const making = makeImage(files);
  const early = Array.from({ length: workers }, () => earlyWorker(files));
  try {
    const image = await making;
    const message: GiveImage = { type: 'give image', image };
    for (const worker of early) worker.postMessage(message);
    onProgress?.({ stage: 'ready', fraction: 1, text: 'Python is ready' });
    return { files, image, early };
  } catch (error) {
    for (const worker of early) worker.terminate();
    throw error;
  }
}

/** A worker that loads the interpreter and boots when the image is there. */
function earlyWorker(files: InterpreterFiles): Worker {
  const worker = newWorker();
  const message: PrepareMessage = { type: 'prepare', files, image: 'later' };
  worker.postMessage(message);
  return worker;
}

/** A worker boots from nothing, imports the library, and answers its memory. */
function makeImage(files: InterpreterFiles): Promise<BaseImage> {
  const worker = newWorker();
  const made = new Promise<BaseImage>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<MadeImage>) => {
      if (data.type === 'image') resolve(data.image);
      else reject(new Error(`Python did not start: ${data.why}`));
    };
    worker.onerror = (event) => reject(new Error(`Python did not start: ${event.message || 'its worker could not be loaded'}`));
  });
  const message: PrepareMessage = { type: 'prepare', files, image: 'made by you' };
  worker.postMessage(message);
  return made.finally(() => worker.terminate());
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Counts the bytes of all its responses. */
class Download {
  private loaded = 0;
  private total = 0;

  constructor(private readonly onProgress: OnProgress) {}

  async start(address: string): Promise<Response> {
    const response = await fetch(address).catch((error: unknown) => {
      throw new Error(`${address}: ${reasonOf(error)}`);
    });
    if (!response.ok || response.body === null) throw new Error(`missing file ${address}: ${response.status}`);
    this.total += Number(response.headers.get('Content-Length') ?? 0);
    const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (piece, controller) => {
        this.loaded += piece.length;
        const fraction = this.total > 0 ? Math.min(1, this.loaded / this.total) : 0;
        this.onProgress?.({ stage: 'download', fraction: fraction * DOWNLOAD_SHARE, text: 'downloading Python' });
        controller.enqueue(piece);
      },
    });
    return new Response(response.body.pipeThrough(counted), { headers: { 'Content-Type': response.headers.get('Content-Type') ?? '' } });
  }
}
