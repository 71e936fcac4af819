import { describe, expect, it } from 'vitest';
import { readTraceBytes, readWholeTrace } from './byte-reader';
import { EVENT_KINDS } from '../protocol/trace-events';
import { mutated } from './test-support/mutated-text';
import { randomNumbers, randomRecords } from './test-support/random-trace';
import { TraceBuilder } from './trace-builder';
import { readTraceFile } from './trace-file';
import { TraceFormatError, writeTrace } from './trace-json';
import type { Trace } from './trace';

function randomTrace(seed: number, events: number): Trace {
  const builder = new TraceBuilder({ clock: 'virtual', program: { language: 'python', files: [{ name: 'main.py', text: '"events":[' }], entry: 'main.py' } });
  builder.append(randomRecords(seed, events));
  return builder.snapshot();
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** What reading comes to: the trace with its notes, or the sentence why there is none. */
function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof TraceFormatError) return error.message;
    throw error;
  }
}

describe('the bytes of a trace', () => {
  it('are read piece by piece where they are whole, whatever the events hold', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const trace = randomTrace(seed, 300);
      const bytes = bytesOf(writeTrace(trace));
      let events = 0;
      expect(readTraceBytes(bytes, { head: () => undefined, batch: ({ count }) => (events += count) })).toBeUndefined();
      expect(events).toBe(trace.length);
      expect(readWholeTrace(bytes).trace).toEqual(trace);
    }
  });

  it('are read over many batches, with the texts of all', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `[${index},1,"put",0,2,${index % 50},1,"item ${index % 40_000}"]`);
    const text = `{"format":"weft-trace","version":1,"clock":"real","unit":"ns",\n"files":["a.py"],\n"events":[\n${lines.join(',\n')}\n]}\n`;
    const batches: number[] = [];
    readTraceBytes(bytesOf(text), { head: () => undefined, batch: ({ count }) => batches.push(count) });
    expect(batches.length).toBeGreaterThan(2);
    const { trace } = readWholeTrace(bytesOf(text));
    expect(writeTrace(trace) === writeTrace(readTraceFile(text).trace)).toBe(true);
    expect(trace.strings).toHaveLength(40_001);
  });

  it('come to the same as their text, however they are damaged', () => {
    const below = randomNumbers(7);
    const seeds = [writeTrace(randomTrace(3, 40)), writeTrace(randomTrace(4, 25))];
    let same = 0;
    for (let round = 0; round < 600; round++) {
      const bytes = bytesOf(mutated(seeds[round % seeds.length], below));
      // What cannot be said in UTF-8 is the same in both.
      const text = new TextDecoder().decode(bytes);
      expect(outcome(() => readWholeTrace(bytes)), `round ${round}: ${text}`).toEqual(outcome(() => readTraceFile(text)));
      same++;
    }
    expect(same).toBe(600);
  });

  it('of every kind of event are known by their bytes', () => {
    const kinds = EVENT_KINDS.slice(3);
    const text = `{"format":"weft-trace","version":1,"events":[${kinds.map((kind) => `[0,1,"${kind}"]`).join(',')}]}`;
    expect([...readWholeTrace(bytesOf(text)).trace.kind]).toEqual(kinds.map((_, index) => index + 3));
  });
});
