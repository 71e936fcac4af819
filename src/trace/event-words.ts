import { EVENT_KINDS } from '../protocol/trace-events';
import { DEFINITIONS, detailWordsByCode } from './trace-format';

const QUOTE = 0x22;
/** A power of two, and many times the words there are. */
const SLOTS = 4096;

/** The words of the format, kinds of events and their details, found by their bytes in quotation marks. */
export class EventWords {
  /** Behind the word that was looked at last. */
  end = 0;
  private readonly words: Uint8Array[] = [];
  /** Numbers of words by their hash, one above; 0 is an empty slot. */
  private readonly slots = new Uint16Array(SLOTS);
  /** By the number of a word: the code of the kind, one above. */
  private readonly kinds = new Uint8Array(SLOTS);
  /** By the code of a kind: its details by the number of a word, one above. */
  private readonly details: Uint8Array[] = [];

  constructor() {
    EVENT_KINDS.forEach((kind, code) => {
      if (!DEFINITIONS.includes(kind)) this.kinds[this.add(kind)] = code + 1;
      const details = new Uint8Array(SLOTS);
      // Of a word that stands there twice the first counts.
      detailWordsByCode[code]?.forEach((word, detail) => (details[this.add(word)] ||= detail + 1));
      this.details.push(details);
    });
  }

  /** The code of the kind whose name begins at `at`, with its quotation mark. */
  kindAt(bytes: Uint8Array, at: number): number | undefined {
    const word = this.wordAt(bytes, at);
    return word === undefined || this.kinds[word] === 0 ? undefined : this.kinds[word] - 1;
  }

  /** The code of the detail of a kind whose name begins at `at`. */
  detailAt(kind: number, bytes: Uint8Array, at: number): number | undefined {
    const word = this.wordAt(bytes, at);
    return word === undefined || this.details[kind][word] === 0 ? undefined : this.details[kind][word] - 1;
  }

  private wordAt(bytes: Uint8Array, at: number): number | undefined {
    if (bytes[at] !== QUOTE) return undefined;
    let hash = 0;
    let end = at + 1;
    for (; end < bytes.length && bytes[end] !== QUOTE; end++) hash = (Math.imul(hash, 31) + bytes[end]) | 0;
    this.end = end + 1;
    for (let slot = hash & (SLOTS - 1); this.slots[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
      const number = this.slots[slot] - 1;
      if (isAt(this.words[number], bytes, at + 1, end)) return number;
    }
    return undefined;
  }

  private add(word: string): number {
    const bytes = new TextEncoder().encode(`"${word}"`);
    const known = this.wordAt(bytes, 0);
    if (known !== undefined) return known;
    const own = bytes.subarray(1, -1);
    const number = this.words.push(own) - 1;
    let hash = 0;
    for (const byte of own) hash = (Math.imul(hash, 31) + byte) | 0;
    let slot = hash & (SLOTS - 1);
    while (this.slots[slot] !== 0) slot = (slot + 1) & (SLOTS - 1);
    this.slots[slot] = number + 1;
    return number;
  }
}

function isAt(word: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== word.length) return false;
  for (let index = 0; index < word.length; index++) if (bytes[from + index] !== word[index]) return false;
  return true;
}
