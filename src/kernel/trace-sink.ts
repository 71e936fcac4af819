import type { StringId } from '../protocol/ids';
import {
  EVENT_KINDS, EventKindCode, RECORD_BYTES, RECORD_WORDS, valueOfInteger, valueOfString, type EventKind,
} from '../protocol/trace-events';
import { sleepOnWord, sleepOnWordAsync, wakeWord } from './futex';
import type { Kernel } from './kernel';
import {
  EVENT_BREAK_COUNT, MAX_TEXT_BYTES, NEXT_STRING_ID, RING, RING_BELL, RING_HEAD, RING_HEADROOM, RING_MASK, RING_RECORDS, RING_TAIL,
  RUN_STATE, RunState,
} from './layout';
import { noteEvent } from './sched/event-breaks';
import { TextCache, type TextBytes } from './text-cache';

/**
 * Appends events to the ring that the recorder drains. Callers hold the kernel lock, so the order of records is the
 * order of what happened. `Kernel.lock` has made sure that there is room: an event is never dropped.
 */

/** Recorded even when tracing is off: what a reader must be shown of any run. */
const ALWAYS = new Set<EventKind>([
  'string', 'file', 'task-new', 'task-exit', 'task-reap', 'output', 'input', 'finding', 'panic', 'run-end',
]);
const always = Uint8Array.from(EVENT_KINDS, (kind) => (ALWAYS.has(kind) ? 1 : 0));

/** Records one event about the current task. */
export function emit(k: Kernel, kind: number, object: number, other: number, value: number, detail = 0): void {
  emitFor(k, kind, k.currentTid, object, other, value, detail);
}

/** Records one event about any task; `extra` is 16 bits. */
export function emitFor(
  k: Kernel, kind: number, task: number, object: number, other: number, value: number, detail = 0, extra = 0,
): void {
  if (k.words[EVENT_BREAK_COUNT] !== 0) noteEvent(k, kind, task, object, detail);
  if (k.tracing || always[kind] === 1) append(k, kind | (detail << 8) | (extra << 16), task, object, other, value);
}

function append(k: Kernel, head: number, task: number, object: number, other: number, value: number): void {
  const written = k.words[RING_HEAD];
  fill(k, RING + (written & RING_MASK) * RECORD_WORDS, head, task, object, other, value);
  publish(k, written + 1);
}

function fill(k: Kernel, at: number, head: number, task: number, object: number, other: number, value: number): void {
  const { words } = k;
  words[at] = head;
  words[at + 1] = task;
  k.doubles[(at + 2) >> 1] = k.scheduler.now(k);
  words[at + 4] = object;
  words[at + 5] = k.place;
  words[at + 6] = other;
  words[at + 7] = value;
}

/** A worker forgets its texts when it knows so many: values that never come again would fill its memory. */
const MOST_INTERNED = 1 << 14;

/** The number of an interned text, defined in the trace at its first use by this worker. Long texts are cut. */
export function internString(k: Kernel, text: string): StringId {
  const known = k.strings.get(text);
  if (known !== undefined) return known as StringId;
  const id = defineString(k, text);
  if (k.strings.size === MOST_INTERNED) k.strings.clear();
  k.strings.set(text, id);
  return id;
}

/** A value word for a text: `emit(k, kind, object, other, textValue(k, name))`. '' is none. */
export function textValue(k: Kernel, text: string): number {
  return text === '' ? 0 : valueOfString(internString(k, text));
}

/** A value word for a number that may not fit: large ones become text. */
export function numberValue(k: Kernel, number: number): number {
  const packed = Number.isInteger(number) ? valueOfInteger(number) : undefined;
  return packed ?? textValue(k, String(number));
}

/** What the trace shows of a value: a number, or a short text such as its `repr`; '' for nothing. */
export type Preview = number | string | TextBytes;

export function previewWord(k: Kernel, preview: Preview): number {
  if (typeof preview === 'number') return numberValue(k, preview);
  return typeof preview === 'string' ? textValue(k, preview) : textBytesValue(k, preview);
}

function textBytesValue(k: Kernel, text: TextBytes): number {
  if (text.length === 0) return 0;
  const cache = (k.texts ??= new TextCache());
  const slot = cache.slotOf(text);
  let id = cache.find(slot, text);
  if (id === 0) {
    id = defineBytes(k, text.bytes, text.at, text.length);
    cache.keep(slot, text, id);
  }
  return valueOfString(id);
}

const textEncoder = new TextEncoder();
/** The text that is being defined, in UTF-8. */
const encoded = new Uint8Array(MAX_TEXT_BYTES);

/** Defines a text that will not come again, such as a line of output. At most {@link MAX_TEXT_BYTES} bytes are kept. */
export function defineString(k: Kernel, text: string): StringId {
  // Whole characters only.
  return defineBytes(k, encoded, 0, textEncoder.encodeInto(text, encoded).written);
}

function defineBytes(k: Kernel, source: Uint8Array, from: number, length: number): StringId {
  const { words, bytes } = k;
  const id = words[NEXT_STRING_ID];
  words[NEXT_STRING_ID] = id + 1;
  let written = words[RING_HEAD];
  fill(k, RING + (written & RING_MASK) * RECORD_WORDS, EventKindCode.string, 0, length, id, 0);
  written++;
  for (let offset = 0; offset < length; written++) {
    const at = (RING + (written & RING_MASK) * RECORD_WORDS) * 4;
    const count = Math.min(RECORD_BYTES, length - offset);
    for (let i = 0; i < count; i++) bytes[at + i] = source[from + offset++];
  }
  publish(k, written);
  return id as StringId;
}

/** Shows the recorder what was written, and wakes it when the ring is half full: until then it looks by itself. */
function publish(k: Kernel, written: number): void {
  const { words } = k;
  const before = words[RING_HEAD];
  Atomics.store(words, RING_HEAD, written);
  const tail = words[RING_TAIL]; // where it was seen late the bell is rung early
  const half = RING_RECORDS >> 1;
  if (((written - tail) | 0) >= half && ((before - tail) | 0) < half) ringBell(words, RING_BELL);
}

export function ringBell(words: Int32Array, bell: number): void {
  Atomics.add(words, bell, 1);
  wakeWord(words, bell, 1);
}

/** A plain load, for it is asked at each operation: where the tail is seen late there is more room than it says. */
export function hasHeadroom(k: Kernel): boolean {
  const used = (k.words[RING_HEAD] - k.words[RING_TAIL]) | 0;
  return used <= RING_RECORDS - RING_HEADROOM;
}

/** The same without blocking. At once where the run is over: then the recorder has gone, and few events are to come. */
export async function waitForHeadroomAsync(k: Kernel): Promise<void> {
  const tail = Atomics.load(k.words, RING_TAIL);
  if (hasHeadroom(k) || Atomics.load(k.words, RUN_STATE) !== RunState.Running) return;
  ringBell(k.words, RING_BELL);
  await sleepOnWordAsync(k.words, RING_TAIL, tail, 100);
}

/**
 * Sleeps, without the kernel lock, until the recorder has drained something. The tail is read before the test, so a
 * drain between the two changes the word and the sleep returns at once.
 */
export function waitForHeadroom(k: Kernel): void {
  const tail = Atomics.load(k.words, RING_TAIL);
  if (hasHeadroom(k)) return;
  ringBell(k.words, RING_BELL);
  sleepOnWord(k.words, RING_TAIL, tail, 100);
}
