import { fileURLToPath } from 'node:url';
import { expect, test as base } from '@playwright/test';
import { startServer } from '../../scripts/serve.mjs';
import type { RunSettings } from '../../src/protocol/program';
import { python } from '../python/python-program';
import { RunnerPage } from '../support/runner-page';
import { PYTHON_PROGRAMS } from './python-programs';

/** A machine on a page that is not cross-origin isolated, as most course pages are not. */
const test = base.extend<{ plain: RunnerPage }>({
  plain: async ({ browser }, use) => {
    const server = await startServer({ root: fileURLToPath(new URL('../../dist', import.meta.url)), headers: {} });
    const context = await browser.newContext({ baseURL: server.url, serviceWorkers: 'block' });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await use(await RunnerPage.open(page));
    expect(errors, 'errors that nobody caught in the page').toEqual([]);
    await context.close();
    await server.close();
  },
});

async function traceOf(runner: RunnerPage, text: string, settings: Partial<RunSettings>): Promise<string[]> {
  await runner.run(python(text), { clock: 'virtual', ...settings });
  return recorded(runner);
}

async function recorded(runner: RunnerPage): Promise<string[]> {
  let trace = '';
  for await (const piece of runner.pageRun.tracePieces(1 << 22)) trace += piece;
  return trace.split('\n');
}

const shapeOf = (runner: RunnerPage): Promise<string> => runner.page.evaluate(() => window.weft.machine.shape);

/** A server that forks for each client, and two clients, side by side on one machine. */
async function traceOfThree(runner: RunnerPage, settings: Partial<RunSettings>): Promise<string[]> {
  const programs: [string, string][] = [['server', `
import socketserver
class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile: self.wfile.write(line.upper())
socketserver.ForkingTCPServer(('127.0.0.1', 9000), Echo).serve_forever()
`], ...['one', 'two'].map((name): [string, string] => [name, `
import socket, time
with socket.create_connection(('127.0.0.1', 9000)) as s, s.makefile('rw') as file:
    for i in range(3):
        print(i, '${name}', file=file, flush=True); print(file.readline()); time.sleep(0.3)
`])];
  const [first, ...others] = programs.map(([name, text]) => ({
    language: 'python' as const, entry: `${name}.py`, files: [{ name: `${name}.py`, text }], beside: [],
  }));
  expect(await runner.pageRun.start(first, { clock: 'virtual', tracing: true, stdin: '', ...settings }, others)).toEqual({ outcome: 'started' });
  expect(await runner.pageRun.finished()).toMatchObject({ reason: 'finished' });
  expect(await runner.pageRun.statusesBeforeEnd()).toEqual([undefined, 0, 0]);
  return recorded(runner);
}

/** Where the run stands still: at its start, every 20 steps four times, and never again. */
function pausesOf(runner: RunnerPage, text: string): Promise<unknown[]> {
  return runner.page.evaluate(async (program) => {
    const pauses: unknown[] = [];
    const started = window.weft.machine.run(program, { clock: 'virtual', tracing: true, stop: { now: true } }, {
      records: () => undefined,
      inputWanted: () => undefined,
      paused: (state) => {
        if (state === undefined) return;
        pauses.push([state.cause, state.step, state.time, state.records, state.task, state.choices, state.memory]);
        void started.then((run) => run.goOn(pauses.length < 5 ? { afterSteps: 20 } : {}));
      },
    });
    pauses.push(await (await started).finished);
    return pauses;
  }, python(text));
}

/** More than those: what is done in the midst of a C call, and a process that is killed. */
const MORE = [...PYTHON_PROGRAMS, {
  name: 'descriptors, sockets and a kill',
  text: `
import os, signal, socket, subprocess, threading, time
from multiprocessing import Process, Pipe, Queue
def echo(server):
    with server.accept()[0] as peer:
        while data := peer.recv(100): peer.sendall(data.upper())
def spin(q):
    q.put('spins')
    while True: pass
if __name__ == '__main__':
    r, w = os.pipe(); copy = os.dup(w); os.dup2(copy, 40); os.close(w); os.close(copy)
    os.write(40, b'through'); os.close(40); print(os.read(r, 10), os.read(r, 10)); os.close(r)
    server = socket.create_server(('127.0.0.1', 0))
    p = Process(target=echo, args=(server,)); p.start()
    with socket.create_connection(server.getsockname()) as client:
        for word in (b'one', b'two'): client.sendall(word); print(client.recv(10))
    p.join(); print(p.exitcode)
    q = Queue(); p = Process(target=spin, args=(q,)); p.start(); print(q.get())
    time.sleep(0.01); p.kill(); p.join(); print(p.exitcode)
    pid = os.fork()
    if pid == 0: os.kill(os.getpid(), signal.SIGKILL)
    print(os.waitpid(pid, 0)[1])
`,
}];

test('a page that is not isolated runs Python in one worker, and its traces are those of many workers, byte for byte', async ({ page, plain }) => {
  const isolated = await RunnerPage.open(page);
  expect([await shapeOf(isolated), await shapeOf(plain)]).toEqual(['many workers', 'one worker']);
  for (const { name, text } of MORE) {
    for (const settings of [{}, { policy: 'random', cpus: 3, seed: 7 }] as const) {
      await test.step(`${name}, ${JSON.stringify(settings)}`, async () => {
        const [many, one] = [await traceOf(isolated, text, settings), await traceOf(plain, text, settings)];
        expect(many.some((line) => line.includes('"run-end"'))).toBe(true);
        expect(one.flatMap((line, index) => (line === many[index] ? [] : [`${index}: ${many[index]} | ${line}`])).slice(0, 5)).toEqual([]);
        expect(one).toHaveLength(many.length);
      });
    }
  }
  await test.step('programs side by side', async () => {
    for (const settings of [{}, { policy: 'random', cpus: 3, seed: 7 }] as const) {
      const many = await traceOfThree(isolated, settings);
      expect(await traceOfThree(plain, settings)).toEqual(many);
      expect(await traceOfThree(isolated, settings)).toEqual(many);
    }
  });
  const { text } = MORE[2];
  const pauses = await pausesOf(plain, text);
  expect(pauses).toHaveLength(6);
  expect(pauses).toEqual(await pausesOf(isolated, text));
});

test('in one worker Stop ends an endless loop, a line of the reader comes in, and the next run is as the first', async ({ plain }) => {
  const settings = { clock: 'virtual', stdin: undefined } as const;
  const endless = await plain.start(python('print("begins")\nwhile True: pass\n'), settings);
  await endless.printed('begins');
  expect(await endless.stop()).toMatchObject({ reason: 'stopped', stdout: 'begins\n' });

  // A call into C that takes minutes and never comes by the evaluation loop: the worker is taken away.
  const deaf = await plain.start(python('for _ in range(1_000_000): pass\nprint("begins")\nprint((7 ** 20_000_000).bit_length())\n'), settings);
  await deaf.printed('begins');
  expect(await deaf.stop()).toMatchObject({ reason: 'stopped' });

  const asking = await plain.start(python('name = input("who? ")\nprint("hello", name)\n'), settings);
  await asking.blocked('main', 'input');
  await asking.writeInput('Ada');
  expect(await asking.finished()).toMatchObject({ reason: 'finished', status: 0 });
  expect(plain.output.stdout).toContain('hello Ada');

  const refused = await plain.tryStart(python('print(1)'), { clock: 'real' });
  expect(refused).toMatchObject({ outcome: 'failed' });
});
