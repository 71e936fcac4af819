// @ts-check

/** @typedef {'stdout' | 'stderr'} Stream */

/** What programs write at the same time, a whole line at a time, each behind the name of its program. */
export class LabelledOutput {
  #labels;
  #write;
  /** What has been written of a line. @type {Map<string, { label: string, stream: Stream, text: string }>} */
  #open = new Map();

  /** @param {readonly string[]} names of the programs @param {(stream: Stream, text: string) => void} write */
  constructor(names, write) {
    const width = Math.max(0, ...names.map((name) => name.length));
    this.#labels = names.map((name) => `${name.padEnd(width)} | `);
    this.#write = write;
  }

  /** @param {number} program @param {Stream} stream @param {string} text */
  write(program, stream, text) {
    const label = this.#labels[program] ?? '';
    const key = `${program} ${stream}`;
    const lines = ((this.#open.get(key)?.text ?? '') + text).split('\n');
    const rest = lines.pop() ?? '';
    if (lines.length > 0) this.#write(stream, lines.map((line) => `${label}${line}\n`).join(''));
    if (rest === '') this.#open.delete(key);
    else this.#open.set(key, { label, stream, text: rest });
  }

  /** The programs write no more: what they left of a line is a line. */
  end() {
    for (const { label, stream, text } of this.#open.values()) this.#write(stream, `${label}${text}\n`);
    this.#open.clear();
  }
}
