import { describe, expect, it } from 'vitest';
import { tidOf } from '../../analysis/test-support/recorded';
import { modelFromText } from '../../trace/test-support/models';
import { firstEndingAfter, isLeft, nextFound, searchLanes } from './search-lanes';

const model = modelFromText(`
  q = queue
  producer | run        sleep     timeout,run  put:q=1@7>consumer  .
  consumer | block:q@9  .         .            .                   get:q=1@9
`);

describe('a search over the lanes', () => {
  it('finds intervals by name, object, state, line and length', () => {
    const found = (text: string): number => searchLanes(model, text)?.intervals.length ?? -1;
    expect(found('consumer q')).toBe(1);
    expect(found('q :9')).toBe(1);
    expect(found('q :8')).toBe(0);
    expect(found('q >2ms')).toBe(1);
    expect(found('q >5ms')).toBe(0);
    expect(found('nobody')).toBe(0);
    expect(searchLanes(model, '  ')).toBeUndefined();
  });

  it('leaves lanes by name, and those in which something was found', () => {
    const byWord = searchLanes(model, 'q')!;
    expect(isLeft(byWord, 'q', undefined)).toBe(true);
    expect(isLeft(byWord, 'consumer', tidOf(model, 'consumer'))).toBe(true);
    expect(isLeft(byWord, 'producer', tidOf(model, 'producer'))).toBe(false);
    // A length of time is nothing that a name could have.
    expect(isLeft(searchLanes(model, 'q >2ms')!, 'q', undefined)).toBe(false);
  });

  it('goes from one to the next and round, from what is picked', () => {
    const search = searchLanes(model, 'producer')!;
    const [first, second] = search.intervals;
    const last = search.intervals.at(-1)!;
    expect(nextFound(search, undefined, 1)).toBe(first);
    expect(nextFound(search, undefined, -1)).toBe(last);
    expect(nextFound(search, first.event, 1)).toBe(second);
    expect(nextFound(search, last.event, 1)).toBe(first);
    expect(nextFound(search, first.event, -1)).toBe(last);
    expect(nextFound(searchLanes(model, 'nobody')!, undefined, 1)).toBeUndefined();
  });

  it('knows where in the view the found begin', () => {
    const own = model.intervals.get(tidOf(model, 'producer'))!;
    for (const time of [0, 0.5e6, 1e6, 2.5e6, 1e9]) {
      const slow = own.findIndex(({ end }) => end > time);
      expect(firstEndingAfter(own, time)).toBe(slow < 0 ? own.length : slow);
    }
  });
});
