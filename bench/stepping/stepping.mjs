// @ts-check
/* global MutationObserver, document -- one function runs in the page */
/** How long a step back takes on the page, from the click until the run stands where it shall. */
import { chromium } from '@playwright/test';
import { browserFlags, findBrowser } from '../../scripts/browser.mjs';
import { distFolder, ensureBuilt } from '../../scripts/build.mjs';
import { startServer } from '../../scripts/serve.mjs';

const STEPS_BACK = 21;
/** How long a reader looks at where the run has come to stand, before the first step back. */
const LOOK_MS = 3000;
const AT_MOST_MS = 150;

/** The last line of each is reached after some 10,000 steps. */
const PROGRAMS = [
  {
    title: 'Python, three threads', line: 13,
    text: `import threading
lock, n = threading.Lock(), 0
def add():
    global n
    for i in range(3300):
        if i % 50 == 0:
            with lock:
                n += 1
threads = [threading.Thread(target=add) for _ in range(3)]
for t in threads: t.start()
for t in threads: t.join()
for i in range(100): n += 1
print(n)
`,
  },
  {
    title: 'Python, three processes', line: 13,
    text: `from multiprocessing import Process, Value
def add(value):
    for i in range(3300):
        if i % 50 == 0:
            with value.get_lock():
                value.value += 1
if __name__ == '__main__':
    value = Value('i', 0)
    processes = [Process(target=add, args=(value,)) for _ in range(2)]
    for p in processes: p.start()
    for p in processes: p.join()
    for i in range(3300): n = i
    print(value.value)
`,
  },
  {
    title: 'JavaScript, three threads', line: 14,
    text: `import { Lock, Thread, heap, print, withLock } from 'weft';
const lock = new Lock();
function add() {
  for (let i = 0; i < 3300; i++) {
    if (i % 50 === 0) withLock(lock, () => (heap.n += 1));
  }
}
export function main() {
  heap.n = 0;
  const threads = [1, 2, 3].map(() => new Thread(add, []));
  for (const t of threads) t.start();
  for (const t of threads) t.join();
  for (let i = 0; i < 100; i++) heap.n += 0;
  print(heap.n);
}
`,
  },
];
/** @typedef {{ title: string, step: number, times: number[], atMost: number }} SteppingFigure */

/** @returns {Promise<SteppingFigure[]>} */
export async function measureStepping() {
  await ensureBuilt();
  const app = await startServer({ root: distFolder });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() });
  try {
    /** @type {SteppingFigure[]} */
    const figures = [];
    for (const { title, line, text } of PROGRAMS) {
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      await page.goto(app.url);
      const editor = page.getByTestId('editor').getByRole('textbox');
      await editor.waitFor();
      await editor.press('ControlOrMeta+a');
      await page.keyboard.insertText(text);
      const number = page.locator('.cm-lineNumbers .cm-gutterElement').filter({ hasText: new RegExp(`^${line}$`) });
      const [gutter, box] = [await page.locator('.cm-breakpoint-gutter').boundingBox(), await number.boundingBox()];
      if (!gutter || !box) throw new Error('the editor is not shown');
      await page.mouse.click(gutter.x + gutter.width / 2, box.y + box.height / 2);
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      const bar = page.getByRole('toolbar', { name: 'Steps of the run' });
      const status = bar.getByRole('status');
      await status.filter({ hasText: /step \d/ }).waitFor();
      const step = Number(/step (\d+)/.exec(await status.textContent() ?? '')?.[1]);
      const back = await bar.getByRole('button', { name: 'Step back', exact: true }).elementHandle();
      if (!back) throw new Error('missing button: Step back');
      const said = await status.elementHandle();
      await page.waitForTimeout(LOOK_MS);
      /** @type {number[]} */
      const times = [];
      for (let i = 0; i < STEPS_BACK; i++) {
        times.push(await page.evaluate(([button, place]) => new Promise((resolve) => {
          const before = place?.textContent;
          const began = performance.now();
          const observer = new MutationObserver(() => {
            if (place?.textContent === before || !/step \d/.test(place?.textContent ?? '')) return;
            observer.disconnect();
            resolve(performance.now() - began);
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          /** @type {HTMLElement} */ (button).click();
        }), /** @type {const} */ ([back, said])));
      }
      figures.push({ title, step, times, atMost: AT_MOST_MS });
      await page.close();
    }
    return figures;
  } finally {
    await browser.close();
    await app.close();
  }
}

/** @param {readonly SteppingFigure[]} figures */
export function steppingReport(figures) {
  const lines = figures.map(({ title, step, times, atMost }) => {
    const sorted = times.toSorted((a, b) => a - b);
    const [middle = NaN, worst = NaN] = [sorted[sorted.length >> 1], sorted.at(-1)];
    return `  ${`${title}, step ${step}`.padEnd(40)} ${middle.toFixed(0).padStart(5)} ms, the slowest ${worst.toFixed(0)} ms   at most ${atMost}   `
      + `${worst <= atMost ? 'reached' : 'NOT REACHED'}`;
  });
  return [`${STEPS_BACK} steps back on the page, one after the other`, ...lines].join('\n');
}
