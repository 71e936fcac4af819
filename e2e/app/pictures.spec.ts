import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../support/app-test';
import { openFixture, putPlayhead } from '../support/fixtures';
import { steadyPicture } from '../support/steady-picture';

/**
 * What recorded runs look like, as the SVG that the page gives: the same code draws it as draws the screen. The fonts are the
 * page's own, the runs are recorded, the width is fixed; numbers are rounded and pictures of hatchings left out, so that another
 * build of the browser draws the same. After a wanted change: WEFT_PICTURES=write npx playwright test e2e/app/pictures.spec.ts,
 * and look at what was written.
 */
const PICTURES = [
  ['producer-consumer', 'light'], ['deadlock', 'dark'], ['pool-jobs', 'light'], ['memory-fork', 'dark'],
] as const;

for (const [name, theme] of PICTURES) {
  test(`${name} looks as it did, in the ${theme} theme`, async ({ weft }) => {
    const { page } = weft;
    await page.emulateMedia({ colorScheme: theme });
    await openFixture(weft, name);
    await page.evaluate(() => document.fonts.ready);
    await putPlayhead(weft, 0.5);
    await page.getByRole('button', { name: 'Picture' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'), page.getByRole('button', { name: 'SVG, for print and slides' }).click(),
    ]);
    const drawn = steadyPicture(readFileSync(await download.path(), 'utf8'));
    const path = fileURLToPath(new URL(`../fixtures/pictures/${name}-${theme}.svg`, import.meta.url));
    if (process.env.WEFT_PICTURES === 'write') writeFileSync(path, drawn);
    expect(drawn.length).toBeGreaterThan(4000);
    expect(drawn.split('\n')).toEqual(readFileSync(path, 'utf8').split('\n'));
  });
}

test('nothing on the page moves by itself when a run is opened and its views are gone through', async ({ weft }) => {
  const { page } = weft;
  await page.evaluate(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Node | null }[] })[]) {
        const nodes = entry.sources.map(({ node }) => (node instanceof Element ? node.className || node.tagName : node?.nodeName));
        if (entry.value > 0.002) shifts.push(`${entry.value.toFixed(4)} ${nodes.join(', ')}`);
      }
    }).observe({ type: 'layout-shift' });
  });
  await openFixture(weft, 'producer-consumer');
  const tabs = page.getByRole('tablist', { name: 'Views of the run' });
  for (const view of ['Processes', 'Waits', 'Objects', 'Memory', 'Scheduler', 'Why', 'Order', 'Numbers', 'List']) {
    await tabs.getByRole('tab', { name: view }).click();
    await expect(page.getByRole('tabpanel', { name: view }).locator('.wv-view')).toBeVisible();
  }
  // What the reader's own click moves is another matter; half a second after it the browser counts again.
  expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
});
