// @ts-check

const LOOK_MS = 500;

/** How far it is, on standard error: one line that changes where somebody looks, else a line now and then. */
export class ProgressLine {
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #last = '';
  #shown = 0;

  /** Asks now and then how far it is. @param {() => Promise<string>} ask */
  follow(ask) {
    const look = () => {
      void ask().then((sentence) => this.show(sentence), () => undefined);
      this.#timer = setTimeout(look, LOOK_MS);
    };
    this.#timer = setTimeout(look, LOOK_MS);
  }

  /** @param {string} sentence */
  show(sentence) {
    if (sentence === '' || sentence === this.#last) return;
    this.#last = sentence;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${sentence}`);
    // Every ten seconds.
    else if (this.#shown++ % 20 === 0) process.stderr.write(`weft: ${sentence}\n`);
  }

  end() {
    clearTimeout(this.#timer);
    if (process.stderr.isTTY && this.#last !== '') process.stderr.write('\r\x1b[K');
    this.#last = '';
  }
}
