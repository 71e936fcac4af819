import { describe, expect, it } from 'vitest';
import { modelFromText } from './test-support/models';
import type { TraceModel } from './trace';
import { objectNamed } from './trace-text';

function seriesOf(model: TraceModel, name: string): [number, number][] {
  const series = model.series.find(({ object }) => object === objectNamed(model, name));
  if (series === undefined) return [];
  return [...series.times].map((time, step) => [time / 1e6, series.values[step]]);
}

describe('series of a model', () => {
  it('count the items of a queue', () => {
    const model = modelFromText(`
      q = queue 2
      main | . put:q put:q get:q
    `);
    expect(seriesOf(model, 'q')).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 1],
    ]);
    expect(model.series[0].maximum).toBe(2);
  });

  it('add up both ways of a pipe', () => {
    const model = modelFromText('main | send:p/0#10 send:p/1#5 receive:p/0#0');
    expect(seriesOf(model, 'p')).toEqual([
      [0, 0],
      [0, 10],
      [1, 15],
      [2, 5],
    ]);
  });

  it('follow the value of a semaphore from its beginning', () => {
    const model = modelFromText(`
      s = bounded-semaphore 3
      main | . acquire:s acquire:s release:s
    `);
    expect(seriesOf(model, 's')).toEqual([
      [0, 3],
      [1, 2],
      [2, 1],
      [3, 2],
    ]);
  });

  it('follow slot 0 of a shared value, where it is a number', () => {
    const model = modelFromText(`
      v = value 5
      main | store:v=6 store:v=-2.5 store:v=word store:v#1=9
    `);
    expect(seriesOf(model, 'v')).toEqual([
      [0, 5],
      [0, 6],
      [1, -2.5],
    ]);
  });

  it('count the jobs that wait in a pool', () => {
    const model = modelFromText('main | submit:p#1 submit:p#2 start:p#1');
    expect(seriesOf(model, 'p')).toEqual([
      [0, 0],
      [0, 1],
      [1, 2],
      [2, 1],
    ]);
  });

  it('are not made for locks', () => {
    expect(modelFromText('main | acquire:m release:m').series).toEqual([]);
  });
});
