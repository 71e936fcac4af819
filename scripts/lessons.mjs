#!/usr/bin/env node
// @ts-check
/**
 * `npm run lessons` records the run of each lesson's program where it has changed; `npm run lessons -- NAME` of one.
 * `npm run lessons -- --check` changes nothing: it runs programs, questions and exercises, and says what does not hold. The last
 * line is `N passed, M failed`.
 */
import { parseArgs } from 'node:util';
import { ensureInstalled } from './ensure-installed.mjs';
import { isMain } from './paths.mjs';

const HELP = `npm run lessons -- [NAME...] [--check]

  NAME     only the lessons of these names; with --check, puzzles stands for all puzzles
  --check  record nothing: run each lesson's program, question and exercise, each puzzle's solution, and all
           schedules with fewer choices, and say what does not hold
`;

/**
 * As a suite of `npm test`.
 *
 * @param {string[]} names
 * @returns {Promise<import('./suites.mjs').SuiteResult>}
 */
export async function lessonsSuite(names) {
  const { checkLessons } = await import('./lessons/check.mjs');
  const { checkPuzzles, PUZZLES } = await import('./lessons/check-puzzles.mjs');
  const lessons = names.filter((name) => name !== PUZZLES);
  const results = [
    ...(names.length === 0 || lessons.length > 0 ? [await checkLessons(lessons)] : []),
    ...(names.length === 0 || lessons.length < names.length ? [await checkPuzzles()] : []),
  ];
  const failures = results.flatMap(({ failures }) => failures);
  return { passed: results.reduce((sum, { passed }) => sum + passed, 0), failed: failures.length, failures };
}

/** @param {string[]} args */
async function command(args) {
  const { values, positionals } = parseArgs({
    args, allowPositionals: true, options: { check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return void process.stdout.write(HELP);
  ensureInstalled();
  const { ensureBuilt } = await import('./build.mjs');
  await ensureBuilt();
  if (!values.check) {
    const { recordLessons } = await import('./lessons/record.mjs');
    await recordLessons(positionals);
    return;
  }
  const { passed, failed } = await lessonsSuite(positionals);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await command(process.argv.slice(2));
