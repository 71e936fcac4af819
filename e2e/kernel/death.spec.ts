import { python } from '../python/python-program';
import type { RunnerPage } from '../support/runner-page';
import { expect, test } from '../support/test';

test('a worker that dies is a dead process with a finding, not a hang', async ({ runner }) => {
  // An error that is thrown where nothing of the program can catch it ends the worker as a crash does.
  const { lines, status } = await runner.run(`
import { Process, print } from 'weft';
async function child() {
  queueMicrotask(() => { throw new Error('from nowhere'); });
  await new Promise(() => undefined);
}
export function main() {
  const process = new Process(child, [], { name: 'unlucky' });
  process.start();
  process.join();
  print(process.exitcode);
}`);
  expect({ lines, status }).toEqual({ lines: ['-11'], status: 0 });
  const { tasks } = await runner.model();
  expect(await runner.pageRun.findings()).toEqual([expect.stringContaining('from nowhere')]);
  const task = tasks.find(({ name }) => name === 'unlucky');
  expect(task).toMatchObject({ status: -11, ending: expect.stringContaining('worker died') });
});

test('the death of the first process ends the run with its status', async ({ runner }) => {
  const { reason, status } = await runner.run(`
export async function main() {
  queueMicrotask(() => { throw new Error('from nowhere'); });
  await new Promise(() => undefined);
}`);
  expect({ reason, status }).toEqual({ reason: 'finished', status: -11 });
});

test('a lock that a dead worker held stays locked', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Lock, Process, print } from 'weft';
const lock = new Lock();
async function child() {
  lock.acquire();
  queueMicrotask(() => { throw new Error('from nowhere'); });
  await new Promise(() => undefined);
}
export function main() {
  const process = new Process(child, []);
  process.start();
  process.join();
  print(process.exitcode, lock.acquire({ timeout: 0.05 }));
}`);
  expect(lines).toEqual(['-11 false']);
});

/** The worker of the process number `which` that is started from now on is taken away when it is told to begin. */
async function killAtBoot({ page }: RunnerPage, which: number): Promise<void> {
  await page.evaluate((which) => {
    let boots = 0;
    const original = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')!;
    const post = original.value as (this: Worker, ...args: unknown[]) => void;
    Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: unknown[]) {
      const isBoot = typeof message === 'object' && message !== null && 'tid' in message && 'memory' in message;
      if (!isBoot || ++boots !== which) return post.call(this, message, ...rest);
      Object.defineProperty(Worker.prototype, 'postMessage', original);
      this.terminate();
      queueMicrotask(() => this.dispatchEvent(new ErrorEvent('error', { message: 'killed at its boot', cancelable: true })));
    };
  }, which);
}

const STARTING = {
  JavaScript: `
import { Process, print } from 'weft';
export function child() {
  print('never');
}
export function main() {
  const process = new Process(child, [], { name: 'unlucky' });
  process.start();
  process.join();
  print(process.exitcode);
}`,
  'Python by fork': python(`
import multiprocessing as mp
process = mp.Process(target=print, args=('never',), name='unlucky')
process.start()
process.join()
print(process.exitcode)`),
};

// A process that is spawned gets its target by a pipe: whether its parent's write comes before its death, or fails, is chance.
for (const clock of ['real', 'virtual'] as const) {
  for (const what of ['JavaScript', 'Python by fork'] as const) {
    const program = STARTING[what];
    test(`a worker that is killed at the boot of a later process is a dead process: ${what}, ${clock} time`, async ({ runner }) => {
      await killAtBoot(runner, 2);
      const { lines, reason, status } = await runner.run(program, { clock, tracing: true, stdin: '' });
      expect({ lines, reason, status }).toEqual({ lines: ['-11'], reason: 'finished', status: 0 });
      expect(await runner.pageRun.findings()).toEqual([expect.stringContaining('killed at its boot')]);
      const { tasks } = await runner.model();
      expect(tasks.find(({ name }) => name === 'unlucky')).toMatchObject({ status: -11, ending: expect.stringContaining('worker died') });
      // The next run has what it needs.
      expect(await runner.run(program, { clock, tracing: true, stdin: '' })).toMatchObject({ lines: ['never', '0'], status: 0 });
    });
  }
}
