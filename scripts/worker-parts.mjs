// @ts-check
/**
 * A Vite plugin for the JavaScript worker's script. A worker that starts reads all of its script before it does anything, so
 * a run's workers get only what its program needs: the script is built once, whole, and cut into its modules; the page puts
 * together those that a program needs (src/guest/javascript/worker-script.ts).
 *
 * The pieces are of one text in one scope. What one needs of others follows from their imports.
 */
import { join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from './paths.mjs';

const MODULE = 'virtual:javascript-worker';
const folder = join(projectRoot, 'src/guest/javascript');
const entry = join(folder, 'worker.ts');

/** A statement that a minifier neither moves nor merges with others: where a module begins. */
const MARK = 'debugger;';

/** @returns {import('vite').Plugin} */
export function workerPartsPlugin() {
  let isBuild = false;
  return {
    name: 'weft-worker-parts',
    configResolved: (config) => void (isBuild = config.command === 'build'),
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    async load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      // In development a worker loads all of it, module by module.
      if (!isBuild) return `export { default as address } from ${JSON.stringify(`${entry}?worker&url`)};\nexport const parts = undefined;`;
      const { parts, files } = await buildParts();
      for (const file of files) this.addWatchFile(file);
      return `export const address = '';\nexport const parts = ${JSON.stringify(parts)};`;
    },
  };
}

/** The script's pieces, and for each module that worker.ts imports by a path of its own which pieces it needs. */
async function buildParts() {
  /** @type {Map<string, readonly string[]>} */
  const imports = new Map();
  const output = await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'warn',
    plugins: [{
      name: 'weft-mark-modules',
      transform: { order: 'post', handler: (code) => ({ code: `${MARK}\n${code}`, map: null }) },
      buildEnd() {
        for (const id of this.getModuleIds()) imports.set(id, this.getModuleInfo(id)?.importedIds ?? []);
      },
    }],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: entry,
        output: { format: 'es', minify: { compress: { dropDebugger: false, target: 'es2022' }, mangle: true, codegen: true } },
      },
    },
  });
  if (!('output' in output) || output.output.length !== 1) throw new Error('the JavaScript worker is not one file');
  const [chunk] = output.output;
  const [before, ...texts] = chunk.code.trimEnd().split(MARK);
  const ids = Object.keys(chunk.modules);
  if (before !== '' || texts.length !== ids.length) throw new Error(`the JavaScript worker has ${texts.length} pieces for ${ids.length} modules`);

  /** @param {string} root */
  const neededBy = (root) => {
    const seen = new Set([root]);
    for (const id of seen) for (const next of imports.get(id) ?? []) seen.add(next);
    // What the bundler itself adds, any of them may need.
    return ids.flatMap((id, index) => (seen.has(id) || id.startsWith('\0') ? [index] : []));
  };
  const roots = (imports.get(entry) ?? []).map((id) => [id.slice(folder.length + 1).replace(/\.ts$/, ''), neededBy(id)]);
  return { parts: { texts, needs: Object.fromEntries(roots) }, files: ids.filter((id) => !id.startsWith('\0')) };
}
