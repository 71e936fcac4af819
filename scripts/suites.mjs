// @ts-check
/**
 * What `npm test` runs, in order. A suite is a function that prints what it does and returns how much of it passed. To
 * add one, write such a function and name it in `suites`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { browserFlags, findBrowser } from './browser.mjs';
import { build } from './build.mjs';
import { determinismSuite } from './determinism.mjs';
import { failuresOfPlaywright, failuresOfVitest } from './failures.mjs';
import { lessonsSuite } from './lessons.mjs';
import { listingsSuite } from './listings.mjs';
import { projectRoot } from './paths.mjs';

/**
 * @typedef {object} SuiteResult
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped]
 * @property {readonly import('./failures.mjs').Failure[]} [failures] what failed, where that is known test by test
 */

/**
 * @typedef {object} SuiteContext
 * @property {ReadonlyMap<string, SuiteResult>} results of the suites before
 */

const resultFolder = join(projectRoot, '.weft-cache', 'results');

/** @param {boolean} good @returns {SuiteResult} */
function one(good) {
  return { passed: good ? 1 : 0, failed: good ? 0 : 1 };
}

/**
 * Runs a JavaScript file of the project or of a package with our own node; its output is ours.
 *
 * @param {string} file from the project's folder
 * @param {string[]} args
 * @param {Record<string, string>} [environment]
 */
function runNode(file, args, environment = {}) {
  const { status } = spawnSync(process.execPath, [join(projectRoot, file), ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

/** The page and workers, the workers alone (no DOM), and what runs in Node. */
function types() {
  const projects = ['tsconfig.json', 'tsconfig.worker.json', 'tsconfig.node.json'];
  const results = projects.map((project) => {
    const known = ['--incremental', '--tsBuildInfoFile', `.weft-cache/${project}.tsbuildinfo`];
    return runNode('node_modules/typescript/bin/tsc', ['-p', project, '--pretty', 'false', ...known]);
  });
  return one(results.every(Boolean));
}

function lint() {
  const cache = ['--cache', '--cache-location', '.weft-cache/eslint', '--cache-strategy', 'content'];
  const good = runNode('node_modules/eslint/bin/eslint.js', ['.', '--max-warnings=0', ...cache]);
  if (!good) console.log('`npx eslint --fix FOLDER` repairs what can be repaired without thought');
  return one(good);
}

function imports() {
  return one(runNode('scripts/check-imports.mjs', []));
}

/**
 * What a runner wrote about its tests. One that ended badly without a failed test (it crashed, a file did not load, or
 * nothing was run) counts as a failure of its own.
 *
 * @param {string} name
 * @param {(report: string, environment: Record<string, string>) => boolean} run
 * @param {(report: any) => SuiteResult} count
 * @returns {SuiteResult}
 */
function runnerSuite(name, run, count) {
  const report = join(resultFolder, `${name}.json`);
  mkdirSync(resultFolder, { recursive: true });
  rmSync(report, { force: true });
  const good = run(report, {});
  /** @type {SuiteResult} */
  let result = { passed: 0, failed: 0 };
  try {
    result = count(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    console.log(`${name}: no report was written (${error instanceof Error ? error.message : String(error)})`);
  }
  if (result.failed > 0) return result;
  if (result.passed === 0) console.log(`${name}: no test ran`);
  return good && result.passed > 0 ? result : { ...result, failed: 1 };
}

/** @param {SuiteContext} _context @param {string[]} filters */
function unit(_context, filters) {
  return runnerSuite(
    'unit',
    (report) =>
      runNode('node_modules/vitest/vitest.mjs', [
        'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`, ...filters,
      ]),
    (report) => {
      const failures = failuresOfVitest(report);
      return {
        passed: report.numPassedTests,
        failed: failures.length,
        skipped: report.numPendingTests + report.numTodoTests,
        failures,
      };
    },
  );
}

async function buildPage() {
  try {
    await build();
    return one(true);
  } catch (error) {
    console.log(`the build failed: ${error instanceof Error ? error.message : String(error)}`);
    return one(false);
  }
}

/** @param {SuiteContext} context @param {string[]} filters */
function e2e({ results }, filters) {
  if (results.get('build')?.failed) {
    console.log('e2e: not run, for there is no page without the build');
    return one(false);
  }
  let browser;
  try {
    browser = findBrowser();
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
    return one(false);
  }
  console.log([browser, ...browserFlags()].join(' '));
  return runnerSuite(
    'e2e',
    (report) =>
      runNode('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json', ...filters], {
        WEFT_BROWSER: browser,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      }),
    (report) => ({
      passed: report.stats.expected,
      // A test that passes only the second time has failed.
      failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
      skipped: report.stats.skipped,
      failures: failuresOfPlaywright(report),
    }),
  );
}

/**
 * The programs of ../shared/listings, where they are: what each prints, and what its trace shows.
 *
 * @param {SuiteContext} context
 * @param {string[]} prefixes
 */
function listings({ results }, prefixes) {
  if (results.get('build')?.failed) {
    console.log('listings: not run, for there is no page without the build');
    return one(false);
  }
  return listingsSuite(prefixes);
}

/**
 * Each lesson's recorded run, question and exercise, in one browser.
 *
 * @param {SuiteContext} context
 * @param {string[]} names
 */
function lessons({ results }, names) {
  if (results.get('build')?.failed) {
    console.log('lessons: not checked, for there is no page without the build');
    return one(false);
  }
  return lessonsSuite(names);
}

/** Of each program, on each machine that there is. `node scripts/determinism.mjs --runs 200` takes longer. */
const DETERMINISM_RUNS = 2;

/**
 * One program, settings and seed make one trace, on every shape of machine and in every browser that there is.
 *
 * @param {SuiteContext} context
 * @param {string[]} names
 */
function determinism({ results }, names) {
  if (results.get('build')?.failed) {
    console.log('determinism: not checked, for there is no page without the build');
    return one(false);
  }
  return determinismSuite({ runs: DETERMINISM_RUNS, names });
}

/** @type {Record<string, (context: SuiteContext, filters: string[]) => SuiteResult | Promise<SuiteResult>>} */
export const suites = { types, lint, imports, unit, build: buildPage, e2e, lessons, determinism, listings };
