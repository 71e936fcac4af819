import { describe, expect, it } from 'vitest';
import { objectLabel, taskLabel } from '../trace/labels';
import { buildModel } from '../trace/model';
import { modelFromText } from '../trace/test-support/models';
import { traceFromText } from '../trace/trace-text';
import { compareRuns } from './compare';
import { findIntervals, isEmptyQuery, parseQuery } from './search';

const drawing = `
  q = queue 2
  producer | run         .           put:q=3@9>consumer  exit
  consumer | block:q@14  .           .                   get:q@14
`;

function found(text: string): string[] {
  const model = modelFromText(drawing);
  const say = {
    task: (tid: Parameters<typeof taskLabel>[1]) => taskLabel(model, tid),
    object: ({ object }: { object: Parameters<typeof objectLabel>[1] }) => (object > 0 ? objectLabel(model, object) : ''),
    state: ({ state }: { state: string }) => state,
  };
  return findIntervals(model, parseQuery(text), say, 10).found.map(({ task, state }) => `${taskLabel(model, task)} ${state}`);
}

describe('a search', () => {
  it('reads words, lines and lengths in any order', () => {
    expect(parseQuery('q >2ms :14 Producer')).toEqual({ words: ['q', 'producer'], lines: [14], longerThan: 2e6, shorterThan: undefined });
    expect(parseQuery('<1.5s line:3')).toMatchObject({ shorterThan: 1.5e9, lines: [3], words: [] });
    expect(isEmptyQuery(parseQuery('  '))).toBe(true);
  });

  it('finds by name of task and object, by state, line and length', () => {
    expect(found('consumer q')).toEqual(['consumer blocked']);
    expect(found(':14 blocked')).toEqual(['consumer blocked']);
    expect(found('>1ms running producer')).toEqual(['producer running']);
    expect(found('nothing')).toEqual([]);
  });
});

describe('two runs', () => {
  it('part at the first event that one has and the other has not', () => {
    const first = modelFromText(drawing);
    const second = modelFromText(drawing.replace('put:q=3@9>consumer', 'put:q=3@8>consumer'));
    const { parting, length } = compareRuns(first, second);
    expect(parting).toBeDefined();
    expect(first.trace.time[parting?.first ?? 0]).toBe(2e6);
    expect(length).toEqual({ first: first.endTime, second: second.endTime });
  });

  it('do not part where only their clocks differ', () => {
    const slow = buildModel(traceFromText(drawing, { column: 3e6 }));
    const { parting, times } = compareRuns(modelFromText(drawing), slow);
    expect(parting).toBeUndefined();
    expect(times.find((row) => row.class === 'wait-data')).toEqual({ class: 'wait-data', first: 2e6, second: 6e6 });
  });
});
