// @ts-check
/* global PerformanceObserver -- one function runs in the page */
/** How soon the page and an embed are there for somebody who comes for the first time, and how much they fetch for it. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { browserFlags, findBrowser } from '../../scripts/browser.mjs';
import { distFolder, ensureBuilt } from '../../scripts/build.mjs';
import { projectRoot } from '../../scripts/paths.mjs';
import { startServer } from '../../scripts/serve.mjs';

const VISITS = 5;
/** What Lighthouse calls good, of a page. */
const GOOD_FIRST_PAINT = 1800;
const GOOD_LARGEST_PAINT = 2500;

/**
 * @typedef {{ title: string, figure: number, unit: string, atMost: number }} OpeningFigure
 * @typedef {import('@playwright/test').Page} Page
 */

/** @returns {Promise<OpeningFigure[]>} */
export async function measureOpening() {
  await ensureBuilt();
  const app = await startServer({ root: distFolder });
  const course = await startServer({ root: coursePage(app.url), headers: {} });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() });
  try {
    /** @param {(page: Page) => Promise<number[]>} look */
    const visits = async (look) => {
      /** @type {number[][]} */
      const seen = [];
      for (let visit = 0; visit < VISITS; visit++) {
        // Each has nothing in its cache, and no service worker.
        const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, serviceWorkers: 'block' });
        seen.push(await look(await context.newPage()));
        await context.close();
      }
      return (seen[0] ?? []).map((_, index) => median(seen.map((figures) => figures[index] ?? NaN)));
    };
    const [first = NaN, largest = NaN, shifts = NaN, pageBytes = NaN] = await visits(async (page) => {
      const bytes = countBytes(page, app.url);
      await page.goto(app.url);
      await page.getByTestId('editor').waitFor();
      return [...await page.evaluate(paints), await bytes()];
    });
    const [picture = NaN, embedBytes = NaN, elementBytes = NaN] = await visits(async (page) => {
      const bytes = countBytes(page, app.url, ['script']);
      const script = countBytes(page, `${app.url}weft-run.js`);
      const began = performance.now();
      await page.goto(`${course.url}page.html`);
      await page.frameLocator('weft-run iframe').getByRole('slider').waitFor();
      return [performance.now() - began, await bytes(), await script()];
    });
    return [
      { title: 'first paint of the page', figure: first, unit: 'ms', atMost: GOOD_FIRST_PAINT },
      { title: 'largest paint of the page', figure: largest, unit: 'ms', atMost: GOOD_LARGEST_PAINT },
      { title: 'what moved by itself (layout shift)', figure: shifts, unit: '', atMost: 0.1 },
      { title: 'what the page fetches until its editor is there, compressed', figure: pageBytes / 1000, unit: 'KB', atMost: 600 },
      { title: 'first picture of a recorded run in a page of a course', figure: picture, unit: 'ms', atMost: GOOD_LARGEST_PAINT },
      { title: 'the script that such a page loads, compressed', figure: elementBytes / 1000, unit: 'KB', atMost: 2 },
      { title: "an embed's own scripts, compressed", figure: (embedBytes - elementBytes) / 1000, unit: 'KB', atMost: 60 },
    ];
  } finally {
    await browser.close();
    await Promise.all([app.close(), course.close()]);
  }
}

/** A page of a course with one recorded run, on an origin of its own; answers its folder. @param {string} app */
function coursePage(app) {
  const folder = join(projectRoot, '.weft-cache', 'bench-opening');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(projectRoot, 'e2e', 'fixtures', 'producer-consumer.trace.json'), join(folder, 'run.json'));
  writeFileSync(join(folder, 'page.html'), `<!doctype html><script async src="${app}weft-run.js"></script><weft-run run="run.json"></weft-run>`);
  return folder;
}

/**
 * Counts what is fetched from addresses that begin so, as a host that compresses (gzip) would send it: scripts, styles and pages.
 * Fonts and pictures are compressed already, and come when there is something to be seen.
 *
 * @param {Page} page
 * @param {string} beginning
 * @param {readonly string[]} [kinds]
 */
function countBytes(page, beginning, kinds = ['document', 'script', 'stylesheet']) {
  /** @type {Promise<number>[]} */
  const sizes = [];
  page.on('response', (response) => {
    const isText = kinds.includes(response.request().resourceType());
    // Of a worker's script there is no body to be had here: what workers load comes after the first picture.
    if (isText && response.url().startsWith(beginning)) sizes.push(response.body().then((body) => gzipSync(body).length, () => 0));
  });
  return async () => (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** In the page: when there was something to see, when most of it, and how much of it moved. @returns {Promise<number[]>} */
async function paints() {
  /** @param {string} type @returns {Promise<any[]>} */
  const entries = (type) => new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => resolve(list.getEntries()));
    observer.observe({ type, buffered: true });
    // A type of which there is nothing never calls.
    setTimeout(() => resolve(observer.takeRecords()), 300);
  });
  const [paint, largest, shifts] = await Promise.all([entries('paint'), entries('largest-contentful-paint'), entries('layout-shift')]);
  return [
    paint.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? NaN, largest.at(-1)?.startTime ?? NaN,
    shifts.reduce((sum, { value }) => sum + value, 0),
  ];
}

/** @param {number[]} figures */
function median(figures) {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? NaN;
}

/** @param {readonly OpeningFigure[]} figures */
export function openingReport(figures) {
  const lines = figures.map(({ title, figure, unit, atMost }) => {
    const shown = `${figure < 10 ? figure.toFixed(2) : figure.toFixed(0)} ${unit}`.trim();
    return `${figure <= atMost ? 'reached' : 'MISSED '}  ${title}: ${shown} (at most ${atMost}${unit === '' ? '' : ` ${unit}`})`;
  });
  return [`opening, median of ${VISITS} first visits`, ...lines].join('\n');
}
