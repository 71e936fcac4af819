import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSettings } from '../../src/protocol/program';
import { python } from '../python/python-program';
import type { RunnerPage } from '../support/runner-page';
import { expect, test } from '../support/test';

const FOLDER = join(import.meta.dirname, '../fixtures/programs');
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('-repaired.py')).map((name) => name.replace('-repaired.py', ''));
/** Nothing but the program's own code takes time: short tasks meet. */
const FREE = { contextSwitch: 0, wakeUp: 0, threadStart: 0, fork: 0, spawn: 0, kernelCall: 100, line: 100, bytecode: 100 };
const SEARCH: Partial<RunSettings> = { clock: 'virtual', policy: 'random', quantum: 0.02, step: 'bytecode', costs: FREE };
const MOST_SEEDS = 60;

const program = (name: string): string => readFileSync(join(FOLDER, `${name}.py`), 'utf8');

async function traceOf(runner: RunnerPage): Promise<string[]> {
  let text = '';
  for await (const piece of runner.pageRun.tracePieces(1 << 22)) text += piece;
  return text.split('\n');
}

test('steps of bytecodes and recorded variables make one trace, byte for byte, and a replay makes it again', async ({ runner }) => {
  const settings: Partial<RunSettings> = { ...SEARCH, races: true, seed: 5 };
  const text = program('lost-update');
  const traces: string[][] = [];
  for (let run = 0; run < 3; run++) {
    await runner.run(python(text), settings);
    traces.push(await traceOf(runner));
  }
  expect(traces[1]).toEqual(traces[0]);
  expect(traces[2]).toEqual(traces[0]);
  const replay = await runner.pageRun.replayOf(traces[0].join('\n'));
  if (typeof replay === 'string') throw new Error(replay);
  await runner.run(python(text), { clock: 'virtual', ...replay });
  const events = (lines: string[]): string[] => lines.filter((line) => /^\[/.test(line));
  expect(events(await traceOf(runner))).toEqual(events(traces[0]));
});

test('a data race is found in whatever schedule, with both lines, and none where a lock, a condition or a join orders', async ({ runner }) => {
  await runner.run(python(program('lost-update')), { clock: 'virtual', races: true });
  expect(await runner.pageRun.findings()).toContainEqual(expect.stringMatching(/^data race on counted: .* by gate-\w+ \(main\.py:11\), and .* by gate-\w+ \(main\.py:11\)/));
  await runner.run(python(program('check-then-act')), { clock: 'virtual', races: true });
  expect(await runner.pageRun.findings()).toContainEqual(expect.stringMatching(/^data race on Hall\.seats: /));
  for (const name of NAMES) {
    await runner.run(python(program(`${name}-repaired`)), { clock: 'virtual', races: true, step: 'line' });
    expect(await runner.pageRun.findings(), name).toEqual([]);
  }
});

/** Each access to `total` is ordered with the one before by another thing. */
const ORDERED = `import queue, threading
from concurrent.futures import ThreadPoolExecutor

total = 0


def add():
    global total
    total += 1


def answer():
    add()
    for put in (items.put, simple.put):
        put(1)
        semaphore.acquire()
        add()
    put(1)
    called.wait()
    add()
    barrier.wait()
    barrier.wait()
    add()


items, simple, semaphore = queue.Queue(), queue.SimpleQueue(), threading.Semaphore(0)
called, barrier = threading.Event(), threading.Barrier(2)
thread = threading.Thread(target=answer)
thread.start()
for get in (items.get, simple.get):
    get()
    add()
    semaphore.release()
get()
add()
called.set()
barrier.wait()
add()
barrier.wait()
while thread.is_alive():
    pass
add()
with ThreadPoolExecutor(2) as pool:
    for _ in range(3):
        pool.submit(add).result()
        add()
print(total)
`;

test('what a queue, an event, a semaphore, a barrier, a future or the end of a thread orders is no data race', async ({ runner }) => {
  for (const settings of [{ step: 'call' }, { step: 'line' }, { ...SEARCH, seed: 1 }, { ...SEARCH, seed: 2 }] as const) {
    const { stdout } = await runner.run(python(ORDERED), { clock: 'virtual', races: true, ...settings });
    expect(stdout).toBe('16\n');
    expect(await runner.pageRun.findings()).toEqual([]);
  }
});

test('a loop that waits for another thread loses its CPU whatever a step is', async ({ runner }) => {
  const text = 'import threading\nthread = threading.Thread(target=input)\nthread.start()\nwhile thread.is_alive():\n    pass\nprint("over")\n';
  for (const step of ['call', 'line', 'bytecode'] as const) {
    expect(await runner.run(python(text), { clock: 'virtual', step, stdin: 'x' })).toMatchObject({ reason: 'finished', stdout: 'over\n' });
  }
});

test('an update that is lost is found where it happens', async ({ runner }) => {
  let findings: string[] = [];
  for (let seed = 1; seed <= MOST_SEEDS && !findings.some((sentence) => sentence.startsWith('lost update')); seed++) {
    await runner.run(python(program('unlocked-value')), { ...SEARCH, seed });
    findings = await runner.pageRun.findings();
  }
  expect(findings).toContainEqual(expect.stringMatching(/^lost update of total: adder-\d read it \(main\.py:9\), adder-\d wrote it \(main\.py:9\)/));
});
