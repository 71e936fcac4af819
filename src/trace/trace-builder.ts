import { assert } from '../base/assert';
import {
  EVENT_KINDS,
  EventKindCode,
  RECORD_BYTES,
  RECORD_WORDS,
  valueIsInteger,
  valueOfString,
} from '../protocol/trace-events';
import { COLUMN_NAMES, growColumns, viewColumns, type EventColumns } from './growing-columns';
import { TextTable } from './text-table';
import type { Trace, TraceHeader } from './trace';

/** One event by its fields, for readers of files and for tests; `value` is a value word of this trace. */
export interface EventFields {
  readonly kind: number;
  readonly detail: number;
  readonly extra: number;
  readonly task: number;
  readonly time: number;
  readonly object: number;
  readonly place: number;
  readonly other: number;
  readonly value: number;
}

/** What a watcher needs of the texts and files of the run. */
export interface Texts {
  readonly files: readonly string[];
  /** The text of a value word. */
  textOf(value: number): string;
  /** A value word for a text. */
  valueOf(text: string): number;
}

/** Sees each event of a run when it is recorded, and may have others to put behind it: findings. */
export interface EventWatcher {
  /** The event is in row `row`. What is answered comes right behind it, or before it where it is the end of the run. */
  watch(columns: EventColumns, row: number, texts: Texts): readonly EventFields[];
}

const { none, string, file } = EventKindCode;
const RUN_END = EventKindCode['run-end'];
const FIRST_CAPACITY = 4096;
/** More bytes than any text of a run has; a longer one means that what is read are not records. */
const TEXT_LIMIT = 1 << 28;

/**
 * Collects the records of a run into the columns of a {@link Trace}. Sits behind every message a program
 * sends, so {@link append} allocates nothing for an event: columns double when they are full, and a snapshot
 * is a view of them.
 */
export class TraceBuilder implements Texts {
  /** Number of events so far; definitions of texts and files are not events. */
  length = 0;
  /** Records left out because their kind is unknown here: a newer writer, or damage. */
  unknownRecords = 0;

  private columns: EventColumns = growColumns(undefined, 0, FIRST_CAPACITY);
  private capacity = FIRST_CAPACITY;
  private lastTime = 0;
  private ended = false;
  private readonly texts = new TextTable();
  readonly files: string[] = [];
  /** The text whose bytes are being read, perhaps over several appends. */
  private openText: { readonly id: number; readonly bytes: Uint8Array; filled: number } | undefined;
  private readonly decoder = new TextDecoder();

  /** `watcher` sees what is appended as records: the events of a file have been seen by one. */
  constructor(private readonly header: Omit<TraceHeader, 'open'>, private readonly watcher?: EventWatcher) {}

  /** Appends whole ring records (see protocol/trace-events.ts). The array may be overwritten afterwards. */
  append(records: Int32Array): void {
    assert(records.length % RECORD_WORDS === 0, `append got ${records.length} words, not whole records`);
    const count = records.length / RECORD_WORDS;
    this.reserve(count);
    const times = timesOf(records);
    let { columns } = this;
    let row = this.length;
    for (let record = 0, word = 0; record < count; record++, word += RECORD_WORDS) {
      if (this.openText !== undefined) {
        this.takeTextBytes(records, word);
        continue;
      }
      const head = records[word];
      const code = head & 0xff;
      if (code <= file) {
        this.define(code, records, word);
        continue;
      }
      if (code >= EVENT_KINDS.length) {
        this.unknownRecords++;
        continue;
      }
      // Clocks of two workers may differ by their rounding; the order of records is the order of the run.
      const now = times[(word >> 1) + 1];
      if (now > this.lastTime && now < Infinity) this.lastTime = now;
      columns.kind[row] = code;
      columns.detail[row] = (head >>> 8) & 0xff;
      columns.extra[row] = head >>> 16;
      columns.task[row] = records[word + 1];
      columns.time[row] = this.lastTime;
      columns.object[row] = records[word + 4];
      columns.place[row] = records[word + 5];
      columns.other[row] = records[word + 6];
      const packed = records[word + 7];
      columns.value[row] = packed === 0 || valueIsInteger(packed) ? packed : this.texts.translate(packed);
      if (code === RUN_END) this.ended = true;
      row++;
      if (this.watcher !== undefined) {
        row = this.showWatcher(this.watcher, row - 1, count - record);
        columns = this.columns;
      }
    }
    this.length = row;
  }

  /** Shows it the event in `row`, with room for `more` after what it answers; the next row. */
  private showWatcher(watcher: EventWatcher, row: number, more: number): number {
    const found = watcher.watch(this.columns, row, this);
    if (found.length === 0) return row + 1;
    const { kind, detail, extra, task, time, object, place, other, value } = this.columns;
    const isEnd = kind[row] === RUN_END;
    const end = {
      kind: RUN_END, detail: detail[row], extra: extra[row], task: task[row], time: time[row], object: object[row],
      place: place[row], other: other[row], value: value[row],
    };
    this.length = isEnd ? row : row + 1;
    this.reserve(found.length + more);
    for (const fields of found) this.addEvent(fields);
    if (isEnd) this.addEvent(end);
    return this.length;
  }

  textOf(value: number): string {
    return valueIsInteger(value) ? String(value >> 1) : (this.texts.texts[value >>> 1] ?? '');
  }

  valueOf(text: string): number {
    return valueOfString(this.internText(text));
  }

  /** Appends one event. Its time is raised to that of the event before where it is less. */
  addEvent(event: EventFields): void {
    this.reserve(1);
    const columns = this.columns;
    const row = this.length++;
    if (event.time > this.lastTime && event.time < Infinity) this.lastTime = event.time;
    columns.kind[row] = event.kind;
    columns.detail[row] = event.detail;
    columns.extra[row] = event.extra;
    columns.task[row] = event.task;
    columns.time[row] = this.lastTime;
    columns.object[row] = event.object;
    columns.place[row] = event.place;
    columns.other[row] = event.other;
    columns.value[row] = event.value;
    if (event.kind === RUN_END) this.ended = true;
  }

  /**
   * Appends the first `count` rows of columns whose times never decrease and whose texts are those of this trace. About
   * `expected` events are to come in all: there is room for them at once.
   */
  appendRows(rows: EventColumns, count: number, expected = 0): void {
    if (count === 0) return;
    if (this.length + count > this.capacity) this.grow(Math.max(this.length + count, expected));
    const added = viewColumns(rows, count);
    for (const name of COLUMN_NAMES) this.columns[name].set(added[name], this.length);
    this.length += count;
    this.lastTime = Math.max(this.lastTime, added.time[count - 1]);
    if (added.kind.includes(RUN_END)) this.ended = true;
  }

  /** The number of `text` for a value word of {@link addEvent}. */
  internText(text: string): number {
    return this.texts.intern(text);
  }

  /** Names the file with number `index` in the places of events. */
  addFile(index: number, name: string): void {
    if (index < 0 || index > 0xfff) return;
    while (this.files.length < index) this.files.push('');
    this.files[index] = name;
  }

  /**
   * The run as far as it is known now. Costs nothing for each event: its columns are views that never change.
   */
  snapshot(): Trace {
    return {
      header: { ...this.header, open: !this.ended },
      length: this.length,
      ...viewColumns(this.columns, this.length),
      strings: this.texts.texts,
      files: this.files,
    };
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.capacity) return;
    let capacity = this.capacity;
    while (capacity < needed) capacity *= 2;
    this.grow(capacity);
  }

  private grow(capacity: number): void {
    this.capacity = capacity;
    this.columns = growColumns(this.columns, this.length, this.capacity);
  }

  private define(code: number, records: Int32Array, word: number): void {
    if (code === none) return;
    const id = records[word + 6];
    if (code === file) {
      const packed = records[word + 7];
      if (!valueIsInteger(packed)) this.addFile(id, this.texts.definition(packed >>> 1) ?? '');
    } else if (code === string) {
      const byteLength = records[word + 4];
      if (id <= 0 || byteLength < 0 || byteLength > TEXT_LIMIT) this.unknownRecords++;
      else if (byteLength === 0) this.texts.define(id, '');
      else this.openText = { id, bytes: new Uint8Array(byteLength), filled: 0 };
    }
  }

  private takeTextBytes(records: Int32Array, word: number): void {
    const text = this.openText;
    if (text === undefined) return;
    const size = Math.min(RECORD_BYTES, text.bytes.length - text.filled);
    text.bytes.set(new Uint8Array(records.buffer, records.byteOffset + word * 4, size), text.filled);
    text.filled += size;
    if (text.filled < text.bytes.length) return;
    this.texts.define(text.id, asciiText(text.bytes) ?? this.decoder.decode(text.bytes));
    this.openText = undefined;
  }
}

/** Texts up to this length are mostly what programs print, and a decoder costs microseconds to begin. */
const SHORT_TEXT = 64;

/** The text of a few bytes that are all ASCII; undefined for any other. */
function asciiText(bytes: Uint8Array): string | undefined {
  if (bytes.length > SHORT_TEXT) return undefined;
  let text = '';
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte >= 0x80) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** The same memory as float64; word `w` of the records is at `w >> 1` where `w` is even. */
function timesOf(records: Int32Array): Float64Array {
  const aligned = records.byteOffset % 8 === 0 ? records : records.slice();
  return new Float64Array(aligned.buffer, aligned.byteOffset, aligned.length >> 1);
}
