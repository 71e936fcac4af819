import { valueIsInteger, valueOfString } from '../protocol/trace-events';

/** A power of two. */
const FEWEST_PLACES = 1024;

/**
 * The texts of a trace. Writers of a trace number texts as they like and may give a number a new meaning
 * later; here each text has one number, given in the order of first use in an event, so that two traces with
 * the same events have the same columns however they were written.
 *
 * A program that prints brings hundreds of thousands of texts a second, mostly new ones, while the page draws. A Map of them takes
 * three to six times as long as the table here, and then Stop waits for the page to have read all.
 */
export class TextTable {
  /** The text of each number; number 0 means none. */
  readonly texts: string[] = [''];
  /** Numbers of texts, each at a place that follows from its text or in the next free one; 0 where there is none. */
  private places = new Int32Array(FEWEST_PLACES);
  /** The hash of each text, by number. */
  private hashes = new Int32Array(FEWEST_PLACES);
  /** What a writer's number stands for now. */
  private readonly defined: (string | undefined)[] = [];
  /** Our number for a writer's number, 0 before its first use. */
  private readonly known: number[] = [];

  /** A writer says that from now on its number `id` stands for `text`. */
  define(id: number, text: string): void {
    this.defined[id] = text;
    this.known[id] = 0;
  }

  /** The text a writer's number stands for, if it was defined. */
  definition(id: number): string | undefined {
    return this.defined[id];
  }

  /** Our number for `text`. */
  intern(text: string): number {
    const hash = hashOf(text);
    const mask = this.places.length - 1;
    let place = hash & mask;
    for (let number = this.places[place]; number !== 0; number = this.places[place]) {
      if (this.hashes[number] === hash && this.texts[number] === text) return number;
      place = (place + 1) & mask;
    }
    const next = this.texts.length;
    this.texts.push(text);
    this.places[place] = next;
    this.hashes[next] = hash;
    // At most half full: few texts are looked at before a free place is found.
    if (next * 2 >= this.places.length) this.grow();
    return next;
  }

  private grow(): void {
    const places = new Int32Array(this.places.length * 2);
    const mask = places.length - 1;
    for (let number = 1; number < this.texts.length; number++) {
      let place = this.hashes[number] & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = number;
    }
    const hashes = new Int32Array(places.length);
    hashes.set(this.hashes);
    this.places = places;
    this.hashes = hashes;
  }

  /**
   * A writer's value word with our number in place of its own. A number never defined becomes the text `?`.
   */
  translate(value: number): number {
    if (value === 0 || valueIsInteger(value)) return value;
    const id = value >>> 1;
    const known = this.known[id];
    if (known !== undefined && known !== 0) return valueOfString(known);
    const text = this.defined[id];
    const number = this.intern(text ?? '?');
    if (text !== undefined) this.known[id] = number;
    return valueOfString(number);
  }
}

/** FNV-1a over the text's code units, with its high bits folded into the low ones that choose a place. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 12);
}
