import { EventKindCode } from '../../src/protocol/trace-events';
import { buildModel } from '../../src/trace/model';
import { expect, test } from '../support/test';

test('an error of a pool comes back with the lines it went through there, then those here', async ({
  runner,
}) => {
  const { stderr, status } = await runner.run(`import { Pool } from 'weft';
class Broken extends Error {
  name = 'Broken';
  part = 'axle';
}
function work(x) {
  if (x === 2) throw new Broken('number ' + x);
  return x;
}
export function main() {
  const pool = new Pool(2);
  try {
    pool.map(work, [1, 2, 3], { chunkSize: 1 });
  } catch (error) {
    if (!(error instanceof Broken) || error.part !== 'axle') throw new Error('not the class that was thrown');
    throw error;
  }
}`);
  expect(status).toBe(1);
  expect(stderr).toBe(`Broken: number 2
    at work (main.js:7)
  and where it came back from that task:
    at main (main.js:13)
`);
});

test('a process of a pool that is killed in a job fails that job, and is replaced', async ({ runner }) => {
  const { lines, status } =
    await runner.run(`import { Pool, activeChildren, currentProcess, print, sleep } from 'weft';
function work(x) {
  if (x === 1) currentProcess().kill();
  return x;
}
export function main() {
  const pool = new Pool(1);
  const results = [0, 1, 2].map((x) => pool.applyAsync(work, [x]));
  for (const result of results) {
    try {
      print(result.get());
    } catch (error) {
      print(error.name, error.message);
    }
  }
  pool.close();
  pool.join();
  print(activeChildren().length);
}`);
  expect(status).toBe(0);
  expect(lines).toEqual([
    '0',
    'ProcessDied PoolWorker-1 ended with status -9 in the middle of the job',
    '2',
    '0',
  ]);
});

test('a pool whose initializer fails fails its jobs instead of starting processes for ever', async ({
  runner,
}) => {
  const { lines, stderr } = await runner.run(`import { Pool, print } from 'weft';
function prepare() {
  throw new Error('no tools');
}
function work() {}
export function main() {
  const pool = new Pool(2, { initializer: prepare });
  try {
    pool.apply(work);
  } catch (error) {
    print(error.name, error.message);
  }
  pool.terminate();
}`);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^ProcessDied PoolWorker-\d ended with status 1 before it took a job: its initializer failed$/,
  );
  expect(stderr).toContain('Error: no tools\n    at prepare (main.js:3)');
});

test('instances of top-level classes, functions by name, maps and processes pass through a queue', async ({
  runner,
}) => {
  const { lines } = await runner.run(`import { Lock, Process, Queue, currentProcess, print } from 'weft';
class Point {
  constructor(x) {
    this.x = x;
  }
  twice() {
    return this.x * 2;
  }
}
const triple = (x) => x * 3;
const q = new Queue();
const lock = new Lock();
function child(own) {
  q.put(new Point(21));
  q.put(triple);
  q.put(new Map([['a', new Set([1n])]]));
  q.put({ own, lock });
  q.put(currentProcess());
}
export function main() {
  const own = new Lock();
  const process = new Process(child, [own], { name: 'giver' });
  process.start();
  print(q.get().twice(), q.get() === triple, q.get());
  const got = q.get();
  print(got.own === own, got.lock === lock);
  const sender = q.get();
  process.join();
  print(sender.name, sender.pid === process.pid, sender.isAlive(), sender.exitcode);
}`);
  expect(lines).toEqual(["42 true Map(1) { 'a' => Set(1) { 1n } }", 'true true', 'giver true false 0']);
});

test('a program may have several files, and an error in one is shown with its name', async ({ runner }) => {
  const { lines, stderr, status } = await runner.run({
    language: 'javascript',
    entry: 'main.js',
    files: [
      {
        name: 'main.js',
        text:
          "import { work } from './lib/work.js';\nimport { Process } from 'weft';\nexport function main() {\n" +
          "const process = new Process(work, ['first']);\nprocess.start();\nprocess.join();\nwork();\n}",
      },
      {
        name: 'lib/work.js',
        text: "import { print } from 'weft';\nexport function work(text) {\nprint(text.length);\n}\n",
      },
    ],
  });
  expect({ lines, status }).toEqual({ lines: ['5'], status: 1 });
  expect(stderr).toContain('at work (lib/work.js:3)\n    at main (main.js:7)');
  expect((await runner.model()).tasks.map(({ name }) => name)).toEqual(['main', 'Process-1 (work)']);
});

test('exit ends the process at once, after its threads; in a thread only that', async ({ runner }) => {
  const { lines, status } =
    await runner.run(`import { Process, Thread, exit, heap, print, sleep } from 'weft';
function quiet() {
  heap.seen = 'thread ran';
  exit(9);
}
function deep(n) {
  if (n === 0) exit(4);
  deep(n - 1);
  print('never');
}
export function main() {
  const process = new Process(deep, [5]);
  process.start();
  process.join();
  print(process.exitcode);
  const thread = new Thread(quiet);
  thread.start();
  thread.join();
  print(heap.seen, 'other' in heap, heap.other);
  exit(7);
  print('never');
}`);
  expect({ lines, status }).toEqual({ lines: ['4', 'thread ran false undefined'], status: 7 });
});

test('an asynchronous main is waited for, and what it throws is its error', async ({ runner }) => {
  const { lines, stderr, status } = await runner.run(`import { print } from 'weft';
export async function main() {
  await null;
  console.log('logged', [1, 'two']);
  console.error('to stderr');
  throw new TypeError('late');
}`);
  expect({ lines, status }).toEqual({ lines: ["logged [ 1, 'two' ]"], status: 1 });
  expect(stderr).toBe('to stderr\nTypeError: late\n    at main (main.js:6)\n');
});

test('operations at the top level are refused where they stand', async ({ runner }) => {
  for (const operation of [
    'q.put(1)',
    'q.get()',
    "print('x')",
    'sleep(0)',
    'count.value = 1',
    'new Pool(1)',
    'left.send(1)',
  ]) {
    const { stderr, status } =
      await runner.run(`import { Pipe, Pool, Queue, Value, print, sleep } from 'weft';
const q = new Queue();
const count = new Value(0);
const [left] = Pipe();
${operation};
export function main() {}`);
    expect(status, operation).toBe(1);
    expect(stderr, operation).toMatch(
      /^OSError: .* at the program's top level .*\n {4}at <top level> \(main\.js:5\)\n$/,
    );
  }
});

test('a top level that differs from process to process is found out', async ({ runner }) => {
  const { stderr } = await runner.run(`import { Lock, Process, Queue, currentProcess } from 'weft';
const shared = currentProcess().name === 'main' ? new Lock() : new Queue();
function child() {
  return shared;
}
export function main() {
  const process = new Process(child);
  process.start();
  process.join();
}`);
  expect(stderr).toMatch(
    /OSError: the program's top level makes a queue here that the first process did not make/,
  );
  expect(stderr).toContain('main.js:2');
});

test('objects carry the names of variables, and events the lines of the program', async ({ runner }) => {
  await runner.run(`import { Condition, Lock, Pipe, Process, Queue, Value } from 'weft';
const q = new Queue(3);
const forks = Array.from({ length: 2 }, () => new Lock());
const [left, right] = Pipe();
class Account {
  constructor() {
    this.balance = new Value('i', 5);
    this.changed = new Condition();
  }
}
function child() {
  const here = q;
  here.put(
    'text',
  );
}
export function main() {
  const account = new Account();
  const process = new Process(child);
  process.start();
  process.join();
  q.get();
}`);
  const trace = await runner.trace();
  expect(buildModel(trace).objects.map(({ name }) => name)).toEqual([
    'q',
    'forks[0]',
    'forks[1]',
    'left/right',
    'balance.lock',
    'balance',
    'changed.lock',
    'changed',
  ]);
  const put = trace.kind.indexOf(EventKindCode.put);
  expect([trace.place[put], trace.place[trace.kind.indexOf(EventKindCode.get)]]).toEqual([13, 22]);
});

test('what looks like Python but would mean something else is refused with what to write', async ({
  runner,
}) => {
  const { lines } = await runner.run(`import { Lock, Pipe, Process, Queue, print } from 'weft';
const q = new Queue();
function child() {}
const attempts = {
  get: () => q.get(false),
  acquire: () => new Lock().acquire(1),
  timeout: () => q.get({ timeout: '1' }),
  connection: () => q.put(Pipe()[0]),
  args: () => new Process(child, 1),
  target: () => new Process(() => 1).start(),
  twice: () => {
    const process = new Process(child);
    process.start();
    process.start();
  },
  unstarted: () => new Process(child).join(),
};
export function main() {
  for (const [name, attempt] of Object.entries(attempts)) {
    try {
      attempt();
      print(name, 'was let through');
    } catch (error) {
      print(name + ':', error.name + ':', error.message.split(':')[0]);
    }
  }
}`);
  expect(lines).toEqual([
    'get: TypeError: invalid options',
    'acquire: TypeError: invalid options',
    'timeout: TypeError: invalid timeout',
    'connection: TypeError: a connection cannot be sent in a message',
    'args: TypeError: invalid arguments',
    'target: TypeError: unsupported target',
    'twice: ValueError: Process-2 (child) has been started already',
    'unstarted: ValueError: Process-3 (child) cannot be joined before it is started',
  ]);
});

test('a mistake in an import is told where it is forgotten', async ({ runner }) => {
  const { stderr } = await runner.run(
    "import { print } from 'weft';\nexport function main() {\n  new Queue();\n}",
  );
  expect(stderr).toBe(
    "ReferenceError: Queue is not defined: add it to the import from 'weft'\n    at main (main.js:3)\n",
  );
});

/** What a program does with one part of the API alone: its workers' script has no other. */
const ALONE: Readonly<Record<string, string>> = {
  'Barrier': 'new Barrier(1).wait()',
  'BoundedSemaphore': 'new BoundedSemaphore(1).acquire()',
  'Condition': '(() => { const c = new Condition(); c.acquire(); return c.wait(0); })()',
  'Event': 'new Event().isSet()',
  'heap': '(heap.n = 3) + heap.n',
  'JoinableQueue': '(() => { const q = new JoinableQueue(); q.put([1]); q.get(); q.taskDone(); q.join(); return q.qsize(); })()',
  'Lock': 'new Lock().acquire({ block: false })',
  'Pipe': '(() => { const [a, b] = Pipe(); a.send({ x: 1 }); return b.recv().x; })()',
  'Pool': '(() => { const p = new Pool(1); const r = p.map(twice, [1, 2]); p.terminate(); return r.join(); })()',
  'SharedArray': 'new SharedArray("i", [1, 2]).length',
  'SimpleQueue': '(() => { const q = new SimpleQueue(); q.put(2); return q.get(); })()',
  'Thread': '(() => { const t = new Thread(twice, [1]); t.start(); return t.join(); })()',
  'Value': '(() => { const v = new Value("i", 4); v.getLock().acquire(); return v.value; })()',
  'currentThread': 'currentThread().name',
  'withLock, RLock': 'withLock(new RLock(), () => 5)',
};

test('each part of the API works in a program that imports nothing else of it, in both clocks', async ({ runner }) => {
  test.slow();
  for (const clock of ['real', 'virtual'] as const) {
    for (const [names, use] of Object.entries(ALONE)) {
      const { lines, stderr, status } = await runner.run(
        `import { Process, print, ${names} } from 'weft';
function twice(x) {
  return 2 * x;
}
function child() {
  print('child', ${use});
}
export function main() {
  print('main', ${use});
  const process = new Process(child);
  process.start();
  process.join();
}`,
        { clock },
      );
      expect({ names, clock, stderr, status, lines: lines.length }).toEqual({ names, clock, stderr: '', status: 0, lines: 2 });
    }
  }
});

test('a promise that is rejected and that nobody handles ends its process as an uncaught error does', async ({ runner }) => {
  const { stderr, status } = await runner.run(`
async function fails() {
  throw new Error('nobody looks');
}
export function main() {
  fails();
  return new Promise(() => {});
}`);
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'Error: nobody looks\n    at fails (main.js:3)\n    at main (main.js:6)\n' });
});
