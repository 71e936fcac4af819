import { describe, expect, it } from 'vitest';
import type { TraceModel } from '../trace/trace';
import { COLUMN } from '../trace/trace-text';
import { modelFromText } from '../trace/test-support/models';
import { idOf, nameOf, recorded, tidOf } from './test-support/recorded';
import { holdersAfter } from './holders';
import { waitForGraphAt, type WaitEdge } from './wait-for';

function told(model: TraceModel, edges: readonly WaitEdge[]): string[] {
  return edges.map(({ from, to, object, only }) => {
    const through = model.objectById.get(object)?.name ?? 'its end';
    return `${nameOf(model, from)} -> ${nameOf(model, to)} (${through}${only ? '' : ', or others'})`;
  });
}

describe('who waits for whom', () => {
  it('is a circle where two tasks each hold what the other wants', () => {
    const model = recorded('deadlock');
    const { edges, cycles } = waitForGraphAt(model, 5e9);
    expect(told(model, edges)).toEqual(['main -> Ann (its end)', 'Ann -> Bob (knife)', 'Bob -> Ann (fork)']);
    expect(cycles.map((cycle) => told(model, cycle))).toEqual([['Ann -> Bob (knife)', 'Bob -> Ann (fork)']]);
  });

  it('is no circle before the second of them waits', () => {
    const model = recorded('deadlock');
    expect(waitForGraphAt(model, 0.4055e9).cycles).toEqual([]);
    expect(waitForGraphAt(model, 0).waits).toEqual([]);
  });

  it('names a task that waits for a lock of its own a circle of one', () => {
    const model = modelFromText(`
      m = lock
      main | acquire:m  block:m  .  .
    `);
    expect(waitForGraphAt(model, 2 * COLUMN).cycles.map((cycle) => told(model, cycle))).toEqual([['main -> main (m)']]);
  });

  it('is no circle where one of several can give back a permit', () => {
    const model = modelFromText(`
      s = semaphore 2
      m = lock
      a | acquire:s  acquire:m  .        .        .
      b | .          acquire:s  .        .        .
      c | .          .          block:s  .        .
    `);
    const { edges, cycles } = waitForGraphAt(model, 3 * COLUMN);
    expect(told(model, edges)).toEqual(['c -> a (s, or others)', 'c -> b (s, or others)']);
    expect(cycles).toEqual([]);
  });

  it('finds circles of three and those who wait for one of them', () => {
    const model = modelFromText(`
      x = lock
      y = lock
      z = lock
      a | acquire:x  block:y  .
      b | acquire:y  block:z  .
      c | acquire:z  block:x  .
      d | .          block:x  .
    `);
    const { cycles } = waitForGraphAt(model, 1.5 * COLUMN);
    expect(cycles.map((cycle) => told(model, cycle))).toEqual([['a -> b (y)', 'b -> c (z)', 'c -> a (x)']]);
  });
});

describe('who has a lock', () => {
  it('is who took it last and has not given it back, with its depth', () => {
    const model = modelFromText(`
      r = rlock
      a | acquire:r  acquire:r  release:r  release:r  .
      b | .          .          .          .          acquire:r
    `);
    const at = (column: number): string[] => {
      const last = model.trace.time.findLastIndex((time) => time <= column * COLUMN);
      return holdersAfter(model.trace, idOf(model, 'r'), last).map(({ task, count }) => `${nameOf(model, task)} ${count}`);
    };
    expect([0, 1, 2, 3, 4].map(at)).toEqual([['a 1'], ['a 2'], ['a 1'], [], ['b 1']]);
  });

  it('is a dead task where it died with it', () => {
    const model = modelFromText(`
      m = lock
      a | acquire:m  exit     .
      b | .          block:m  .
    `);
    expect(told(model, waitForGraphAt(model, 2 * COLUMN).edges)).toEqual(['b -> a (m)']);
    expect(tidOf(model, 'a')).toBe(2);
  });
});
