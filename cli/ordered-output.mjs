// @ts-check

/**
 * Lets several programs write at the same time and passes on what they write one program after the other: that of the
 * first that has not ended goes through at once, that of those behind it is kept until their turn.
 */
export class OrderedOutput {
  /** @type {{ kept: [stream: Stream, text: string][], ended: boolean }[]} */
  #programs;
  #turn = 0;
  #write;

  /**
   * @typedef {'stdout' | 'stderr'} Stream
   * @param {number} count of programs
   * @param {(stream: Stream, text: string) => void} write
   */
  constructor(count, write) {
    this.#programs = Array.from({ length: count }, () => ({ kept: [], ended: false }));
    this.#write = write;
  }

  /** @param {number} index of the program @param {Stream} stream @param {string} text */
  write(index, stream, text) {
    if (index === this.#turn) this.#write(stream, text);
    else this.#programs[index]?.kept.push([stream, text]);
  }

  /** The program writes no more. @param {number} index */
  end(index) {
    const program = this.#programs[index];
    if (program) program.ended = true;
    while (this.#programs[this.#turn]?.ended) {
      this.#turn++;
      for (const [stream, text] of this.#programs[this.#turn]?.kept.splice(0) ?? []) this.#write(stream, text);
    }
  }
}
