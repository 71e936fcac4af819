// @ts-check
/* global document, MessageChannel, requestAnimationFrame, WheelEvent -- some functions run in the page */
/**
 * How long the page takes to open a recorded run of a million events, and to draw it while it is zoomed and dragged; beside it, how
 * long speedscope takes to open the same, and other ways to draw as many intervals.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { browserFlags, findBrowser } from '../../scripts/browser.mjs';
import { distFolder, ensureBuilt } from '../../scripts/build.mjs';
import { projectRoot } from '../../scripts/paths.mjs';
import { startServer } from '../../scripts/serve.mjs';
import { withWorkOfFrames } from './page-thread.mjs';
import { HOW_TO_INSTALL, openedBySpeedscope } from './speedscope.mjs';

const EVENTS = 1_000_000;
/** Ten seconds of a reader's zooming and panning. */
const FRAMES = 600;
/** Of each other way to draw; the slow ones are asked for fewer. */
const WAYS_FRAMES = 200;
/** Until a page that was just opened, or a run in it, is at rest: Python's interpreter is fetched and started, lines are counted. */
const REST_MS = 5000;
const folder = join(projectRoot, '.weft-cache', 'bench-timeline');
const waysFolder = join(projectRoot, '.weft-cache', 'bench-ways');

/** Frames come as fast as they are drawn, not when a display wants the next: what lies between two is what one costs. */
const NO_DISPLAY = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

/** @typedef {{ title: string, figure: number | undefined, unit: string, atMost?: number, why?: string }} TimelineFigure */

/** @returns {Promise<TimelineFigure[]>} */
export async function measureTimeline() {
  await ensureBuilt();
  say(`writing a run of ${EVENTS} events`);
  const { file, chrome, events } = await makeTrace();
  const server = await startServer({ root: distFolder });
  const about = `of a run of ${events} events`;
  try {
    say('opening it, and ten seconds of zooming and panning at 60 frames a second');
    const { opened, longest, frames } = await inBrowser([], (browser) => openAndDrive(browser, server.url, file));
    say('the same as fast as frames are drawn');
    const free = await inBrowser(NO_DISPLAY, (browser) => openAndDrive(browser, server.url, file));
    const theirs = await inBrowser([], (browser) => openedBySpeedscope(browser, chrome));
    say('other ways to draw as many intervals');
    const ways = await inBrowser([], drawnWays);
    return [
      { title: `opening ${about}, from the file to the first picture`, figure: opened, unit: 'ms', atMost: 1000 },
      { title: 'the same run opened by speedscope', figure: theirs, unit: 'ms', why: HOW_TO_INSTALL },
      { title: 'longest time in which the page answers nothing while it opens', figure: longest, unit: 'ms', atMost: 100 },
      { title: `median time between frames at 60 a second while zooming and panning ${about}`, figure: at(frames, 0.5), unit: 'ms', atMost: 16.8 },
      { title: 'median of whole frames, as fast as they are drawn', figure: at(free.frames, 0.5), unit: 'ms' },
      { title: '99th percentile of whole frames, as fast as they are drawn', figure: at(free.frames, 0.99), unit: 'ms', atMost: 16 },
      { title: 'median of what the page\'s thread works for a frame (its CPU time)', figure: at(free.work, 0.5), unit: 'ms' },
      { title: '99th percentile of that', figure: at(free.work, 0.99), unit: 'ms', atMost: 16 },
      { title: `median frame of the layer of intervals alone, ${EVENTS} intervals`, figure: at(ways.layer, 0.5), unit: 'ms', atMost: 5 },
      { title: 'the same with the first interval of each pixel and fillRect', figure: at(ways.buckets, 0.5), unit: 'ms' },
      { title: 'the same with fillRect for each interval', figure: at(ways.fill, 0.5), unit: 'ms' },
      { title: 'a tenth of them with D3 on SVG', figure: at(ways.svg, 0.5), unit: 'ms' },
    ];
  } finally {
    await server.close();
  }
}

/**
 * @template Result
 * @param {readonly string[]} flags
 * @param {(browser: import('@playwright/test').Browser) => Promise<Result>} act
 * @returns {Promise<Result>}
 */
async function inBrowser(flags, act) {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...browserFlags(), ...flags] });
  try {
    return await act(browser);
  } finally {
    await browser.close();
  }
}

/** @param {import('@playwright/test').Browser} browser @param {string} url @param {string} file */
async function openAndDrive(browser, url, file) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(url);
  await page.getByTestId('editor').waitFor();
  await page.waitForTimeout(REST_MS);
  await page.evaluate(watchOpening);
  await page.getByTestId('file').setInputFiles(file);
  const opening = await page.waitForFunction(() => /** @type {any} */ (globalThis).weftOpened, undefined, { timeout: 60_000 });
  const { opened, longest } = /** @type {{ opened: number, longest: number }} */ (await opening.jsonValue());
  await page.waitForTimeout(REST_MS);
  const plot = await page.locator('.wt-plot').boundingBox();
  if (plot === null) throw new Error('the timeline is not shown');
  const at = { frames: FRAMES, x: plot.x + plot.width / 2, y: plot.y + 60 };
  const { result: frames, work } = await withWorkOfFrames(page, () => page.evaluate(drive, at));
  return { opened, longest, frames, work };
}

/** @param {import('@playwright/test').Browser} browser @returns {Promise<import('./ways').WaysDrawn>} */
async function drawnWays(browser) {
  await build({
    root: projectRoot, configFile: false, logLevel: 'warn', publicDir: false,
    build: { lib: { entry: 'bench/timeline/ways.ts', formats: ['iife'], name: 'ways', fileName: () => 'ways.js' }, outDir: waysFolder, emptyOutDir: true },
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.addScriptTag({ path: join(waysFolder, 'ways.js') });
  return page.evaluate(([intervals, frames]) => /** @type {any} */ (globalThis).ways.drawWays(intervals, frames), [EVENTS, WAYS_FRAMES]);
}

/** @param {readonly number[]} frames @param {number} part */
function at(frames, part) {
  const sorted = frames.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** A busy computer takes minutes: it is seen to go on. @param {string} what */
function say(what) {
  console.error(`bench: ${what}`);
}

async function makeTrace() {
  await build({
    root: projectRoot, configFile: false, logLevel: 'warn', publicDir: false,
    build: { ssr: 'bench/timeline/make-trace.ts', outDir: folder, emptyOutDir: true, target: 'node20' },
  });
  const { traceFile } = await import(pathToFileURL(join(folder, 'make-trace.js')).href);
  const { text, chrome, events } = traceFile(EVENTS);
  const file = join(folder, 'million.trace.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
  // Not `.chrome.json`: by that name speedscope takes it for a profile.
  const chromeFile = join(folder, 'million.trace-events.json');
  writeFileSync(chromeFile, chrome);
  return { file, chrome: chromeFile, events };
}

/** In the page: says when the first lanes are there, and what the longest gap between two answers was meanwhile. */
function watchOpening() {
  const input = document.querySelector('[data-testid="file"]');
  input?.addEventListener('change', () => {
    const begun = performance.now();
    let last = begun;
    let longest = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => look();
    const look = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (document.querySelector('.wt-row') === null) {
        port2.postMessage(0);
        return;
      }
      port1.close();
      requestAnimationFrame(() => setTimeout(() => {
        const opened = performance.now() - begun;
        /** @type {any} */ (globalThis).weftOpened = { opened, longest: Math.max(longest, performance.now() - last) };
      }, 0));
    };
    look();
  }, { once: true, capture: true });
}

/**
 * In the page: turns the wheel in each frame, in and out (with control held) and to the side, and answers how long each frame took.
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
        deltaY: turn < 30 ? -60 : turn < 60 ? 60 : 40, clientX: x, clientY: y, shiftKey, ctrlKey: !shiftKey, bubbles: true, cancelable: true,
      }));
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** @param {readonly TimelineFigure[]} figures */
export function timelineReport(figures) {
  return figures.map(({ title, figure, unit, atMost, why }) => {
    if (figure === undefined) return `${title}: not measured (${why})`;
    const judged = atMost === undefined ? '' : ` (at most ${atMost}: ${figure <= atMost ? 'reached' : 'not reached'})`;
    return `${title}: ${figure.toFixed(1)} ${unit}${judged}`;
  }).join('\n');
}
