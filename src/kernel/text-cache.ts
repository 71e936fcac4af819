/** A short text of ASCII characters as it lies in a guest's memory: the trace takes it from there. */
export interface TextBytes {
  readonly bytes: Uint8Array;
  readonly at: number;
  /** At most {@link SHORT_TEXT_BYTES}. */
  readonly length: number;
}

export const SHORT_TEXT_BYTES = 64;
/** A power of two. */
const SLOTS = 2048;

/**
 * Numbers of the short texts that this worker has defined in the trace lately, by their bytes: each text has one slot, which
 * it may lose to another. Texts of a guest's memory come by the hundred thousand, most of them once: strings and a map would
 * cost more than the events.
 */
export class TextCache {
  private readonly ids = new Int32Array(SLOTS);
  private readonly lengths = new Uint8Array(SLOTS);
  private readonly texts = new Uint8Array(SLOTS * SHORT_TEXT_BYTES);

  slotOf({ bytes, at, length }: TextBytes): number {
    let hash = 0x811c9dc5;
    for (let i = at; i < at + length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    return (hash ^ (hash >>> 15)) & (SLOTS - 1);
  }

  /** The number of the text, where the slot is its, or 0. */
  find(slot: number, { bytes, at, length }: TextBytes): number {
    if (this.lengths[slot] !== length) return 0;
    const start = slot * SHORT_TEXT_BYTES;
    for (let i = 0; i < length; i++) if (this.texts[start + i] !== bytes[at + i]) return 0;
    return this.ids[slot];
  }

  keep(slot: number, { bytes, at, length }: TextBytes, id: number): void {
    const start = slot * SHORT_TEXT_BYTES;
    for (let i = 0; i < length; i++) this.texts[start + i] = bytes[at + i];
    this.lengths[slot] = length;
    this.ids[slot] = id;
  }
}
