import { expect, test } from '../support/test';

test('a value is seen by all processes, and two that add without a lock may lose an addition', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Process, Value, print } from 'weft';
const count = new Value(5);
function add(times) {
  for (let i = 0; i < times; i++) count.value += 1;
}
export function main() {
  const first = new Process(add, [10]);
  first.start();
  first.join();
  print(count.value);
  const adders = [1, 2].map(() => new Process(add, [1000]));
  for (const process of adders) process.start();
  for (const process of adders) process.join();
  print(count.value >= 1015 && count.value <= 2015);
}`);
  expect(lines).toEqual(['15', 'true']);
});

test("a value's own lock makes an addition whole", async ({ runner }) => {
  const { lines } = await runner.run(`
import { Process, Value, print, withLock } from 'weft';
const count = new Value(0);
function add(times) {
  for (let i = 0; i < times; i++) withLock(count, () => { count.value += 1; });
}
export function main() {
  const adders = [1, 2, 3].map(() => new Process(add, [300]));
  for (const process of adders) process.start();
  for (const process of adders) process.join();
  print(count.value);
}`);
  expect(lines).toEqual(['900']);
});

test('an array of typed numbers is shared, and converts as its type does', async ({ runner }) => {
  const { lines, stderr } = await runner.run(`
import { Process, SharedArray, print } from 'weft';
const numbers = new SharedArray('i', [1, 2, 3]);
const bytes = new SharedArray('B', 2);
const reals = new SharedArray('d', [0.5]);
function change() {
  numbers.set(0, numbers.get(0) + 10);
  numbers.set(2, 2.9);
  bytes.set(1, 258);
  reals.set(0, reals.get(0) / 4);
}
export function main() {
  const process = new Process(change, []);
  process.start();
  process.join();
  print(numbers.get(0), numbers.get(1), numbers.get(2), numbers.length, bytes.get(0), bytes.get(1), reals.get(0));
  numbers.get(3);
}`);
  expect(lines).toEqual(['11 2 2 3 0 2 0.125']);
  expect(stderr).toContain('RangeError');
  expect(stderr).toContain('main.js:17');
});

test('processes do not share memory, threads share the heap', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Process, Thread, heap, print } from 'weft';
let own = 1;
function change() {
  own += 1;
  heap.list = [1, 2];
  heap.count = (heap.count ?? 0) + 1;
}
export function main() {
  heap.count = 1;
  const process = new Process(change, []);
  process.start();
  process.join();
  print(own, heap.count, heap.list);
  const thread = new Thread(change, []);
  thread.start();
  thread.join();
  print(heap.count, heap.list.join());
}`);
  expect(lines).toEqual(['1 1 undefined', '2 1,2']);
});
