// @ts-check
/**
 * `npm test` runs every suite; `npm test -- unit e2e` runs those named; `npm test -- unit -- wait-queue` gives the rest to
 * the suite as filters. What failed is told once more at the end. The last line is the total of all: `N passed, M failed`.
 */
import { performance } from 'node:perf_hooks';
import { ensureInstalled } from './ensure-installed.mjs';
import { describeFailures } from './failures.mjs';

/** @param {import('./suites.mjs').SuiteResult} result */
function sentence({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

/** @param {string[]} names @param {string[]} filters */
async function runSuites(names, filters) {
  // Not at the top: before the install there is nothing to import.
  const { suites } = await import('./suites.mjs');
  const unknown = names.filter((name) => !Object.hasOwn(suites, name));
  if (unknown.length) throw new Error(`unknown suite "${unknown.join('", "')}"; there are ${Object.keys(suites).join(', ')}`);
  /** @type {Map<string, import('./suites.mjs').SuiteResult>} */
  const results = new Map();
  /** @type {Map<string, number>} */
  const seconds = new Map();
  for (const name of names.length ? names : Object.keys(suites)) {
    console.log(`\n== ${name} ==`);
    const began = performance.now();
    results.set(name, await suites[name]({ results }, filters));
    seconds.set(name, (performance.now() - began) / 1000);
  }
  const failures = describeFailures(results);
  if (failures.length > 0) console.log(['\n== what failed ==', ...failures].join('\n'));
  console.log('\n== totals ==');
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, result] of results) {
    console.log(`${name.padEnd(10)} ${sentence(result)} (${seconds.get(name)?.toFixed(1)} s)`);
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped ?? 0;
  }
  return total;
}

try {
  const [, , ...args] = process.argv;
  const dashes = args.indexOf('--');
  const names = dashes < 0 ? args : args.slice(0, dashes);
  ensureInstalled();
  const total = await runSuites(names, dashes < 0 ? [] : args.slice(dashes + 1));
  console.log(`\n${sentence(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
} catch (error) {
  console.error(`weft: ${error instanceof Error ? error.message : String(error)}`);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
