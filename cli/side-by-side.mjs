// @ts-check
/** `weft run SERVER CLIENT --together`: programs side by side on one machine. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultName } from './options.mjs';
import { LabelledOutput } from './labelled-output.mjs';

/**
 * @typedef {object} Common
 * @property {import('../src/protocol/program').RunSettings} settings
 * @property {string | undefined} replay
 * @property {string | undefined} trace
 * @property {string | undefined} results
 * @property {{ signal: AbortSignal }} interruption
 * @property {(feed: (line: string | null) => void) => void} onStarted
 */

/**
 * @param {import('./machine-session.mjs').MachineSession} session
 * @param {import('./options.mjs').RunOptions} options
 * @param {readonly import('../src/protocol/program').Program[]} programs
 * @param {Common} common
 * @returns {Promise<number[]>} exit statuses; 0 of one that was stopped when the last had ended
 */
export async function runSideBySide(session, { files, timeoutSeconds }, programs, common) {
  const { runTogether } = await import('./run-program.mjs');
  const { settings, replay, trace, results, interruption, onStarted } = common;
  // Each is called by its file.
  const [program, ...beside] = programs.map((each) => ({ ...each, beside: [] }));
  if (!program) return [];
  const names = files.map(resultName);
  const paths = results === undefined ? [] : names.map((name) => join(results, name));
  for (const path of paths) for (const ending of ['out', 'err']) writeFileSync(`${path}.${ending}`, '');
  const output = new LabelledOutput(names, (stream, text) => void process[stream].write(text));
  const statuses = await runTogether(session, {
    program, beside, settings, ...(replay !== undefined && { replay }), timeoutSeconds, signal: interruption.signal, onStarted,
    traceFiles: [...(trace ? [trace] : []), ...paths.map((path) => `${path}.trace.json`)],
    write: (stream, text, index) => {
      output.write(index, stream, text);
      if (paths[index]) appendFileSync(`${paths[index]}.${stream === 'stdout' ? 'out' : 'err'}`, text);
    },
  });
  output.end();
  paths.forEach((path, index) => writeFileSync(`${path}.rc`, `${statuses[index] ?? 0}\n`));
  return files.map((_file, index) => statuses[index] ?? 0);
}
