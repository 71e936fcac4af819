import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Program, RunSettings } from '../../src/protocol/program';
import type { SearchOptions } from '../../src/search/search';
import { expect, test } from '../support/test';
import type { RunnerPage } from '../support/runner-page';

/** Of the 2,000 of `node scripts/search-pairs.mjs`, whose table is in docs/search.md. */
const REPAIRED_SCHEDULES = 30;
const folder = fileURLToPath(new URL('../fixtures/programs/', import.meta.url));
/** The last two go wrong only where a thread is interrupted between two bytecodes. */
const names = ['join-before-drain', 'lock-order', 'missed-notify', 'unlocked-value', 'check-then-act', 'lost-update'];

function programOf(name: string): Program {
  const file = `${name}.py`;
  return { language: 'python', entry: file, files: [{ name: file, text: readFileSync(folder + file, 'utf8') }] };
}

async function explore(runner: RunnerPage, program: Program, options: Partial<SearchOptions>) {
  const all: SearchOptions = { schedules: 200, preemptions: 2, seed: 1, comparesOutput: true, ...options };
  const settings: RunSettings = { clock: 'virtual', tracing: true };
  const explored = await runner.pageRun.explore(program, settings, all, 'https://weft.test/');
  if (explored.outcome !== 'explored') throw new Error(JSON.stringify(explored));
  return explored;
}

test('of these pairs the one goes wrong in one of 200 schedules, and again when that is run; its repaired twin does not', async ({ runner }) => {
  for (const name of names) {
    await test.step(name, async () => {
      const program = programOf(name);
      const { result, settings, sentences } = await explore(runner, program, {});
      expect(result.found, `${name}: ${sentences.join(' ')}`).toBeDefined();
      const { reason, status, stderr } = await runner.run(program, settings);
      expect(reason === 'stuck' || status !== 0 || stderr.includes('Traceback'), `${name}: ${reason} ${status} ${stderr}`).toBe(true);
      const repaired = await explore(runner, programOf(`${name}-repaired`), { schedules: REPAIRED_SCHEDULES });
      expect(repaired.result.found, `${name}-repaired: ${repaired.sentences.join(' ')}`).toBeUndefined();
      expect(repaired.result.tried).toBeGreaterThan(REPAIRED_SCHEDULES / 2);
    });
  }
});

test('JavaScript: a deadlock of two locks, and all schedules of a program that has none with a preemption', async ({ runner }) => {
  const text = (second: string): string => `import { Lock, Thread } from 'weft';
const a = new Lock();
const b = new Lock();
function take(first, second) {
  first.acquire();
  second.acquire();
  second.release();
  first.release();
}
export function main() {
  const threads = [new Thread(take, [a, b], { name: 'x' }), new Thread(take, [${second}], { name: 'y' })];
  for (const thread of threads) thread.start();
  for (const thread of threads) thread.join();
}`;
  const program = (second: string): Program => ({ language: 'javascript', entry: 'main.js', files: [{ name: 'main.js', text: text(second) }] });
  const { sentences, link } = await explore(runner, program('b, a'), {});
  expect(sentences.slice(0, 2)).toEqual([
    expect.stringMatching(/^Schedule \d+ goes wrong: deadlock: x \(main\.js:6\) waits for b since .*; y has it \(main\.js:5\), and nobody is left to wake it$/),
    expect.stringMatching(/^It takes one preemption: [xy] at main\.js:6, [xy] goes on\.$/),
  ]);
  expect(link).toMatch(/^https:\/\/weft\.test\/#w\d+=/);
  const { result } = await explore(runner, program('a, b'), { schedules: 100, preemptions: 1 });
  expect(result.found).toBeUndefined();
  expect(result.coverage.preemptions).toBeGreaterThanOrEqual(0);
});
