import { RECORD_WORDS, EventKindCode, valueOfString } from '../protocol/trace-events';
import { EndReasonCode } from '../protocol/words';
import type { LastMoment } from '../protocol/control';

/** Exit status of a run that panicked: EX_SOFTWARE of sysexits.h. */
export const PANIC_STATUS = 70;

/**
 * The last records of a run that panicked. The page makes them: the kernel that would write them into the ring is the one
 * that is broken.
 */
export function panicRecords({ time, string }: LastMoment, fact: string): Int32Array {
  const bytes = new TextEncoder().encode(fact);
  const textRecords = Math.ceil(bytes.length / (RECORD_WORDS * 4));
  const words = new Int32Array((3 + textRecords) * RECORD_WORDS);
  const doubles = new Float64Array(words.buffer);
  const write = (record: number, head: number, object: number, other: number, value: number): void => {
    const at = record * RECORD_WORDS;
    words[at] = head;
    doubles[(at + 2) >> 1] = time;
    words[at + 4] = object;
    words[at + 6] = other;
    words[at + 7] = value;
  };
  write(0, EventKindCode.string, bytes.length, string, 0);
  new Uint8Array(words.buffer).set(bytes, RECORD_WORDS * 4);
  write(1 + textRecords, EventKindCode.panic, 0, 0, valueOfString(string));
  write(2 + textRecords, EventKindCode['run-end'] | (EndReasonCode.panic << 8), 0, PANIC_STATUS, 0);
  return words;
}

/** The last record of a run whose worker was taken away, for it did not stop by itself. */
export function brokenOffRecords({ time }: LastMoment, status: number): Int32Array {
  const words = new Int32Array(RECORD_WORDS);
  words[0] = EventKindCode['run-end'] | (EndReasonCode.stopped << 8);
  new Float64Array(words.buffer)[1] = time;
  words[6] = status;
  return words;
}
