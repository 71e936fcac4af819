// @ts-check
/** All listings in one browser, several at a time. */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { MachineSession } from '../../cli/machine-session.mjs';
import { judge } from './judge.mjs';
import { readListings } from './manifest.mjs';
import { reportListings } from './report.mjs';
import { runListing } from './run-listing.mjs';
import { unseenStates } from './seen-states.mjs';
import { Turns } from './turns.mjs';

/**
 * @typedef {import('./manifest.mjs').Listing} Listing
 * @typedef {import('./report.mjs').ListingsResult} ListingsResult
 *
 * @typedef {object} ListingsOptions
 * @property {string} folder of the listings
 * @property {string} results where NAME.out, NAME.err, NAME.rc and NAME.trace.json of each go
 * @property {readonly string[]} prefixes which listings; all where there is none
 * @property {number} [jobs] how many at a time
 * @property {'real' | 'virtual'} clock
 * @property {AbortSignal} signal
 */

/** Programs that mostly sleep: a few more than there are cores, and not so many that they come too late to each other. */
function defaultJobs() {
  return Math.min(4, availableParallelism() + 1);
}

/**
 * Runs listings, prints a line for each that has ended, and judges them. The page must be built.
 *
 * @param {ListingsOptions} options
 * @returns {Promise<ListingsResult>}
 */
export async function runListings({ folder, results, prefixes, jobs = defaultJobs(), clock, signal }) {
  const listings = readListings(folder, prefixes);
  mkdirSync(results, { recursive: true });

  const session = await MachineSession.open();
  try {
    const runSome = async (/** @type {Turns} */ turns) => {
      for (let listing = await turns.take(); listing && !signal.aborted; listing = await turns.take()) {
        const began = performance.now();
        const status = await runListing(session, folder, results, listing, clock, signal);
        turns.giveBack(listing);
        console.log(`${listing.file}: exit status ${status} after ${((performance.now() - began) / 1000).toFixed(1)} s`);
      }
    };
    // Those that print how long they took run alone: beside others they would measure these.
    const together = new Turns(listings.filter(({ timing }) => timing !== 'values'));
    await Promise.all(Array.from({ length: jobs }, () => runSome(together)));
    await runSome(new Turns(listings.filter(({ timing }) => timing === 'values')));
    // Listings sleep in order to come before one another, and check.py's own runs had the machine to themselves. What went
    // wrong beside others is run once more alone, and that counts.
    const { faults } = await judged(folder, results, listings, prefixes);
    const again = listings.filter((listing) => faults.has(listing.file));
    if (again.length > 0) console.log(`\nonce more, alone: ${again.map(({ file }) => file).join(', ')}`);
    await runSome(new Turns(again));
  } finally {
    await session.close();
  }
  return judgeListings(folder, results, prefixes);
}

/**
 * Judges what is in `results` already and prints what is wrong.
 *
 * @param {string} folder
 * @param {string} results
 * @param {readonly string[]} prefixes
 * @returns {Promise<ListingsResult>}
 */
export async function judgeListings(folder, results, prefixes) {
  const listings = readListings(folder, prefixes);
  const { faults, seen } = await judged(folder, results, listings, prefixes);
  const { lines, result } = reportListings(listings, faults);
  console.log(['', ...lines, '', `the traces of ${seen.listings} listings were searched for ${seen.states} of their states`].join('\n'));
  return result;
}

/**
 * What is wrong with each listing, by file, and how much was looked for in the traces.
 *
 * @param {string} folder
 * @param {string} results
 * @param {readonly Listing[]} listings
 * @param {readonly string[]} prefixes
 */
async function judged(folder, results, listings, prefixes) {
  /** @type {Map<string, string[]>} */
  const faults = new Map();
  for (const [file, reasons] of judge(folder, results, prefixes)) faults.set(file, [...reasons]);
  const seen = await unseenStates(results, listings);
  for (const [file, reasons] of seen.faults) faults.set(file, [...(faults.get(file) ?? []), ...reasons]);
  return { faults, seen };
}
