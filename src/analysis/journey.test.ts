import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../protocol/trace-events';
import { foldMachinery } from '../trace/folding';
import { modelFromText } from '../trace/test-support/models';
import type { TraceModel } from '../trace/trace';
import { journeyOf, type Journey } from './journey';
import { nameOf, recordedWhole } from './test-support/recorded';

function told(model: TraceModel, journey: Journey | undefined): string[] {
  return journey?.steps.map(({ kind, task }) => `${kind} ${nameOf(model, task)}`) ?? [];
}

function eventsOf({ trace }: TraceModel, kind: string): number[] {
  return [...trace.kind.keys()].filter((event) => event < trace.length && EVENT_KINDS[trace.kind[event]] === kind);
}

describe('the way of an item', () => {
  it('goes from its put to its get', () => {
    const model = modelFromText(`
      q = queue
      a | put:q=1  put:q=2  .
      b | .        get:q=1  get:q=2
    `);
    const [, second] = eventsOf(model, 'put');
    expect(told(model, journeyOf(model, model, second))).toEqual(['put a', 'taken b']);
    expect(journeyOf(model, model, second)?.duration).toBe(1e6);
    expect(journeyOf(model, model, eventsOf(model, 'get')[1])?.steps[0].event).toBe(second);
    expect(journeyOf(model, model, 0)).toBeUndefined();
  });

  it('leads through the feeder thread and the pipe of a queue between processes, whichever of its events is picked', () => {
    const whole = recordedWhole('producer-consumer');
    const folded = foldMachinery(whole);
    const puts = eventsOf(whole, 'put');
    for (const put of puts) {
      const journey = journeyOf(folded, whole, put);
      expect(told(whole, journey)).toEqual(['put producer', 'carried QueueFeederThread', 'arrived consumer', 'taken consumer']);
      const times = journey!.steps.map(({ time }) => time);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(journeyOf(folded, whole, journey!.steps[1].event)?.steps).toEqual(journey!.steps);
    }
    expect(puts.length).toBeGreaterThan(3);
  });

  it('of a job goes on to its end', () => {
    const whole = recordedWhole('pool-jobs');
    const [submitted] = eventsOf(whole, 'job-submit');
    const journey = journeyOf(foldMachinery(whole), whole, submitted);
    expect(journey?.steps.map(({ kind }) => kind)).toEqual(['put', 'taken', 'done']);
  });
});
