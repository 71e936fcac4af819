import type { Program, RunSettings } from '../../protocol/program';
import type { Guest, PreparedProgram } from '../guest';
import { modulesFor, scriptWith } from './worker-script';

/** How the scripts that have been put together are loaded, by what is in them. */
const scripts = new Map<string, { readonly address: string; readonly type: WorkerType }>();

/**
 * The worker's script with what the program needs, at an address of the page's own: for each worker the browser would else
 * go to its cache and read the whole, which takes a third of the time in which a process starts.
 */
async function prepareScript(imports: readonly string[], isVirtual: boolean): Promise<string> {
  const modules = modulesFor(imports, isVirtual);
  const script = modules.join();
  if (scripts.has(script)) return script;
  const { parts, address } = await import('virtual:javascript-worker');
  if (parts === undefined) scripts.set(script, { address, type: 'module' });
  else {
    const text = new Blob([scriptWith(modules, parts)], { type: 'text/javascript' });
    // A script that is no module starts half a millisecond sooner.
    scripts.set(script, { address: URL.createObjectURL(text), type: 'classic' });
  }
  return script;
}

/** JavaScript: each process and each thread on a worker of its own. */
export const javascript: Guest = {
  language: 'javascript',

  hasVirtualTime: true,

  async prepare(program: Program, _onProgress, settings?: RunSettings): Promise<PreparedProgram> {
    const isVirtual = settings?.clock === 'virtual';
    // The parser is large and is needed at the first run only.
    const { instrument } = await import('./instrument/instrument');
    const message = instrument(program, { countSteps: isVirtual });
    return {
      message,
      files: program.files.map(({ name }) => name),
      script: await prepareScript(message.imports, isVirtual),
    };
  },

  createWorker(script) {
    const { address, type } = scripts.get(script)!;
    return new Worker(address, { type, name: 'weft javascript' });
  },
};
