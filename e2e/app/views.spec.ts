import { readFileSync } from 'node:fs';
import { contentsAt } from '../../src/analysis/contents';
import { memoryAt } from '../../src/analysis/memory';
import { decisionAt, decisionsOf, runQueuesAt } from '../../src/analysis/run-queues';
import { taskNumbers } from '../../src/analysis/statistics';
import { expect, expectAccessible, test } from '../support/app-test';
import { fixtureModel, openFixture, putPlayhead, showView } from '../support/fixtures';
import type { WeftPage } from '../support/weft-page';

test('a deadlock is a red circle in the graph of waits, and a sentence', async ({ weft }) => {
  await openFixture(weft, 'deadlock');
  const waits = await showView(weft, 'Waits');
  await putPlayhead(weft, 0.5);
  await expect(waits.getByRole('note')).toHaveText(
    'Deadlock: Ann waits for knife, which Bob has; Bob waits for fork, which Ann has. None of them can ever go on.',
  );
  await expect(waits.locator('.wv-edge[data-tone="alarm"]')).toHaveCount(2);
  await expect(waits.getByRole('region', { name: /^Graph of who waits for whom: main waits for Ann to end; / })).toBeVisible();
  await waits.getByRole('button', { name: /^Bob has been waiting/ }).click();
  const timeline = weft.page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.locator('[aria-live]')).toHaveText(/^Bob waited .* for fork, held by Ann/);
  await putPlayhead(weft, 0.03);
  await expect(waits.getByRole('note')).toHaveCount(0);
});

test('the process tree shows the zombie and the orphan at the moment they are that', async ({ weft }) => {
  const model = await openFixture(weft, 'orphan');
  const tree = await showView(weft, 'Processes');
  await putPlayhead(weft, 0.35);
  const main = tree.locator('li[data-pid="2"]');
  await expect(main.locator('li[data-pid="3"]')).toContainText('child');
  await expect(tree.getByText(/orphan/)).toHaveCount(0);
  const time = await putPlayhead(weft, 0.85);
  expect(time).toBeLessThan(model.endTime);
  await expect(main.locator('li[data-pid="3"]')).toContainText('zombie: ended with 3, not collected by its parent');
  await expect(main.locator('li[data-pid="4"]')).toHaveCount(0);
  await expect(tree.locator('li[data-pid="1"] > ul > li[data-pid="4"]')).toContainText('orphan: its parent child has ended');
});

test('what is in the queue is shown item by item, and each leads to its put', async ({ weft }) => {
  const model = await openFixture(weft, 'producer-consumer');
  const objects = await showView(weft, 'Objects');
  const time = await putPlayhead(weft, 0.6);
  const queue = model.objects.find(({ name }) => name === 'q');
  const inside = contentsAt(model, queue!.id, time).map(({ value }) => String(value));
  expect(inside.length).toBeGreaterThan(1);
  const card = objects.locator('.wv-card', { hasText: /^q/ });
  await expect(card.locator('.wv-item')).toHaveText(inside);
  await card.getByRole('button', { name: `${inside[0]}: put by producer at line 7` }).click();
  const details = weft.page.getByRole('region', { name: 'Selection' });
  await expect(details).toContainText(`producer put ${inside[0]} into q at line 7`);
});

test('the numbers of the tables are those of the trace, can be sorted and kept', async ({ weft }) => {
  const model = fixtureModel('producer-consumer');
  await openFixture(weft, 'producer-consumer');
  const numbers = await showView(weft, 'Numbers');
  const rows = numbers.locator('table').first().locator('tbody tr');
  await expect(rows).toHaveCount(model.tasks.length);
  const expected = taskNumbers(model);
  await numbers.getByRole('columnheader', { name: 'Waits' }).first().getByRole('button').click();
  await expect(numbers.getByRole('columnheader', { name: 'Waits' }).first()).toHaveAttribute('aria-sort', 'descending');
  const mostWaits = expected.toSorted((a, b) => b.waits.count - a.waits.count);
  await expect(rows.locator('th')).toHaveText(mostWaits.map(({ task }) => task.name));
  const [saved] = await Promise.all([
    weft.page.waitForEvent('download'),
    numbers.getByRole('button', { name: 'Save as CSV' }).first().click(),
  ]);
  expect(saved.suggestedFilename()).toBe('tasks.csv');
  const [head, ...lines] = readFileSync(await saved.path(), 'utf8').trim().split('\r\n').map((line) => line.split(','));
  const column = (row: readonly string[], title: string): number => Number(row[head.indexOf(title)]);
  for (const { task, time, waits, life } of expected) {
    const row = lines.find(([name]) => name === task.name) ?? [];
    expect(column(row, 'Lived')).toBeCloseTo(life / 1e6, 5);
    expect(column(row, 'Slept')).toBeCloseTo(time['wait-time'] / 1e6, 5);
    expect(column(row, 'Waits')).toBe(waits.count);
  }
});

test('a wait leads back to its cause, and the shares of the critical path are the whole run', async ({ weft }) => {
  await openFixture(weft, 'producer-consumer');
  const why = await showView(weft, 'Why');
  const shares = await why.locator('.wv-legend li').allTextContents();
  const percents = shares.map((share) => Number(/([\d.]+) %/.exec(share)?.[1]));
  expect(percents.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(98);
  expect(shares[0]).toMatch(/^asleep: \d+ ms, 5\d %$/);
  await why.getByRole('button', { name: /^producer waited 110 ms for q to have room/ }).click();
  const chain = why.locator('.wv-chain li');
  await expect(chain.first()).toContainText('producer waited 110 ms for q to have room; consumer took an item out at line 14.');
  await expect(chain.nth(1)).toContainText('Meanwhile consumer slept');
});

test('the list says in sentences what the timeline draws, and is searched', async ({ weft }) => {
  const model = await openFixture(weft, 'producer-consumer');
  const list = await showView(weft, 'List');
  const intervals = [...model.intervals.values()].flat();
  await expect(list.getByRole('status')).toHaveText(`${intervals.length} found`);
  const search = list.getByRole('searchbox', { name: 'Search' });
  await search.fill('q >50ms producer');
  const queue = model.objects.find(({ name }) => name === 'q')?.id;
  const long = intervals.filter(({ object, start, end }) => object === queue && end - start > 50e6);
  expect(long.length).toBeGreaterThan(1);
  await expect(list.getByRole('status')).toHaveText(`${long.length} found`);
  const rows = list.getByRole('region', { name: 'What happened, in order' });
  await rows.focus();
  await rows.press('ArrowDown');
  await rows.press('ArrowDown');
  const current = list.locator('tr[aria-current]');
  await expect(current).toContainText('producer waited');
  const sentence = await current.getByRole('button').textContent();
  await expect(weft.page.getByRole('region', { name: 'Timeline' }).locator('[aria-live]')).toHaveText(sentence ?? '?');
  await list.getByRole('button', { name: 'Events' }).click();
  await search.fill(':14');
  await expect(list.locator('tbody tr:not([aria-hidden])').first()).toContainText('line 14');
});

test('what was copied at a fork is shown beside what the parent has, and calls by thread', async ({ weft }) => {
  const model = await openFixture(weft, 'memory-fork');
  const memory = await showView(weft, 'Memory');
  const child = model.tasks.find(({ name }) => name === 'child')!;
  const time = await putPlayhead(weft, ((child.endedAt ?? 0) - 15e6) / model.endTime);
  const boxes = memory.locator('.wv-box');
  const { processes } = memoryAt(model, time);
  await expect(boxes).toHaveCount(processes.length);
  const box = memory.locator(`.wv-box[data-pid="${child.pid}"]`);
  await expect(box.locator('[data-variable="counter"]')).toContainText(/100.*its own since the fork.*its parent has 6/);
  await expect(box.locator('[data-variable="shopping"]')).toContainText("['bread', 'milk']");
  const main = memory.locator('.wv-box[data-pid="2"]');
  await expect(main.locator('[data-variable="shopping"] .wv-value')).toHaveText("['bread']");
  await main.locator('[data-variable="counter"] .wv-value').click();
  await expect(weft.page.getByRole('region', { name: 'Selection' })).toContainText('counter of main was 6');
  const early = await putPlayhead(weft, 0.3);
  const { threads } = memoryAt(model, early).processes[0];
  await expect(memory.locator('.wv-stacks > li')).toHaveCount(threads.length);
  // A variable that is a number is a chart on the timeline.
  await expect(weft.page.locator('.wt-object', { hasText: 'counter of child' })).toBeVisible();
});

test('each call has its local variables, and one leads to where it was seen', async ({ weft }) => {
  await openFixture(weft, 'local-variables');
  const list = await showView(weft, 'List');
  await list.getByRole('button', { name: 'Events' }).click();
  await list.getByRole('searchbox', { name: 'Search' }).fill('Shop.sell.left');
  await list.getByRole('button', { name: /^Shop\.sell\.left of Ann was 3 when it came at line 14/ }).click();
  const memory = await showView(weft, 'Memory');
  const stack = memory.getByRole('list', { name: 'Calls of Ann' });
  const variables = async (call: string): Promise<string[]> => {
    return stack.locator('> li').filter({ hasText: call }).locator('[data-local]').evaluateAll((rows) => rows.map((row) => row.textContent ?? ''));
  };
  expect(await variables('sell()')).toEqual(expect.arrayContaining(["customer'Ann'", 'count2', 'left3']));
  expect(await variables('visit()')).toEqual(expect.arrayContaining(['wishes[1, 2]', 'wish2']));
});

test('the scheduler is gone through decision by decision', async ({ weft }) => {
  const model = await openFixture(weft, 'race-value');
  const scheduler = await showView(weft, 'Scheduler');
  const time = await putPlayhead(weft, 0.9);
  const { cpus, ready } = runQueuesAt(model, time);
  await expect(scheduler.locator('[data-cpu]')).toHaveCount(cpus.length);
  expect(cpus.length).toBe(model.trace.header.settings?.cpus);
  await expect(scheduler.locator('.wv-queue > li')).toHaveCount(ready.length);
  const count = decisionsOf(model.trace).length;
  const index = decisionAt(model.trace, time);
  await expect(scheduler).toContainText(`Decision ${index + 1} of ${count}`);
  await scheduler.getByRole('button', { name: 'Before' }).click();
  const playhead = weft.page.getByRole('slider', { name: 'Playhead' });
  await expect.poll(async () => Number(await playhead.getAttribute('aria-valuenow'))).toBeLessThan(time);
  const before = Number(await playhead.getAttribute('aria-valuenow'));
  await expect(scheduler).toContainText(`Decision ${decisionAt(model.trace, before) + 1} of ${count}`);
});

test('a race is told in words, and drawn as the arrow that is missing', async ({ weft }) => {
  await openFixture(weft, 'race-value');
  const order = await showView(weft, 'Order');
  const race = order.locator('.wv-races li').first();
  await expect(race).toContainText(/^Race on v: adder \d (wrote|read) it at line 7, adder \d (wrote|read) it at line 7, and nothing/);
  await race.getByRole('button', { name: 'Show' }).click();
  await expect(order.locator('.wv-missing path')).toBeVisible();
  await expect(order.locator('.wv-missing text')).toHaveText('v: nothing orders these');
  await expectAccessible(weft);
  await openFixture(weft, 'memory-fork');
  await expect(order.locator('.wv-races')).toHaveCount(0);
  await expect(order.getByText(/events before it$/)).toBeVisible();
});

test('an item is followed from its put through feeder and pipe to its reader', async ({ weft }) => {
  await openFixture(weft, 'producer-consumer');
  const objects = await showView(weft, 'Objects');
  await putPlayhead(weft, 0.6);
  await objects.locator('.wv-card', { hasText: /^q/ }).locator('.wv-item').first().click();
  const way = weft.page.getByRole('list', { name: 'The way of this item through q' });
  await expect(way.locator('li')).toHaveText([
    /^put by producer/, /^sent on by its feeder thread/, /^reached consumer/, /^taken by consumer/, /in q$/,
  ]);
  await way.getByRole('button', { name: 'taken by consumer' }).click();
  await expect(weft.page.getByRole('region', { name: 'Timeline' }).locator('[aria-live]')).toHaveText(/^consumer took \d out of q at line 14/);
  // The jobs of a pool go the same way, and their workers stand together.
  await openFixture(weft, 'pool-jobs');
  await expect(weft.page.locator('.wt-heading', { hasText: 'Workers of pool' })).toBeVisible();
  await putPlayhead(weft, 0.5);
  await objects.locator('.wv-card', { hasText: /^pool/ }).getByRole('button', { name: /works on it$/ }).first().click();
  await expect(weft.page.getByRole('list', { name: 'The way of this item through pool' }).locator('li').nth(1)).toContainText('taken by ForkPoolWorker');
});

test('the editor says how often each line did something until the playhead', async ({ weft }) => {
  await openFixture(weft, 'producer-consumer');
  const hits = weft.page.locator('.cm-hits-gutter .cm-gutterElement');
  await expect(hits.getByText('×8').first()).toBeVisible();
  await putPlayhead(weft, 0.02);
  await expect(hits.getByText('×8')).toHaveCount(0);
});

test('lanes are moved by keys, and what is looked for stands out and is gone through', async ({ weft }) => {
  await openFixture(weft, 'deadlock');
  const timeline = weft.page.getByRole('region', { name: 'Timeline' });
  const locks = timeline.locator('.wt-owner');
  await expect(locks.first()).toContainText('fork');
  await locks.filter({ hasText: 'fork' }).getByRole('button').first().press('Alt+ArrowDown');
  await expect(locks.first()).toContainText('knife');
  const field = timeline.getByRole('searchbox', { name: 'Filter the lanes' });
  await field.fill('waiting >10ms');
  await expect(timeline.locator('.wt-found')).toHaveText(/^\d+$/);
  await field.press('Enter');
  await expect(timeline.locator('.wt-found')).toHaveText(/^1 of \d+$/);
  await field.press('Shift+Enter');
  await expect(timeline.locator('.wt-found')).toHaveText(/^(\d+) of \1$/);
  await expectAccessible(weft);
});

const VIEWS_BY_PAGE = [
  ['Processes', 'Waits', 'Objects', 'Memory', 'Scheduler', 'Why'], ['Order', 'Numbers', 'List', 'Compare', 'Notes'],
] as const;

for (const theme of ['light', 'dark'] as const) {
  for (const views of VIEWS_BY_PAGE) {
    test(`from ${views[0]} to ${views.at(-1)} no view breaks a rule of accessibility, in the ${theme} theme`, async ({ weft }) => {
      await weft.page.emulateMedia({ colorScheme: theme });
      await openFixture(weft, 'deadlock');
      await putPlayhead(weft, 0.5);
      for (const view of views) {
        await showView(weft, view);
        await expectAccessible(weft);
      }
    });
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 720 } });

  test('the views have a tab of their own, and nothing is wider than the page', async ({ weft }) => {
    const { page } = weft;
    await page.getByTestId('file').setInputFiles(new URL('../fixtures/deadlock.trace.json', import.meta.url).pathname);
    // When it has been read the page shows the timeline.
    await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('tab', { name: 'Views' }).click();
    for (const view of ['Processes', 'Waits', 'Objects', 'Memory', 'Scheduler', 'Why', 'Order', 'Numbers', 'List']) {
      await showView(weft, view);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBe(360);
      if (view === 'Processes' || view === 'Numbers') await expectAccessible(weft);
    }
    // A sentence of the list has two lines there, and none is cut.
    const sentences = await page.getByRole('tabpanel', { name: 'List' }).locator('.wv-sentence button').all();
    for (const sentence of sentences) expect(await sentence.evaluate((each) => each.scrollHeight <= each.clientHeight)).toBe(true);
    await expectAccessible(weft);
  });
});

test('two runs are compared: where they part, and what each took', async ({ weft }) => {
  const first = await openFixture(weft, 'producer-consumer');
  const second = await openFixture(weft, 'semaphore');
  const compare = await showView(weft, 'Compare');
  await expect(compare).toContainText('They part at event');
  const row = (name: string) => compare.locator(`tr[data-row="${name}"] td`);
  await expect(row('events')).toHaveText([
    String(second.trace.length), String(first.trace.length), `−${first.trace.length - second.trace.length}`,
  ]);
  await openFixture(weft, 'semaphore');
  await expect(compare).toContainText('Both runs went the same way, event by event.');
  await expect(row('length').last()).toHaveText('');
  await expectAccessible(weft);
});

test('a moment is marked, and the mark and its note go along in the link', async ({ weft }) => {
  const { page } = weft;
  await page.setViewportSize({ width: 1400, height: 900 });
  await openFixture(weft, 'semaphore');
  // Every tab has room there.
  for (const tab of await page.getByRole('tablist', { name: 'Views of the run' }).getByRole('tab').all()) {
    await expect(tab).toBeInViewport({ ratio: 1 });
  }
  const time = await putPlayhead(weft, 0.5);
  await page.getByRole('region', { name: 'Timeline' }).getByRole('button', { name: 'Mark this moment' }).click();
  const notes = page.getByRole('tabpanel', { name: 'Notes' });
  await notes.getByRole('textbox', { name: /^Note at/ }).fill('the last place is taken');
  await expectAccessible(weft);
  const link = await weft.share();
  await page.goto('about:blank');
  await page.goto(link);
  await openTabOf(weft, 'Notes');
  await expect(notes.getByRole('textbox')).toHaveValue('the last place is taken');
  // The link holds the program; its run is another thing, and here the recorded one.
  await notes.getByRole('button', { name: /^Go to|ms$/ }).first().click();
  await page.getByTestId('file').setInputFiles(new URL('../fixtures/deadlock.trace.json', import.meta.url).pathname);
  await expect(notes.getByRole('textbox')).toHaveCount(0);
  expect(time).toBeGreaterThan(0);
});

test('the run is played from the playhead and can be held', async ({ weft }) => {
  const { page } = weft;
  await openFixture(weft, 'deadlock');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const playhead = timeline.getByRole('slider', { name: 'Playhead' });
  await putPlayhead(weft, 0.1);
  const before = Number(await playhead.getAttribute('aria-valuenow'));
  await timeline.getByRole('combobox', { name: 'Speed of playing' }).selectOption('1');
  await timeline.getByRole('application').press('k');
  await expect.poll(async () => Number(await playhead.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
  await timeline.getByRole('button', { name: 'Pause' }).click();
  await expect(timeline.getByRole('button', { name: 'Play from the playhead' })).toBeVisible();
});

async function openTabOf(weft: WeftPage, name: string): Promise<void> {
  await weft.page.getByRole('tablist', { name: 'Views of the run' }).getByRole('tab', { name }).click();
}
