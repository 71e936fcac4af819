#!/usr/bin/env node
// @ts-check
/**
 * Runs programs of e2e/virtual-time many times and compares their whole traces, as their files have them: one program,
 * settings and seed make one trace, byte for byte, in one browser and in another. The last line is `N passed, M failed`.
 *
 *   node scripts/determinism.mjs [--runs N] [--language javascript|python] [--firefox PATH] [--policy NAME] [NAME...]
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { chromium, firefox } from '@playwright/test';
import { runnerImport } from 'vite';
import { browserFlags, findBrowser } from './browser.mjs';
import { distFolder, ensureBuilt } from './build.mjs';
import { projectRoot } from './paths.mjs';
import { startServer } from './serve.mjs';

/**
 * @typedef {import('../src/protocol/program').Program} Program
 * @typedef {import('../src/protocol/program').RunSettings} RunSettings
 * @typedef {import('../src/runner').WeftRunner} WeftRunner
 * @typedef {{ name: string, program: Program, settings: RunSettings }} Case
 * @typedef {typeof import('../e2e/virtual-time/programs')} ProgramsModule
 * @typedef {typeof import('../e2e/virtual-time/python-programs')} PythonProgramsModule
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, language: { type: 'string' }, firefox: { type: 'string' }, policy: { type: 'string' } },
});
const runs = Number(values.runs ?? 20);
if (!(Number.isInteger(runs) && runs > 0)) throw new Error(`invalid --runs "${values.runs}": give a whole number from 1`);
const policy = /** @type {RunSettings['policy']} */ (values.policy);

/** @param {string} path of a module of TypeScript */
async function load(path) {
  const { module } = await runnerImport(join(projectRoot, path), { root: projectRoot, configFile: false, logLevel: 'warn' });
  return /** @type {Record<string, unknown>} */ (module);
}

/** @returns {Promise<Case[]>} */
async function allCases() {
  const { PROGRAMS, INPUT } = /** @type {ProgramsModule} */ (await load('e2e/virtual-time/programs.ts'));
  const { PYTHON_PROGRAMS } = /** @type {PythonProgramsModule} */ (await load('e2e/virtual-time/python-programs.ts'));
  /** @type {(language: Program['language'], file: string) => (given: { name: string, text: string }) => Case} */
  const caseOf = (language, file) => ({ name, text }) => ({
    name: `${language}: ${name}`,
    program: { language, entry: file, files: [{ name: file, text }] },
    settings: { clock: 'virtual', tracing: true, stdin: INPUT, ...(policy !== undefined && { policy }) },
  });
  const all = [...PROGRAMS.map(caseOf('javascript', 'main.js')), ...PYTHON_PROGRAMS.map(caseOf('python', 'main.py'))];
  return all.filter(({ name, program }) => (values.language ?? program.language) === program.language
    && (positionals.length === 0 || positionals.some((part) => name.includes(part))));
}

/** @param {string | undefined} path of a Firefox; undefined: Chromium, as in the tests */
async function openBrowser(path) {
  if (path === undefined) return chromium.launch({ executablePath: findBrowser(), args: browserFlags() });
  // The system's own Firefox, over WebDriver BiDi.
  return firefox.launch({ channel: 'moz-firefox', executablePath: path });
}

/**
 * The trace of one run, as its file has it.
 *
 * @param {import('@playwright/test').Page} page
 * @param {Case} given
 * @returns {Promise<string>}
 */
function traceOf(page, { program, settings }) {
  return page.evaluate(async ([program, settings]) => {
    const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
    const start = await weft.start(program, settings);
    if (start.outcome !== 'started' || weft.run === undefined) return `it did not start: ${JSON.stringify(start)}`;
    await weft.run.finished();
    let trace = '';
    for (let piece = weft.run.tracePiece(1 << 22); piece !== ''; piece = weft.run.tracePiece(1 << 22)) trace += piece;
    return trace;
  }, /** @type {const} */ ([program, settings]));
}

/** @param {string} one @param {string} other */
function firstDifference(one, other) {
  const others = other.split('\n');
  const lines = one.split('\n');
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `line ${at + 1}: ${lines[at]?.slice(0, 200)} | ${others[at]?.slice(0, 200)}`;
}

await ensureBuilt();
const cases = await allCases();
const server = await startServer({ root: distFolder });
const browser = await openBrowser(values.firefox);
let passed = 0;
try {
  const page = await browser.newPage();
  await page.goto(`${server.url}run.html`);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  console.log(`${values.firefox === undefined ? 'Chromium' : 'Firefox'} ${browser.version()}, ${runs} runs of each of ${cases.length} programs`);
  for (const given of cases) {
    const first = await traceOf(page, given);
    let fault = first.includes('"run-end"') ? '' : first.slice(0, 300);
    for (let run = 1; run < runs && fault === ''; run++) {
      const again = await traceOf(page, given);
      if (again !== first) fault = `run ${run + 1} differs, ${firstDifference(first, again)}`;
    }
    if (fault === '') passed++;
    const digest = createHash('sha256').update(first).digest('hex').slice(0, 16);
    console.log(`${given.name}: ${fault === '' ? `one trace, ${first.length} bytes, ${digest}` : fault}`);
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`\n${passed} passed, ${cases.length - passed} failed`);
process.exitCode = passed < cases.length ? 1 : 0;
