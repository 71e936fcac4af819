// @ts-check
/** Runs one listing as the command line runs a program and keeps what came of it. */
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_MACHINE } from '../../cli/exit-status.mjs';
import { resultName } from '../../cli/options.mjs';
import { readProgram } from '../../cli/programs.mjs';
import { runTogether } from '../../cli/run-program.mjs';
import { stopSeconds } from './turns.mjs';

/**
 * @typedef {import('./manifest.mjs').Listing} Listing
 * @typedef {import('../../cli/machine-session.mjs').MachineSession} MachineSession
 */

const ENDINGS = ['out', 'err', 'rc', 'trace.json'];

/**
 * Writes NAME.out, NAME.err, NAME.rc and NAME.trace.json; of a listing that needs a server, what itself has written.
 *
 * @param {MachineSession} session
 * @param {string} folder of the listings
 * @param {string} results
 * @param {Listing} listing
 * @param {'real' | 'virtual'} clock programs side by side run in real time
 * @param {AbortSignal} signal
 * @returns {Promise<number>} its exit status
 */
export async function runListing(session, folder, results, listing, clock, signal) {
  const name = join(results, resultName(listing.file));
  forget(results, listing);
  writeFileSync(`${name}.out`, '');
  writeFileSync(`${name}.err`, '');
  const [program, ...beside] = [...(listing.needs ?? []), listing.file].map((file) => readProgram(folder, file));
  if (!program) throw new Error(`missing program of ${listing.file}`);
  const statuses = await runTogether(session, {
    program,
    beside,
    settings: { clock: beside.length > 0 ? 'real' : clock, tracing: true, stdin: listing.stdin ?? '' },
    timeoutSeconds: stopSeconds(listing),
    traceFiles: [`${name}.trace.json`],
    write: (stream, text, index) => {
      if (index === beside.length) appendFileSync(`${name}.${stream === 'stdout' ? 'out' : 'err'}`, text);
    },
    signal,
    onStarted: () => undefined,
  });
  const status = statuses[beside.length] ?? EXIT_MACHINE;
  writeFileSync(`${name}.rc`, `${status}\n`);
  return status;
}

/** Removes the results of an earlier run. @param {string} results @param {Listing} listing */
function forget(results, listing) {
  for (const ending of ENDINGS) rmSync(join(results, `${resultName(listing.file)}.${ending}`), { force: true });
}
