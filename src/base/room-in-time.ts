/** How often, and after how long each, room is looked for again. */
const TRIES = 100;
const PAUSE_MS = 100;

/**
 * What `make` makes; where the browser has no room for it (a RangeError), once it has. What was given up a moment ago may still take
 * the place: a worker that was just ended, a memory that nobody has collected yet. Throws what `make` throws where room does not
 * come within ten seconds.
 */
export async function roomInTime<T>(make: () => T | Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof RangeError) || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
