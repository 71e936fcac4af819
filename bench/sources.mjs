// @ts-check
/** Where figures come from: the machine and the work by hand, each in a page of one browser, and CPython. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { PageRun } from '../cli/page-run.mjs';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';
import { distFolder, ensureBuilt } from '../scripts/build.mjs';
import { projectRoot } from '../scripts/paths.mjs';
import { startServer } from '../scripts/serve.mjs';
import { measureMemory, measureOpening } from './pages.mjs';

/**
 * @typedef {import('./measurements.mjs').Measurement} Measurement
 * @typedef {import('./measurements.mjs').Comparison} Comparison
 * @typedef {import('../src/runner').WeftRunner} WeftRunner
 * @typedef {import('./bare/bare').Bare} Bare
 * @typedef {import('@playwright/test').Page} Page
 */

/** The folder of Pyodide's npm package. */
const pyodideFolder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
const benchFolder = join(projectRoot, 'bench');
const bareFolder = join(projectRoot, '.weft-cache', 'bench');

/** One browser with a page for the machine and one for the work by hand. */
export class Sources {
  #servers;
  #browser;
  #machinePage;
  #barePage;
  /** What the program that runs now has written. */
  #output = '';

  /**
   * @param {Awaited<ReturnType<typeof startServer>>[]} servers
   * @param {import('@playwright/test').Browser} browser
   * @param {Page} machinePage
   * @param {Page} barePage
   */
  constructor(servers, browser, machinePage, barePage) {
    this.#servers = servers;
    this.#browser = browser;
    this.#machinePage = machinePage;
    this.#barePage = barePage;
  }

  static async open() {
    await ensureBuilt();
    await build({
      root: join(benchFolder, 'bare'), publicDir: pyodideFolder, configFile: false, base: './', logLevel: 'warn', worker: { format: 'es' },
      build: { target: 'es2022', outDir: bareFolder, emptyOutDir: true },
    });
    const machineServer = await startServer({ root: distFolder });
    const bareServer = await startServer({ root: bareFolder });
    const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() });
    const [machinePage, barePage] = [await browser.newPage(), await browser.newPage()];
    const sources = new Sources([machineServer, bareServer], browser, machinePage, barePage);
    await machinePage.exposeFunction('weftWrite', (/** @type {[string, string][]} */ writes) => {
      for (const [, text] of writes) sources.#output += text;
    });
    await machinePage.goto(`${machineServer.url}run.html`);
    await barePage.goto(bareServer.url);
    for (const page of [machinePage, barePage]) await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    return sources;
  }

  async close() {
    await this.#browser.close();
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  /**
   * One figure of the machine. Throws where the program fails or its trace lacks events.
   *
   * @param {Measurement} measurement
   * @returns {Promise<number>}
   */
  async machine({ program, tracing, startMethod, spareWorkers, events = {}, figure, virtual }) {
    if (figure === 'first run' || figure === 'next run') return measureOpening(this.#browser, this.#servers[0].url, figure);
    // A machine of its own: no worker is left from the measurement before.
    await this.#machinePage.evaluate((spareWorkers) => {
      const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
      weft.machine.dispose();
      weft.machine = weft.createMachine(undefined, spareWorkers);
    }, spareWorkers);
    if (virtual !== undefined) {
      const { step, counts: [few, many], each } = virtual;
      await this.#timed(program, tracing, step, few);
      const took = await this.#timed(program, tracing, step, many) - await this.#timed(program, tracing, step, few);
      return ((many - few) * each) / (took / 1000);
    }
    this.#output = '';
    const run = new PageRun(this.#machinePage);
    const text = readFileSync(join(benchFolder, 'programs', program), 'utf8');
    const entry = basename(program);
    const started = await run.start(
      { language: program.endsWith('.py') ? 'python' : 'javascript', entry, files: [{ name: entry, text }] },
      { clock: 'real', tracing, ...(startMethod && { startMethod }) },
    );
    if (started.outcome !== 'started') throw new Error(`${program} did not start: ${JSON.stringify(started)}`);
    const held = figure === 'memory' ? await measureMemory(this.#browser, run, () => this.#output) : undefined;
    const { status, reason } = await run.finished();
    if (status !== 0) throw new Error(`${program} ended with status ${status} (${reason}): ${this.#output.trim()}`);
    const counts = /** @type {Record<string, number>} */ (tracing ? await run.eventCounts() : {});
    for (const [kind, expected] of Object.entries(events)) {
      if (counts[kind] !== expected) throw new Error(`${program}: the trace holds ${counts[kind]} ${kind} events of ${expected}`);
    }
    return held ?? JSON.parse(this.#output).figure;
  }

  /**
   * Milliseconds of a run in virtual time, from its start to its end.
   *
   * @param {string} program
   * @param {boolean} tracing
   * @param {import('../src/protocol/program').RunSettings['step']} step
   * @param {number} count
   */
  async #timed(program, tracing, step, count) {
    this.#output = '';
    const run = new PageRun(this.#machinePage);
    const entry = basename(program);
    const text = readFileSync(join(benchFolder, 'programs', program), 'utf8').replace('COUNT = 1', `COUNT = ${count}`);
    const started = await run.start(
      { language: program.endsWith('.py') ? 'python' : 'javascript', entry, files: [{ name: entry, text }] },
      { clock: 'virtual', cpus: 1, tracing, ...(step && { step }) },
    );
    const began = performance.now();
    if (started.outcome !== 'started') throw new Error(`${program} did not start: ${JSON.stringify(started)}`);
    const { status, reason } = await run.finished();
    if (status !== 0) throw new Error(`${program} ended with status ${status} (${reason}): ${this.#output.trim()}`);
    return performance.now() - began;
  }

  /**
   * One figure of the work by hand.
   *
   * @param {Comparison} comparison
   * @returns {Promise<number>}
   */
  bare({ key, count = 0 }) {
    return this.#barePage.evaluate(
      ({ key, count }) => /** @type {{ bare: Bare }} */ (/** @type {unknown} */ (globalThis)).bare[key](count),
      { key: /** @type {keyof Bare} */ (key), count },
    );
  }

  /**
   * One figure of CPython, or undefined where there is no python3.
   *
   * @param {Comparison} comparison
   * @returns {number | undefined}
   */
  cpython({ key }) {
    const { status, stdout, stderr, error } = spawnSync('python3', [join(benchFolder, 'cpython.py'), key], {
      encoding: 'utf8', timeout: 120_000,
    });
    if (error && 'code' in error && error.code === 'ENOENT') return undefined;
    if (status !== 0) throw new Error(`cpython.py ${key} failed: ${stderr.trim().split('\n').at(-1) ?? error?.message}`);
    return JSON.parse(stdout)[key];
  }
}
