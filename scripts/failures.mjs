// @ts-check
/** What failed and why, in few lines: who sees but the end of a log is to know it. */
import { isAbsolute, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { projectRoot } from './paths.mjs';

/**
 * @typedef {object} Failure
 * @property {string} name of the test, with its file where it has one
 * @property {string} [error]
 */

const MOST_FAILURES = 30;
const MOST_LINES = 8;
const MOST_COLUMNS = 240;

/**
 * The failed tests in a report of vitest, and the files that could not be loaded.
 *
 * @param {any} report
 * @returns {Failure[]}
 */
export function failuresOfVitest({ testResults }) {
  /** @type {Failure[]} */
  const failures = [];
  for (const { name, status, message, assertionResults } of testResults) {
    const failed = assertionResults.filter((/** @type {{ status: string }} */ test) => test.status === 'failed');
    for (const { fullName, failureMessages } of failed) failures.push({ name: `${shortPath(name)} › ${fullName}`, error: failureMessages[0] });
    if (status === 'failed' && failed.length === 0) failures.push({ name: shortPath(name), error: message });
  }
  return failures;
}

/**
 * The failed tests in a report of Playwright, those that passed only the second time among them, and what went wrong outside of tests.
 *
 * @param {any} report
 * @returns {Failure[]}
 */
export function failuresOfPlaywright({ suites, errors }) {
  return [
    ...suites.flatMap((/** @type {any} */ suite) => failuresOfSuite(suite, [])),
    ...errors.map((/** @type {{ message?: string }} */ { message }) => ({ name: 'outside of the tests', error: message })),
  ];
}

/** @param {any} suite @param {readonly string[]} titles @returns {Failure[]} */
function failuresOfSuite({ specs = [], suites = [] }, titles) {
  const own = specs.flatMap((/** @type {any} */ { title, file, line, tests }) => {
    const results = tests.filter((/** @type {any} */ { status }) => status === 'unexpected' || status === 'flaky')
      .flatMap((/** @type {any} */ test) => test.results);
    if (results.length === 0) return [];
    const said = results.flatMap((/** @type {any} */ { errors = [] }) => errors).map((/** @type {any} */ { message }) => message);
    return [{ name: `e2e/${file}:${line} › ${[...titles, title].join(' › ')}`, error: said.join('\n') || results[0].status }];
  });
  return [...own, ...suites.flatMap((/** @type {any} */ suite) => failuresOfSuite(suite, suite.line > 0 ? [...titles, suite.title] : titles))];
}

/**
 * A list of what failed, by suite; no line where nothing did.
 *
 * @param {ReadonlyMap<string, { readonly failed: number, readonly failures?: readonly Failure[] }>} results
 * @returns {string[]}
 */
export function describeFailures(results) {
  /** @type {string[]} */
  const lines = [];
  for (const [suite, { failed, failures = [] }] of results) {
    if (failed === 0) continue;
    if (failures.length === 0) lines.push(`${suite}: what it said stands under its heading`);
    for (const { name, error = '' } of failures.slice(0, MOST_FAILURES)) {
      lines.push(`${suite}: ${name}`, ...firstLines(error).map((line) => `    ${line}`));
    }
    if (failures.length > MOST_FAILURES) lines.push(`${suite}: and ${failures.length - MOST_FAILURES} more`);
  }
  return lines;
}

/** @param {string} text */
function firstLines(text) {
  const lines = stripVTControlCharacters(text).split('\n').filter((line) => line.trim() !== '');
  return lines.slice(0, MOST_LINES).map((line) => (line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS - 1)}…` : line));
}

/** @param {string} path */
function shortPath(path) {
  return isAbsolute(path) ? relative(projectRoot, path) : path;
}
