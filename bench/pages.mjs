// @ts-check
/** What is measured of whole pages rather than by a program: how soon a first run begins, what processes hold. */
import { readFileSync } from 'node:fs';
import { PageRun } from '../cli/page-run.mjs';

/**
 * @typedef {import('@playwright/test').Browser} Browser
 */

const PROCESSES = 8;
/** Megabytes between two looks from which on memory counts as settled. */
const SETTLED = 2;
const hello = {
  language: /** @type {const} */ ('python'), entry: 'hello.py', files: [{ name: 'hello.py', text: "print('hello')\n" }],
};

/**
 * Milliseconds from opening a page that the browser has never seen, or from asking for a second run, until the program's
 * output is there.
 *
 * @param {Browser} browser
 * @param {string} url
 * @param {'first run' | 'next run'} which
 */
export async function measureOpening(browser, url, which) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    /** @type {() => void} */
    let written = () => undefined;
    await page.exposeFunction('weftWrite', () => written());
    /** @param {number} began */
    const runFrom = async (began) => {
      const output = new Promise((resolve) => (written = () => resolve(performance.now() - began)));
      const run = new PageRun(page);
      await run.start(hello, { clock: 'real', tracing: true });
      const took = await output;
      await run.finished();
      return took;
    };
    const opened = performance.now();
    await page.goto(`${url}run.html`);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    const first = await runFrom(opened);
    return which === 'first run' ? first : await runFrom(performance.now());
  } finally {
    await context.close();
  }
}

/**
 * Megabytes that each further process of a program costs: programs/python/memory.py waits for lines of input, each of which
 * says how many more processes it is to start. The first ones take workers that were kept ready, so others are measured.
 *
 * @param {Browser} browser
 * @param {PageRun} run
 * @param {() => string} output of the program
 */
export async function measureMemory(browser, run, output) {
  /** @param {number} processes */
  const heldWith = async (processes) => {
    while (!output().includes(`waiting: ${processes}`)) await pause(20);
    return settledMegabytes(browser);
  };
  await heldWith(0);
  await run.writeInput(String(PROCESSES));
  const some = await heldWith(PROCESSES);
  await run.writeInput(String(PROCESSES));
  const twice = await heldWith(2 * PROCESSES);
  await run.writeInput('0');
  return (twice - some) / PROCESSES;
}

/** @param {Browser} browser */
async function settledMegabytes(browser) {
  for (let before = Infinity; ; await pause(500)) {
    const held = await heldMegabytes(browser);
    if (Math.abs(held - before) < SETTLED) return held;
    before = held;
  }
}

/** What the pages' processes of the browser hold, each shared page counted once. Linux alone says so. @param {Browser} browser */
async function heldMegabytes(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  let kilobytes = 0;
  for (const { id, type } of processInfo) {
    if (type !== 'renderer') continue;
    kilobytes += Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
