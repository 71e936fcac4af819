// @ts-check
/** What the command line asks for, as data. Looks at no file. */
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { CLOCK_OPTIONS, clockOptions } from './clock-options.mjs';
import { parseExplore } from './explore-options.mjs';
import { parseGrade } from './grade-options.mjs';
import { checkTokens, isTimeout, MORE, numberOf } from './option-values.mjs';
import { parsePicture } from './picture-options.mjs';
import { parseRecord } from './record-options.mjs';
import { UsageError } from './usage-error.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string[]} files
 * @property {'real' | 'virtual'} clock
 * @property {import('./clock-options.mjs').VirtualOptions} virtual
 * @property {string | undefined} replay
 * @property {string | undefined} trace
 * @property {string | undefined} out
 * @property {string | undefined} stdin
 * @property {number | undefined} timeoutSeconds
 * @property {string[]} paths
 * @property {number} jobs
 * @property {boolean} together all programs on one machine
 *
 * @typedef {{ command: 'help' } | { command: 'version' } | { command: 'run', options: RunOptions }
 *   | { command: 'explore', options: import('./explore-options.mjs').ExploreOptions }
 *   | { command: 'picture', options: import('./picture-options.mjs').PictureOptions }
 *   | { command: 'grade', options: import('./grade-options.mjs').GradeOptions }} CommandLine
 */

const RUN_OPTIONS = /** @type {const} */ ({
  ...CLOCK_OPTIONS,
  trace: { type: 'string' },
  out: { type: 'string' },
  stdin: { type: 'string' },
  timeout: { type: 'string' },
  path: { type: 'string', multiple: true },
  jobs: { type: 'string' },
  together: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
});

/**
 * @param {string[]} args what follows `weft`
 * @returns {CommandLine}
 * @throws {UsageError}
 */
export function parseCommandLine(args) {
  const { values, positionals, tokens } = parseArgs({
    args, options: RUN_OPTIONS, allowPositionals: true, strict: false, tokens: true,
  });
  const own = ownOptions(args[0], values.help ? undefined : args.slice(1));
  if (own) return own;
  checkTokens(tokens, RUN_OPTIONS);
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...files] = positionals;
  if (command === undefined) throw new UsageError(`missing command: say "weft run FILE"; ${MORE}`);
  if (command !== 'run') throw new UsageError(`unknown command "${command}": there are run, record, picture, explore and grade; ${MORE}`);
  return { command: 'run', options: runOptions(files, /** @type {Record<string, string>} */ (values), values.path, values.together === true) };
}

/**
 * Commands that read their options themselves.
 *
 * @param {string | undefined} command
 * @param {string[] | undefined} args what follows it; undefined: help is asked for
 * @returns {CommandLine | undefined}
 */
function ownOptions(command, args) {
  if (args === undefined) return command !== undefined && ['explore', 'picture', 'grade', 'record'].includes(command) ? { command: 'help' } : undefined;
  switch (command) {
    case 'explore': return { command, options: parseExplore(args) };
    case 'picture': return { command, options: parsePicture(args) };
    case 'grade': return { command, options: parseGrade(args) };
    // A recorded run is a run whose trace is kept.
    case 'record': return { command: 'run', options: parseRecord(args) };
    default: return undefined;
  }
}

/**
 * @param {string[]} files
 * @param {Record<string, string | undefined>} values
 * @param {unknown} paths
 * @param {boolean} together
 * @returns {RunOptions}
 */
function runOptions(files, values, paths, together) {
  if (files.length === 0) throw new UsageError(`missing file: say "weft run FILE"; ${MORE}`);
  const { trace, out, stdin, timeout, jobs = '1' } = values;
  const { clock, virtual, replay } = clockOptions(values);
  if (together) checkTogether(files, values.jobs);
  if (replay !== undefined && files.length > 1 && !together) throw new UsageError('invalid --replay: it is for one program, or --together');
  if (trace !== undefined && files.length > 1 && !together) {
    throw new UsageError('invalid --trace: it is for one program; with several, --out DIR writes a trace for each');
  }
  if (out !== undefined) checkNames(files);
  return {
    files,
    clock,
    virtual,
    replay,
    trace,
    out,
    stdin,
    timeoutSeconds: timeout === undefined ? undefined : numberOf('--timeout', timeout, 'a number of seconds above 0', isTimeout),
    paths: /** @type {string[]} */ (paths ?? []),
    together,
    jobs: numberOf('--jobs', jobs, 'a whole number from 1 to 64', isJobCount),
  };
}

/** @param {string[]} files @param {string | undefined} jobs */
function checkTogether(files, jobs) {
  if (files.length < 2) throw new UsageError('missing file: --together is for two programs or more, the servers first');
  if (files.some((file) => !file.endsWith('.py'))) throw new UsageError('invalid --together: it is for programs in Python');
  if (jobs !== undefined) throw new UsageError('invalid --jobs: with --together all programs run at the same time');
  checkNames(files);
}

/** @param {number} jobs */
const isJobCount = (jobs) => Number.isInteger(jobs) && jobs >= 1 && jobs <= 64;

/** What the results of a program are called: `dir/queue.py` gives `queue`. @param {string} file */
export function resultName(file) {
  return basename(file, extname(file));
}

/** @param {string[]} files */
function checkNames(files) {
  /** @type {Map<string, string>} */
  const byName = new Map();
  for (const file of files) {
    const name = resultName(file);
    const other = byName.get(name);
    if (other !== undefined) {
      throw new UsageError(`duplicate name "${name}" of ${other} and ${file}: with --out or --together each program needs a name of its own`);
    }
    byName.set(name, file);
  }
}
