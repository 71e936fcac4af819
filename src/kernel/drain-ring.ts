import { RECORD_WORDS } from '../protocol/trace-events';
import { wakeWord } from './futex';
import { RING, RING_HEAD, RING_MASK, RING_RECORDS, RING_TAIL } from './layout';

/** Takes all records out of the ring, in order: for the recorder, of which there is one. */
export function drainRing(words: Int32Array): Int32Array<ArrayBuffer> {
  const head = Atomics.load(words, RING_HEAD);
  const tail = words[RING_TAIL];
  const count = (head - tail) | 0;
  const records = new Int32Array(count * RECORD_WORDS);
  const first = tail & RING_MASK;
  const beforeWrap = Math.min(count, RING_RECORDS - first);
  records.set(words.subarray(RING + first * RECORD_WORDS, RING + (first + beforeWrap) * RECORD_WORDS));
  records.set(words.subarray(RING, RING + (count - beforeWrap) * RECORD_WORDS), beforeWrap * RECORD_WORDS);
  Atomics.store(words, RING_TAIL, head);
  wakeWord(words, RING_TAIL, Infinity);
  return records;
}
