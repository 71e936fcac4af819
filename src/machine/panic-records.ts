import { RECORD_WORDS, EventKindCode, valueOfString } from '../protocol/trace-events';
import { EndReasonCode } from '../protocol/words';
import type { Kernel } from '../kernel/kernel';
import { LAST_TIME, NEXT_STRING_ID } from '../kernel/layout';

/** Exit status of a run that panicked: EX_SOFTWARE of sysexits.h. */
export const PANIC_STATUS = 70;

/**
 * The last records of a run that panicked. The page makes them: the kernel that would write them into the ring is the one
 * that is broken.
 */
export function panicRecords(k: Kernel, fact: string): Int32Array {
  const bytes = new TextEncoder().encode(fact);
  const textRecords = Math.ceil(bytes.length / (RECORD_WORDS * 4));
  const words = new Int32Array((3 + textRecords) * RECORD_WORDS);
  const doubles = new Float64Array(words.buffer);
  const id = k.words[NEXT_STRING_ID];
  const write = (record: number, head: number, object: number, other: number, value: number): void => {
    const at = record * RECORD_WORDS;
    words[at] = head;
    doubles[(at + 2) >> 1] = k.doubles[LAST_TIME >> 1]!;
    words[at + 4] = object;
    words[at + 6] = other;
    words[at + 7] = value;
  };
  write(0, EventKindCode.string, bytes.length, id, 0);
  new Uint8Array(words.buffer).set(bytes, RECORD_WORDS * 4);
  write(1 + textRecords, EventKindCode.panic, 0, 0, valueOfString(id));
  write(2 + textRecords, EventKindCode['run-end'] | (EndReasonCode.panic << 8), 0, PANIC_STATUS, 0);
  return words;
}
