import type { Program, RunSettings } from '../../protocol/program';
import type { Guest, PreparedProgram } from '../guest';
import workerAddress from './worker.ts?worker&url';

let source: Promise<void> | undefined;
/** The worker's script under an address of the page's own. */
let scriptAddress = workerAddress;

/**
 * Keeps the worker's script in the page: for each worker the browser would else go to its cache, which takes
 * a fifth of the time in which a process starts. Not in development, where the script imports others by their
 * address.
 */
async function loadSource(): Promise<void> {
  if (!import.meta.env.PROD) return;
  try {
    const response = await fetch(workerAddress);
    if (response.ok) scriptAddress = URL.createObjectURL(await response.blob());
  } catch {
    // Then the browser finds it, or says why not.
  }
}

/** JavaScript: each process and each thread on a worker of its own. */
export const javascript: Guest = {
  language: 'javascript',

  hasVirtualTime: true,

  async prepare(program: Program, _onProgress, settings?: RunSettings): Promise<PreparedProgram> {
    // The parser is large and is needed at the first run only.
    const [{ instrument }] = await Promise.all([
      import('./instrument/instrument'),
      (source ??= loadSource()),
    ]);
    return {
      message: instrument(program, { countSteps: settings?.clock === 'virtual' }),
      files: program.files.map(({ name }) => name),
    };
  },

  createWorker: () => new Worker(scriptAddress, { type: 'module', name: 'weft javascript' }),
};
