import { expect, test } from '../support/test';

test('a lock lets one in at a time, however many workers contend', async ({ runner }) => {
  const running = await runner.start(`
import { Lock, Process, Value, input, print, withLock } from 'weft';
const lock = new Lock();
const count = new Value(0);
function add(times) {
  for (let i = 0; i < times; i++) withLock(lock, () => { count.value += 1; });
}
export function main() {
  const adders = [1, 2, 3, 4].map((number) => new Process(add, [500], { name: 'adder ' + number }));
  lock.acquire();
  for (const adder of adders) adder.start();
  input();
  lock.release();
  for (const adder of adders) adder.join();
  print(count.value);
}`, { stdin: undefined });
  for (const number of [1, 2, 3, 4]) await running.blocked(`adder ${number}`, 'lock');
  await running.writeInput('all are there');
  const { lines, status } = await running.finished();
  expect({ lines, status }).toEqual({ lines: ['2000'], status: 0 });
  const { links, objects } = await runner.model();
  const lock = objects.find(({ name }) => name === 'lock');
  expect([...links].some(({ kind, object, from, to }) => kind === 'hand-over' && object === lock?.id && from !== to)).toBe(true);
});

test('a lock that another process holds is tried, waited for and had in turn', async ({ runner }) => {
  const running = await runner.start(`
import { Event, Lock, Process, print } from 'weft';
const lock = new Lock();
const held = new Event();
const enough = new Event();
function holder() {
  lock.acquire();
  held.set();
  enough.wait();
  lock.release();
}
export function main() {
  const process = new Process(holder, [], { name: 'holder' });
  process.start();
  held.wait();
  print('try', lock.acquire({ block: false }));
  print('timed', lock.acquire({ timeout: 0.02 }));
  enough.set();
  print('wait', lock.acquire());
  lock.release();
  process.join();
}`);
  expect((await running.finished()).lines).toEqual(['try false', 'timed false', 'wait true']);
  const { intervals, tasks, objects } = await runner.model();
  const [main, holder] = ['main', 'holder'].map((name) => tasks.find((task) => task.name === name));
  const lock = objects.find(({ name }) => name === 'lock');
  const waits = intervals.get(main!.tid)!.filter(({ reason }) => reason === 'lock');
  expect(waits.map(({ object, other }) => ({ object, other }))).toContainEqual({ object: lock!.id, other: holder!.tid });
  expect(waits[0].cause).toBe('timed out');
});

test('releasing a lock that is not held is a ValueError', async ({ runner }) => {
  const { status, stderr } = await runner.run(`
import { Lock } from 'weft';
export function main() {
  const lock = new Lock();
  lock.release();
}`);
  expect(status).toBe(1);
  expect(stderr).toContain('ValueError');
  expect(stderr).toContain('lock');
  expect(stderr).toContain('main.js:5');
});

test('a lock may be released by another process, an RLock only by its owner', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Lock, Process, RLock, print } from 'weft';
const lock = new Lock();
const rlock = new RLock();
function other() {
  lock.release();
  try {
    rlock.release();
  } catch (error) {
    print(error.name);
  }
}
export function main() {
  lock.acquire();
  rlock.acquire();
  rlock.acquire();
  const process = new Process(other, []);
  process.start();
  process.join();
  print('lock', lock.acquire({ block: false }));
  rlock.release();
  rlock.release();
  try {
    rlock.release();
  } catch (error) {
    print(error.name);
  }
}`);
  expect(lines).toEqual(['ValueError', 'lock true', 'ValueError']);
});

test('a semaphore lets in as many as it counts', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Barrier, Lock, Process, Semaphore, Value, print, sleep, withLock } from 'weft';
const places = new Semaphore(2);
const pair = new Barrier(2);
const lock = new Lock();
const inside = new Value(0);
const most = new Value(0);
function visit() {
  withLock(places, () => {
    withLock(lock, () => {
      inside.value += 1;
      most.value = Math.max(most.value, inside.value);
    });
    // Two meet inside, and stay for a while in which a third could come.
    pair.wait();
    sleep(0.02);
    withLock(lock, () => { inside.value -= 1; });
  });
}
export function main() {
  const visitors = Array.from({ length: 6 }, () => new Process(visit, []));
  for (const visitor of visitors) visitor.start();
  for (const visitor of visitors) visitor.join();
  print(most.value, places.acquire({ block: false }), places.acquire({ block: false }), places.acquire({ block: false }));
}`);
  expect(lines).toEqual(['2 true true false']);
});

test('a bounded semaphore refuses one release too many', async ({ runner }) => {
  const { lines, status, stderr } = await runner.run(`
import { BoundedSemaphore, Semaphore, print } from 'weft';
export function main() {
  const free = new Semaphore(1);
  free.release();
  print(free.acquire({ block: false }), free.acquire({ block: false }), free.acquire({ block: false }));
  const bounded = new BoundedSemaphore(1);
  bounded.acquire();
  bounded.release();
  bounded.release();
}`);
  expect({ lines, status }).toEqual({ lines: ['true true false'], status: 1 });
  expect(stderr).toContain('ValueError');
});

test('a condition wakes as many as are notified, the longest waiting first', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Condition, Process, Queue, print, withLock } from 'weft';
const condition = new Condition();
const order = new Queue();
function waiter(name) {
  withLock(condition, () => {
    order.put(name + ' waits');
    condition.wait();
    order.put(name + ' woke');
  });
}
export function main() {
  const waiters = [];
  for (const name of ['a', 'b', 'c']) {
    const process = new Process(waiter, [name]);
    process.start();
    waiters.push(process);
    print(order.get());
  }
  withLock(condition, () => condition.notify());
  print(order.get());
  withLock(condition, () => condition.notifyAll());
  print([order.get(), order.get()].sort().join(', '));
  for (const process of waiters) process.join();
  withLock(condition, () => print('timed', condition.wait(0.02)));
}`);
  expect(lines).toEqual(['a waits', 'b waits', 'c waits', 'a woke', 'b woke, c woke', 'timed false']);
});

test('a condition without its lock is refused', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Condition, print } from 'weft';
export function main() {
  const condition = new Condition();
  for (const use of [() => condition.wait(), () => condition.notify()]) {
    try {
      use();
    } catch (error) {
      print(error.name);
    }
  }
}`);
  expect(lines).toEqual(['ValueError', 'ValueError']);
});

test('waitFor goes on when its predicate holds', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Condition, Process, Value, print, withLock } from 'weft';
const condition = new Condition();
const level = new Value(0);
function raise() {
  for (let i = 0; i < 3; i++) {
    withLock(condition, () => {
      level.value += 1;
      condition.notifyAll();
    });
  }
}
export function main() {
  const process = new Process(raise, []);
  process.start();
  withLock(condition, () => print(condition.waitFor(() => level.value === 3), level.value));
  process.join();
  withLock(condition, () => print(condition.waitFor(() => level.value === 4, 0.02)));
}`);
  expect(lines).toEqual(['true 3', 'false']);
});

test('an event wakes all who wait, and is waited for in vain once cleared', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Event, Process, Queue, print } from 'weft';
const start = new Event();
const ready = new Queue();
const through = new Queue();
function wait() {
  ready.put(true);
  through.put(start.wait());
}
export function main() {
  const waiters = [1, 2, 3].map(() => new Process(wait, []));
  for (const process of waiters) process.start();
  for (const _ of waiters) ready.get();
  print(start.isSet());
  start.set();
  print(through.get(), through.get(), through.get());
  for (const process of waiters) process.join();
  print(start.isSet(), start.wait(0));
  start.clear();
  print(start.isSet(), start.wait(0.02));
}`);
  expect(lines).toEqual(['false', 'true true true', 'true true', 'false false']);
});

test('a barrier lets all go on together, round after round, after its action', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Barrier, Process, Queue, Value, print } from 'weft';
const rounds = new Value(0);
const barrier = new Barrier(3, () => { rounds.value += 1; });
const seen = new Queue();
function walk() {
  for (let round = 1; round <= 20; round++) {
    const index = barrier.wait();
    if (rounds.value < round) seen.put('too early');
    if (index === 0) seen.put('first');
  }
}
export function main() {
  const walkers = [1, 2, 3].map(() => new Process(walk, []));
  for (const process of walkers) process.start();
  for (const process of walkers) process.join();
  const all = [];
  while (!seen.empty()) all.push(seen.get());
  print(rounds.value, all.length, all.every((text) => text === 'first'));
}`);
  expect(lines).toEqual(['20 20 true']);
});

test('a barrier that is broken is broken for all, until it is reset', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Barrier, Process, Queue, print } from 'weft';
const barrier = new Barrier(3);
const seen = new Queue();
function walk(timeout) {
  try {
    barrier.wait(timeout);
    seen.put('through');
  } catch (error) {
    seen.put(error.name);
  }
}
export function main() {
  const first = [new Process(walk, []), new Process(walk, [0.05])];
  for (const process of first) process.start();
  print(seen.get(), seen.get(), barrier.broken);
  for (const process of first) process.join();
  try {
    barrier.wait();
  } catch (error) {
    print('late', error.name);
  }
  barrier.reset();
  print(barrier.broken);
  const second = [1, 2].map(() => new Process(walk, []));
  for (const process of second) process.start();
  barrier.wait();
  print(seen.get(), seen.get());
  for (const process of second) process.join();
  barrier.abort();
  barrier.wait();
}`);
  expect(lines).toEqual([
    'BrokenBarrierError BrokenBarrierError true', 'late BrokenBarrierError', 'false', 'through through',
  ]);
});
