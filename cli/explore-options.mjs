// @ts-check
/** What `weft explore` is asked for, as data. */
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { checkTokens, isSeed, isTimeout, MORE, numberOf } from './option-values.mjs';
import { UsageError } from './usage-error.mjs';

/**
 * @typedef {object} ExploreOptions
 * @property {string} file
 * @property {import('../src/search/search').SearchOptions} search
 * @property {string | undefined} stdin
 * @property {string[]} paths
 * @property {number | undefined} timeoutSeconds
 * @property {string} out where the failing schedule goes
 * @property {string} page address that the link begins with
 */

const OPTIONS = /** @type {const} */ ({
  schedules: { type: 'string' },
  preemptions: { type: 'string' },
  seed: { type: 'string' },
  'any-output': { type: 'boolean' },
  stdin: { type: 'string' },
  path: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  out: { type: 'string', short: 'o' },
  page: { type: 'string' },
});

/** Where `npm start` serves the page. */
const PAGE = 'http://localhost:5173/';

/**
 * @param {string[]} args what follows `weft explore`
 * @returns {ExploreOptions}
 * @throws {UsageError}
 */
export function parseExplore(args) {
  const { values, positionals, tokens } = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  checkTokens(tokens, OPTIONS);
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError(`missing file: say "weft explore FILE"; ${MORE}`);
  if (others.length > 0) throw new UsageError(`invalid file "${others[0]}": one program is searched at a time`);
  const { schedules = '1000', preemptions = '2', seed = '1', stdin, timeout, out, page = PAGE } = /** @type {Record<string, string | undefined>} */ (values);
  if (stdin === '-') throw new UsageError('invalid --stdin "-": every run of a search reads the same input, so it must be a file');
  return {
    file,
    search: {
      schedules: numberOf('--schedules', schedules, 'a whole number from 1 to 1000000', isScheduleCount),
      preemptions: numberOf('--preemptions', preemptions, 'a whole number from 0 to 100', isPreemptionCount),
      seed: numberOf('--seed', seed, 'a whole number from 0 to 4294967295', isSeed),
      comparesOutput: values['any-output'] !== true,
    },
    stdin,
    paths: /** @type {string[]} */ (values.path ?? []),
    timeoutSeconds: timeout === undefined ? undefined : numberOf('--timeout', timeout, 'a number of seconds above 0', isTimeout),
    out: out ?? `${basename(file, extname(file))}.replay.json`,
    page,
  };
}

/** @param {number} count */
const isScheduleCount = (count) => Number.isInteger(count) && count >= 1 && count <= 1_000_000;
/** @param {number} count */
const isPreemptionCount = (count) => Number.isInteger(count) && count >= 0 && count <= 100;
