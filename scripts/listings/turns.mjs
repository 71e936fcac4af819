// @ts-check

/** @typedef {import('./manifest.mjs').Listing} Listing */

/**
 * Gives out listings to those who run them at the same time: the longest first, so that none is left running alone at
 * the end, and never two that share a port.
 */
export class Turns {
  /** @type {Listing[]} */
  #waiting;
  /** @type {Set<number>} */
  #portsInUse = new Set();
  /** @type {(() => void)[]} */
  #idle = [];

  /** @param {readonly Listing[]} listings */
  constructor(listings) {
    this.#waiting = [...listings].sort((a, b) => runSeconds(b) - runSeconds(a));
  }

  /**
   * The next listing to run, when there is one whose ports are free; undefined when none is left. Who takes one must
   * give it back.
   *
   * @returns {Promise<Listing | undefined>}
   */
  async take() {
    while (this.#waiting.length > 0) {
      const index = this.#waiting.findIndex(({ ports = [] }) => !ports.some((port) => this.#portsInUse.has(port)));
      if (index >= 0) {
        const [listing] = this.#waiting.splice(index, 1);
        for (const port of listing.ports ?? []) this.#portsInUse.add(port);
        return listing;
      }
      // All that wait want a port of one that runs: its end wakes us.
      await new Promise((resolve) => this.#idle.push(() => resolve(undefined)));
    }
    return undefined;
  }

  /** @param {Listing} listing that has been run */
  giveBack({ ports = [] }) {
    for (const port of ports) this.#portsInUse.delete(port);
    for (const wake of this.#idle.splice(0)) wake();
  }
}

/**
 * How long a listing runs on CPython, in seconds.
 *
 * @param {Listing} listing
 */
export function runSeconds({ ends, seconds, stop_after: stopAfter }) {
  return (ends ? seconds : stopAfter) ?? 0;
}

/**
 * After how many seconds a listing is stopped: one that never ends after the time its manifest gives; one that should
 * end when it has taken so long that it hangs.
 *
 * @param {Listing} listing
 */
export function stopSeconds(listing) {
  if (!listing.ends && listing.stop_after !== undefined) return listing.stop_after;
  return listing.may_block ? 10 + runSeconds(listing) : 30 + 4 * runSeconds(listing);
}
