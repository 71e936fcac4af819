import { describe, expect, it } from 'vitest';
import { modelFromText } from '../trace/test-support/models';
import { decisionAt, decisionOf, decisionsOf, passedOver, readyCounts, runQueuesAt } from './run-queues';
import { nameOf, tidOf } from './test-support/recorded';

describe('the run queues at a moment', () => {
  const model = modelFromText(`
    q = queue
    a | block:q  .              .            run
    b | run      .              put:q=1>a    .
  `);

  it('hold who was woken and has no CPU, and since when', () => {
    const { ready, cpus } = runQueuesAt(model, 2.5e6);
    expect(ready.map(({ task, start }) => [nameOf(model, task), start])).toEqual([['a', 2e6]]);
    expect(cpus.flatMap(({ running }) => (running === undefined ? [] : [nameOf(model, running.task)]))).toEqual(['b']);
    expect(runQueuesAt(model, 1e6).ready).toEqual([]);
  });

  it('are told step by step: each decision, and who was passed over', () => {
    const count = decisionsOf(model.trace).length;
    const last = decisionOf(model.trace, count - 1);
    expect(last?.task).toBe(tidOf(model, 'a'));
    expect(decisionAt(model.trace, 3e6)).toBe(count - 1);
    expect(decisionAt(model.trace, 2.9e6)).toBe(count - 2);
    expect(passedOver(model, last!)).toEqual([]);
    expect(decisionOf(model.trace, count)).toBeUndefined();
  });

  it('are counted over the run', () => {
    const { times, counts } = readyCounts(model);
    expect(counts[times.indexOf(2e6)]).toBe(1);
    expect(counts.at(-1)).toBe(0);
  });
});

describe('two that are ready at once', () => {
  it('are in line, and the one that is not taken was passed over', () => {
    const model = modelFromText(`
      e = event
      a | block:e  .          run   .
      b | block:e  .          .     run
      c | run      set:e>a>b  .     .
    `);
    expect(runQueuesAt(model, 1.5e6).ready.map(({ task }) => nameOf(model, task))).toEqual(['a', 'b']);
    const decision = decisionOf(model.trace, decisionAt(model.trace, 2e6))!;
    expect(nameOf(model, decision.task)).toBe('a');
    expect(passedOver(model, decision).map(({ task }) => nameOf(model, task))).toEqual(['b']);
  });
});
