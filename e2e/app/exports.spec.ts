import { readFileSync } from 'node:fs';
import type { Download } from '@playwright/test';
import { traceJsonPieces } from '../../src/trace/trace-json';
import { longRun } from '../../src/views/timeline/test-support/sample-runs';
import { expect, expectAccessible, test } from '../support/app-test';
import { openFixture, showView } from '../support/fixtures';
import type { WeftPage } from '../support/weft-page';

async function saved({ page }: WeftPage, act: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return download;
}

async function picture(weft: WeftPage, name: string): Promise<Download> {
  await weft.page.getByRole('button', { name: 'Picture' }).click();
  return saved(weft, () => weft.page.getByRole('button', { name }).click());
}

test('the timeline is saved as SVG and PNG, with names, arrows, patterns and fonts in it', async ({ weft }) => {
  const model = await openFixture(weft, 'producer-consumer');
  const svgFile = await picture(weft, 'SVG, for print and slides');
  expect(svgFile.suggestedFilename()).toBe('timeline.svg');
  const svg = readFileSync(await svgFile.path(), 'utf8');
  for (const { name } of model.tasks) expect(svg).toContain(`>${name}</text>`);
  expect(svg).toContain('waits for producer to end');
  expect(svg).toContain("@font-face{font-family:'Inter Variable'");
  expect(svg.match(/<pattern /g)?.length).toBeGreaterThan(2);
  // As a browser reads it: well-formed, and with something in it.
  const drawn = await weft.page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return { error: parsed.querySelector('parsererror')?.textContent, paths: parsed.querySelectorAll('path').length };
  }, svg);
  expect(drawn.error).toBeUndefined();
  expect(drawn.paths).toBeGreaterThan(model.links.length / 2);
  const png = readFileSync(await (await picture(weft, 'PNG')).path());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
});

test('a run saved for Perfetto has slices, counters and flows, and opens here again', async ({ weft }) => {
  const model = await openFixture(weft, 'producer-consumer');
  await weft.page.getByRole('button', { name: 'Save', exact: true }).click();
  const download = await saved(weft, () => weft.page.getByRole('menuitem', { name: /^For Perfetto/ }).click());
  const path = await download.path();
  const { traceEvents } = JSON.parse(readFileSync(path, 'utf8')) as { traceEvents: { ph: string; name: string; dur: number }[] };
  const count = (ph: string): number => traceEvents.filter((event) => event.ph === ph).length;
  expect(count('s')).toBe(model.links.length);
  expect(count('f')).toBe(model.links.length);
  expect(count('X')).toBe([...model.intervals.values()].flat().filter(({ start, end }) => end > start).length);
  await weft.page.getByTestId('file').setInputFiles({ name: 'again.json', mimeType: 'application/json', buffer: readFileSync(path) });
  await expect(weft.page.getByText('Recorded run again.json')).toBeVisible();
  const timeline = weft.page.getByRole('region', { name: 'Timeline' });
  for (const { name } of model.tasks) await expect(timeline.locator('.wt-task', { hasText: name })).toBeVisible();
  const list = await showView(weft, 'List');
  await list.getByRole('searchbox').fill('producer q >100ms');
  await expect(list.getByRole('status')).toHaveText('one found');
});

test('lanes say who had which lock and who waited, are pinned and filtered', async ({ weft }) => {
  await openFixture(weft, 'deadlock');
  const timeline = weft.page.getByRole('region', { name: 'Timeline' });
  const plot = timeline.getByRole('application');
  const fork = timeline.locator('.wt-owner', { hasText: 'fork' });
  const axis = (await timeline.locator('.wt-axis').boundingBox())!;
  await weft.page.mouse.click(axis.x + axis.width * 0.5, axis.y + 10);
  await expect(fork).toContainText('Ann');
  const [area, row] = [(await plot.boundingBox())!, (await fork.boundingBox())!];
  await weft.page.mouse.click(area.x + area.width * 0.5, row.y + 12);
  await expect(timeline.locator('[aria-live]')).toHaveText(/^Ann acquired fork at line 9/);
  await fork.hover();
  await timeline.getByRole('button', { name: 'Pin fork to the top' }).click();
  await expect(timeline.locator('.wt-row').first()).toContainText('fork');
  await timeline.getByRole('searchbox', { name: 'Filter the lanes' }).fill('bob');
  await expect(timeline.locator('.wt-row')).toHaveText([/^main/, /^Bob/]);
  await expectAccessible(weft);
  await timeline.getByRole('searchbox', { name: 'Filter the lanes' }).fill('');
  await timeline.getByRole('button', { name: 'Show who ran where' }).click();
  await expect(timeline.locator('.wt-owner', { hasText: /^Worker/ }).first()).toContainText(/busy \d+ %/);
});

test('a long recorded run is read aside and shown whole, and a damaged one is refused the same way', async ({ weft }) => {
  const trace = longRun(40_000);
  const text = [...traceJsonPieces(trace)].join('');
  expect(text.length).toBeGreaterThan(1 << 20);
  const file = (name: string, content: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
  await weft.page.getByTestId('file').setInputFiles(file('long.json', text));
  await expect(weft.page.getByText('Recorded run long.json')).toBeVisible();
  await expect(weft.page.getByText(`${trace.length} events`)).toBeVisible();
  await weft.page.getByTestId('file').setInputFiles(file('other.json', `{"pixels": "${'x'.repeat(1 << 21)}"}`));
  await expect(weft.notices).toContainText('not a Weft trace');
  await expect(weft.page.getByText('Recorded run long.json')).toBeVisible();
});
