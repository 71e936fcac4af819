import { describe, expect, it } from 'vitest';
import { InvariantError } from '../base/assert';
import { EVENT_KINDS, RECORD_WORDS } from '../protocol/trace-events';
import { eventText, eventValue } from './event-values';
import { randomNumbers, randomRecords } from './test-support/random-trace';
import { RecordWriter } from './test-support/record-writer';
import { columnsOf } from './test-support/trace-columns';
import { TraceBuilder } from './trace-builder';

describe('TraceBuilder', () => {
  it('keeps every field of an event', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    const place = (2 << 20) | 17;
    builder.append(
      new RecordWriter()
        .write({
          kind: 'put',
          detail: 255,
          extra: 65_535,
          task: 7,
          time: 1234.5,
          object: 9,
          place,
          other: -3,
          value: -42,
        })
        .take(),
    );
    const trace = builder.snapshot();
    expect(columnsOf(trace)).toEqual([
      {
        kind: 'put',
        detail: 255,
        extra: 65_535,
        task: 7,
        time: 1234.5,
        object: 9,
        place,
        other: -3,
        value: -42,
      },
    ]);
    expect(trace.header).toEqual({ clock: 'real', open: true });
  });

  it('takes definitions of texts and files for what they are, not for events', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(
      new RecordWriter()
        .file(1, 'worker.js')
        .file(0, 'main.js')
        .write({ kind: 'output', value: 'hi' })
        .take(),
    );
    const trace = builder.snapshot();
    expect(trace.length).toBe(1);
    expect(trace.files).toEqual(['main.js', 'worker.js']);
    expect(eventText(trace, 0)).toBe('hi');
  });

  it('puts a text together whose bytes come in several appends', () => {
    const text = `生产者 🎈 ${'long '.repeat(40)}`;
    const builder = new TraceBuilder({ clock: 'real' });
    for (const record of new RecordWriter().write({ kind: 'output', value: text }).takeSingly())
      builder.append(record);
    const trace = builder.snapshot();
    expect(trace.length).toBe(1);
    expect(eventText(trace, 0)).toBe(text);
  });

  it('tells an empty text from none and from the number 0', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(
      new RecordWriter()
        .write({ kind: 'put', value: '' })
        .write({ kind: 'put' })
        .write({ kind: 'put', value: 0 })
        .take(),
    );
    const trace = builder.snapshot();
    expect([0, 1, 2].map((event) => eventValue(trace, event))).toEqual(['', undefined, 0]);
  });

  it('lets a number stand for another text later on', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    const output = EVENT_KINDS.indexOf('output');
    const say = [output, 1, 0, 0, 0, 0, 0, 5 << 1];
    for (const text of ['before', 'after']) {
      builder.append(new RecordWriter().defineText(5, text).take());
      builder.append(Int32Array.from(say));
    }
    const trace = builder.snapshot();
    expect([eventText(trace, 0), eventText(trace, 1)]).toEqual(['before', 'after']);
  });

  it('shows a text that was never defined as a question mark', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(Int32Array.from([EVENT_KINDS.indexOf('output'), 1, 0, 0, 0, 0, 0, 99 << 1]));
    expect(eventText(builder.snapshot(), 0)).toBe('?');
  });

  it('never lets the time run backwards or leave the numbers', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    const writer = new RecordWriter();
    for (const time of [-5, 10, 3, NaN, Infinity, 12]) writer.write({ kind: 'line', time });
    builder.append(writer.take());
    expect([...builder.snapshot().time]).toEqual([0, 10, 10, 10, 10, 12]);
  });

  it('passes over records of kinds unknown here and counts them', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(
      new RecordWriter().write({ kind: 250 }).write({ kind: 'line', time: 4 }).write({ kind: 0 }).take(),
    );
    expect(builder.length).toBe(1);
    expect(builder.unknownRecords).toBe(1);
  });

  it('is closed by the end of the run', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(new RecordWriter().write({ kind: 'run-end' }).take());
    expect(builder.snapshot().header.open).toBe(false);
  });

  it('reads records from the middle of a larger block of memory, aligned or not', () => {
    const record = new RecordWriter().write({ kind: 'put', time: 77, other: 1 }).take();
    for (const offset of [RECORD_WORDS, 1, 3]) {
      const memory = new Int32Array(64);
      memory.set(record, offset);
      const builder = new TraceBuilder({ clock: 'real' });
      builder.append(memory.subarray(offset, offset + RECORD_WORDS));
      expect([...builder.snapshot().time]).toEqual([77]);
    }
  });

  it('reads shared memory', () => {
    const words = new RecordWriter().write({ kind: 'output', value: 'from a ring' }).take();
    const shared = new Int32Array(new SharedArrayBuffer(words.byteLength));
    shared.set(words);
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(shared);
    expect(eventText(builder.snapshot(), 0)).toBe('from a ring');
  });

  it('keeps a snapshot as it was while the trace grows on', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(new RecordWriter().write({ kind: 'line', time: 1 }).take());
    const early = builder.snapshot();
    builder.append(randomRecords(3, 20_000));
    expect(early.length).toBe(1);
    expect([...early.time]).toEqual([1]);
  });

  it('refuses a part of a record', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    expect(() => builder.append(new Int32Array(RECORD_WORDS + 1))).toThrow(InvariantError);
  });

  it('gives the same columns however the records are cut into appends', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const records = randomRecords(seed, 500);
      const whole = new TraceBuilder({ clock: 'real' });
      whole.append(records);
      const pieces = new TraceBuilder({ clock: 'real' });
      const below = randomNumbers(seed);
      for (let word = 0; word < records.length;) {
        const end = Math.min(records.length, word + RECORD_WORDS * (1 + below(9)));
        pieces.append(records.subarray(word, end));
        word = end;
      }
      expect(pieces.snapshot()).toEqual(whole.snapshot());
    }
  });
});
