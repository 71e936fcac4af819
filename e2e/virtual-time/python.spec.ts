import type { RunSettings } from '../../src/protocol/program';
import { python } from '../python/python-program';
import type { RunnerPage } from '../support/runner-page';
import { expect, test } from '../support/test';
import { PYTHON_PROGRAMS } from './python-programs';

const RUNS = 3;

async function traceOf(runner: RunnerPage, text: string, settings: Partial<RunSettings>): Promise<string> {
  await runner.run(python(text), { clock: 'virtual', ...settings });
  let trace = '';
  for await (const piece of runner.pageRun.tracePieces(1 << 22)) trace += piece;
  return trace;
}

test('Python: one program, settings and seed make one trace, byte for byte', async ({ runner }) => {
  for (const { name, text } of PYTHON_PROGRAMS) {
    await test.step(name, async () => {
      for (const settings of [{}, { policy: 'random', cpus: 3, seed: 7 }] as const) {
        const first = (await traceOf(runner, text, settings)).split('\n');
        expect(first.some((line) => line.includes('"run-end"'))).toBe(true);
        for (let run = 1; run < RUNS; run++) {
          const again = (await traceOf(runner, text, settings)).split('\n');
          expect(again.flatMap((line, index) => (line === first[index] ? [] : [`${name} ${index}: ${first[index]} | ${line}`])).slice(0, 5)).toEqual([]);
        }
      }
    });
  }
});

test('Python: a sleep is one of the clock, and a seed chooses the numbers', async ({ runner }) => {
  const text = 'import random, time\nbegin = time.monotonic()\ntime.sleep(3600)\nprint(3600 <= time.monotonic() - begin < 3600.01, random.random())';
  const [one, same, other] = [await runner.run(python(text), { clock: 'virtual', seed: 1 }), await runner.run(python(text), { clock: 'virtual', seed: 1 }), await runner.run(python(text), { clock: 'virtual', seed: 2 })];
  expect(one.stdout).toMatch(/^True 0\./);
  expect(same.stdout).toBe(one.stdout);
  expect(other.stdout).toMatch(/^True 0\./);
  expect(other.stdout).not.toBe(one.stdout);
});

test('Python: what is looked at for the trace takes none of the time of the program', async ({ runner }) => {
  const program = `
import threading, time
lock = threading.Lock()
seen = []
def work():
    for i in range(200):
        with lock:
            seen.append((i, str(i)))
            time.monotonic()
start = time.monotonic()
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(round(time.monotonic() - start, 9))
`;
  const variables = "rows = [[1] * 30] * 30; texts = {i: [str(i)] for i in range(50)}; pairs = [{(1, 2): 'x' * 1000}]";
  const [few, many] = [await runner.run(python(program), { clock: 'virtual' }), await runner.run(python(variables + program), { clock: 'virtual' })];
  expect(few.stdout).toMatch(/^0\.\d+\n$/);
  expect(many.stdout).toBe(few.stdout);
  expect(many.stderr).toBe('');
});

test('Python: a deadlock ends the run, with a finding for each who waits', async ({ runner }) => {
  const { text } = PYTHON_PROGRAMS.find(({ name }) => name === 'a deadlock')!;
  const { reason } = await runner.run(python(text), { clock: 'virtual' });
  expect(reason).toBe('stuck');
  const findings = await runner.pageRun.findings();
  expect(findings.filter((finding) => finding.includes('deadlock'))).toHaveLength(2);
});

test('Python: on two CPUs one thread uses half of them, two threads half, two processes all', async ({ runner }) => {
  const program = (start: string): string => `
import threading, multiprocessing
def compute():
    n = 0
    for i in range(300000): n += i
if __name__ == '__main__':
    workers = [${start}]
    for w in workers: w.start()
    for w in workers: w.join()
`;
  const shares: number[] = [];
  for (const start of ['threading.Thread(target=compute)', 'threading.Thread(target=compute), threading.Thread(target=compute)', 'multiprocessing.Process(target=compute), multiprocessing.Process(target=compute)']) {
    await runner.run(python(program(start)), { clock: 'virtual', cpus: 2 });
    const { intervals, endTime } = await runner.model();
    const busy = [...intervals.values()].flat().filter(({ state }) => state === 'running').reduce((sum, { start, end }) => sum + end - start, 0);
    shares.push(busy / (2 * endTime));
  }
  expect(shares[0]).toBeGreaterThan(0.45);
  expect(shares[0]).toBeLessThan(0.55);
  expect(shares[1]).toBeGreaterThan(0.45);
  expect(shares[1]).toBeLessThan(0.55);
  expect(shares[2]).toBeGreaterThan(0.9);
});
