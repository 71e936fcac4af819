import { describe, expect, it } from 'vitest';
import { COLUMN } from '../trace/trace-text';
import { modelFromText } from '../trace/test-support/models';
import { csvOf } from './csv';
import { histogramOf, objectNumbers, taskNumbers } from './statistics';
import { recorded } from './test-support/recorded';

describe('numbers of tasks', () => {
  it('add up to the life of each task', () => {
    for (const name of ['producer-consumer', 'pool-map', 'orphan', 'gil-two-threads']) {
      for (const { task, life, time } of taskNumbers(recorded(name))) {
        const whole = Object.values(time).reduce((sum, each) => sum + each, 0) - time.zombie;
        expect(Math.round(whole), `${name}: ${task.name}`).toBe(Math.round(life));
      }
    }
  });

  it('count waits and turns', () => {
    const model = modelFromText(`
      q = queue 2
      a | thread:b  .        put:q>b  .         .      put:q>b  exit
      b | .         block:q  .        get:q     block:q  .      get:q
    `);
    const b = taskNumbers(model).find(({ task }) => task.name === 'b');
    expect(b?.waits).toMatchObject({ count: 2, total: 2 * COLUMN, longest: COLUMN, mean: COLUMN });
    expect(b?.turns).toBe(3);
    expect(b?.time['wait-data']).toBe(2 * COLUMN);
  });
});

describe('numbers of objects', () => {
  it('are what was put and taken, how long it was held and waited for', () => {
    const model = modelFromText(`
      m = lock
      a | acquire:m  .        .            release:m>b  .          .          .
      b | .          block:m  .            .            acquire:m  release:m  .
    `);
    const [lock] = objectNumbers(model);
    expect(lock).toMatchObject({ given: 2, taken: 2, held: 4 * COLUMN });
    expect(lock.waits).toMatchObject({ count: 1, total: 2 * COLUMN });
    expect(lock.throughput).toBeCloseTo(2 / (model.endTime / 1e9));
  });

  it('hold a lock that is never given back until the end', () => {
    const [lock] = objectNumbers(modelFromText(`
      m = lock
      a | acquire:m  .  .  print=x
    `));
    expect(lock.held).toBe(3 * COLUMN);
  });
});

describe('a histogram', () => {
  it('has a bucket for each power of ten, the empty ones between as well', () => {
    expect(histogramOf([0, 9999, 10_000, 5e6, 9.9e6])).toEqual([
      { from: 0, to: 1e4, count: 2 }, { from: 1e4, to: 1e5, count: 1 }, { from: 1e5, to: 1e6, count: 0 }, { from: 1e6, to: 1e7, count: 2 },
    ]);
    expect(histogramOf([])).toEqual([]);
  });
});

describe('a table as CSV', () => {
  it('quotes what would break a line, and lets no cell be a formula', () => {
    expect(csvOf([['name', 'ms'], ['a, "b"', 1.5], ['=1+1', -2]])).toBe('name,ms\r\n"a, ""b""",1.5\r\n\'=1+1,-2\r\n');
  });
});
