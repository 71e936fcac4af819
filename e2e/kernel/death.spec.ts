import { expect, test } from '../support/test';

test('a worker that dies is a dead process, not a hang', async ({ runner }) => {
  test.setTimeout(120_000);
  const { lines, status } = await runner.run(`
import { Process, print } from 'weft';
function eat() {
  const all = [];
  while (true) all.push(new Array(1_000_000).fill(Math.random()));
}
export function main() {
  const process = new Process(eat, [], { name: 'eater' });
  process.start();
  process.join();
  print(process.exitcode !== 0);
}`);
  expect({ lines, status }).toEqual({ lines: ['true'], status: 0 });
});
