import { describe, expect, it } from 'vitest';
import { buildModel } from '../trace/model';
import { traceJsonPieces } from '../trace/trace-json';
import { traceFromText } from '../trace/trace-text';
import { buildModelInTurns, readLargeTraceFile } from './trace-file';

const rounds = Array.from({ length: 4000 }, () => 'put:q  .').join('  ');
const takes = Array.from({ length: 4000 }, () => '.  get:q').join('  ');
const trace = traceFromText(`
  a | thread:b  ${rounds}
  b | .         ${takes}
`);

describe('a long trace', () => {
  it('has the same model when it is built in turns', async () => {
    let clock = 0;
    // Each look at the clock finds that the turn is over.
    const model = await buildModelInTurns(trace, () => (clock += 1000));
    expect(model).toEqual(buildModel(trace));
  });
});

describe('the file of a trace', () => {
  it('is read as what it is: ours, or trace events of Chromium', async () => {
    const ours = await readLargeTraceFile(new Blob([...traceJsonPieces(trace)]), 'en');
    expect(ours.trace.length).toBe(trace.length);
    const theirs = await readLargeTraceFile(new Blob(['[{"ph":"X","name":"f","pid":1,"tid":1,"ts":1,"dur":2}]']), 'en');
    expect(theirs.trace.header.clock).toBe('real');
    await expect(readLargeTraceFile(new Blob(['{"pixels":1}']), 'en')).rejects.toThrow('not a Weft trace');
  });
});
