// @ts-check
/** Builds the page into dist/: always when run as a command, and where dist/ is stale for who calls `ensureBuilt`. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { isMain, projectRoot } from './paths.mjs';
import { pythonLibrary } from './python-library.mjs';
import { finishServiceWorker } from './service-worker.mjs';

export const distFolder = join(projectRoot, 'dist');
const cacheFolder = join(projectRoot, '.weft-cache');

/** Its time is when the build began, so that a file saved during the build counts as newer. */
const STAMP = '.built';

/** Whatever the built page is made of. Folders count with their own time, which moves when a file in them is removed. */
const INPUTS = [
  'src', 'public', 'recorder', 'index.html', 'embed.html', 'browser.html', 'run.html', 'package-lock.json', 'vite.config.ts',
  'scripts/headers.mjs', 'scripts/host-files.mjs', 'scripts/service-worker.mjs', 'scripts/python-assets.mjs',
  'scripts/patch-python.mjs', 'scripts/worker-parts.mjs', 'scripts/python-library.mjs', 'scripts/compile-library.py',
];

/** @param {string} path @returns {number} */
function newestUnder(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stats.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestUnder(join(path, name))), stats.mtimeMs);
}

/** Whether something that dist/ was built from has changed since. */
export function isStale() {
  const stamp = statSync(join(distFolder, STAMP), { throwIfNoEntry: false });
  return !stamp || INPUTS.some((input) => newestUnder(join(projectRoot, input)) > stamp.mtimeMs);
}

/**
 * Builds into a folder of its own and puts it in the place of dist/ at the end: a build that fails leaves the last good
 * one, and two at once do not mix their files.
 */
export async function build() {
  const began = new Date();
  const { build: viteBuild } = await import('vite');
  // Kept from here on. Some seconds of Python, which Vite would call a slow plugin.
  await pythonLibrary();
  const fresh = join(cacheFolder, `build-${process.pid}`);
  const old = join(cacheFolder, `old-${process.pid}`);
  mkdirSync(cacheFolder, { recursive: true });
  try {
    await viteBuild({ root: projectRoot, logLevel: 'warn', build: { outDir: fresh, emptyOutDir: true } });
    finishServiceWorker(fresh);
    writeFileSync(join(fresh, STAMP), '');
    utimesSync(join(fresh, STAMP), began, began);
    replaceFolder(fresh, distFolder, old);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

/** @param {string} fresh @param {string} place @param {string} old where to put what was there */
function replaceFolder(fresh, place, old) {
  for (let tries = 1; ; tries++) {
    if (existsSync(place)) renameSync(place, old);
    try {
      return renameSync(fresh, place);
    } catch (error) {
      // Another build took the place between the two renames: move that one away too.
      if (tries === 5) throw error;
      rmSync(old, { recursive: true, force: true });
    }
  }
}

/** Installs and builds what is missing or stale; says so on standard error. */
export async function ensureBuilt() {
  ensureInstalled();
  if (!isStale()) return;
  console.error('weft: building the page');
  await build();
}

if (isMain(import.meta.url)) {
  try {
    ensureInstalled();
    await build();
  } catch (error) {
    console.error(`weft: the build failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
