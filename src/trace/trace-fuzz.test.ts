import { describe, expect, it } from 'vitest';
import { chromeTracePieces } from './chrome-writer';
import { describeEvent, describeInterval, describeLink, describeTask } from './describe';
import { EventIndex, statesAt } from './lookup';
import { buildModel } from './model';
import { mutated } from './test-support/mutated-text';
import { randomNumbers, randomRecords } from './test-support/random-trace';
import { TraceBuilder } from './trace-builder';
import { readTraceFile } from './trace-file';
import { readTrace, TraceFormatError, writeTrace } from './trace-json';
import { traceFromText } from './trace-text';
import type { Trace } from './trace';

/** It takes a second; a machine with other work may take many. */
const SLOW_MACHINE_MS = 60_000;

/** Computes all that views ask for; answers the sentences. */
function lookAtAll(trace: Trace): string[] {
  const model = buildModel(trace);
  const index = new EventIndex(trace);
  expect(statesAt(model, model.endTime / 2).size).toBe(model.tasks.length);
  expect(index.placesAt(model, model.endTime).size).toBeLessThanOrEqual(model.tasks.length);
  return [
    ...Array.from({ length: trace.length }, (_, event) => describeEvent(model, event)),
    ...[...model.links].map((link) => describeLink(model, link)),
    ...[...model.intervals.values()].flat().map((interval) => describeInterval(model, interval)),
    ...model.tasks.map(({ tid }) => describeTask(model, tid)),
  ];
}

describe('a damaged trace', () => {
  const whole = writeTrace(
    traceFromText(`
    q = queue 2
    main | fork:w@2  acquire:m@3  put:q=1@4>w  print=hi,release:m@5  join:w  .          exit
    w    | .         block:q@9    .            get:q=1@9             .       exit>main  .
  `),
  );
  const random = new TraceBuilder({ clock: 'real' });
  random.append(randomRecords(8, 40));
  const seeds = [whole, writeTrace(random.snapshot())];

  it('is read as far as it makes sense or refused with a sentence, never with another error', () => {
    const below = randomNumbers(20_26);
    let read = 0;
    let refused = 0;
    for (let round = 0; round < 4000; round++) {
      const text = mutated(seeds[round % seeds.length], below);
      let trace: Trace | undefined;
      try {
        trace = readTrace(text).trace;
        read++;
      } catch (error) {
        if (!(error instanceof TraceFormatError))
          throw new Error(`round ${round}: ${text}`, { cause: error });
        expect(error.message.length).toBeGreaterThan(10);
        refused++;
      }
      // What is read is looked at as a whole now and then: that takes most of the time.
      if (trace === undefined || round % 12 !== 0) continue;
      expect(lookAtAll(trace)).not.toContain('');
      expect(readTrace(writeTrace(trace)).trace).toEqual(trace);
    }
    // Both ways are taken: the mutations are neither too mild nor too wild.
    expect(read).toBeGreaterThan(1200);
    expect(refused).toBeGreaterThan(400);
  }, SLOW_MACHINE_MS);

  it('of trace events of Chromium too', () => {
    const below = randomNumbers(4);
    const chrome = [...chromeTracePieces(buildModel(readTrace(whole).trace))].join('');
    let [read, refused] = [0, 0];
    for (let round = 0; round < 1000; round++) {
      const text = mutated(chrome, below);
      try {
        const { trace } = readTraceFile(text);
        if (round % 12 === 0) lookAtAll(trace);
        read++;
      } catch (error) {
        if (!(error instanceof TraceFormatError)) throw new Error(`round ${round}: ${text}`, { cause: error });
        refused++;
      }
    }
    expect(read).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(50);
  }, SLOW_MACHINE_MS);
});
