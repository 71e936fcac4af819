// @ts-check
/** From the call of Stop to the machine's word that the run has ended, for programs that only Stop ends. */
import { chromium } from '@playwright/test';
import { PageRun } from '../../cli/page-run.mjs';
import { browserFlags, findBrowser } from '../../scripts/browser.mjs';
import { distFolder, ensureBuilt } from '../../scripts/build.mjs';
import { startServer } from '../../scripts/serve.mjs';
import { median } from '../statistics.mjs';
import { ENDLESS_PROGRAMS } from './programs.mjs';

const TIMES = 7;
const AT_MOST_MS = 200;

/**
 * @typedef {{ title: string, middle: number, worst: number }} StopFigure
 */

/** @returns {Promise<StopFigure[]>} */
export async function measureStop() {
  await ensureBuilt();
  const server = await startServer({ root: distFolder });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() });
  try {
    const page = await browser.newPage();
    let output = '';
    let heard = () => {};
    await page.exposeFunction('weftWrite', (/** @type {import('../../src/state/recorded-run').Writes} */ writes) => {
      // Of a program that prints without end the first line is enough.
      if (output.length < 100) for (const [, text] of writes) output += text;
      heard();
    });
    await page.goto(`${server.url}run.html`);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    /** @type {StopFigure[]} */
    const figures = [];
    for (const [title, program] of Object.entries(ENDLESS_PROGRAMS)) {
      /** @type {number[]} */
      const took = [];
      for (let time = 0; time < TIMES; time++) {
        output = '';
        const run = new PageRun(page);
        const started = await run.start(program, { clock: 'real', tracing: true });
        if (started.outcome !== 'started') throw new Error(`${title} did not start: ${JSON.stringify(started)}`);
        while (!output.startsWith('ready\n')) await new Promise((resolve) => (heard = () => resolve(undefined)));
        took.push(await run.stop());
        await run.finished();
      }
      figures.push({ title, middle: median(took), worst: Math.max(...took) });
    }
    return figures;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @param {readonly StopFigure[]} figures */
export function stopReport(figures) {
  const lines = figures.map(({ title, middle, worst }) => (
    `${worst <= AT_MOST_MS ? 'reached' : 'MISSED '}  ${title}: ${middle.toFixed(0)} ms, worst ${worst.toFixed(0)} ms (at most ${AT_MOST_MS} ms)`
  ));
  return [`Stop, median and worst of ${TIMES}`, ...lines].join('\n');
}
