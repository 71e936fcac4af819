import { DEFAULT_START_METHOD, type Program, type RunSettings } from '../../protocol/program';
import type { BootProgress, Guest, PreparedProgram, WholeRunGuest } from '../guest';
import { prepareAssets, type Assets } from './assets';
import { shareFolders } from './interpreter/read-only-folders';
import { likelyProcesses } from './likely-processes';
import type { LoadableProgram, PrepareMessage } from './messages';
import { newWholeRunWorker, newWorker } from './new-worker';

/** An idle worker holds some 50 MB: fewer where the browser says that there is little memory. */
const KEPT_WORKERS = ((navigator as { readonly deviceMemory?: number }).deviceMemory ?? 8) <= 4 ? 3 : 6;

let assets: Assets | undefined;

/** `early`: so many workers are started while the base image is being made. */
async function prepare(
  program: Program, onProgress: ((progress: BootProgress) => void) | undefined, settings: RunSettings | undefined, firstFile: number, early: number,
): Promise<PreparedProgram> {
  assets = await prepareAssets(onProgress, early);
  const message: LoadableProgram = {
    files: program.files,
    entry: program.entry,
    firstFile,
    startMethod: settings?.startMethod ?? DEFAULT_START_METHOD,
    ...(settings?.folders && { folders: shareFolders(settings.folders) }),
  };
  return { message, files: program.files.map(({ name }) => name) };
}

/** The same with all processes in one worker. */
export const pythonInOneWorker: WholeRunGuest = {
  language: 'python',
  prepare: (program, onProgress, settings, firstFile = 0) => prepare(program, onProgress, settings, firstFile, 0),
  createWorker() {
    const { files, image } = assets!;
    const worker = newWholeRunWorker();
    const message: PrepareMessage = { type: 'prepare', files, image };
    worker.postMessage(message);
    return worker;
  },
};

/** CPython, compiled to WebAssembly: a worker with an interpreter per process, its threads on stacks of their own. */
export const python: Guest = {
  language: 'python',
  hasVirtualTime: true,
  keptWorkers: KEPT_WORKERS,
  async prepare(program, onProgress, settings, firstFile = 0) {
    const processes = likelyProcesses(program);
    return { ...(await prepare(program, onProgress, settings, firstFile, Math.min(1 + processes, KEPT_WORKERS))), processes };
  },
  createWorker() {
    const { files, image, early } = assets!;
    const started = early.shift();
    if (started !== undefined) return started;
    const worker = newWorker();
    const message: PrepareMessage = { type: 'prepare', files, image };
    worker.postMessage(message);
    return worker;
  },
};
