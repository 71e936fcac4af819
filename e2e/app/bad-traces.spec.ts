import { readFileSync, writeFileSync } from 'node:fs';
import { expect, expectAccessible, test } from '../support/app-test';
import { fixtureModel, fixturePath, showView } from '../support/fixtures';
import type { WeftPage } from '../support/weft-page';

const GOOD = readFileSync(fixturePath('producer-consumer'), 'utf8');
const HEAD = GOOD.slice(0, GOOD.indexOf('"events":[') + '"events":['.length);
const EVENTS = GOOD.slice(HEAD.length).split('\n').filter((line) => line.startsWith('['));

async function openTrace({ page }: WeftPage, name: string, text: string): Promise<void> {
  await page.getByTestId('file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

/** A trace of these lines of events, with the head of the recorded one. */
function traceOf(lines: readonly string[]): string {
  return `${HEAD}\n${lines.map((line) => line.replace(/,$/, '')).join(',\n')}\n]}\n`;
}

test('each damaged trace is opened as far as it makes sense, with a sentence on the rest, and the page stays usable', async ({ weft }) => {
  const { page, notices } = weft;
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const { tasks } = fixtureModel('producer-consumer');
  const expectLanes = async (): Promise<void> => {
    for (const { name } of tasks) await expect(timeline.locator('.wt-task', { hasText: name })).toBeVisible();
  };

  const middle = Math.floor(EVENTS.length / 2);
  const backwards = EVENTS.with(middle, EVENTS[middle].replace(/^\[\d+/, '[1'));
  await openTrace(weft, 'backwards.json', traceOf(backwards));
  await expect(notices).toContainText('The time ran backwards at one event; it was put at the time of the event before.');
  await expectLanes();

  await openTrace(weft, 'unknown.json', traceOf(EVENTS.toSpliced(middle, 0, '[0,2,"teleport",7]', '[0,2,"brew"]')));
  await expect(notices).toContainText('teleport');
  await expectLanes();

  await openTrace(weft, 'cut.json', GOOD.slice(0, Math.floor(GOOD.length * 0.8)));
  await expect(notices).toContainText('cut short');
  await expectLanes();

  await openTrace(weft, 'odd.json', traceOf(['[0,2,"put",0,99,3,1,"x"]', '[5,77,"task-block","lock",98]', '[9,0,"run-end","finished"]']));
  await expect(page.getByText('Recorded run odd.json')).toBeVisible();
  for (const view of ['Processes', 'Waits', 'Objects', 'Memory', 'Scheduler', 'Why', 'Order', 'Numbers', 'List']) await showView(weft, view);

  for (const [name, text, sentence] of [
    ['other.json', '{"pixels": [1, 2, 3]}', 'not a Weft trace'],
    ['future.json', GOOD.replace('"version":1', '"version":9'), 'format 9'],
    ['units.json', GOOD.replace('"unit":"ns"', '"unit":"furlong"'), 'furlong'],
    ['broken.json', '{"format": "weft-trace", "vers', 'cut short before its first event'],
  ] as const) {
    await openTrace(weft, name, text);
    await expect(notices, name).toContainText(sentence);
    // What was there stays.
    await expect(page.getByText('Recorded run odd.json')).toBeVisible();
  }
  await expectAccessible(weft);
  await openTrace(weft, 'good.json', GOOD);
  await expect(page.getByText('Recorded run good.json')).toBeVisible();
  await expectLanes();
});

test('a trace of 50 MB is opened, and the page answers while it is read', async ({ weft }) => {
  const { page } = weft;
  const line = (index: number): string => `[${index * 1000},2,"output",1,0,8,0,"line ${index} ${'-'.repeat(60)}\\n"]`;
  const lines = Array.from({ length: 520_000 }, (_, index) => line(index + 700_000));
  const text = traceOf([...EVENTS.slice(0, 5), ...lines, `[2000000000,0,"run-end","finished"]`]);
  expect(text.length).toBeGreaterThan(50e6);
  const path = test.info().outputPath('large.json');
  writeFileSync(path, text);
  await page.getByTestId('file').setInputFiles(path);
  await expect(page.getByText('Recorded run large.json')).toBeVisible();
  await expect(page.getByText('520006 events')).toBeVisible();
  await page.getByRole('button', { name: 'Examples' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Timeline' }).getByRole('button', { name: 'Zoom in' }).click();
});
