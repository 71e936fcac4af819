import type { Program, RunSettings } from '../../protocol/program';
import type { Guest, PreparedProgram } from '../guest';

/** JavaScript: each process and each thread on a worker of its own. */
export const javascript: Guest = {
  language: 'javascript',

  hasVirtualTime: true,

  async prepare(program: Program, _onProgress, settings?: RunSettings): Promise<PreparedProgram> {
    // The parser is large and is needed at the first run only.
    const { instrument } = await import('./instrument/instrument');
    return { message: instrument(program, { countCalls: settings?.clock === 'virtual' }), files: program.files.map(({ name }) => name) };
  },

  createWorker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'weft javascript' }),
};
