import {
  EventKindCode,
  RECORD_BYTES,
  RECORD_WORDS,
  valueOfInteger,
  valueOfString,
  type EventKind,
} from '../../protocol/trace-events';

/** An event to write; a text as value is defined before it. */
export interface RecordFields {
  readonly kind: EventKind | number;
  readonly detail?: number;
  readonly extra?: number;
  readonly task?: number;
  readonly time?: number;
  readonly object?: number;
  readonly place?: number;
  readonly other?: number;
  readonly value?: number | string;
}

/** Writes ring records as the kernel does, for tests of what reads them. */
export class RecordWriter {
  private readonly words: number[] = [];
  private readonly ids = new Map<string, number>();

  write(fields: RecordFields): this {
    const {
      kind,
      detail = 0,
      extra = 0,
      task = 0,
      time = 0,
      object = 0,
      place = 0,
      other = 0,
      value,
    } = fields;
    const packed = value === undefined ? 0 : this.packed(value);
    const code = typeof kind === 'number' ? kind : EventKindCode[kind];
    const halves = new Int32Array(new Float64Array([time]).buffer);
    this.words.push(
      code | (detail << 8) | (extra << 16),
      task,
      halves[0],
      halves[1],
      object,
      place,
      other,
      packed,
    );
    return this;
  }

  /** Defines `id` as `text`, whatever it was before. */
  defineText(id: number, text: string): this {
    const bytes = new TextEncoder().encode(text);
    this.write({ kind: 'string', other: id, object: bytes.length });
    const padded = new Uint8Array(Math.ceil(bytes.length / RECORD_BYTES) * RECORD_BYTES);
    padded.set(bytes);
    this.words.push(...new Int32Array(padded.buffer));
    return this;
  }

  file(index: number, name: string): this {
    return this.write({ kind: 'file', other: index, value: name });
  }

  /** What was written since the last call. */
  take(): Int32Array {
    return Int32Array.from(this.words.splice(0));
  }

  /** The same, cut into single records. */
  takeSingly(): Int32Array[] {
    const all = this.take();
    const records: Int32Array[] = [];
    for (let word = 0; word < all.length; word += RECORD_WORDS)
      records.push(all.slice(word, word + RECORD_WORDS));
    return records;
  }

  private packed(value: number | string): number {
    const integer = typeof value === 'number' ? valueOfInteger(value) : undefined;
    if (integer !== undefined) return integer;
    const text = String(value);
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.ids.size + 1;
      this.ids.set(text, id);
      this.defineText(id, text);
    }
    return valueOfString(id);
  }
}
