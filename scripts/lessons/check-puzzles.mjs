// @ts-check
/** Whether each puzzle holds what it says: its known solution reaches the goal, and no schedule with fewer choices does. */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { MachineSession } from '../../cli/machine-session.mjs';
import { projectRoot } from '../paths.mjs';

/** @typedef {import('../../src/runner').WeftRunner} WeftRunner */

/** How the puzzles are called among the names of lessons. */
export const PUZZLES = 'puzzles';

/** @returns {Promise<{ passed: number, failures: import('../failures.mjs').Failure[] }>} */
export async function checkPuzzles() {
  const { module } = await runnerImport(join(projectRoot, 'src/lessons/puzzles/catalogue.ts'), {
    root: projectRoot, configFile: false, logLevel: 'warn',
  });
  const { PUZZLES: puzzles } = /** @type {typeof import('../../src/lessons/puzzles/catalogue')} */ (module);
  const session = await MachineSession.open();
  let passed = 0;
  /** @type {import('../failures.mjs').Failure[]} */
  const failures = [];
  try {
    const page = await session.takePage(() => undefined);
    for (const { id, par } of puzzles) {
      const solved = await page.evaluate((puzzle) => {
        const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
        return weft.play(puzzle);
      }, id);
      const fewer = await page.evaluate(([puzzle, most]) => {
        const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
        return weft.solvePuzzle(puzzle, most);
      }, /** @type {const} */ ([id, par - 1]));
      const faults = [
        ...(solved.verdict === true ? [] : [`its solution does not reach the goal: ${solved.verdict.en}`]),
        ...(solved.choices === par ? [] : [`its solution takes ${solved.choices} choices, and par is ${par}`]),
        ...(fewer.found === undefined ? [] : [`it can be done in fewer than ${par} choices: ${JSON.stringify(fewer.found)}`]),
      ];
      if (faults.length === 0) passed++;
      else failures.push({ name: `puzzle ${id}`, error: faults.join('\n') });
      for (const fault of faults) console.log(`puzzle ${id}: ${fault}`);
      console.log(`puzzle ${id}: ${fewer.tried} schedules with fewer than ${par} choices tried`);
    }
  } finally {
    await session.close();
  }
  return { passed, failures };
}
