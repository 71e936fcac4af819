import { expose, transfer } from 'comlink';
import { drainRing } from '../kernel/drain-ring';
import { sleepOnWord } from '../kernel/futex';
import { RING_BELL, RUN_STATE, RunState } from '../kernel/layout';

/**
 * The recorder: drains the ring of trace records and sends them to the page. A worker of its own, so that no program
 * ever waits for the page to draw: a full ring is emptied however busy the page is.
 */

/** How often the page gets what was written. */
const INTERVAL_MS = 16;

export interface Recorder {
  /** Answers once its code runs. */
  ready(): void;
  /**
   * Records until the run has ended and the ring is empty. `deliver` gets whole records; the array is its to keep.
   * Answers how often it was called.
   */
  record(memory: SharedArrayBuffer, deliver: (records: Int32Array) => void): number;
}

const recorder: Recorder = {
  ready: () => undefined,
  record(memory, deliver) {
    const words = new Int32Array(memory);
    for (let deliveries = 0; ; ) {
      const bell = Atomics.load(words, RING_BELL);
      // Read before the ring: what was written before the end is drained in this turn or an earlier one.
      const over = Atomics.load(words, RUN_STATE) !== RunState.Running;
      const records = drainRing(words);
      if (records.length > 0) {
        deliver(transfer(records, [records.buffer]));
        deliveries++;
      }
      if (over) return deliveries;
      sleepOnWord(words, RING_BELL, bell, INTERVAL_MS);
    }
  },
};

expose(recorder);
