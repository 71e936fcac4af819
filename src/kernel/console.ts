import { DONE, EOF } from '../protocol/errno';
import { NO_OBJECT } from '../protocol/ids';
import { EventKindCode, valueOfString } from '../protocol/trace-events';
import { BlockReasonCode } from '../protocol/words';
import { chainBytes, chainPush, chainShift } from './ipc/chain';
import type { Kernel } from './kernel';
import { INPUT_CHAIN, INPUT_CLOSED, INPUT_SINCE, INPUT_WAITERS, MAX_TEXT_BYTES } from './layout';
import { defineString, emit, emitFor } from './trace-sink';
import { waitOn, wakeAll, wakeOne, wasWoken } from './wait-queue';

/** What programs print, and the lines that the reader types for them. */

export const STDOUT = 1;
export const STDERR = 2;

/** A text of this many UTF-16 units fits into one record however it is encoded. */
const PIECE_UNITS = MAX_TEXT_BYTES / 4;

/** Prints `text` (with its own line ends) to {@link STDOUT} or {@link STDERR}; long texts in several events. */
export function writeOutput(k: Kernel, stream: number, text: string): number {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(start + PIECE_UNITS, text.length);
    // Not between the halves of a surrogate pair.
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
    k.enter();
    emit(k, EventKindCode.output, NO_OBJECT, 0, valueOfString(defineString(k, text.slice(start, end))), stream);
    k.leave(DONE);
    start = end;
  }
  return DONE;
}

/** Waits for a line from the reader and takes its UTF-8 bytes into scratch; `k.result` is their number. EOF at the end. */
export function readInput(k: Kernel, deadline: number): number {
  k.enter();
  // In virtual time a line that is there already is waited for too: when it came must make no difference.
  const comesFirst = k.virtual && !wasWoken(k, INPUT_WAITERS);
  if (chainBytes(k, INPUT_CHAIN) === 0 || comesFirst) {
    if (k.words[INPUT_CLOSED] === 1 && !comesFirst) return k.leave(EOF);
    if (k.virtual && k.words[INPUT_WAITERS] === 0) k.doubles[INPUT_SINCE >> 1] = k.scheduler.now(k);
    return waitOn(k, INPUT_WAITERS, BlockReasonCode.input, 0, deadline);
  }
  k.result = chainShift(k, INPUT_CHAIN);
  const text = new TextDecoder().decode(k.scratch.slice(0, k.result));
  emit(k, EventKindCode.input, NO_OBJECT, 0, valueOfString(defineString(k, text)));
  return k.leave(DONE);
}

/**
 * The reader's line, or null for the end of input. For the machine, which holds the kernel lock. False: no room. In virtual time
 * whoever waits for it is woken by the election, at a moment that does not depend on when it came (sched/reader.ts).
 */
export function giveInput(k: Kernel, line: Uint8Array | null): boolean {
  if (line === null) {
    k.words[INPUT_CLOSED] = 1;
    if (!k.virtual) wakeAll(k, INPUT_WAITERS);
    return true;
  }
  k.growScratch(line.length + 4);
  k.scratch.set(line);
  if (!chainPush(k, INPUT_CHAIN, line.length)) return false;
  if (!k.virtual) wakeOne(k, INPUT_WAITERS);
  return true;
}

const textEncoder = new TextEncoder();

/** A line without its end, or null for the end of input. */
export function giveLine(k: Kernel, line: string | null): boolean {
  return giveInput(k, line === null ? null : textEncoder.encode(`${line}\n`));
}

/** Gives the whole of a program's standard input, line by line, and its end. */
export function giveText(k: Kernel, text: string): void {
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) giveInput(k, textEncoder.encode(line));
  giveInput(k, null);
}

/** Whether a task waits for the reader. Read without the lock: a hint for the page. */
export function inputIsWanted(words: Int32Array): boolean {
  return Atomics.load(words, INPUT_WAITERS) !== 0;
}

/** Defines the name of the program's file `index`, to which places refer. For the machine, before anything runs. */
export function defineFile(k: Kernel, index: number, name: string): void {
  emitFor(k, EventKindCode.file, 0, 0, index, valueOfString(defineString(k, name)));
}
