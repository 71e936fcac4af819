import { choicesOf } from '../../src/trace/choices';
import { expect, test } from '../support/test';

const VIRTUAL = { clock: 'virtual' } as const;

test('a sleep of three seconds is three seconds of the clock, whatever the wall says', async ({ runner }) => {
  const { lines } = await runner.run(`
    import { print, sleep } from 'weft';
    export function main() {
      const before = performance.now();
      sleep(3);
      print(Math.round(performance.now() - before), new Date().toISOString().slice(0, 19), Date.now() - performance.timeOrigin >= 3000);
    }`, VIRTUAL);
  expect(lines).toEqual(['3000 2026-01-01T00:00:03 true']);
  const { endTime } = await runner.model();
  expect(endTime).toBeGreaterThan(3e9);
  expect(endTime).toBeLessThan(3.1e9);
});

test('what a program computes takes virtual time, and tasks on two CPUs take it together', async ({ runner }) => {
  const text = (tasks: number): string => `
    import { Process, print } from 'weft';
    function work() { let n = 0; for (let i = 0; i < 1_000_000; i++) n += i; }
    export function main() {
      const all = Array.from({ length: ${tasks} }, () => new Process(work, []));
      for (const one of all) one.start();
      for (const one of all) one.join();
    }`;
  const seconds: number[] = [];
  for (const tasks of [1, 2, 4]) {
    await runner.run(text(tasks), VIRTUAL);
    seconds.push((await runner.model()).endTime / 1e9);
  }
  // 0.1 s of work each and 0.02 s for a process to start.
  expect(seconds[0]).toBeCloseTo(0.12, 2);
  expect(seconds[1]).toBeCloseTo(0.12, 2);
  expect(seconds[2]).toBeCloseTo(0.22, 2);
});

test('a deadlock ends the run and says who waits for what, where', async ({ runner }) => {
  const { reason } = await runner.run(`import { Lock, Thread, sleep } from 'weft';
const a = new Lock();
const b = new Lock();
function take(first, second) {
  first.acquire();
  sleep(0.01);
  second.acquire();
}
export function main() {
  const threads = [new Thread(take, [a, b], { name: 'x' }), new Thread(take, [b, a], { name: 'y' })];
  for (const thread of threads) thread.start();
  for (const thread of threads) thread.join();
}`, VIRTUAL);
  expect(reason).toBe('stuck');
  expect(await runner.pageRun.findings()).toEqual([
    expect.stringMatching(/^asleep for ever: main \(main\.js:12\) waits for x to end since .* µs, and nobody is left to wake it$/),
    expect.stringMatching(/^deadlock: x \(main\.js:7\) waits for b since 10\..* ms; y has it \(main\.js:5\), and nobody is left/),
    expect.stringMatching(/^deadlock: y \(main\.js:7\) waits for a since 10\..* ms; x has it \(main\.js:5\), and nobody is left/),
  ]);
});

test('a program that never ends is stopped after a stated number of steps, with the line where it spun', async ({ runner }) => {
  const { reason } = await runner.run(`export function main() {
  let n = 0;
  for (;;) {
    n++;
  }
}`, { ...VIRTUAL, stepLimit: 1_000_000 });
  expect(reason).toBe('step limit');
  expect(await runner.pageRun.findings()).toEqual([
    'never ends: main (main.js:3) was stopped after 1000001 steps and 1 kernel operations of the run',
  ]);
});

test('a promise that nothing will settle is a task asleep for ever; the others go on', async ({ runner }) => {
  const { reason, lines } = await runner.run(`
    import { Thread, print, sleep } from 'weft';
    function other() { sleep(1); print('done'); }
    export async function main() { new Thread(other, []).start(); await new Promise(() => {}); }`, VIRTUAL);
  expect([reason, lines]).toEqual(['stuck', ['done']]);
});

test('no time passes while the program waits for the reader', async ({ runner }) => {
  const running = await runner.start(`
    import { Thread, input, print, sleep } from 'weft';
    function tick() { for (let i = 0; i < 3; i++) { sleep(1); print('tick'); } }
    export function main() { const t = new Thread(tick, []); t.start(); print('now'); print(input(), performance.now() < 100); t.join(); }`,
  { ...VIRTUAL, stdin: undefined });
  await running.printed('now');
  await running.blocked('main', 'input');
  expect(runner.output.stdout).toBe('now\n');
  await running.writeInput('yes');
  expect((await running.finished()).lines).toEqual(['now', 'yes true', 'tick', 'tick', 'tick']);
});

test('a run can be stopped while it computes and while it waits for the reader', async ({ runner }) => {
  const spinning = await runner.start("import { print } from 'weft'; export function main() { print('on'); for (;;); }", VIRTUAL);
  await spinning.printed('on');
  expect((await spinning.stop()).reason).toBe('stopped');
  const reading = await runner.start("import { input } from 'weft'; export function main() { input(); }", { ...VIRTUAL, stdin: undefined });
  await reading.blocked('main', 'input');
  expect((await reading.stop()).reason).toBe('stopped');
});

test('seeds make schedules: an update is lost with some, and its run can be done again from its trace', async ({ runner }) => {
  const text = `
    import { Thread, heap, print } from 'weft';
    function add() { for (let i = 0; i < 10; i++) heap.n += 1; }
    export function main() {
      heap.n = 0;
      const all = [1, 2].map(() => new Thread(add, []));
      for (const one of all) one.start();
      for (const one of all) one.join();
      print(heap.n, Math.random());
    }`;
  const settings = { ...VIRTUAL, policy: 'random', cpus: 1, quantum: 0.1 } as const;
  const totals = new Map<number, number>();
  for (let seed = 0; seed < 20; seed++) {
    const { lines } = await runner.run(text, { ...settings, seed });
    totals.set(seed, Number.parseInt(lines[0], 10));
  }
  expect(new Set(totals.values()).size).toBeGreaterThan(1);
  expect([...totals.values()]).toContain(20);
  const [seed] = [...totals].find(([, total]) => total < 20)!;
  const { lines } = await runner.run(text, { ...settings, seed });
  const first = await runner.trace();
  const again = await runner.run(text, { ...settings, seed, policy: 'replay', replay: choicesOf(first) });
  expect(again.lines).toEqual(lines);
  const second = await runner.trace();
  for (const column of ['kind', 'task', 'time', 'other', 'value'] as const) expect(second[column]).toEqual(first[column]);
});

test('a run that the machine cannot make says why', async ({ runner }) => {
  const outcome = await runner.tryStart('export function main() {}', { ...VIRTUAL, cpus: 9 });
  expect(outcome).toEqual({ outcome: 'failed', message: 'invalid cpus: 9 is not a whole number from 1 to 8' });
});
