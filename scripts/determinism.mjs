#!/usr/bin/env node
// @ts-check
/**
 * Runs programs of e2e/virtual-time many times, on every machine that this computer has, and compares their whole traces, as
 * their files have them: one program, settings and seed make one trace, byte for byte. The machines are Chromium with a worker
 * for each process, Chromium with one worker for all, as on pages that are not isolated (Python alone), and Firefox where
 * there is one. The last line is `N passed, M failed`.
 *
 *   node scripts/determinism.mjs [--runs N] [--language javascript|python] [--policy NAME] [NAME...]
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { runnerImport } from 'vite';
import { browserFlags, findBrowser } from './browser.mjs';
import { distFolder, ensureBuilt } from './build.mjs';
import { findFirefox, Firefox } from './firefox.mjs';
import { isMain, projectRoot } from './paths.mjs';
import { startServer } from './serve.mjs';

/**
 * @typedef {import('../src/protocol/program').Program} Program
 * @typedef {import('../src/protocol/program').RunSettings} RunSettings
 * @typedef {import('../src/runner').WeftRunner} WeftRunner
 * @typedef {{ name: string, program: Program, settings: RunSettings }} Case
 * @typedef {typeof import('../e2e/virtual-time/programs')} ProgramsModule
 * @typedef {typeof import('../e2e/virtual-time/python-programs')} PythonProgramsModule
 * @typedef {object} Place where programs run
 * @property {string} name
 * @property {readonly Program['language'][]} languages
 * @property {<A, R>(call: (argument: A) => Promise<R> | R, argument: A) => Promise<R>} evaluate
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Options
 * @property {number} runs of each program on each machine
 * @property {Program['language']} [language]
 * @property {RunSettings['policy']} [policy]
 * @property {readonly string[]} [names] parts of the names of programs; none: all
 */

/** @param {string} path of a module of TypeScript */
async function load(path) {
  const { module } = await runnerImport(join(projectRoot, path), { root: projectRoot, configFile: false, logLevel: 'warn' });
  return /** @type {Record<string, unknown>} */ (module);
}

/** @param {Options} options @returns {Promise<Case[]>} */
async function casesOf({ language, policy, names = [] }) {
  const { PROGRAMS, INPUT } = /** @type {ProgramsModule} */ (await load('e2e/virtual-time/programs.ts'));
  const { PYTHON_PROGRAMS } = /** @type {PythonProgramsModule} */ (await load('e2e/virtual-time/python-programs.ts'));
  /** @type {(language: Program['language'], file: string) => (given: { name: string, text: string }) => Case} */
  const caseOf = (language, file) => ({ name, text }) => ({
    name: `${language}: ${name}`,
    program: { language, entry: file, files: [{ name: file, text }] },
    settings: { clock: 'virtual', tracing: true, stdin: INPUT, ...(policy !== undefined && { policy }) },
  });
  const all = [...PROGRAMS.map(caseOf('javascript', 'main.js')), ...PYTHON_PROGRAMS.map(caseOf('python', 'main.py'))];
  return all.filter(({ name, program }) => (language ?? program.language) === program.language
    && (names.length === 0 || names.some((part) => name.includes(part))));
}

/** Every machine that there is. @returns {Promise<Place[]>} */
async function openPlaces() {
  /** @type {Place[]} */
  const places = [];
  const isolated = await startServer({ root: distFolder });
  const plain = await startServer({ root: distFolder, headers: {} });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() });
  for (const [server, what, languages] of /** @type {const} */ ([
    [isolated, 'a worker for each process', ['javascript', 'python']], [plain, 'one worker', ['python']],
  ])) {
    // Without its service worker, which would isolate the page.
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.goto(`${server.url}run.html`);
    places.push({
      name: `Chromium ${browser.version()}, ${what}`, languages,
      evaluate: (call, argument) => page.evaluate(/** @type {any} */ (call), argument),
      close: async () => {
        if (server === plain) await browser.close();
        await server.close();
      },
    });
  }
  const path = findFirefox();
  if (path !== undefined) {
    const server = await startServer({ root: distFolder });
    const firefox = await Firefox.open(path);
    await firefox.goto(`${server.url}run.html`);
    places.push({
      name: `Firefox ${firefox.version}, a worker for each process`, languages: ['javascript', 'python'],
      evaluate: (call, argument) => firefox.evaluate(call, argument),
      close: async () => {
        await firefox.close();
        await server.close();
      },
    });
  }
  for (const { evaluate } of places) await evaluate(pageIsReady, undefined);
  return places;
}

/** In the page. */
function pageIsReady() {
  const { document, MutationObserver } = /** @type {Window & typeof globalThis} */ (globalThis);
  const root = document.documentElement;
  if (root.dataset.ready !== undefined) return;
  return /** @type {Promise<void>} */ (new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (root.dataset.ready === undefined) return;
      observer.disconnect();
      resolve();
    }).observe(root, { attributes: true });
  }));
}

/**
 * In the page: the trace of one run, as its file has it.
 *
 * @param {readonly [Program, RunSettings]} given
 * @returns {Promise<string>}
 */
async function traceOf([program, settings]) {
  const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
  const start = await weft.start(program, settings);
  if (start.outcome !== 'started' || weft.run === undefined) return `it did not start: ${JSON.stringify(start)}`;
  await weft.run.finished();
  let trace = '';
  for (let piece = weft.run.tracePiece(1 << 22); piece !== ''; piece = weft.run.tracePiece(1 << 22)) trace += piece;
  return trace;
}

/** @param {string} one @param {string} other */
function firstDifference(one, other) {
  const others = other.split('\n');
  const lines = one.split('\n');
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `line ${at + 1}: ${lines[at]?.slice(0, 200)} | ${others[at]?.slice(0, 200)}`;
}

/**
 * What is wrong with the runs of a program; empty: nothing.
 *
 * @param {Case} given
 * @param {string} first its first trace
 * @param {readonly Place[]} places
 * @param {number} runs
 */
async function faultOf({ program, settings }, first, places, runs) {
  if (!first.includes('"run-end"')) return first.slice(0, 300);
  for (const { name, languages, evaluate } of places) {
    if (!languages.includes(program.language)) continue;
    for (let run = 1; run <= runs; run++) {
      const again = await evaluate(traceOf, /** @type {const} */ ([program, settings]));
      if (again !== first) return `${name}, run ${run} differs, ${firstDifference(first, again)}`;
    }
  }
  return '';
}

/**
 * @param {Options} options
 * @returns {Promise<import('./suites.mjs').SuiteResult>}
 */
export async function determinismSuite(options) {
  await ensureBuilt();
  const cases = await casesOf(options);
  const places = await openPlaces();
  /** @type {import('./failures.mjs').Failure[]} */
  const failures = [];
  try {
    for (const { name } of places) console.log(name);
    console.log(`${options.runs} runs of each of ${cases.length} programs on each`);
    for (const given of cases) {
      const first = await places[0].evaluate(traceOf, /** @type {const} */ ([given.program, given.settings]));
      const fault = await faultOf(given, first, places, options.runs);
      if (fault !== '') failures.push({ name: given.name, error: fault });
      const digest = createHash('sha256').update(first).digest('hex').slice(0, 16);
      console.log(`${given.name}: ${fault === '' ? `one trace, ${first.length} bytes, ${digest}` : fault}`);
    }
  } finally {
    for (const { close } of places) await close();
  }
  return { passed: cases.length - failures.length, failed: failures.length, failures };
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string' }, language: { type: 'string' }, policy: { type: 'string' } },
  });
  const runs = Number(values.runs ?? 20);
  if (!(Number.isInteger(runs) && runs > 0)) throw new Error(`invalid --runs "${values.runs}": give a whole number from 1`);
  const { passed, failed } = await determinismSuite({
    runs, names: positionals, language: /** @type {Options['language']} */ (values.language), policy: /** @type {Options['policy']} */ (values.policy),
  });
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

if (isMain(import.meta.url)) await main();
