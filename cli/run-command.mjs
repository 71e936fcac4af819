// @ts-check
/** `weft run`: all its programs, their output and results. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureBuilt } from '../scripts/build.mjs';
import { combinedStatus } from './exit-status.mjs';
import { Interruption } from './interruption.mjs';
import { resultName } from './options.mjs';
import { OrderedOutput } from './ordered-output.mjs';
import { readProgram, readText } from './programs.mjs';
import { readFolder } from './read-only-folder.mjs';
import { writeResult } from './result-files.mjs';
import { runSideBySide } from './side-by-side.mjs';
import { UsageError } from './usage-error.mjs';

/**
 * @typedef {import('./options.mjs').RunOptions} RunOptions
 * @typedef {import('../src/state/recorded-run').OutputStream} OutputStream
 */

/**
 * @param {RunOptions} options
 * @param {string} folder that relative file names start from
 * @param {import('./run-program.mjs').ProgramRun['look']} [look] at each run when it has ended
 * @returns {Promise<number>} the exit status
 * @throws {UsageError}
 */
export async function runCommand(options, folder, look) {
  const programs = options.files.map((file) => readProgram(folder, file));
  if (options.paths.length > 0 && programs.some(({ language }) => language !== 'python')) {
    throw new UsageError('unsupported --path: it puts folders on sys.path, which only Python programs have');
  }
  const folders = options.paths.map((path, index) => readFolder(folder, path, index));
  const replay = options.replay === undefined ? undefined : readText(resolve(folder, options.replay), options.replay);
  const input = inputOf(options, folder);
  const results = options.out === undefined ? undefined : resultFolder(resolve(folder, options.out));
  const trace = options.trace === undefined ? undefined : resolve(folder, options.trace);
  if (trace !== undefined) writeResult(trace, '', '--trace');

  const interruption = new Interruption();
  await ensureBuilt();
  // Not at the top: they come from packages, which may have been missing until now.
  const [{ MachineSession }, { runProgram }] = await Promise.all([import('./machine-session.mjs'), import('./run-program.mjs')]);
  const session = await MachineSession.open();
  try {
    if (options.together) {
      const common = { settings: settingsOf(options, folders, input, ''), replay, trace, results, interruption, onStarted: input.follow };
      return interruption.status ?? combinedStatus(await runSideBySide(session, options, programs, common));
    }
    const output = new OrderedOutput(programs.length, (stream, text) => void process[stream].write(text));
    const settings = settingsOf(options, folders, input, results ?? trace ?? look);
    /** @type {number[]} */
    const statuses = [];
    const queue = programs.entries();
    const runSome = async () => {
      for (const [index, program] of queue) {
        if (interruption.status !== undefined) return;
        const name = join(results ?? '', resultName(options.files[index] ?? ''));
        if (results) for (const ending of ['out', 'err']) writeFileSync(`${name}.${ending}`, '');
        const status = await runProgram(session, {
          program,
          settings,
          ...(replay !== undefined && { replay }),
          timeoutSeconds: options.timeoutSeconds,
          ...(look && { look }),
          traceFiles: [...(trace ? [trace] : []), ...(results ? [`${name}.trace.json`] : [])],
          write: (stream, text) => {
            output.write(index, stream, text);
            if (results) appendFileSync(`${name}.${stream === 'stdout' ? 'out' : 'err'}`, text);
          },
          signal: interruption.signal,
          onStarted: input.follow,
        });
        if (results) writeFileSync(`${name}.rc`, `${status}\n`);
        if (programs.length > 1 && status !== 0) output.write(index, 'stderr', `weft: ${options.files[index]}: exit status ${status}\n`);
        output.end(index);
        statuses[index] = status;
      }
    };
    await Promise.all(Array.from({ length: Math.min(options.jobs, programs.length) }, runSome));
    return interruption.status ?? combinedStatus(statuses);
  } finally {
    await session.close();
  }
}

/**
 * @param {RunOptions} options
 * @param {ReturnType<typeof readFolder>[]} folders
 * @param {ReturnType<typeof inputOf>} input
 * @param {unknown} traced undefined: nobody looks at the trace
 * @returns {import('../src/protocol/program').RunSettings}
 */
function settingsOf(options, folders, input, traced) {
  return {
    clock: options.clock, ...options.virtual, tracing: traced !== undefined || options.virtual.races === true, ...input.settings,
    ...(folders.length > 0 && { folders }),
  };
}

/**
 * What programs read: a text for all of them or, where somebody types, the lines as they come.
 *
 * @param {RunOptions} options
 * @param {string} folder
 * @returns {{ settings: { stdin?: string }, follow: (feed: (line: string | null) => void) => void }}
 */
function inputOf({ stdin, files }, folder) {
  const follow = () => undefined;
  if (stdin === undefined) return { settings: { stdin: '' }, follow };
  if (stdin !== '-') return { settings: { stdin: readText(resolve(folder, stdin), stdin) }, follow };
  if (!process.stdin.isTTY) return { settings: { stdin: readFileSync(0, 'utf8') }, follow };
  if (files.length > 1) throw new UsageError('invalid --stdin "-": only one program at a time can read what is typed');
  return {
    settings: {},
    follow: (feed) => {
      const lines = createInterface({ input: process.stdin });
      lines.on('line', feed).on('close', () => feed(null));
    },
  };
}

/** @param {string} folder */
function resultFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`invalid --out "${folder}": ${error instanceof Error ? error.message : String(error)}`);
  }
  return folder;
}
