import { readFile } from 'node:fs/promises';
import type { TraceModel } from '../../src/trace/trace';
import { buildModel } from '../../src/trace/model';
import { readTrace } from '../../src/trace/trace-json';
import { expect, test } from '../support/app-test';
import type { WeftPage } from '../support/weft-page';

const PRODUCER_CONSUMER = `import { Event, Process, Queue, print, sleep } from 'weft';
const q = new Queue(2);
const ready = new Event();
function produce() {
  for (let item = 1; item <= 5; item++) {
    q.put(item);
  }
  q.put(null);
}
function consume() {
  ready.set();
  let item = q.get();
  while (item !== null) {
    print('got ' + item);
    sleep(0.02);
    item = q.get();
  }
}
export function main() {
  const producer = new Process(produce, [], { name: 'producer' });
  const consumer = new Process(consume, [], { name: 'consumer' });
  consumer.start();
  // However long its worker takes to start, the consumer is in its first get when the producer starts.
  ready.wait();
  sleep(0.3);
  producer.start();
  producer.join();
  consumer.join();
}
`;

/** The trace that Save gives. */
async function savedModel(weft: WeftPage): Promise<TraceModel> {
  await weft.page.getByRole('button', { name: 'Save' }).click();
  const download = weft.page.waitForEvent('download');
  await weft.page.getByRole('menuitem', { name: 'The trace' }).click();
  const { trace, notes } = readTrace(await readFile(await (await download).path(), 'utf8'));
  expect(notes).toEqual([]);
  return buildModel(trace);
}

test('a producer and a consumer, from the editor to the timeline', async ({ weft }) => {
  await weft.write(PRODUCER_CONSUMER);
  await weft.runToEnd();
  await expect.poll(() => weft.lines()).toEqual(['got 1', 'got 2', 'got 3', 'got 4', 'got 5']);
  await expect(weft.rows.first()).toContainText('consumer');

  const timeline = weft.page.getByRole('region', { name: 'Timeline' });
  for (const name of ['main', 'producer', 'consumer', 'q']) {
    await expect(timeline.getByText(name, { exact: true }).first()).toBeVisible();
  }
  await expect(timeline.getByRole('application')).toHaveAccessibleName(/3 tasks/);

  const model = await savedModel(weft);
  const [producer, consumer] = ['producer', 'consumer'].map((name) =>
    model.tasks.find((task) => task.name === name)!,
  );
  const q = model.objects.find(({ name }) => name === 'q')!;
  const waits = (tid: typeof producer.tid): string[] =>
    model.intervals
      .get(tid)!
      .filter(({ object }) => object === q.id)
      .map(({ reason }) => reason);
  expect(waits(producer.tid)).toContain('queue full');
  expect(waits(consumer.tid)).toContain('queue empty');
  const messages = model.links.filter(({ kind, object }) => kind === 'message' && object === q.id);
  expect(messages).toHaveLength(6);
  expect(messages.every(({ from, to }) => from === producer.tid && to === consumer.tid)).toBe(true);
  expect(
    model.links
      .filter(({ kind }) => kind === 'start')
      .map(({ to }) => to)
      .sort(),
  ).toEqual([producer.tid, consumer.tid].sort());
  expect(model.series.find(({ object }) => object === q.id)?.maximum).toBe(2);
  expect(model.trace.header.program?.files[0].text).toBe(PRODUCER_CONSUMER);
});

test('a line of output leads to its moment, and the editor marks where each task was', async ({ weft }) => {
  await weft.write(PRODUCER_CONSUMER);
  await weft.runToEnd();
  await expect.poll(() => weft.markedLines()).toEqual([]);
  await weft.rows.nth(1).getByRole('button').click();
  await expect(weft.rows.nth(1).getByRole('button')).toHaveAttribute('aria-current', 'true');
  await expect.poll(() => weft.markedLines()).toContain(14);
  await expect(weft.page.locator('.cm-task-dots').first()).toHaveAttribute('title', /pid/);
});

test('a program that runs shows what it does while it does it', async ({ weft }) => {
  await weft.chooseRealTime();
  await weft.write(`import { Event, print } from 'weft';
const never = new Event();
export function main() {
  print('before');
  never.wait();
}
`);
  await weft.run.click();
  await expect(weft.rows).toHaveCount(1);
  await expect(weft.status).toHaveText('Running…');
  await expect.poll(() => weft.markedLines()).toEqual([5]);
  await weft.stop.click();
  await expect(weft.status).toHaveText(/^Stopped after/);
  await expect.poll(() => weft.lines()).toEqual(['before']);
});

test('Run, Restart and Stop by keys', async ({ weft }) => {
  await weft.write(`import { print } from 'weft';
export function main() {
  print('busy');
  while (true);
}
`);
  await weft.page.keyboard.press('Control+Enter');
  await expect(weft.rows).toHaveCount(1);
  await expect(weft.restart).toBeVisible();
  await weft.page.keyboard.press('Control+Enter');
  await expect(weft.status).toHaveText('Running…');
  await expect(weft.rows).toHaveCount(1);
  await weft.page.keyboard.press('Escape');
  await expect(weft.status).toHaveText(/^Stopped after/);
  await expect(weft.stop).toBeDisabled();
  await expect.poll(() => weft.program()).toContain('while (true);');
});

test('a program asks for input, and is answered', async ({ weft }) => {
  await weft.write(`import { input, print } from 'weft';
export function main() {
  print('Hello, ' + input('Name? '));
  try {
    input();
  } catch (error) {
    print(error.name);
  }
}
`);
  await weft.run.click();
  const field = weft.page.getByLabel('The program waits for a line of input');
  await expect(field).toBeFocused();
  await field.fill('Ada');
  await field.press('Enter');
  await expect(weft.output).toContainText('Hello, Ada');
  await weft.page.getByRole('button', { name: 'End of input' }).click();
  await expect(weft.status).toHaveText(/^Finished after/);
  await expect(weft.rows.last().locator('[data-part="text"]')).toHaveText('EOFError');
  await expect(field).toBeHidden();
});
