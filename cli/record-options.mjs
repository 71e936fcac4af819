// @ts-check
/** What `weft record` is asked for: a run of one program, and where its trace goes. */
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { CLOCK_OPTIONS, clockOptions } from './clock-options.mjs';
import { checkTokens, isTimeout, numberOf, oneFile } from './option-values.mjs';

/** How one program is run; as parseArgs wants them. */
export const ONE_RUN_OPTIONS = /** @type {const} */ ({
  ...CLOCK_OPTIONS,
  stdin: { type: 'string' },
  timeout: { type: 'string' },
  path: { type: 'string', multiple: true },
});
const OPTIONS = /** @type {const} */ ({ ...ONE_RUN_OPTIONS, out: { type: 'string', short: 'o' } });

/**
 * @param {string[]} args what follows `weft record`
 * @returns {import('./options.mjs').RunOptions}
 */
export function parseRecord(args) {
  const { values, positionals, tokens } = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  checkTokens(tokens, OPTIONS);
  const file = oneFile('record', positionals);
  const { out = `${basename(file, extname(file))}.trace.json` } = /** @type {Record<string, string | undefined>} */ (values);
  return { ...oneRun(file, values), trace: out };
}

/**
 * A run of one program as `weft run` would be asked for it.
 *
 * @param {string} file
 * @param {Readonly<Record<string, unknown>>} values of {@link ONE_RUN_OPTIONS}
 * @returns {import('./options.mjs').RunOptions}
 */
export function oneRun(file, values) {
  const given = /** @type {Record<string, string | undefined>} */ (values);
  const { stdin, timeout } = given;
  return {
    files: [file],
    ...clockOptions(given),
    trace: undefined,
    out: undefined,
    stdin,
    timeoutSeconds: timeout === undefined ? undefined : numberOf('--timeout', timeout, 'a number of seconds above 0', isTimeout),
    paths: /** @type {string[]} */ (values.path ?? []),
    together: false,
    jobs: 1,
  };
}
