import { expect, test } from '../support/test';

/**
 * From the call of stop() to the end of the run: the one figure of time that is asserted, because the reader is promised
 * it. Measured it is a few milliseconds; with other tests on the same cores, tens.
 */
const STOP_WITHIN_MS = 200;

const PROGRAMS = {
  'an endless loop in one process': `
import { print } from 'weft';
export function main() {
  print('ready');
  while (true);
}`,
  'endless loops in more processes than there are cores': `
import { Process, Queue, print } from 'weft';
const ready = new Queue();
function spin() {
  ready.put(true);
  while (true);
}
export function main() {
  for (let i = 0; i < 4; i++) new Process(spin, []).start();
  for (let i = 0; i < 4; i++) ready.get();
  print('ready');
  while (true);
}`,
  'a program that waits for itself': `
import { Lock, print } from 'weft';
export function main() {
  const lock = new Lock();
  lock.acquire();
  print('ready');
  lock.acquire();
}`,
  'a program that sleeps': `
import { print, sleep } from 'weft';
export function main() {
  print('ready');
  sleep(1000);
}`,
  'two processes that send without end': `
import { Process, Queue, print } from 'weft';
const q = new Queue(10);
function produce() {
  while (true) q.put('x');
}
export function main() {
  new Process(produce, []).start();
  q.get();
  print('ready');
  while (true) q.get();
}`,
  'a program that prints without end': `
import { print } from 'weft';
export function main() {
  print('ready');
  for (let i = 0; ; i++) print(i);
}`,
  'processes that start processes without end': `
import { Process, print } from 'weft';
function brief() {}
export function main() {
  print('ready');
  while (true) {
    const process = new Process(brief, []);
    process.start();
    process.join();
  }
}`,
};

for (const [name, program] of Object.entries(PROGRAMS)) {
  test(`Stop ends ${name}`, async ({ runner }) => {
    const running = await runner.start(program);
    await running.printed('ready');
    const { reason, tookMs } = await running.stop();
    expect(reason).toBe('stopped');
    expect(tookMs).toBeLessThan(STOP_WITHIN_MS);
    const { end, tasks } = await runner.model();
    expect(end).toEqual({ reason: 'stopped', status: -9 });
    expect(tasks.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
  });
}

test('Stop right after the start, and twice, ends the run once', async ({ runner }) => {
  const running = await runner.start(PROGRAMS['an endless loop in one process']);
  const [first, second] = await Promise.all([running.stop(), running.stop()]);
  expect([first.reason, second.reason]).toEqual(['stopped', 'stopped']);
  const again = await runner.run(`import { print } from 'weft';\nexport function main() {\n  print('again');\n}`);
  expect(again.lines).toEqual(['again']);
});

test('Stop after the end changes nothing', async ({ runner }) => {
  const running = await runner.start(`export function main() {}`);
  expect((await running.finished()).reason).toBe('finished');
  expect(await running.stop()).toMatchObject({ reason: 'finished', status: 0 });
});
