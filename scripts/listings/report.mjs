// @ts-check
/** What is said at the end of a run of the listings. */
import { missingFacility } from './facilities.mjs';

/**
 * @typedef {import('./manifest.mjs').Listing} Listing
 *
 * @typedef {object} ListingsResult
 * @property {number} passed
 * @property {number} failed those that should have passed
 * @property {Pending[]} pending those that failed for want of a facility
 *
 * @typedef {{ file: string, facility: string, reason: string }} Pending
 */

const REASON_LENGTH = 240;
const MOST_REASONS = 8;

/**
 * @param {readonly Listing[]} listings
 * @param {ReadonlyMap<string, readonly string[]>} faults by file
 * @returns {{ lines: string[], result: ListingsResult }}
 */
export function reportListings(listings, faults) {
  /** @type {string[]} */
  const lines = [];
  /** @type {Pending[]} */
  const pending = [];
  let failed = 0;
  for (const listing of listings) {
    const reasons = faults.get(listing.file) ?? [];
    if (reasons.length === 0) continue;
    const facility = missingFacility(listing);
    if (facility) {
      pending.push({ file: listing.file, facility, reason: reasons[0] });
      continue;
    }
    failed++;
    lines.push(listing.file, ...reasons.slice(0, MOST_REASONS).map((reason) => `    ${shorten(reason)}`));
    if (reasons.length > MOST_REASONS) lines.push(`    and ${reasons.length - MOST_REASONS} more`);
  }
  if (pending.length > 0) {
    lines.push('', `${pending.length} rest on what is not built yet and do not count:`);
    for (const { file, facility, reason } of pending) lines.push(`  ${file} (${facility}): ${shorten(reason)}`);
  }
  return { lines, result: { passed: listings.length - failed - pending.length, failed, pending } };
}

/** @param {string} reason */
function shorten(reason) {
  return reason.length > REASON_LENGTH ? `${reason.slice(0, REASON_LENGTH - 1)}…` : reason;
}
