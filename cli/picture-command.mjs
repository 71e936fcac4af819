// @ts-check
/** `weft picture`: the timeline of a run, as the page saves it. */
import { resolve } from 'node:path';
import { ensureBuilt } from '../scripts/build.mjs';
import { PageRun } from './page-run.mjs';
import { readText } from './programs.mjs';
import { writeResult } from './result-files.mjs';
import { runCommand } from './run-command.mjs';
import { UsageError } from './usage-error.mjs';

/** @typedef {import('../src/runner').PictureOutcome} PictureOutcome */

/**
 * @param {import('./picture-options.mjs').PictureOptions} options
 * @param {string} folder that relative file names start from
 * @returns {Promise<number>} the exit status: 0 where there is a picture, of whatever run
 * @throws {UsageError}
 */
export async function pictureCommand({ file, out, picture, language, run }, folder) {
  /** @type {PictureOutcome | undefined} */
  let outcome;
  let status = 0;
  /** @param {PageRun} pageRun @param {string} [text] */
  const draw = async (pageRun, text) => {
    outcome = await pageRun.picture(picture, language, text);
  };
  if (run === undefined) await inPage(readText(resolve(folder, file), file), draw);
  else status = await runCommand(run, folder, draw);
  // It did not get so far as to be a run; why has been said.
  if (outcome === undefined) return status;
  const data = dataOf(outcome, file);
  writeResult(resolve(folder, out), picture.kind === 'svg' ? data : Buffer.from(data, 'base64'), '--out');
  return 0;
}

/** @param {PictureOutcome} outcome @param {string} file */
function dataOf(outcome, file) {
  switch (outcome.outcome) {
    case 'refused':
      throw new UsageError(`${file} is no recorded run: ${outcome.reason}`);
    case 'outside':
      throw new UsageError(`invalid --from: the run ends at ${outcome.end / 1e9} s`);
    default:
      for (const note of outcome.notes) console.error(`weft: ${file}: ${note}`);
      return outcome.data;
  }
}

/** Draws in a page in which nothing runs. @param {string} text @param {(pageRun: PageRun, text: string) => Promise<void>} draw */
async function inPage(text, draw) {
  await ensureBuilt();
  // Not at the top: it comes from a package, which may have been missing until now.
  const { MachineSession } = await import('./machine-session.mjs');
  const session = await MachineSession.open();
  try {
    await draw(new PageRun(await session.takePage(() => undefined)), text);
  } finally {
    await session.close();
  }
}
