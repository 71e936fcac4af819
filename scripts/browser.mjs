// @ts-check
/**
 * Where the Chromium is that tests, bench and command line drive, and the flags it gets. The only place that knows either:
 * WEFT_BROWSER is the path of one to use, WEFT_BROWSER_FLAGS holds further flags, separated by spaces.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { isMain } from './paths.mjs';

const require = createRequire(import.meta.url);

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const FIXED_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Keep the browser from calling its maker: a run needs no network, and on a machine without one each call would wait. */
const CLOSED_NETWORK_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

function isRoot() {
  return process.getuid?.() === 0;
}

/** The flags to start the browser with, from the environment and from who we are. */
export function browserFlags() {
  const asked = (process.env.WEFT_BROWSER_FLAGS ?? '').split(/\s+/).filter(Boolean);
  // Chromium refuses to start its sandbox as root.
  return [...new Set([...CLOSED_NETWORK_FLAGS, ...(isRoot() ? ['--no-sandbox'] : []), ...asked])];
}

/** @param {string} path */
function starts(path) {
  // `--version` would open a window on Windows; there a file that exists has to do.
  if (process.platform === 'win32') return existsSync(path);
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 120_000 }).status === 0;
}

/** @returns {string | undefined} */
function playwrightBrowser() {
  try {
    return require('@playwright/test').chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** @returns {string | undefined} */
function installedBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [playwrightBrowser(), ...onPath, ...FIXED_PLACES].find((path) => path !== undefined && starts(path));
}

/** Tries to get a browser; whether it did is for the caller to look. What the installers say goes to standard error. */
function installBrowser() {
  const options = /** @type {const} */ ({ timeout: 600_000 });
  /** @param {string} command @param {string[]} args */
  const run = (command, args) => spawnSync(command, args, { ...options, stdio: ['ignore', 2, 2] }).status === 0;
  console.error('weft: no Chromium found, installing one');
  const playwright = join(require.resolve('@playwright/test/package.json'), '..', 'cli.js');
  const downloaded = run(process.execPath, [playwright, 'install', 'chromium']);
  if (installedBrowser() || !isRoot() || !existsSync('/usr/bin/apt-get')) return;
  if (downloaded) {
    run(process.execPath, [playwright, 'install-deps', 'chromium']);
  } else if (run('apt-get', ['update'])) {
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  }
}

/**
 * The path of a Chromium that starts: the one that WEFT_BROWSER names, Playwright's own, the system's, or one installed now.
 *
 * @returns {string}
 * @throws with one sentence that says what to do
 */
export function findBrowser() {
  const named = process.env.WEFT_BROWSER;
  if (named) {
    if (starts(named)) return named;
    throw new Error(`missing browser: WEFT_BROWSER is "${named}", which does not start; set it to the path of a Chromium or Chrome`);
  }
  const installed = installedBrowser() ?? (installBrowser(), installedBrowser());
  if (installed) return installed;
  throw new Error('missing browser: install Chromium or Chrome, or set WEFT_BROWSER to the path of one, and try again');
}

if (isMain(import.meta.url)) {
  try {
    console.log(findBrowser(), ...browserFlags());
  } catch (error) {
    console.error(`weft: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
