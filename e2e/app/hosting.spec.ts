import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { startServer } from '../../scripts/serve.mjs';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

test('the page has shared memory', async ({ page }) => {
  await page.goto('./');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('the page works in a sub-path, and asks for nothing outside it', async ({ page }) => {
  const server = await startServer({ root: dist, base: '/courses/os/weft/' });
  try {
    const outside: string[] = [];
    const failed: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(blob|data):/.test(request.url())) outside.push(request.url());
    });
    page.on('response', (response) => {
      if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
    });
    page.on('pageerror', (error) => failed.push(error.message));
    await page.goto(server.url);
    await expect(page.locator('#root')).not.toBeEmpty();
    expect({ outside, failed }).toEqual({ outside: [], failed: [] });
  } finally {
    await server.close();
  }
});

test('a page of another origin, not isolated itself, embeds one that has shared memory', async ({ page, baseURL }) => {
  const plain = await startServer({ root: dist, headers: {} });
  try {
    await page.goto(`${plain.url}vercel.json`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await page.evaluate((address) => {
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
    }, baseURL ?? '');
    const frame = page.frameLocator('iframe');
    await expect(frame.locator('#root')).not.toBeEmpty();
    expect(await frame.locator('#root').evaluate(() => crossOriginIsolated)).toBe(true);
  } finally {
    await plain.close();
  }
});

test('code on the page and on its workers may be evaluated, and reaches no other origin', async ({ page }) => {
  const other = await startServer({ root: dist });
  try {
    await page.goto('./');
    // Both ask the same of another origin that would answer, for it sends CORP and is up.
    const attempt = `Promise.all([
      new Function('return 6 * 7')(),
      import(URL.createObjectURL(new Blob(['export const x = 7;'], { type: 'text/javascript' }))).then((m) => m.x),
      fetch(${JSON.stringify(other.url)}, { mode: 'no-cors' }).then(() => 'reached', () => 'refused'),
      fetch('./_headers').then((answer) => answer.status),
    ])`;
    const onPage = await page.evaluate(attempt);
    expect(onPage).toEqual([42, 7, 'refused', 200]);
    const onWorker = await page.evaluate(
      (code) =>
        new Promise((resolve, reject) => {
          const url = new URL('./', location.href).href;
          const text = `${code.replace("'./_headers'", `'${url}_headers'`)}.then(postMessage)`;
          const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = (event) => reject(new Error(event.message));
        }),
      attempt,
    );
    expect(onWorker).toEqual([42, 7, 'refused', 200]);
  } finally {
    await other.close();
  }
});
