import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { MachineSession } from '../../cli/machine-session.mjs';
import { runProgram } from '../../cli/run-program.mjs';
import type { Program } from '../../src/protocol/program';
import type { Writes } from '../../src/state/recorded-run';
import { buildModel } from '../../src/trace/model';
import type { TraceModel } from '../../src/trace/trace';
import { readTrace } from '../../src/trace/trace-json';

/** What `weft run` makes of a machine that fails: a sentence and status 70, and what was recorded until then is kept. */

declare global {
  interface Window {
    /** The worker that records. */
    recorder?: Worker;
  }
}

/** The command line on a page of the test, in which something is about to fail. */
class CommandOnPage {
  stdout = '';
  stderr = '';
  private write: (stream: 'stdout' | 'stderr', text: string) => void = () => undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'weft-failures-'));
  private readonly traceFile = join(this.folder, 't.json');

  private constructor(private readonly page: Page) {}

  static async open(page: Page): Promise<CommandOnPage> {
    const command = new CommandOnPage(page);
    await page.exposeFunction('weftWrite', (writes: Writes) => writes.forEach(([stream, text]) => command.write(stream, text)));
    await page.goto('run.html');
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    return command;
  }

  /** Runs a program; `onOutput` is called when it has written for the first time. */
  async run(name: string, text: string, onOutput: () => Promise<unknown> = async () => undefined): Promise<number> {
    this.stdout = this.stderr = '';
    const program: Program = {
      language: name.endsWith('.py') ? 'python' : 'javascript', entry: name, files: [{ name, text }],
    };
    this.write = (stream, text) => {
      const isFirst = this.stdout === '';
      this[stream] += text;
      if (stream === 'stdout' && isFirst) void onOutput().catch(() => undefined);
    };
    const session = {
      takePage: () => Promise.resolve(this.page),
      giveBack: () => Promise.resolve(),
    } as unknown as MachineSession;
    return runProgram(session, {
      program, settings: { clock: 'real', tracing: true, stdin: '' }, timeoutSeconds: 40, traceFiles: [this.traceFile],
      write: (stream, text) => this.write(stream, text), signal: new AbortController().signal, onStarted: () => undefined,
    });
  }

  /** The trace that was written, if one was. */
  recorded(): TraceModel | undefined {
    return existsSync(this.traceFile) ? buildModel(readTrace(readFileSync(this.traceFile, 'utf8')).trace) : undefined;
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const WAITING = `
import { Queue, print } from 'weft';
export function main() {
  print('so far');
  new Queue(1).get();
}
`;
const SHORT = `
import { print } from 'weft';
export function main() {
  print('it runs');
}
`;

test('where the recorder dies the run ends with a sentence and what it had recorded, and the next one runs', async ({ page }) => {
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        if (options?.name === 'weft recorder') window.recorder = this;
      }
    };
  });
  const command = await CommandOnPage.open(page);
  const status = await command.run('main.js', WAITING, () => page.evaluate(() => {
    window.recorder!.terminate();
    window.recorder!.dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
  }));
  expect({ status, stdout: command.stdout }).toEqual({ status: 70, stdout: 'so far\n' });
  expect(command.stderr).toBe('weft: the machine failed: the recorder died: Error: out of memory\n');
  expect(command.recorded()?.output.map(({ text }) => text)).toEqual(['so far\n']);
  expect(await command.run('main.js', SHORT)).toBe(0);
  expect(command.stdout).toBe('it runs\n');
  command.close();
});

test('where the code of the page fails the run ends with a sentence and what it had recorded', async ({ page }) => {
  const command = await CommandOnPage.open(page);
  const status = await command.run('main.js', WAITING, () => page.evaluate(() => {
    queueMicrotask(() => {
      throw new Error('from nowhere');
    });
  }));
  expect({ status, stdout: command.stdout, stderr: command.stderr })
    .toEqual({ status: 70, stdout: 'so far\n', stderr: 'weft: the machine failed: from nowhere\n' });
  expect(command.recorded()?.output.map(({ text }) => text)).toEqual(['so far\n']);
  command.close();
});

test('where the page crashes a sentence says so', async ({ page }) => {
  const command = await CommandOnPage.open(page);
  const browser = await page.context().newCDPSession(page);
  const status = await command.run('main.js', WAITING, () => browser.send('Page.crash'));
  expect({ status, stdout: command.stdout }).toEqual({ status: 70, stdout: 'so far\n' });
  expect(command.stderr).toBe('weft: the browser page of the program crashed; it may have run out of memory\n');
  command.close();
});

test('a worker that fails before its program begins is a dead process, and a sentence says of what', async ({ page }) => {
  await page.addInitScript(() => {
    const failing = URL.createObjectURL(new Blob(["throw new Error('not today')"]));
    window.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(String(address).startsWith('blob:') || options?.name === 'weft python' ? failing : address, options);
      }
    };
  });
  const command = await CommandOnPage.open(page);
  expect(await command.run('main.js', SHORT)).toBe(128 + 11);
  expect({ stdout: command.stdout, stderr: command.stderr }).toEqual({ stdout: '', stderr: expect.stringMatching(/^weft: .*not today.*\n$/) });
  expect(command.recorded()?.tasks.map(({ status }) => status)).toEqual([-11]);
  // Python's image is made first, in a worker of its own.
  expect(await command.run('main.py', 'print(1)')).toBe(70);
  expect(command.stderr).toBe('weft: Python did not start: its worker could not be loaded\n');
  command.close();
});

test('where an interpreter cannot be loaded a sentence says so, and programs of another language run', async ({ page }) => {
  await page.route('**/python.wasm', (route) => route.abort());
  const command = await CommandOnPage.open(page);
  expect(await command.run('main.py', 'print(1)')).toBe(70);
  expect(command.stderr).toMatch(/^weft: Python could not be loaded: .*python\.wasm.*: Failed to fetch\n$/);
  expect(await command.run('main.js', SHORT)).toBe(0);
  command.close();
});
