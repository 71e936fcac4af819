import type { Locator } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/app-test';
import { openFixture } from '../support/fixtures';
import type { WeftPage } from '../support/weft-page';

const PRODUCER_CONSUMER = `import { Process, Queue, sleep } from 'weft';

const q = new Queue(2);

function producer() {
  for (let item = 1; item <= 6; item++) q.put(item);
  q.put(null);
}

function consumer() {
  sleep(0.05);
  while (q.get() !== null) sleep(0.02);
}

export function main() {
  const make = new Process(producer, [], { name: 'producer' });
  const use = new Process(consumer, [], { name: 'consumer' });
  make.start();
  use.start();
  make.join();
  use.join();
}
`;

const ENDLESS = `import { Process } from 'weft';

function spin() {
  for (;;) {}
}

export function main() {
  const spinner = new Process(spin, [], { name: 'spinner' });
  spinner.start();
  spinner.join();
}
`;

const THREADS = `import { Thread, sleep } from 'weft';

function nap() {
  sleep(0.02);
}

export function main() {
  const threads = [1, 2, 3].map((number) => new Thread(nap, [], { name: \`worker-\${number}\` }));
  for (const thread of threads) thread.start();
  for (const thread of threads) thread.join();
}
`;

/** The parts of the timeline. */
function partsOf({ page }: WeftPage): Record<'timeline' | 'plot' | 'sentence' | 'details' | 'playhead', Locator> {
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const details = timeline.getByRole('region', { name: 'Selection' });
  return {
    timeline,
    plot: timeline.getByRole('application'),
    details,
    sentence: details.locator('[aria-live]'),
    playhead: timeline.getByRole('slider', { name: 'Playhead' }),
  };
}

/** Nanoseconds in view are not said, but what is said tells larger from smaller. */
async function spanOf(weft: WeftPage): Promise<string> {
  return (await partsOf(weft).timeline.locator('.wt-span').textContent()) ?? '';
}

test('why the producer waited is found by keyboard alone', async ({ weft }) => {
  await weft.write(PRODUCER_CONSUMER);
  await weft.runToEnd();
  const { plot, sentence } = partsOf(weft);
  await plot.focus();
  await plot.press('Enter');
  await expect(sentence).toHaveText(/^main /);
  await plot.press('Home');
  // From main's wait for the producer to what the producer did meanwhile.
  for (let step = 0; step < 60 && !/for producer to end/.test((await sentence.textContent()) ?? ''); step++) {
    await plot.press(step < 30 ? 'ArrowLeft' : 'ArrowRight');
  }
  await expect(sentence).toHaveText(/^main waited .* for producer to end/);
  await plot.press('ArrowDown');
  await expect(sentence).toHaveText(/^producer /);
  const full = /^producer waited .* for q to have room; consumer took an item out at line 12$/;
  for (let step = 0; step < 80 && !full.test((await sentence.textContent()) ?? ''); step++) {
    await plot.press(step < 40 ? 'ArrowLeft' : 'ArrowRight');
  }
  await expect(sentence).toHaveText(full);
  await plot.press('[');
  await expect(sentence).toHaveText(/^consumer took \d out of q at line 12; it holds \d now$/);
  await plot.press('Escape');
  await expect(sentence).toHaveText('');
});

test('a click selects, leads to the line and to who ended the wait', async ({ weft }) => {
  // However busy the computer, most of this run is main's last wait.
  await weft.write(PRODUCER_CONSUMER.replace('sleep(0.02);', 'sleep(0.02); sleep(2);'));
  await weft.runToEnd();
  const { timeline, plot, details, playhead } = partsOf(weft);
  const [lane, area] = [await timeline.locator('.wt-row', { hasText: 'main' }).boundingBox(), await plot.boundingBox()];
  if (lane === null || area === null) throw new Error('the timeline is not shown');
  const y = lane.y + lane.height / 2;
  // The last wait of main, for the consumer, reaches almost to the end of the run.
  await weft.page.mouse.click(area.x + area.width * 0.93, y);
  await expect(details).toContainText('main waited');
  await expect(playhead).toBeVisible();
  await details.getByRole('button', { name: /^Who ended this wait: consumer$/ }).click();
  await expect(details).toContainText('consumer was a zombie');
  await weft.page.mouse.click(area.x + area.width * 0.93, y);
  await details.getByRole('button', { name: 'Show line 21' }).click();
  await expect(weft.editor).toBeFocused();
});

test('the view is moved by wheel, drag, buttons and keys, and comes back whole', async ({ weft }) => {
  await weft.write(PRODUCER_CONSUMER);
  await weft.runToEnd();
  const { timeline, plot } = partsOf(weft);
  const fit = timeline.getByRole('button', { name: 'Show the whole run' });
  await expect(fit).toHaveAttribute('aria-pressed', 'true');
  const whole = await spanOf(weft);
  await plot.hover();
  // Alone it scrolls, and where there is nowhere to scroll it says how one zooms.
  await weft.page.mouse.wheel(0, -400);
  await expect(timeline.locator('.wt-wheel-hint')).toHaveText(/(Ctrl|⌘) \+ wheel zooms/);
  expect(await spanOf(weft)).toBe(whole);
  await weft.page.keyboard.down('Control');
  await weft.page.mouse.wheel(0, -400);
  await weft.page.keyboard.up('Control');
  await expect.poll(() => spanOf(weft)).not.toBe(whole);
  const near = await spanOf(weft);
  await expect(fit).toHaveAttribute('aria-pressed', 'false');
  const box = await plot.boundingBox();
  if (box === null) throw new Error('the timeline is not shown');
  await weft.page.mouse.move(box.x + 300, box.y + 200);
  await weft.page.mouse.down();
  await weft.page.mouse.move(box.x + 200, box.y + 200, { steps: 4 });
  await weft.page.mouse.up();
  expect(await spanOf(weft)).toBe(near);
  await plot.press('0');
  await expect.poll(() => spanOf(weft)).toBe(whole);
  await timeline.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(() => spanOf(weft)).not.toBe(whole);
  await fit.click();
  await expect.poll(() => spanOf(weft)).toBe(whole);
});

test('the playhead is a slider that marks the lines of its moment', async ({ weft }) => {
  // However busy the computer, most of this run is main's last wait.
  await weft.write(PRODUCER_CONSUMER.replace('sleep(0.02);', 'sleep(0.02); sleep(2);'));
  await weft.runToEnd();
  const { timeline, playhead } = partsOf(weft);
  const axis = await timeline.locator('.wt-axis').boundingBox();
  if (axis === null) throw new Error('the axis is not shown');
  await weft.page.mouse.click(axis.x + axis.width * 0.9, axis.y + 10);
  await expect(playhead).toHaveAttribute('aria-valuetext', /\d+(\.\d+)? (ms|s)$/);
  await expect.poll(() => weft.markedLines()).toContain(21);
  const before = Number(await playhead.getAttribute('aria-valuenow'));
  await playhead.press('ArrowLeft');
  expect(Number(await playhead.getAttribute('aria-valuenow'))).toBeLessThan(before);
  await playhead.press('Home');
  await expect(playhead).toHaveAttribute('aria-valuenow', '0');
});

test('time passes in an endless loop, though nothing happens in it', async ({ weft }) => {
  await weft.chooseRealTime();
  await weft.write(ENDLESS);
  await weft.run.click();
  const { timeline, plot, sentence } = partsOf(weft);
  const row = timeline.locator('.wt-row', { hasText: 'spinner' });
  await expect(row).toContainText('alive');
  const early = await spanOf(weft);
  await expect.poll(() => spanOf(weft)).not.toBe(early);
  await weft.stop.click();
  await expect(weft.status).toHaveText(/^Stopped after/);
  await expect(row).not.toContainText('alive');
  await plot.focus();
  await plot.press('End');
  await plot.press('Enter');
  await expect(sentence).toHaveText(/^main waited .* for spinner to end/);
});

test('the threads of a process are folded and shown again', async ({ weft }) => {
  await weft.write(THREADS);
  await weft.runToEnd();
  const { timeline } = partsOf(weft);
  const threads = timeline.locator('.wt-row', { hasText: /^worker-/ });
  await expect(threads).toHaveCount(3);
  await timeline.getByRole('button', { name: 'Fold the threads of main' }).click();
  await expect(threads).toHaveCount(0);
  await expect(timeline.locator('.wt-row', { hasText: 'main' })).toContainText('+3');
  await timeline.getByRole('button', { name: 'Show the threads of main' }).click();
  await expect(threads).toHaveCount(3);
});

test('which variables have a lane is chosen by keys, and the focus comes back', async ({ weft }) => {
  const { page } = weft;
  await openFixture(weft, 'memory-fork');
  const { timeline, plot } = partsOf(weft);
  const lanes = timeline.locator('.wt-object .wt-name').filter({ hasText: 'counter' });
  await expect(lanes).toHaveText(['counter of main', 'counter of child']);
  await plot.focus();
  await page.keyboard.press('v');
  const panel = timeline.getByRole('dialog', { name: 'Variables with a lane' });
  await expect(panel).toBeFocused();
  await panel.getByRole('group', { name: 'main' }).getByRole('checkbox', { name: 'counter' }).focus();
  await page.keyboard.press('Space');
  await expect(lanes).toHaveText(['counter of child']);
  await expectAccessible(weft);
  await panel.getByRole('button', { name: 'Tick none' }).press('Enter');
  await expect(lanes).toHaveCount(0);
  await panel.getByRole('group', { name: 'main' }).getByRole('checkbox', { name: 'counter' }).press('Space');
  await expect(lanes).toHaveText(['counter of main']);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(plot).toBeFocused();
});

test('legend, keys and a selection break no rule of accessibility', async ({ weft }) => {
  await weft.write(PRODUCER_CONSUMER);
  await weft.runToEnd();
  const { timeline, plot } = partsOf(weft);
  await plot.focus();
  await plot.press('Enter');
  await expectAccessible(weft);
  await timeline.getByRole('button', { name: 'Legend' }).click();
  await expect(timeline.getByRole('dialog', { name: 'Legend' })).toBeVisible();
  await expectAccessible(weft);
  await timeline.getByRole('button', { name: 'Keys' }).click();
  await expect(timeline.getByRole('dialog', { name: 'Keys of the timeline' })).toBeVisible();
  await expectAccessible(weft);
  await weft.page.keyboard.press('Escape');
});
