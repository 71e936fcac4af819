// @ts-check
/** Facilities of an operating system that Weft's Python has not got yet, and the listings that rest on one. */

/** @typedef {import('./manifest.mjs').Listing} Listing */

/**
 * A facility that is there now loses its row; from then on its listings must pass.
 *
 * @type {readonly (readonly [facility: string, needs: (listing: Listing) => boolean])[]}
 */
const FACILITIES = [
  // A spawn comes from a memory image here, and costs what a copy of the fork server costs.
  ['a spawn slower than the other start methods', uses(/get_all_start_methods/)],
  // It prints 0.9 s for three forks, joins and sleeps of 0.3 s: 16 ms for each fork and join, which take 11 to 17 ms here.
  ['three forks and joins within 50 ms', ({ file }) => file === '003-05-process-join-serial.py'],
  // Its four processes stay for 0.1 s. A fork that finds no worker booted takes 0.3 s, and a page keeps two of them ready.
  ['four forks within 100 ms', ({ file }) => file === '003-10-mutex.py'],
];

/**
 * The facility that a listing waits for; undefined where it must pass.
 *
 * @param {Listing} listing
 * @returns {string | undefined}
 */
export function missingFacility(listing) {
  return FACILITIES.find(([, needs]) => needs(listing))?.[0];
}

/** @param {RegExp} pattern @returns {(listing: Listing) => boolean} */
function uses(pattern) {
  return ({ apis }) => apis.some((api) => pattern.test(api));
}
