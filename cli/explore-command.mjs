// @ts-check
/** `weft explore`: tries schedules of a program until one goes wrong, and keeps that one. */
import { resolve } from 'node:path';
import { ensureBuilt } from '../scripts/build.mjs';
import { EXIT_MACHINE } from './exit-status.mjs';
import { Interruption } from './interruption.mjs';
import { PageRun } from './page-run.mjs';
import { readProgram, readText } from './programs.mjs';
import { ProgressLine } from './progress-line.mjs';
import { readFolder } from './read-only-folder.mjs';
import { writeResult } from './result-files.mjs';
import { UsageError } from './usage-error.mjs';

/** @typedef {import('./explore-options.mjs').ExploreOptions} ExploreOptions */

const EXIT_FOUND = 1;

/**
 * @param {ExploreOptions} options
 * @param {string} folder that relative file names start from
 * @returns {Promise<number>} the exit status
 * @throws {UsageError}
 */
export async function exploreCommand(options, folder) {
  const { file, search, stdin, paths, timeoutSeconds, page } = options;
  const program = readProgram(folder, file);
  if (paths.length > 0 && program.language !== 'python') {
    throw new UsageError('unsupported --path: it puts folders on sys.path, which only Python programs have');
  }
  const folders = paths.map((path, index) => readFolder(folder, path, index));
  const settings = {
    clock: /** @type {const} */ ('virtual'), tracing: true, stdin: stdin === undefined ? '' : readText(resolve(folder, stdin), stdin),
    ...(folders.length > 0 && { folders }),
  };
  const out = resolve(folder, options.out);

  const interruption = new Interruption();
  await ensureBuilt();
  // Not at the top: it comes from a package, which may have been missing until now.
  const { MachineSession } = await import('./machine-session.mjs');
  const session = await MachineSession.open();
  const say = new ProgressLine();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    const pageRun = new PageRun(await session.takePage(() => undefined));
    const stop = () => void pageRun.stopExploring().catch(() => undefined);
    interruption.signal.addEventListener('abort', stop);
    say.follow(() => pageRun.exploring());
    if (timeoutSeconds !== undefined) timer = setTimeout(stop, timeoutSeconds * 1000);
    const explored = await pageRun.explore(program, settings, search, page);
    say.end();
    if (explored.outcome === 'rejected') {
      for (const { file, line, column, message } of explored.errors) console.error(`${file}:${line}:${column}: ${message}`);
      return EXIT_FOUND;
    }
    if (explored.outcome === 'failed') {
      console.error(`weft: the machine failed: ${explored.message}`);
      return EXIT_MACHINE;
    }
    console.log(explored.sentences.join('\n'));
    if (explored.settings === undefined) return interruption.status ?? 0;
    const started = await pageRun.start(program, { ...explored.settings, ...(folders.length > 0 && { folders }) });
    if (started.outcome !== 'started') throw new Error('the failing schedule could not be run again');
    await pageRun.finished();
    /** @type {string[]} */
    const pieces = [];
    for await (const piece of pageRun.tracePieces(1 << 22)) pieces.push(piece);
    writeResult(out, pieces.join(''), '--out');
    console.log(`schedule: ${options.out} ("weft run ${file} --replay ${options.out}" shows it again)`);
    console.log(`link: ${explored.link}`);
    return interruption.status ?? EXIT_FOUND;
  } finally {
    clearTimeout(timer);
    say.end();
    await session.close();
  }
}
