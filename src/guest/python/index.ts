import type { Guest } from '../guest';
import { prepareAssets, type Assets } from './assets';
import { shareFolders } from './interpreter/read-only-folders';
import type { LoadableProgram, PrepareMessage } from './messages';
import { newWorker } from './new-worker';

let assets: Assets | undefined;

/** CPython, compiled to WebAssembly: a worker with an interpreter per process, its threads on stacks of their own. */
export const python: Guest = {
  language: 'python',
  hasVirtualTime: true,
  // An idle one holds some 50 MB.
  keptWorkers: 6,
  async prepare(program, onProgress, settings, firstFile = 0) {
    assets = await prepareAssets(onProgress);
    const message: LoadableProgram = {
      files: program.files,
      entry: program.entry,
      firstFile,
      ...(settings?.folders && { folders: shareFolders(settings.folders) }),
    };
    return { message, files: program.files.map(({ name }) => name) };
  },
  createWorker() {
    const worker = newWorker();
    const { files, image } = assets!;
    const message: PrepareMessage = { type: 'prepare', files, image };
    worker.postMessage(message);
    return worker;
  },
};
