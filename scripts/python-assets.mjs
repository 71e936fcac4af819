// @ts-check
/** A Vite plugin that puts Pyodide's files, out of its npm package, into the folder python/ of the build and of the dev server. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { patchPython } from './patch-python.mjs';
import { pythonLibrary } from './python-library.mjs';

const FOLDER = 'python/';
const TYPES = /** @type {Record<string, string>} */ ({
  '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json', '.zip': 'application/zip',
});

/** @param {string} name */
function fromPackage(name) {
  const require = createRequire(import.meta.url);
  return readFileSync(join(dirname(require.resolve('pyodide/package.json')), name));
}

/** Pyodide's list of packages without the packages: they lie on servers that a page of ours may not ask. */
function emptyLock() {
  const lock = JSON.parse(fromPackage('pyodide-lock.json').toString());
  return JSON.stringify({ ...lock, packages: {} });
}

/**
 * Every file of the folder by its name, made when it is asked for.
 *
 * @type {Record<string, () => Uint8Array | string | Promise<Uint8Array>>}
 */
export const pythonFiles = {
  'pyodide.mjs': () => fromPackage('pyodide.mjs').toString().replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n'),
  'pyodide.asm.mjs': () => fromPackage('pyodide.asm.mjs'),
  'python.wasm': () => patchPython(fromPackage('pyodide.asm.wasm')),
  'python_stdlib.zip': pythonLibrary,
  'pyodide-lock.json': emptyLock,
};

/** @returns {import('vite').Plugin} */
export function pythonAssetsPlugin() {
  return {
    name: 'weft-python-assets',
    async generateBundle() {
      if (this.environment?.name !== 'client') return;
      for (const [name, make] of Object.entries(pythonFiles)) {
        this.emitFile({ type: 'asset', fileName: FOLDER + name, source: await make() });
      }
    },
    configureServer(server) {
      server.middlewares.use(`/${FOLDER}`, async (request, response, next) => {
        const name = (request.url ?? '').slice(1).replace(/\?.*/, '');
        const make = pythonFiles[name];
        if (!make) return next();
        response.setHeader('Content-Type', TYPES[extname(name)] ?? 'application/octet-stream');
        for (const [header, value] of Object.entries(server.config.server.headers ?? {})) response.setHeader(header, String(value));
        response.end(await make());
      });
    },
  };
}
