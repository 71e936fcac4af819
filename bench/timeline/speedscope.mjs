// @ts-check
/* global document, MutationObserver, requestAnimationFrame -- a function runs in the page */
/** How long speedscope takes to open the same run, where it is installed. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { projectRoot } from '../../scripts/paths.mjs';

/** It is of no use but here, so it is not among the dependencies. */
export const HOW_TO_INSTALL = 'npm install --no-save speedscope@1.25.0';
const folder = join(projectRoot, 'node_modules', 'speedscope', 'dist', 'release');
const TYPES = new Map([['.html', 'text/html'], ['.js', 'text/javascript'], ['.css', 'text/css'], ['.wasm', 'application/wasm']]);

/**
 * Milliseconds from the choice of the file to the first picture, or undefined where speedscope is not installed.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} file
 * @returns {Promise<number | undefined>}
 */
export async function openedBySpeedscope(browser, file) {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const server = createServer((request, response) => {
    const path = join(folder, normalize(request.url === '/' ? '/index.html' : (request.url ?? '').replace(/[?#].*/, '')));
    if (!path.startsWith(folder) || !existsSync(path)) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': TYPES.get(extname(path)) ?? 'application/octet-stream' }).end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  try {
    await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
    await page.locator('#file').waitFor({ state: 'attached' });
    await page.evaluate(watchSpeedscope);
    await page.locator('#file').setInputFiles(file);
    const opened = await page.waitForFunction(() => /** @type {any} */ (globalThis).speedscopeOpened, undefined, { timeout: 120_000 });
    return /** @type {number} */ (await opened.jsonValue());
  } finally {
    await page.close();
    server.close();
  }
}

/** In the page: says when the welcome has given way to the picture. */
function watchSpeedscope() {
  document.querySelector('#file')?.addEventListener('change', () => {
    const begun = performance.now();
    const watch = new MutationObserver(() => {
      if (document.querySelector('#file') !== null || document.querySelector('canvas') === null) return;
      // The text of its toolbar says which of the threads is shown: there while it draws, not while it reads.
      if (!/Time Order/.test(document.body.innerText)) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => (/** @type {any} */ (globalThis).speedscopeOpened = performance.now() - begun), 0));
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  }, { once: true, capture: true });
}
