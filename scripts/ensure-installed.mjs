// @ts-check
/** Installs the packages where they are missing or older than the lock file. Needs nothing but Node. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, projectRoot } from './paths.mjs';

const LOWEST_NODE = [20, 19];

/** @param {string} path @returns {number} milliseconds, or -1 where there is no such file */
function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > LOWEST_NODE[0] || (major === LOWEST_NODE[0] && minor >= LOWEST_NODE[1])) return;
  throw new Error(`unsupported Node ${process.versions.node}: install Node ${LOWEST_NODE.join('.')} or later`);
}

/**
 * Runs `npm ci` if it is needed. What npm says goes to standard error: standard output belongs to the command that
 * called us.
 */
export function ensureInstalled() {
  checkNode();
  const installed = modifiedAt(join(projectRoot, 'node_modules', '.package-lock.json'));
  if (installed >= modifiedAt(join(projectRoot, 'package-lock.json'))) return;
  console.error(`weft: ${installed < 0 ? 'no packages yet' : 'the lock file has changed'}, running npm ci`);
  // Development packages too, whatever NODE_ENV says: they build the page.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const options = /** @type {const} */ ({ cwd: projectRoot, stdio: ['ignore', 2, 2] });
  const { status, error } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { ...options, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { ...options, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (error) throw new Error(`npm could not be started: ${error.message}`);
  if (status !== 0) throw new Error(`npm ci failed with status ${status}; its own message is above`);
}

if (isMain(import.meta.url)) {
  try {
    ensureInstalled();
  } catch (error) {
    console.error(`weft: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
