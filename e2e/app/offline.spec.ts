import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startServer } from '../../scripts/serve.mjs';
import { WeftPage } from '../support/weft-page';

test.use({ serviceWorkers: 'allow' });

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

interface Build {
  readonly first: readonly string[];
  readonly later: readonly string[];
}

/** What the built service worker is to keep. */
function listOf(folder: string): Build {
  const [, list] = /^const weftBuild = (.*);$/m.exec(readFileSync(`${folder}/service-worker.js`, 'utf8')) ?? [];
  return JSON.parse(list ?? 'null') as Build;
}

/** Resolves once the service worker has everything. */
async function isKept(page: Page, { first, later }: Build): Promise<void> {
  const count = first.length + later.length;
  await expect.poll(() => page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
    return Math.max(0, ...keys);
  })).toBe(count);
}

test('after the first visit Weft works without its server, in a sub-path too', async ({ page }) => {
  const server = await startServer({ root: dist, base: '/courses/weft/' });
  await page.goto(server.url);
  await isKept(page, listOf(dist));
  await server.close();
  await page.reload();
  const weft = new WeftPage(page);
  await weft.chooseExample('Barrier');
  await weft.runToEnd();
  await page.goto(`${server.url}embed.html`);
  await expect(page.getByRole('main', { name: 'A program and its run' })).toBeVisible();
});

test('a host without headers gives an isolated page after the first visit', async ({ page }) => {
  const server = await startServer({ root: dist, headers: {} });
  await page.goto(server.url);
  await expect.poll(() => page.evaluate(() => crossOriginIsolated).catch(() => false)).toBe(true);
  const weft = new WeftPage(page);
  await weft.write('import { print } from \'weft\';\nexport function main() {\n  print(6 * 7);\n}\n');
  await server.close();
});

test('a new version is seen at once, and what the open page of the old one asks for is still there', async ({ page, context }) => {
  const folder = test.info().outputPath('dist');
  cpSync(dist, folder, { recursive: true });
  const server = await startServer({ root: folder });
  await page.goto(server.url);
  await isKept(page, listOf(folder));
  // The same app with another title and one more file is another version.
  const index = readFileSync(`${folder}/index.html`, 'utf8');
  writeFileSync(`${folder}/index.html`, index.replace('<title>Weft</title>', '<title>Weft, newer</title>'));
  const worker = readFileSync(`${folder}/service-worker.js`, 'utf8');
  writeFileSync(`${folder}/service-worker.js`, worker.replace(/"version":"\w+"/, '"version":"newer"'));
  const second = await context.newPage();
  await second.goto(server.url);
  await expect(second).toHaveTitle('Weft, newer');
  await expect.poll(() => second.evaluate(() => caches.keys())).toContain('weft newer');
  await server.close();
  // The page of the old version asks for its example's own parts, and runs.
  const weft = new WeftPage(page);
  await weft.chooseExample('Barrier');
  await weft.runToEnd();
});

test('a page says what this browser can do', async ({ page }) => {
  await page.goto('./browser.html');
  await expect(page.getByRole('listitem').filter({ hasText: 'Python programs' })).toContainText('yes');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  const plain = await startServer({ root: dist, headers: {} });
  await page.goto(`${plain.url}browser.html`);
  await expect(page.getByRole('listitem').filter({ hasText: 'The page is isolated' })).toContainText('no');
  await expect(page.getByRole('listitem').filter({ hasText: 'JavaScript programs' })).toContainText('no');
  await expect(page.getByRole('listitem').filter({ hasText: 'Python programs' })).toContainText('all their processes in one worker');
  await plain.close();
});
