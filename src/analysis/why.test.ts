import { describe, expect, it } from 'vitest';
import type { Interval, TraceModel } from '../trace/trace';
import { modelFromText } from '../trace/test-support/models';
import { causesOf } from './why';
import { nameOf, recorded, tidOf } from './test-support/recorded';

function told(model: TraceModel, wait: Interval | undefined): string[] {
  if (wait === undefined) throw new Error('there is no such wait');
  return causesOf(model, wait).map((step) => {
    const { interval } = step;
    const what = `${nameOf(model, interval.task)} ${interval.state === 'blocked' ? interval.reason : interval.state}`;
    if (step.kind === 'wait') return `${what} <- ${step.by === undefined ? 'nobody' : nameOf(model, step.by.task)}`;
    return step.kind === 'held' ? `${what} held by ${nameOf(model, step.holder)}` : `${step.kind}: ${what}`;
  });
}

function wait(model: TraceModel, name: string, index = 0): Interval | undefined {
  return model.intervals.get(tidOf(model, name))?.filter(({ state }) => state === 'blocked')[index];
}

describe('why a task waited', () => {
  it('goes back over who ended each wait to a task that ran', () => {
    const model = modelFromText(`
      q = queue 2
      r = queue 2
      a | .        .        put:q=1>b  .          .
      b | .        block:q  .          put:r=1>c  .
      c | block:r  .        .          .          get:r
    `);
    expect(told(model, wait(model, 'c'))).toEqual(['c queue empty <- b', 'b queue empty <- a', 'cause: a running']);
  });

  it('ends at a sleep, and at a time that ran out', () => {
    const model = modelFromText(`
      q = queue 2
      a | sleep    .  timeout  put:q=1>b  .        .
      b | block:q  .  .        .          block:q  timeout
    `);
    expect(told(model, wait(model, 'b'))).toEqual(['b queue empty <- a', 'cause: a sleep']);
    expect(told(model, wait(model, 'b', 1))).toEqual(['b queue empty <- nobody']);
  });

  it('blames the work of the holder that went on meanwhile, not a wait long before', () => {
    const model = modelFromText(`
      q = queue 2
      m = lock
      z | .        put:q=1>a  .          .        .            .
      a | block:q  .          acquire:m  .        release:m>b  .
      b | .        .          .          block:m  .            acquire:m
    `);
    expect(told(model, wait(model, 'b'))).toEqual(['b lock <- a', 'cause: a running']);
  });

  it('of a deadlock is a circle', () => {
    const model = recorded('deadlock');
    const waits = model.intervals.get(tidOf(model, 'Ann'))?.filter(({ reason }) => reason === 'lock') ?? [];
    expect(told(model, waits.at(-1))).toEqual(['Ann lock held by Bob', 'Bob lock held by Ann', 'circle: Ann lock']);
  });
});
