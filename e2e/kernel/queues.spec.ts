import { expect, test } from '../support/test';

test('a full queue parks the producer, an empty one the consumer, and items come in order', async ({ runner }) => {
  const running = await runner.start(`
import { Process, Queue, input, print } from 'weft';
const q = new Queue(2);
function produce() {
  for (let item = 1; item <= 5; item++) q.put(item);
  q.put(input());
}
export function main() {
  const producer = new Process(produce, [], { name: 'producer' });
  producer.start();
  input();
  for (let i = 0; i < 6; i++) print(q.get());
  producer.join();
}`, { stdin: undefined });
  await running.blocked('producer', 'queue full');
  await running.writeInput('go on');
  await running.blocked('main', 'queue empty');
  await running.writeInput('last');
  const { lines } = await running.finished();
  expect(lines).toEqual(['1', '2', '3', '4', '5', 'last']);
  const { intervals, tasks, objects, links, series } = await runner.model();
  const q = objects.find(({ name }) => name === 'q')!;
  expect({ type: q.type, initial: q.initial }).toEqual({ type: 'queue', initial: 2 });
  const [main, producer] = ['main', 'producer'].map((name) => tasks.find((task) => task.name === name)!.tid);
  const reasons = (tid: typeof main): string[] =>
    intervals.get(tid)!.filter(({ object }) => object === q.id).map(({ reason }) => reason);
  expect(reasons(producer)).toContain('queue full');
  expect(reasons(main)).toContain('queue empty');
  expect(links.filter(({ kind, object }) => kind === 'message' && object === q.id)).toHaveLength(6);
  expect(series.find(({ object }) => object === q.id)?.maximum).toBe(2);
});

test('a queue says when it is full or empty instead of waiting, where it may not wait for ever', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Queue, print } from 'weft';
const failing = (use) => {
  try {
    use();
    return 'went';
  } catch (error) {
    return error.name;
  }
};
export function main() {
  const q = new Queue(1);
  print(q.empty(), q.full(), q.qsize());
  print(failing(() => q.getNoWait()), failing(() => q.get({ timeout: 0.02 })), failing(() => q.get({ block: false })));
  q.put('x');
  print(q.empty(), q.full(), q.qsize());
  print(failing(() => q.putNoWait('y')), failing(() => q.put('y', { timeout: 0.02 })), failing(() => q.put('y', { block: false })));
  print(q.get());
}`);
  expect(lines).toEqual(['true false 0', 'Empty Empty Empty', 'false true 1', 'Full Full Full', 'x']);
});

test('put into a full queue with a timeout ends the process with Full', async ({ runner }) => {
  const { status, stderr } = await runner.run(`
import { Queue } from 'weft';
const q = new Queue(1);
export function main() {
  q.put(1);
  q.put(2, { timeout: 0.02 });
}`);
  expect(status).toBe(1);
  expect(stderr).toContain('Full');
  expect(stderr).toContain('main.js:6');
});

test('several producers and consumers share a queue, and each item is had once', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Process, Queue, print } from 'weft';
const q = new Queue(4);
const sums = new Queue();
function produce(first) {
  for (let item = first; item < first + 1000; item++) q.put(item);
}
function consume() {
  let sum = 0;
  let count = 0;
  for (let item = q.get(); item !== null; item = q.get()) {
    sum += item;
    count++;
  }
  sums.put([sum, count]);
}
export function main() {
  const producers = [0, 1000, 2000].map((first) => new Process(produce, [first]));
  const consumers = [1, 2, 3].map(() => new Process(consume, []));
  for (const process of [...producers, ...consumers]) process.start();
  for (const process of producers) process.join();
  for (const _ of consumers) q.put(null);
  const all = consumers.map(() => sums.get());
  print(all.reduce((total, [sum]) => total + sum, 0), all.reduce((total, [, count]) => total + count, 0));
  for (const process of consumers) process.join();
}`);
  expect(lines).toEqual([`${(2999 * 3000) / 2} 3000`]);
});

test('a joinable queue is joined when every item is reported done', async ({ runner }) => {
  const { lines } = await runner.run(`
import { JoinableQueue, Process, Value, print, sleep } from 'weft';
const q = new JoinableQueue();
const done = new Value(0);
function work() {
  while (true) {
    q.get();
    sleep(0.01);
    done.value += 1;
    q.taskDone();
  }
}
export function main() {
  new Process(work, [], { daemon: true }).start();
  for (let i = 0; i < 5; i++) q.put(i);
  q.join();
  print('joined after', done.value);
}`);
  expect(lines).toEqual(['joined after 5']);
});

test('taskDone called too often is a ValueError', async ({ runner }) => {
  const { status, stderr, lines } = await runner.run(`
import { JoinableQueue, print } from 'weft';
export function main() {
  const jobs = new JoinableQueue();
  jobs.put(1);
  jobs.get();
  jobs.taskDone();
  print('once');
  jobs.taskDone();
}`);
  expect({ status, lines }).toEqual({ status: 1, lines: ['once'] });
  expect(stderr).toContain('ValueError');
  expect(stderr).toContain('main.js:9');
});

test('a simple queue passes items on', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Process, SimpleQueue, print } from 'weft';
const q = new SimpleQueue();
function produce() {
  q.put({ name: 'x', list: [1, 2.5, null, true, undefined], bytes: new Uint8Array([1, 2, 3]) });
}
export function main() {
  const producer = new Process(produce, []);
  producer.start();
  const item = q.get();
  print(item.name, JSON.stringify(item.list), item.bytes instanceof Uint8Array, [...item.bytes].join('+'), q.empty());
  producer.join();
}`);
  expect(lines).toEqual(['x [1,2.5,null,true,null] true 1+2+3 true']);
});

test('a pipe carries messages both ways, and its end is the end of file', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Pipe, Process, print } from 'weft';
function echo(end) {
  try {
    while (true) end.send(end.recv() * 2);
  } catch (error) {
    print('child', error.name);
  }
}
export function main() {
  const [here, there] = Pipe();
  const child = new Process(echo, [there]);
  child.start();
  there.close();
  for (const number of [1, 2, 3]) {
    here.send(number);
    print(here.recv());
  }
  print('poll', here.poll(0));
  here.close();
  child.join();
}`);
  expect(lines).toEqual(['2', '4', '6', 'poll false', 'child EOFError']);
});

test('a one-way pipe goes one way, and breaks when nobody reads', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Pipe, print } from 'weft';
const failing = (use) => {
  try {
    use();
    return 'went';
  } catch (error) {
    return error.name;
  }
};
export function main() {
  const [reading, writing] = Pipe(false);
  print(failing(() => reading.send(1)), failing(() => writing.recv()));
  writing.send('kept');
  print(reading.poll(0), reading.recv());
  reading.close();
  print(failing(() => writing.send(2)), failing(() => reading.recv()));
}`);
  expect(lines).toEqual(['OSError OSError', 'true kept', 'BrokenPipeError OSError']);
});

test('a process that ends without closing its end closes it', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Pipe, Process, print } from 'weft';
function sayOnce(end) {
  end.send('hello');
}
export function main() {
  const [here, there] = Pipe();
  const child = new Process(sayOnce, [there]);
  child.start();
  there.close();
  print(here.recv());
  try {
    here.recv();
  } catch (error) {
    print(error.name);
  }
  child.join();
}`);
  expect(lines).toEqual(['hello', 'EOFError']);
});

test('messages of megabytes come through whole', async ({ runner }) => {
  const { lines } = await runner.run(`
import { Pipe, Process, Queue, print } from 'weft';
const q = new Queue(1);
const SIZE = 3_000_000;
const [here, there] = Pipe();
function produce() {
  const bytes = new Uint8Array(SIZE).map((_, i) => i % 251);
  q.put(bytes);
  q.put('é'.repeat(500_000));
  there.send(bytes);
}
const whole = (bytes) => bytes.length === SIZE && bytes.every((byte, i) => byte === i % 251);
export function main() {
  const producer = new Process(produce, []);
  producer.start();
  print(whole(q.get()));
  print(q.get() === 'é'.repeat(500_000));
  print(whole(here.recv()));
  producer.join();
}`);
  expect(lines).toEqual(['true', 'true', 'true']);
});
