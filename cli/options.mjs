// @ts-check
/** What the command line asks for, as data. Looks at no file. */
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { parseExplore } from './explore-options.mjs';
import { checkTokens, isSeed, isTimeout, MORE, numberOf } from './option-values.mjs';
import { UsageError } from './usage-error.mjs';

/**
 * How virtual time is run; what is not said is not there.
 *
 * @typedef {object} VirtualOptions
 * @property {number} [cpus]
 * @property {import('../src/protocol/words').PolicyName} [policy]
 * @property {number} [quantum] milliseconds
 * @property {number} [seed]
 *
 * @typedef {object} RunOptions
 * @property {string[]} files
 * @property {'real' | 'virtual'} clock
 * @property {VirtualOptions} virtual
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
 *   | { command: 'explore', options: import('./explore-options.mjs').ExploreOptions }} CommandLine
 */

const RUN_OPTIONS = /** @type {const} */ ({
  clock: { type: 'string' },
  cpus: { type: 'string' },
  policy: { type: 'string' },
  quantum: { type: 'string' },
  seed: { type: 'string' },
  replay: { type: 'string' },
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
  if (args[0] === 'explore' && !values.help) return { command: 'explore', options: parseExplore(args.slice(1)) };
  checkTokens(tokens, RUN_OPTIONS);
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...files] = positionals;
  if (command === undefined) throw new UsageError(`missing command: say "weft run FILE" or "weft explore FILE"; ${MORE}`);
  if (command !== 'run') throw new UsageError(`unknown command "${command}": say "weft run FILE"; ${MORE}`);
  return { command: 'run', options: runOptions(files, /** @type {Record<string, string>} */ (values), values.path, values.together === true) };
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
  const { clock, virtual, replay } = clockOptions(values, together);
  if (together) checkTogether(files, clock, values.jobs);
  if (replay !== undefined && files.length > 1) throw new UsageError('invalid --replay: it is for one program');
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

/** @param {string[]} files @param {'real' | 'virtual'} clock @param {string | undefined} jobs */
function checkTogether(files, clock, jobs) {
  if (files.length < 2) throw new UsageError('missing file: --together is for two programs or more, the servers first');
  if (clock === 'virtual') throw new UsageError('invalid --together: programs side by side run in real time');
  if (jobs !== undefined) throw new UsageError('invalid --jobs: with --together all programs run at the same time');
  checkNames(files);
}

/** Policies that a command can name; a replay has its own option. */
const POLICIES = /** @type {const} */ (['fifo', 'round-robin', 'priority', 'random', 'pct']);
const VIRTUAL_OPTIONS = /** @type {const} */ (['cpus', 'policy', 'quantum', 'seed', 'replay']);

/**
 * What it asks of the clock. Time is virtual where nothing else is said, except for programs side by side.
 *
 * @param {Record<string, string | undefined>} values
 * @param {boolean} together
 * @returns {Pick<RunOptions, 'clock' | 'virtual' | 'replay'>}
 */
function clockOptions(values, together) {
  const { cpus, policy, quantum, seed, replay } = values;
  const given = VIRTUAL_OPTIONS.find((name) => values[name] !== undefined);
  const { clock = together && given === undefined ? 'real' : 'virtual' } = values;
  if (clock !== 'real' && clock !== 'virtual') throw new UsageError(`unsupported --clock "${clock}": there are "virtual" and "real"`);
  if (clock === 'real' && given !== undefined) throw new UsageError(`invalid --${given}: it is for --clock virtual`);
  const other = VIRTUAL_OPTIONS.find((name) => name !== 'replay' && values[name] !== undefined);
  if (replay !== undefined && other !== undefined) throw new UsageError(`invalid --${other}: with --replay the recorded run says it`);
  const known = POLICIES.find((name) => name === policy);
  if (policy !== undefined && known === undefined) throw new UsageError(`unknown --policy "${policy}": there are ${POLICIES.join(', ')}`);
  return {
    clock,
    virtual: {
      ...(cpus !== undefined && { cpus: numberOf('--cpus', cpus, 'a whole number from 1 to 8', isCpuCount) }),
      ...(known !== undefined && { policy: known }),
      ...(quantum !== undefined && { quantum: numberOf('--quantum', quantum, 'a number of milliseconds above 0', isQuantum) }),
      ...(seed !== undefined && { seed: numberOf('--seed', seed, 'a whole number from 0 to 4294967295', isSeed) }),
    },
    replay,
  };
}

/** @param {number} cpus */
const isCpuCount = (cpus) => Number.isInteger(cpus) && cpus >= 1 && cpus <= 8;
/** @param {number} quantum */
const isQuantum = (quantum) => quantum > 0 && quantum <= 1e9;

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
