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
