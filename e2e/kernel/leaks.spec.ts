import type { CDPSession } from '@playwright/test';
import { expect, expectOnlyIdleWorkers, test } from '../support/test';

const PROGRAM = `
import { Pool, Process, Queue, Thread, print } from 'weft';
const q = new Queue(2);
function produce() {
  for (let i = 0; i < 20; i++) q.put({ i, text: 'x'.repeat(100) });
}
function noop() {}
export function main() {
  const producer = new Process(produce, []);
  producer.start();
  const thread = new Thread(noop, []);
  thread.start();
  for (let i = 0; i < 20; i++) q.get();
  producer.join();
  thread.join();
  print('end');
}`;

/** Bytes of the page's own heap that are in use, after a collection. */
async function heapBytes(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}

test('after 280 runs in one page no worker and no memory is left over', async ({ runner, page }) => {
  const cdp = await page.context().newCDPSession(page);
  const runSome = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const { lines, status } = await runner.run(PROGRAM);
      expect({ lines, status }).toEqual({ lines: ['end'], status: 0 });
    }
  };
  await runSome(20);
  const before = await heapBytes(cdp);
  // More than a browser has room for at once, should the recorder, say, keep each run's memory.
  await runSome(260);
  await expectOnlyIdleWorkers(runner);
  // A run's memory is 64 MiB and its trace some 100 KiB: if one of them stayed for each run, or even a worker's bookkeeping
  // of 20 KiB, it would be far beyond this.
  expect((await heapBytes(cdp)) - before).toBeLessThan(260 * 10 * 1024);
});
