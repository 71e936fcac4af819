// @ts-check
/**
 * `node scripts/search-pairs.mjs [NAME...] [--failing N] [--repaired N]`: searches the programs of e2e/fixtures/programs and
 * their repaired twins, and prints what was found as a table (docs/search.md keeps one). The exit status is 1 where a failure
 * was missed or a twin fails.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MachineSession } from '../cli/machine-session.mjs';
import { PageRun } from '../cli/page-run.mjs';
import { readProgram } from '../cli/programs.mjs';
import { ensureBuilt } from './build.mjs';
import { projectRoot } from './paths.mjs';

const folder = join(projectRoot, 'e2e', 'fixtures', 'programs');
const REPAIRED = /-repaired\.py$/;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { failing: { type: 'string', default: '200' }, repaired: { type: 'string', default: '2000' } },
});
const names = positionals.length > 0 ? positionals
  : readdirSync(folder).filter((file) => REPAIRED.test(file)).map((file) => file.replace(REPAIRED, '')).toSorted();

await ensureBuilt();
const session = await MachineSession.open();
try {
  const pageRun = new PageRun(await session.takePage(() => undefined));
  /** @param {string} name @param {number} schedules */
  const explore = async (name, schedules) => {
    const began = performance.now();
    const explored = await pageRun.explore(
      readProgram(folder, `${name}.py`), { clock: 'virtual', tracing: true, stdin: '' },
      { schedules, preemptions: 2, seed: 1, comparesOutput: true }, '',
    );
    if (explored.outcome !== 'explored') throw new Error(`${name}: ${JSON.stringify(explored)}`);
    return { ...explored, seconds: (performance.now() - began) / 1000 };
  };
  console.log('| program | goes wrong in schedule | preemptions | what | repaired: tried | goes wrong | all with at most | a second |');
  console.log('|---|---|---|---|---|---|---|---|');
  for (const name of names) {
    const failing = await explore(name, Number(values.failing));
    const repaired = await explore(`${name}-repaired`, Number(values.repaired));
    const { found } = failing.result;
    if (found === undefined || repaired.result.found !== undefined) process.exitCode = 1;
    const taken = failing.preemptions ?? 0;
    const { preemptions } = repaired.result.coverage;
    const proved = preemptions === Infinity ? 'all there are' : preemptions < 0 ? '-' : `${preemptions} preemption${preemptions === 1 ? '' : 's'}`;
    const what = found === undefined ? 'nothing found' : failing.sentences[0]?.replace(/^[^:]*: /, '') ?? '';
    console.log([
      '', `\`${name}\``, found === undefined ? '-' : failing.result.tried, found === undefined ? '-' : taken, what,
      repaired.result.tried, repaired.result.found === undefined ? '0' : repaired.sentences[0], proved,
      Math.round(repaired.result.tried / repaired.seconds), '',
    ].join(' | ').trim());
  }
} finally {
  await session.close();
}
