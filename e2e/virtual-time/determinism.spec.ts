import type { RunSettings } from '../../src/protocol/program';
import type { RunnerPage } from '../support/runner-page';
import { expect, test } from '../support/test';
import { INPUT, PROGRAMS } from './programs';

const RUNS = 6;

/** The whole trace as its file has it. */
async function traceOf(runner: RunnerPage, text: string, settings: Partial<RunSettings>): Promise<string> {
  await runner.run(text, { clock: 'virtual', stdin: INPUT, ...settings });
  let trace = '';
  for await (const piece of runner.pageRun.tracePieces(1 << 22)) trace += piece;
  return trace;
}

test('there are twenty programs', () => {
  expect(PROGRAMS).toHaveLength(20);
});

for (const { name, text } of PROGRAMS) {
  test(`${name}: one program, settings and seed make one trace, byte for byte`, async ({ runner }) => {
    for (const settings of [{}, { policy: 'random', cpus: 3, seed: 7 }] as const) {
      const first = await traceOf(runner, text, settings);
      expect(first).toContain('"run-end"');
      for (let run = 1; run < RUNS; run++) {
        const again = await traceOf(runner, text, settings);
        // Not `toBe`: the difference of two long texts would take longer than the test.
        if (again !== first) expect(linesThatDiffer(first, again)).toEqual([]);
      }
    }
  });
}

function linesThatDiffer(one: string, other: string): string[] {
  const others = other.split('\n');
  return one.split('\n').flatMap((line, index) => (line === others[index] ? [] : [`${index}: ${line} | ${others[index]}`])).slice(0, 5);
}
