import { EVENT_KINDS } from '../../protocol/trace-events';
import { RecordWriter } from './record-writer';

/** A small generator of numbers from a seed (mulberry32), so that a failure can be had again. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const oddTexts = [
  'q',
  '',
  'naïve 生产者',
  '"quoted"\n\tand\\more',
  '🎈'.repeat(20),
  '\u2028',
  'x'.repeat(200),
  '3',
];

/** Records with any kind and any number in any field: what a trace may hold, sense or none. */
export function randomRecords(seed: number, count: number): Int32Array {
  const below = randomNumbers(seed);
  const writer = new RecordWriter();
  const anyInteger = (): number =>
    below(4) === 0 ? below(2 ** 31) * (below(2) === 0 ? 1 : -1) : below(12) - 1;
  let time = 0;
  if (below(2) === 0) writer.file(below(3), 'main.js');
  for (let index = 0; index < count; index++) {
    time += below(3) === 0 ? 0 : below(100_000) / (below(2) === 0 ? 1 : 7);
    const shape = below(3);
    writer.write({
      kind: 3 + below(EVENT_KINDS.length - 3),
      detail: below(4) === 0 ? below(256) : below(10),
      extra: below(4) === 0 ? below(65_536) : 0,
      task: below(6) === 0 ? anyInteger() : below(6),
      time: below(50) === 0 ? time / 2 : time,
      object: below(6) === 0 ? anyInteger() : below(8),
      place: below(3) === 0 ? 0 : below(4) === 0 ? anyInteger() : below(40),
      other: anyInteger(),
      ...(shape === 0 ? {} : { value: shape === 1 ? anyInteger() : oddTexts[below(oddTexts.length)] }),
    });
  }
  return writer.take();
}
