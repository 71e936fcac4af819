import { expect, test } from '../support/test';

test('a syntax error is refused with its place before anything runs', async ({ runner }) => {
  const outcome = await runner.tryStart(`import { print } from 'weft';\nprint('never');\nexport function main() {\n  let = ;\n}\n`);
  expect(outcome).toMatchObject({ outcome: 'rejected', errors: [{ file: 'main.js', line: 4 }] });
  expect(runner.output.stdout).toBe('');
});

test('a name that weft does not have is refused with its place', async ({ runner }) => {
  const outcome = await runner.tryStart(`import { print, Quue } from 'weft';\nexport function main() {}\n`);
  expect(outcome).toMatchObject({ outcome: 'rejected', errors: [{ file: 'main.js', line: 1 }] });
  expect(JSON.stringify(outcome)).toContain('Quue');
});

test('a module that is not there is refused with its place', async ({ runner }) => {
  const outcome = await runner.tryStart(`import { x } from './none.js';\nexport function main() {}\n`);
  expect(outcome).toMatchObject({ outcome: 'rejected', errors: [{ file: 'main.js', line: 1 }] });
});

test('a name that nobody defined ends the process with an error at its line', async ({ runner }) => {
  const { status, stderr } = await runner.run(`export function main() {\n  queue.put(1);\n}\n`);
  expect(status).toBe(1);
  expect(stderr).toContain('ReferenceError: queue is not defined');
  expect(stderr).toContain('main.js:2');
});

test('a closure as the target of a process is refused with a sentence', async ({ runner }) => {
  const { status, stderr } = await runner.run(`
import { Process } from 'weft';
export function main() {
  const captured = 1;
  const process = new Process(() => captured, []);
  process.start();
}`);
  expect(status).toBe(1);
  expect(stderr).toMatch(/function/);
  expect(stderr).toMatch(/main\.js:[56]/);
});

test('a program without main is refused or says so', async ({ runner }) => {
  const outcome = await runner.tryStart(`import { print } from 'weft';\nprint('top');\n`);
  const said = outcome.outcome === 'started' ? (await new Promise<string>((resolve) => {
    void runner.pageRun.finished().then(() => resolve(runner.output.stderr));
  })) : JSON.stringify(outcome);
  expect(said).toContain('main');
});

test('processes that start at load, in every process again, are refused', async ({ runner }) => {
  const running = await runner.start(`
import { Process } from 'weft';
export function main() {}
const process = new Process(main, []);
process.start();
process.join();
`);
  const { status, stderr } = await running.finished();
  expect(status).toBe(1);
  expect(stderr).toContain('main.js:5');
});

test('a message over the limit is refused, and one below it goes through', async ({ runner }) => {
  const { lines, status } = await runner.run(`
import { Queue, print } from 'weft';
export function main() {
  const q = new Queue();
  q.put(new Uint8Array(8 * 1024 * 1024));
  print(q.get().length);
  try {
    q.put(new Uint8Array(1024 * 1024 * 1024));
  } catch (error) {
    print(error.name, error.message);
  }
}`);
  expect(status).toBe(0);
  expect(lines[0]).toBe(String(8 * 1024 * 1024));
  expect(lines[1]).toMatch(/^MessageTooLarge .*(MiB|bytes)/);
});

test('a full heap is an error in the process that fills it, and the rest goes on', async ({ runner }) => {
  const { lines, status } = await runner.run(`
import { Queue, print } from 'weft';
export function main() {
  const q = new Queue();
  let count = 0;
  try {
    while (true) {
      q.put(new Uint8Array(1024 * 1024));
      count++;
    }
  } catch (error) {
    print(error.name, count > 10);
  }
  while (!q.empty()) q.get();
  q.put('room again');
  print(q.get());
}`);
  expect(status).toBe(0);
  expect(lines).toEqual(['MemoryError true', 'room again']);
});

test('more tasks than the table holds is an error, and those that run go on', async ({ runner }) => {
  const { lines, status } = await runner.run(`
import { Event, Process, print } from 'weft';
const end = new Event();
function wait() {
  end.wait();
}
export function main() {
  const processes = [];
  try {
    while (true) {
      const process = new Process(wait, []);
      process.start();
      processes.push(process);
    }
  } catch (error) {
    print(error.name, error.message.length > 20, processes.length > 100);
  }
  end.set();
  for (const process of processes) process.join();
  print(processes.every(({ exitcode }) => exitcode === 0));
}`);
  expect({ lines, status }).toEqual({ lines: ['OSError true true', 'true'], status: 0 });
});

test('a value that cannot be sent is refused with a sentence', async ({ runner }) => {
  const { status, stderr } = await runner.run(`
import { Queue } from 'weft';
export function main() {
  const q = new Queue();
  q.put(() => 1);
}`);
  expect(status).toBe(1);
  expect(stderr).toContain('function');
  expect(stderr).toContain('main.js:5');
});

test('recursion without end is an error at its line', async ({ runner }) => {
  const { status, stderr } = await runner.run(`
function deeper(n) {
  return deeper(n + 1) + 1;
}
export function main() {
  deeper(0);
}`);
  expect(status).toBe(1);
  expect(stderr).toContain('RangeError');
  expect(stderr).toContain('main.js:3');
});
