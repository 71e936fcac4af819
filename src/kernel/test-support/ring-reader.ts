import { EVENT_KINDS, EventKindCode, RECORD_BYTES, RECORD_WORDS, valueIsInteger, type EventKind } from '../../protocol/trace-events';
import { RING, RING_HEAD, RING_MASK, RING_TAIL } from '../layout';

/** One record of the ring, with its text looked up. */
export interface RecordedEvent {
  readonly kind: EventKind;
  readonly detail: number;
  readonly extra: number;
  readonly task: number;
  readonly time: number;
  readonly object: number;
  readonly place: number;
  readonly other: number;
  readonly value: number | string | undefined;
}

/** Drains the ring as the recorder does, and decodes it: the kernel's tests may not use the trace's own reader. */
export class RingReader {
  private readonly texts = new Map<number, string>();
  private readonly words: Int32Array;
  private readonly bytes: Uint8Array;
  private readonly doubles: Float64Array;

  constructor(memory: ArrayBufferLike) {
    this.words = new Int32Array(memory);
    this.bytes = new Uint8Array(memory);
    this.doubles = new Float64Array(memory);
  }

  /** Events written since the last time, definitions left out. */
  drain(): RecordedEvent[] {
    const { words } = this;
    const head = Atomics.load(words, RING_HEAD);
    const events: RecordedEvent[] = [];
    // Counts of records: they overflow, so only their difference and their low bits mean something.
    let at = words[RING_TAIL];
    while (((head - at) | 0) > 0) {
      const word = wordOf(at++);
      const kind = words[word] & 0xff;
      if (kind === EventKindCode.string) {
        const length = words[word + 4];
        const text = new Uint8Array(length);
        for (let done = 0; done < length; done += RECORD_BYTES, at++) {
          const start = wordOf(at) * 4;
          text.set(this.bytes.subarray(start, start + Math.min(RECORD_BYTES, length - done)), done);
        }
        this.texts.set(words[word + 6], new TextDecoder('utf-8', { fatal: true }).decode(text));
      } else {
        events.push(this.eventAt(word));
      }
    }
    Atomics.store(words, RING_TAIL, head);
    return events;
  }

  private eventAt(word: number): RecordedEvent {
    const { words } = this;
    const head = words[word];
    return {
      kind: EVENT_KINDS[head & 0xff],
      detail: (head >>> 8) & 0xff,
      extra: head >>> 16,
      task: words[word + 1],
      time: this.doubles[(word + 2) >> 1],
      object: words[word + 4],
      place: words[word + 5],
      other: words[word + 6],
      value: this.valueOf(words[word + 7]),
    };
  }

  private valueOf(packed: number): number | string | undefined {
    if (packed === 0) return undefined;
    return valueIsInteger(packed) ? packed >> 1 : (this.texts.get(packed >>> 1) ?? `undefined text ${packed >>> 1}`);
  }
}

function wordOf(record: number): number {
  return RING + (record & RING_MASK) * RECORD_WORDS;
}
