// @ts-check
/** Whether the traces of listings show what their `states` say. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { resultName } from '../../cli/options.mjs';
import { projectRoot } from '../paths.mjs';

/**
 * @typedef {import('./manifest.mjs').Listing} Listing
 * @typedef {typeof import('./states/states')} StatesModule
 *
 * @typedef {object} SeenStates
 * @property {number} listings whose traces were looked at
 * @property {number} states that were looked for
 * @property {Map<string, string[]>} faults by file
 */

/**
 * Looks at the trace of each of `listings` of which the table of states knows one.
 *
 * @param {string} results
 * @param {readonly Listing[]} listings
 * @returns {Promise<SeenStates>}
 */
export async function unseenStates(results, listings) {
  const { module } = await runnerImport(join(projectRoot, 'scripts/listings/states/states.ts'), {
    root: projectRoot, configFile: false, logLevel: 'warn',
  });
  const { STATES, unseenIn } = /** @type {StatesModule} */ (module);
  /** @type {SeenStates} */
  const seen = { listings: 0, states: 0, faults: new Map() };
  for (const listing of listings) {
    const known = STATES[listing.file];
    if (!known) continue;
    const unknown = Object.keys(known).filter((state) => !listing.states.includes(state));
    if (unknown.length > 0) throw new Error(`${listing.file} has no state "${unknown.join('", "')}" in its manifest`);
    const path = join(results, `${resultName(listing.file)}.trace.json`);
    const faults = existsSync(path) ? unseenIn(readFileSync(path, 'utf8'), known) : ['it left no trace'];
    if (faults.length > 0) seen.faults.set(listing.file, faults);
    seen.listings++;
    seen.states += Object.keys(known).length;
  }
  return seen;
}
