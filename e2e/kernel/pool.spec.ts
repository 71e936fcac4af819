import { expect, test } from '../support/test';

test('map answers in the order of the jobs, whatever the chunk size', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Pool, currentProcess, print } from 'weft';
function square(x) {
  return x * x;
}
function pid() {
  return currentProcess().pid;
}
export function main() {
  const pool = new Pool(3);
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  for (const chunkSize of [undefined, 1, 7, 100]) {
    print(pool.map(square, numbers, { chunkSize }).every((value, i) => value === i * i));
  }
  print(pool.map(square, []).length);
  print(new Set(pool.map(pid, numbers, { chunkSize: 1 })).size <= 3);
  pool.close();
  pool.join();
}`);
  expect(lines).toEqual(['true', 'true', 'true', 'true', '0', 'true']);
});

test('apply, starmap, imap and imapUnordered', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Pool, Semaphore, print } from 'weft';
const others = new Semaphore(0);
function add(a, b) {
  return a + b;
}
// Job 0 goes on when both others have been done by the other process, and so it is never the first to be answered.
function slowest(x) {
  if (x > 0) others.release();
  else for (let i = 0; i < 2; i++) others.acquire();
  return x;
}
export function main() {
  const pool = new Pool(2);
  print(pool.apply(add, [1, 2]));
  print(pool.starmap(add, [[1, 2], [3, 4]]).join());
  print([...pool.imap(slowest, [0, 1, 2])].join());
  const unordered = [...pool.imapUnordered(slowest, [0, 1, 2])];
  print(unordered[0], unordered.sort().join());
  pool.close();
  pool.join();
}`);
  expect(lines).toEqual(['3', '3,7', '0,1,2', '1 0,1,2']);
});

test('async results are waited for, time out, succeed and fail', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Event, Pool, print } from 'weft';
const go = new Event();
function late() {
  go.wait();
  return 'late';
}
function fail(text) {
  throw new RangeError(text);
}
export function main() {
  const pool = new Pool(2);
  const called = [];
  const result = pool.applyAsync(late, [], { callback: (value) => called.push('callback ' + value) });
  try {
    result.get(0.02);
  } catch (error) {
    print(error.name, result.ready());
  }
  go.set();
  print(result.get(), result.ready(), result.successful());
  const failed = pool.applyAsync(fail, ['oh'], { errorCallback: (error) => called.push('error ' + error.message) });
  try {
    failed.get();
  } catch (error) {
    print(error.name, error.message, failed.successful());
  }
  pool.close();
  pool.join();
  print(called.join(', '));
}`);
  expect(lines).toEqual(['TimeoutError false', 'late true true', 'RangeError oh false', 'callback late, error oh']);
});

test('a job that fails in map is raised, and the pool goes on', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Pool, print } from 'weft';
function check(x) {
  if (x === 3) throw new TypeError('three');
  return x;
}
export function main() {
  const pool = new Pool(2);
  try {
    pool.map(check, [1, 2, 3, 4]);
  } catch (error) {
    print(error.name, error.message);
  }
  print(pool.map(check, [1, 2]).join());
  pool.terminate();
  pool.join();
}`);
  expect(lines).toEqual(['TypeError three', '1,2']);
});

test('an initializer runs in each process, and a process is renewed after its number of jobs', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Pool, currentProcess, print } from 'weft';
let prepared = 'not';
function prepare(text) {
  prepared = text;
}
function look() {
  return [prepared, currentProcess().pid];
}
export function main() {
  const pool = new Pool(1, { initializer: prepare, initArgs: ['ready'], maxTasksPerChild: 2 });
  const seen = pool.map(look, [1, 2, 3, 4], { chunkSize: 1 });
  print(seen.every(([text]) => text === 'ready'), new Set(seen.map(([, pid]) => pid)).size);
  pool.close();
  pool.join();
}`);
  expect(lines).toEqual(['true 2']);
});

test('a closed pool takes no job, and a terminated one ends at once', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Pool, print, sleep } from 'weft';
function forever() {
  sleep(1000);
}
export function main() {
  const closed = new Pool(1);
  closed.close();
  try {
    closed.apply(forever, []);
  } catch (error) {
    print(error.name);
  }
  closed.join();
  const pool = new Pool(2);
  pool.applyAsync(forever, []);
  pool.applyAsync(forever, []);
  pool.terminate();
  pool.join();
  print('joined');
}`);
  expect(lines).toEqual(['ValueError', 'joined']);
});
