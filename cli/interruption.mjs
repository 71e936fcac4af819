// @ts-check
import { EXIT_SIGNAL } from './exit-status.mjs';

const SIGNALS = /** @type {const} */ ({ SIGINT: 2, SIGTERM: 15, SIGHUP: 1 });
const SIGPIPE = 13;

/** Told to stop from outside: by a signal, or by a reader of our output that has gone. */
export class Interruption {
  #controller = new AbortController();
  signal = this.#controller.signal;
  /** @type {number | undefined} */
  status;

  constructor() {
    for (const [name, number] of Object.entries(SIGNALS)) {
      process.on(name, () => {
        // Who asks a second time does not want to wait.
        if (this.status !== undefined) process.exit(EXIT_SIGNAL + number);
        this.#interrupt(EXIT_SIGNAL + number);
      });
    }
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('error', () => this.#interrupt(EXIT_SIGNAL + SIGPIPE));
    }
  }

  /** @param {number} status */
  #interrupt(status) {
    this.status ??= status;
    this.#controller.abort();
  }
}
