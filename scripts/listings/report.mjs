// @ts-check
/** What is said at the end of a run of the listings. */

/**
 * @typedef {import('./manifest.mjs').Listing} Listing
 *
 * @typedef {object} ListingsResult
 * @property {number} passed
 * @property {number} failed
 * @property {readonly import('../failures.mjs').Failure[]} failures
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
  /** @type {import('../failures.mjs').Failure[]} */
  const failures = [];
  for (const listing of listings) {
    const reasons = faults.get(listing.file) ?? [];
    if (reasons.length === 0) continue;
    failures.push({ name: listing.file, error: reasons.join('\n') });
    lines.push(listing.file, ...reasons.slice(0, MOST_REASONS).map((reason) => `    ${shorten(reason)}`));
    if (reasons.length > MOST_REASONS) lines.push(`    and ${reasons.length - MOST_REASONS} more`);
  }
  return { lines, result: { passed: listings.length - failures.length, failed: failures.length, failures } };
}

/** @param {string} reason */
function shorten(reason) {
  return reason.length > REASON_LENGTH ? `${reason.slice(0, REASON_LENGTH - 1)}…` : reason;
}
