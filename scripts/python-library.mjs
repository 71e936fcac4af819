// @ts-check
/** CPython's library as the page loads it: Pyodide's, our modules, and bytecode of what every process begins with. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { projectRoot } from './paths.mjs';

const ourFolder = join(projectRoot, 'src', 'guest', 'python', 'stdlib');
const cacheFolder = join(projectRoot, '.weft-cache', 'python-library');
const compiler = join(projectRoot, 'scripts', 'compile-library.py');
/** What the base image is made with (see src/guest/python/python.worker.ts), and what CPython imports by itself. */
const FIRST = ['_weft_base', 'sitecustomize'];

/** Text of our modules by file name. */
function ourModules() {
  const names = readdirSync(ourFolder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py')).sort();
  return Object.fromEntries(names.map((name) => [
    relative(ourFolder, join(ourFolder, name)).replaceAll(sep, '/'), readFileSync(join(ourFolder, name), 'utf8'),
  ]));
}

/**
 * The zip. Making it takes some seconds, so the last one is kept.
 *
 * @returns {Promise<Uint8Array>}
 */
export async function pythonLibrary() {
  const ours = ourModules();
  const program = readFileSync(compiler, 'utf8');
  const pyodideFolder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
  const original = readFileSync(join(pyodideFolder, 'python_stdlib.zip'));
  const key = createHash('sha256').update(original).update(JSON.stringify([program, FIRST, ours])).digest('hex').slice(0, 16);
  const kept = join(cacheFolder, `${key}.zip`);
  try {
    return readFileSync(kept);
  } catch {
    // Not made yet.
  }
  const made = await compile(program, ours);
  rmSync(cacheFolder, { recursive: true, force: true });
  mkdirSync(cacheFolder, { recursive: true });
  // Whole or not at all: two builds may be at it.
  const fresh = `${kept}.${process.pid}`;
  writeFileSync(fresh, made);
  renameSync(fresh, kept);
  return made;
}

/** @param {string} program @param {Record<string, string>} ours @returns {Promise<Uint8Array>} */
async function compile(program, ours) {
  const { loadPyodide } = await import('pyodide');
  const python = await loadPyodide();
  const names = { library: '/lib/python314.zip', ours, first: FIRST };
  for (const [name, value] of Object.entries(names)) python.globals.set(name, python.toPy(value));
  const bytes = python.runPython(program);
  try {
    return bytes.toJs();
  } finally {
    bytes.destroy();
  }
}
