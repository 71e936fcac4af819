// @ts-check
/* global document, MessageChannel, requestAnimationFrame, WheelEvent -- two functions run in the page */
/** How long the page takes to open a recorded run of a million events, and to draw it while it is zoomed and dragged. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { browserFlags, findBrowser } from '../../scripts/browser.mjs';
import { distFolder, ensureBuilt } from '../../scripts/build.mjs';
import { projectRoot } from '../../scripts/paths.mjs';
import { startServer } from '../../scripts/serve.mjs';

const EVENTS = 1_000_000;
const FRAMES = 240;
const folder = join(projectRoot, '.weft-cache', 'bench-timeline');

/** @typedef {{ title: string, figure: number, unit: string, atMost: number }} TimelineFigure */

/** @returns {Promise<TimelineFigure[]>} */
export async function measureTimeline() {
  await ensureBuilt();
  const { file, events } = await makeTrace();
  const server = await startServer({ root: distFolder });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() });
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(server.url);
    await page.getByTestId('editor').waitFor();
    await page.evaluate(watchOpening);
    await page.getByTestId('file').setInputFiles(file);
    const opening = await page.waitForFunction(() => /** @type {any} */ (globalThis).weftOpened, undefined, { timeout: 60_000 });
    const { opened, longest } = await opening.jsonValue();
    const plot = await page.locator('.wt-plot').boundingBox();
    if (plot === null) throw new Error('the timeline is not shown');
    const frames = await page.evaluate(drive, { frames: FRAMES, x: plot.x + plot.width / 2, y: plot.y + 60 });
    const sorted = frames.toSorted((a, b) => a - b);
    const at = (/** @type {number} */ part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
    const about = `of a run of ${events} events`;
    return [
      { title: `opening ${about}, from the file to the first picture`, figure: opened, unit: 'ms', atMost: 1000 },
      { title: `longest time in which the page answers nothing while it opens`, figure: longest, unit: 'ms', atMost: 100 },
      { title: `median frame while zooming and panning ${about}`, figure: at(0.5), unit: 'ms', atMost: 16.8 },
      { title: `99th percentile of frames while zooming and panning ${about}`, figure: at(0.99), unit: 'ms', atMost: 33.4 },
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

async function makeTrace() {
  await build({
    root: projectRoot, configFile: false, logLevel: 'warn', publicDir: false,
    build: { ssr: 'bench/timeline/make-trace.ts', outDir: folder, emptyOutDir: true, target: 'node20' },
  });
  const { traceFile } = await import(pathToFileURL(join(folder, 'make-trace.js')).href);
  const { text, events } = traceFile(EVENTS);
  const file = join(folder, 'million.trace.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
  return { file, events };
}

/** In the page: says when the first lanes are there, and what the longest gap between two answers was meanwhile. */
function watchOpening() {
  const input = document.querySelector('[data-testid="file"]');
  input?.addEventListener('change', () => {
    const begun = performance.now();
    let last = begun;
    let longest = 0;
    const look = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (document.querySelector('.wt-row') === null) {
        const channel = new MessageChannel();
        channel.port1.onmessage = look;
        channel.port2.postMessage(0);
        return;
      }
      requestAnimationFrame(() => setTimeout(() => {
        const opened = performance.now() - begun;
        /** @type {any} */ (globalThis).weftOpened = { opened, longest: Math.max(longest, performance.now() - last) };
      }, 0));
    };
    look();
  }, { once: true, capture: true });
}

/**
 * In the page: turns the wheel in each frame, in and out and to the side, and answers how long each frame took.
 *
 * @param {{ frames: number, x: number, y: number }} where
 * @returns {Promise<number[]>}
 */
function drive({ frames, x, y }) {
  const plot = document.querySelector('.wt-plot');
  if (plot === null) throw new Error('the timeline is not shown');
  return new Promise((resolve) => {
    /** @type {number[]} */
    const times = [];
    let before = performance.now();
    const frame = () => {
      const now = performance.now();
      times.push(now - before);
      before = now;
      if (times.length > frames) return resolve(times.slice(1));
      const turn = times.length % 80;
      const shiftKey = turn >= 60;
      plot.dispatchEvent(new WheelEvent('wheel', {
        deltaY: turn < 30 ? -60 : turn < 60 ? 60 : 40, clientX: x, clientY: y, shiftKey, bubbles: true, cancelable: true,
      }));
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** @param {readonly TimelineFigure[]} figures */
export function timelineReport(figures) {
  return figures.map(({ title, figure, unit, atMost }) => {
    return `${title}: ${figure.toFixed(1)} ${unit} (at most ${atMost}: ${figure <= atMost ? 'reached' : 'not reached'})`;
  }).join('\n');
}
