#!/usr/bin/env node
// @ts-check
/**
 * `npm run listings` runs every program of ../shared/listings through the command line's modules and judges what it
 * printed and what its trace shows. `npm run listings -- 003 004-05` runs those whose names begin so. The last line is
 * `N passed, M failed`.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './ensure-installed.mjs';
import { missingJudge } from './listings/judge.mjs';
import { findListings } from './listings/manifest.mjs';
import { isMain, projectRoot } from './paths.mjs';

const HELP = `npm run listings -- [PREFIX...] [--clock CLOCK] [--results DIR] [--jobs N] [--judge]

  PREFIX         only the listings whose names begin so
  --clock CLOCK  "virtual" (the default) or "real"
  --results DIR  where NAME.out, NAME.err, NAME.rc and NAME.trace.json go (default .weft-cache/listings)
  --jobs N       how many run at a time
  --judge        run nothing: judge what is in the folder of results
`;

const defaultResults = join(projectRoot, '.weft-cache', 'listings');

/**
 * As a suite of `npm test`: passes none where there are no listings, or nothing that judges them.
 *
 * @param {string[]} prefixes
 * @returns {Promise<import('./suites.mjs').SuiteResult>}
 */
export async function listingsSuite(prefixes) {
  const { folder, missing } = findListings();
  const sentence = missing ?? missingJudge();
  if (folder === undefined || sentence) {
    console.log(`listings: not run: ${sentence}`);
    return { passed: 0, failed: 0 };
  }
  const { runListings } = await import('./listings/listings.mjs');
  const { signal } = new AbortController();
  return runListings({ folder, results: defaultResults, prefixes, clock: 'virtual', signal });
}

/** @param {string[]} args @returns {Promise<{ passed: number, failed: number }>} */
async function command(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      clock: { type: 'string' }, results: { type: 'string' }, jobs: { type: 'string' }, judge: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit();
  }
  const jobs = values.jobs === undefined ? undefined : Number(values.jobs);
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs > 0)) throw new Error(`invalid --jobs "${values.jobs}": give a number from 1`);
  const { clock = 'virtual' } = values;
  if (clock !== 'real' && clock !== 'virtual') throw new Error(`invalid --clock "${clock}": there are "virtual" and "real"`);
  const { folder, missing } = findListings();
  if (folder === undefined) {
    console.log(`listings: not run: ${missing}`);
    return { passed: 0, failed: 0 };
  }
  const unjudged = missingJudge();
  if (unjudged) throw new Error(unjudged);
  ensureInstalled();
  const results = values.results === undefined ? defaultResults : resolve(values.results);
  const { runListings, judgeListings } = await import('./listings/listings.mjs');
  if (values.judge) return judgeListings(folder, results, positionals);
  const { ensureBuilt } = await import('./build.mjs');
  await ensureBuilt();
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  return runListings({ folder, results, prefixes: positionals, jobs, clock, signal: interruption.signal });
}

if (isMain(import.meta.url)) {
  try {
    const { passed, failed } = await command(process.argv.slice(2));
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
  } catch (error) {
    console.error(`listings: ${error instanceof Error ? error.message : String(error)}`);
    console.log('\n0 passed, 1 failed');
    process.exitCode = 1;
  }
}
