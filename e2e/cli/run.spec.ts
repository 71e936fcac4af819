import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { buildModel } from '../../src/trace/model';
import { readTrace } from '../../src/trace/trace-json';
import { WeftCommand } from '../support/weft-command';

interface Folder {
  readonly path: string;
  save(files: Record<string, string>): void;
  read(name: string): string;
  weft(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }>;
}

const test = base.extend<{ folder: Folder }>({
  // Playwright reads from the pattern which fixtures this one needs: none.
  // eslint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const path = mkdtempSync(join(tmpdir(), 'weft-cli-'));
    await use({
      path,
      save: (files) => Object.entries(files).forEach(([name, text]) => writeFileSync(join(path, name), text)),
      read: (name) => readFileSync(join(path, name), 'utf8'),
      weft: async (...args) => {
        const command = new WeftCommand(path, args);
        command.type('');
        const status = await command.ended;
        return { status, stdout: command.stdout, stderr: command.stderr };
      },
    });
    rmSync(path, { recursive: true });
  },
});

const PRODUCER_CONSUMER = `
import { Process, Queue, print } from 'weft';
const q = new Queue(2);
function produce() {
  for (const item of [1, 2, 3]) q.put(item);
}
export function main() {
  const producer = new Process(produce, [], { name: 'producer' });
  producer.start();
  for (let i = 0; i < 3; i++) print('got', q.get());
  producer.join();
}
`;
const ENDLESS = `
import { print } from 'weft';
export function main() {
  print('on and on');
  while (true);
}
`;

test('a program writes to standard output and ends with status 0, and the trace is written', async ({ folder }) => {
  folder.save({ 'a.js': PRODUCER_CONSUMER });
  expect(await folder.weft('run', 'a.js', '--trace', 't.json')).toEqual({ status: 0, stdout: 'got 1\ngot 2\ngot 3\n', stderr: '' });
  const { tasks, end, objects } = buildModel(readTrace(folder.read('t.json')).trace);
  expect(tasks.map(({ name }) => name)).toEqual(['main', 'producer']);
  expect(objects.map(({ name }) => name)).toContain('q');
  expect(end).toEqual({ reason: 'finished', status: 0 });
});

test('an uncaught error is on standard error, with the line of the program, and the status is 1', async ({ folder }) => {
  folder.save({ 'a.js': `import { print } from 'weft';\nexport function main() {\n  print('before');\n  throw new Error('no');\n}\n` });
  const { status, stdout, stderr } = await folder.weft('run', 'a.js');
  expect(status).toBe(1);
  expect(stdout).toBe('before\n');
  expect(stderr).toContain('a.js:4');
  expect(stderr).toContain('Error: no');
});

test('a program that is no program is reported with file, line and column, and the status is 1', async ({ folder }) => {
  folder.save({ 'a.js': `export function main() {\n  let 5;\n}\n` });
  const { status, stdout, stderr } = await folder.weft('run', 'a.js');
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^a\.js:2:\d+: \S/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('standard input comes from a file, from our own, or is closed', async ({ folder }) => {
  folder.save({
    'a.js': `import { input, print } from 'weft';
export function main() {
  for (let line = read(); line !== null; line = read()) print('read', line);
  print('end');
}
function read() {
  try {
    return input();
  } catch (error) {
    return null;
  }
}
`,
    'in.txt': 'one\ntwo',
  });
  expect((await folder.weft('run', 'a.js')).stdout).toBe('end\n');
  expect((await folder.weft('run', 'a.js', '--stdin', 'in.txt')).stdout).toBe('read one\nread two\nend\n');
  const command = new WeftCommand(folder.path, ['run', 'a.js', '--stdin', '-']);
  command.type('three\n');
  expect(await command.ended).toBe(0);
  expect(command.stdout).toBe('read three\nend\n');
});

test('several programs at a time are written out in their order, and each leaves its results', async ({ folder }) => {
  folder.save({
    'slow.js': `import { print, sleep } from 'weft';\nexport function main() {\n  print('slow 1');\n  sleep(0.3);\n  print('slow 2');\n}\n`,
    'bad.js': `export function main() {\n  throw new Error('bad');\n}\n`,
    'fast.js': `import { print } from 'weft';\nexport function main() {\n  print('fast');\n}\n`,
  });
  const { status, stdout, stderr } = await folder.weft('run', 'slow.js', 'bad.js', 'fast.js', '--out', 'results', '--jobs', '2');
  expect(status).toBe(1);
  expect(stdout).toBe('slow 1\nslow 2\nfast\n');
  expect(stderr).toContain('bad.js: exit status 1');
  expect(readdirSync(join(folder.path, 'results')).sort()).toEqual(
    ['bad', 'fast', 'slow'].flatMap((name) => ['err', 'out', 'rc', 'trace.json'].map((ending) => `${name}.${ending}`)),
  );
  expect(folder.read('results/slow.out')).toBe('slow 1\nslow 2\n');
  expect(folder.read('results/slow.rc')).toBe('0\n');
  expect(folder.read('results/bad.rc')).toBe('1\n');
  expect(folder.read('results/bad.err')).toContain('Error: bad');
  expect(readTrace(folder.read('results/fast.trace.json')).trace.header.open).toBe(false);
});

// By real time: in virtual time it may come to its limit of steps first.
test('a program that never ends is stopped at the timeout with status 124, and keeps what it wrote', async ({ folder }) => {
  folder.save({ 'a.js': ENDLESS });
  const { status, stdout } = await folder.weft('run', 'a.js', '--clock', 'real', '--timeout', '5', '--out', 'results');
  expect(status).toBe(124);
  expect(stdout).toBe('on and on\n');
  expect(folder.read('results/a.rc')).toBe('124\n');
  expect(folder.read('results/a.out')).toBe('on and on\n');
  expect(buildModel(readTrace(folder.read('results/a.trace.json')).trace).end?.reason).toBe('stopped');
});

test('Ctrl-C stops the program and ends with 130', async ({ folder }) => {
  folder.save({ 'a.js': ENDLESS });
  const command = new WeftCommand(folder.path, ['run', 'a.js']);
  await command.printed('on and on\n');
  command.signal('SIGINT');
  expect(await command.ended).toBe(130);
});

test('when nobody reads the output any more the program is stopped', async ({ folder }) => {
  folder.save({ 'a.js': `import { print } from 'weft';\nexport function main() {\n  while (true) print('y');\n}\n` });
  const command = new WeftCommand(folder.path, ['run', 'a.js']);
  await command.printed('y\n');
  command.closeOutput();
  expect(await command.ended).toBe(141);
});

test('modules of the program are found in its folder', async ({ folder }) => {
  folder.save({
    'a.mjs': `import { print } from 'weft';\nimport { name } from './b.mjs';\nexport function main() {\n  print(name);\n}\n`,
    'b.mjs': `export const name = 'module b';\n`,
  });
  expect(await folder.weft('run', 'a.mjs')).toMatchObject({ status: 0, stdout: 'module b\n' });
});

test('a command line that makes no sense is refused in one sentence with status 2, before anything runs', async ({ folder }) => {
  folder.save({ 'a.js': ENDLESS, 'a.py': '' });
  for (const [args, sentence] of [
    [['run', 'none.js'], 'weft: missing file "none.js"\n'],
    [['run', 'a.js', '--stdin', 'none.txt'], 'weft: missing file "none.txt"\n'],
    [['run', 'a.js', '--frob'], 'weft: unknown option "--frob"; "weft --help" lists all\n'],
    [['run', 'a.js', '--trace', '.'], `weft: invalid --trace "${folder.path}": it is a folder\n`],
    [['run', 'a.js', '--path', '.'], 'weft: unsupported --path: it puts folders on sys.path, which only Python programs have\n'],
    [['run', 'a.py', '--path', 'none'], 'weft: missing folder "none" of --path\n'],
    [['run', 'a.js', '--out', 'a.js'], /^weft: invalid --out ".*a\.js": .*\n$/],
  ] as const) {
    const { status, stdout, stderr } = await folder.weft(...args);
    expect({ status, stdout }, args.join(' ')).toEqual({ status: 2, stdout: '' });
    if (typeof sentence === 'string') expect(stderr).toBe(sentence);
    else expect(stderr).toMatch(sentence);
  }
  expect(existsSync(join(folder.path, 'results'))).toBe(false);
});

test('without a browser it says so in one sentence', async ({ folder }) => {
  folder.save({ 'a.js': ENDLESS });
  const command = new WeftCommand(folder.path, ['run', 'a.js'], { WEFT_BROWSER: join(folder.path, 'none') });
  expect(await command.ended).toBe(70);
  expect(command.stderr).toMatch(/^weft: missing browser: .*\n$/);
});

test('--help names every option', async ({ folder }) => {
  const { status, stdout } = await folder.weft('--help');
  expect(status).toBe(0);
  for (const option of ['clock', 'trace', 'out', 'stdin', 'timeout', 'path', 'jobs', 'together', 'help']) expect(stdout).toContain(`--${option}`);
});

test('--path puts a folder on sys.path, which the program and its processes can read and not change', async ({ folder }) => {
  mkdirSync(join(folder.path, 'lib', 'pack'), { recursive: true });
  folder.save({
    'lib/helper.py': 'def hello():\n    return "hello"\n',
    'lib/pack/__init__.py': 'VALUE = 42\n',
    'lib/pack/data.txt': 'data',
    'a.py': `import os, multiprocessing
import helper, pack

def child():
    print('child', helper.hello(), pack.VALUE)

def attempt(change):
    try:
        change()
        print('changed')
    except OSError as error:
        print(type(error).__name__)

if __name__ == '__main__':
    lib = os.path.dirname(helper.__file__)
    print(open(os.path.join(lib, 'pack', 'data.txt')).read())
    attempt(lambda: open(helper.__file__, 'w'))
    attempt(lambda: open(os.path.join(lib, 'new.py'), 'w'))
    attempt(lambda: os.remove(helper.__file__))
    for method in ('fork', 'spawn'):
        process = multiprocessing.get_context(method).Process(target=child)
        process.start()
        process.join()
`,
  });
  expect(await folder.weft('run', 'a.py', '--path', 'lib')).toEqual({
    status: 0,
    stdout: 'data\nPermissionError\nPermissionError\nPermissionError\nchild hello 42\nchild hello 42\n',
    stderr: '',
  });
  expect((await folder.weft('run', 'a.py')).stderr).toContain("No module named 'helper'");
});

test('--together runs a server and its client on one machine, each with its own output and status', async ({ folder }) => {
  folder.save({
    'server.py': `
import socket
listener = socket.create_server(('127.0.0.1', 9000))
print('listening')
while True:
    connection, _ = listener.accept()
    print('got', connection.recv(100).decode())
    connection.sendall(b'welcome')
`,
    'client.py': `
import socket, sys
with socket.create_connection(('localhost', 9000)) as s:
    s.sendall(b'hello')
    print(s.recv(100).decode())
sys.exit(3)
`,
  });
  const traces: string[] = [];
  for (const clock of ['virtual', 'virtual', 'real']) {
    const { status, stdout } = await folder.weft('run', 'server.py', 'client.py', '--together', '--out', 'results', '--clock', clock);
    expect(status, clock).toBe(3);
    expect(stdout.split('\n').toSorted()).toEqual(['', 'client | welcome', 'server | got hello', 'server | listening']);
    expect(['server.out', 'client.out', 'server.rc', 'client.rc'].map((name) => folder.read(`results/${name}`)))
      .toEqual(['listening\ngot hello\n', 'welcome\n', '0\n', '3\n']);
    expect(folder.read('results/client.trace.json')).toBe(folder.read('results/server.trace.json'));
    traces.push(folder.read('results/client.trace.json'));
  }
  // One run of both, the same each time.
  expect(traces[1]).toBe(traces[0]);
  expect(traces[2]).not.toBe(traces[0]);
});
