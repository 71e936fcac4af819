import { describe, expect, it } from 'vitest';
import type { TraceModel } from '../trace/trace';
import { seriesValueAt } from '../trace/lookup';
import { COLUMN } from '../trace/trace-text';
import { modelFromText } from '../trace/test-support/models';
import { contentsAt, itemsOf, workerOn } from './contents';
import { idOf, nameOf, recorded } from './test-support/recorded';

function values(model: TraceModel, name: string, column: number): unknown[] {
  return contentsAt(model, idOf(model, name), column * COLUMN).map(({ value }) => value);
}

describe('what is in an object', () => {
  it('is what was put and not taken, the next first', () => {
    const model = modelFromText(`
      main | put:q=1,thread:w  put:q=2  .      put:q=3  .
      w    | .                 .        get:q  .        get:q
    `);
    expect([0, 1, 2, 3, 4].map((column) => values(model, 'q', column))).toEqual([[1], [1, 2], [2], [2, 3], [3]]);
  });

  it('is as much as the chart of the object says, at every event of a recorded run', () => {
    const model = recorded('producer-consumer');
    const queue = idOf(model, 'q');
    const series = model.series.find(({ object }) => object === queue);
    if (series === undefined) throw new Error('the queue has no chart');
    for (const time of series.times) expect(contentsAt(model, queue, time).length).toBe(seriesValueAt(series, time));
    expect(itemsOf(model, queue).length).toBeGreaterThan(3);
  });

  it('of a pool is the jobs that wait and those that somebody works on', () => {
    const model = modelFromText(`
      p = pool 1
      main | thread:w  submit:p#1=f  submit:p#2=g  .           .           .
      w    | .         .             .             start:p#1   finish:p#1  start:p#2
    `);
    const told = (column: number): string[] => {
      return contentsAt(model, idOf(model, 'p'), column * COLUMN).map((item) => {
        const worker = workerOn(model, item, column * COLUMN);
        return `${item.value}${worker === undefined ? '' : ` by ${nameOf(model, worker)}`}`;
      });
    };
    expect([1, 2, 3, 4, 5].map(told)).toEqual([['f'], ['f', 'g'], ['f by w', 'g'], ['g'], ['g by w']]);
  });
});
