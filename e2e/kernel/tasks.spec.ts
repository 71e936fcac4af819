import { expect, test } from '../support/test';

test('a process has a name, a pid, a parent and an exit status', async ({ runner }) => {
  const { lines, status } = await runner.run(`
import { Process, currentProcess, exit, parentProcess, print } from 'weft';
function child(number) {
  print(currentProcess().name, parentProcess().name, currentProcess().pid !== parentProcess().pid);
  if (number > 0) exit(number);
}
export function main() {
  for (const number of [0, 7]) {
    const process = new Process(child, [number], { name: 'child ' + number });
    print(process.isAlive(), process.exitcode ?? 'none');
    process.start();
    process.join();
    print(process.isAlive(), process.exitcode, process.pid > 0);
  }
  exit(3);
}`);
  expect(lines).toEqual([
    'false none', 'child 0 main true', 'false 0 true', 'false none', 'child 7 main true', 'false 7 true',
  ]);
  expect(status).toBe(3);
});

test('an uncaught error ends its process with status 1, and no other', async ({ runner }) => {
  const { lines, status, stderr } = await runner.run(`
import { Process, print } from 'weft';
function child() {
  throw new RangeError('out of luck');
}
export function main() {
  const process = new Process(child, [], { name: 'unlucky' });
  process.start();
  process.join();
  print(process.exitcode);
}`);
  expect({ lines, status }).toEqual({ lines: ['1'], status: 0 });
  expect(stderr).toContain('unlucky');
  expect(stderr).toContain('RangeError: out of luck');
  expect(stderr).toContain('main.js:4');
});

test('join with a timeout gives up, and a later one has the status', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Event, Process, print } from 'weft';
const go = new Event();
function child() {
  go.wait();
}
export function main() {
  const process = new Process(child, []);
  process.start();
  process.join(0.03);
  print(process.isAlive(), process.exitcode ?? 'none');
  go.set();
  process.join();
  print(process.isAlive(), process.exitcode);
}`);
  expect(lines).toEqual(['true none', 'false 0']);
});

test('a process is killed while it is blocked, and its status is minus the signal', async ({ runner }) => {
  const { lines, status } = await runner.run(`
import { Event, Process, Queue, print } from 'weft';
const ready = new Queue();
const never = new Event();
function child() {
  ready.put(true);
  never.wait();
}
export function main() {
  for (const way of ['terminate', 'kill']) {
    const process = new Process(child, [], { name: way });
    process.start();
    ready.get();
    process[way]();
    process.join();
    print(way, process.exitcode);
  }
  // Who was killed is waited for no longer.
  never.set();
  print('end');
}`);
  expect({ lines, status }).toEqual({ lines: ['terminate -15', 'kill -9', 'end'], status: 0 });
});

test('a process is killed in an endless loop', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Process, Queue, print } from 'weft';
const ready = new Queue();
function spin() {
  ready.put(true);
  while (true);
}
export function main() {
  const process = new Process(spin, []);
  process.start();
  ready.get();
  process.kill();
  process.join();
  print(process.exitcode);
}`);
  expect(lines).toEqual(['-9']);
});

test('a lock whose holder was killed stays locked: who comes later waits for ever, until Stop', async ({ runner }) => {
  const running = await runner.start(`
import { Lock, Process, Queue, print } from 'weft';
const lock = new Lock();
const held = new Queue();
function holder() {
  lock.acquire();
  held.put(true);
  while (true);
}
export function main() {
  const process = new Process(holder, [], { name: 'holder' });
  process.start();
  held.get();
  process.kill();
  process.join();
  print('killed', lock.acquire({ timeout: 0.05 }));
  lock.acquire();
  print('never');
}`);
  await running.printed('killed false');
  await running.blocked('main', 'lock');
  const { reason, status, lines } = await running.stop();
  expect({ reason, status, lines }).toEqual({ reason: 'stopped', status: -9, lines: ['killed false'] });
  const { tasks, intervals } = await runner.model();
  const [main, holder] = ['main', 'holder'].map((name) => tasks.find((task) => task.name === name)!);
  const last = intervals.get(main.tid)!.filter(({ state }) => state === 'blocked').at(-1);
  expect({ reason: last?.reason, other: last?.other }).toEqual({ reason: 'lock', other: holder.tid });
});

test('a waiter that is killed after it was woken passes the wake-up on', async ({ runner }) => {
  // Both wait for an item; whichever is killed, the item that comes is had by the one that lives.
  const { lines } = await runner.run(`
import { Process, Queue, print } from 'weft';
const ready = new Queue();
const items = new Queue();
const had = new Queue();
function child() {
  ready.put(true);
  had.put(items.get());
}
export function main() {
  for (let round = 0; round < 20; round++) {
    const children = [new Process(child, []), new Process(child, [])];
    for (const process of children) process.start();
    for (const _ of children) ready.get();
    children[0].terminate();
    items.put(round);
    if (had.get() !== round) print('another item');
    for (const process of children) {
      process.terminate();
      process.join();
    }
    while (!items.empty()) items.get();
  }
  print('end');
}`);
  expect(lines.at(-1)).toBe('end');
  expect(lines).toHaveLength(1);
});

test('a daemon ends with the program, another process is waited for', async ({ runner }) => {
  const { lines, status } = await runner.run(`
import { Event, Process, print, sleep } from 'weft';
const go = new Event();
function daemon() {
  while (true) sleep(10);
}
function other() {
  go.wait();
  print('other ends');
}
export function main() {
  new Process(daemon, [], { name: 'daemon', daemon: true }).start();
  new Process(other, [], { name: 'other' }).start();
  print('main ends');
  go.set();
}`);
  expect({ lines, status }).toEqual({ lines: ['main ends', 'other ends'], status: 0 });
  const { tasks } = await runner.model();
  expect(tasks.find(({ name }) => name === 'daemon')?.status).toBe(-15);
});

test('a child that has ended is a zombie until it is joined, and an orphan goes to init', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Process, Queue, print } from 'weft';
const born = new Queue();
const ended = new Queue();
function grandchild() {
  ended.get();
}
function parent() {
  new Process(grandchild, [], { name: 'grandchild' }).start();
  born.put(true);
  while (true);
}
export function main() {
  const process = new Process(parent, [], { name: 'parent' });
  process.start();
  born.get();
  process.kill();
  process.join();
  print(process.exitcode);
  ended.put(true);
}`);
  expect(lines).toEqual(['-9']);
  const { tasks, taskByTid } = await runner.model();
  const [main, parent, grandchild] = ['main', 'parent', 'grandchild'].map((name) => tasks.find((task) => task.name === name)!);
  expect(parent.reapedAt).toBeGreaterThanOrEqual(parent.endedAt!);
  expect(grandchild.creator).toBe(parent.tid);
  expect(grandchild.parent).toBe(1);
  expect(taskByTid.get(main.tid)?.status).toBe(0);
});

test('threads of a process are tasks of it, and an error in one does not end the others', async ({ runner }) => {
  const { lines, status, stderr } = await runner.run(`
import { Thread, currentProcess, currentThread, print } from 'weft';
function work(name) {
  print(currentThread().name, currentProcess().name);
  if (name === 'bad') throw new Error('bad thread');
}
export function main() {
  for (const name of ['good', 'bad']) {
    const thread = new Thread(work, [name], { name });
    thread.start();
    thread.join();
    print(thread.isAlive());
  }
}`);
  expect({ lines, status }).toEqual({ lines: ['good main', 'false', 'bad main', 'false'], status: 0 });
  expect(stderr).toContain('Error: bad thread');
  const { tasks } = await runner.model();
  const main = tasks.find(({ name }) => name === 'main')!;
  expect(tasks.filter(({ method }) => method === 'thread').map(({ name, pid }) => ({ name, pid }))).toEqual([
    { name: 'good', pid: main.pid }, { name: 'bad', pid: main.pid },
  ]);
});

test('when a process is killed its threads end with it', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Process, Queue, Thread, print } from 'weft';
const ready = new Queue();
function spin() {
  ready.put(true);
  while (true);
}
function parent() {
  new Thread(spin, [], { name: 'spinner' }).start();
  spin();
}
export function main() {
  const process = new Process(parent, []);
  process.start();
  ready.get();
  ready.get();
  process.terminate();
  process.join();
  print(process.exitcode);
}`);
  expect(lines).toEqual(['-15']);
});
