import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../protocol/trace-events';
import { modelFromText } from '../trace/test-support/models';
import type { TraceModel } from '../trace/trace';
import { happensBeforeOf, racesOf, type Order } from './happens-before';
import { orderWindow } from './order-window';
import { nameOf, recordedWhole, tidOf } from './test-support/recorded';

/** The nth event of a kind of a task. */
function eventOf(model: TraceModel, task: string, kind: string, nth = 0): number {
  const tid = tidOf(model, task);
  const events = [...model.trace.kind.keys()].filter((event) => {
    return event < model.trace.length && EVENT_KINDS[model.trace.kind[event]] === kind && model.trace.task[event] === tid;
  });
  return events[nth];
}

function orderOf(model: TraceModel, a: number, b: number): Order {
  return happensBeforeOf(model).order(a, b);
}

describe('what happened before what', () => {
  it('goes through messages, and through nothing else where there is nothing else', () => {
    const model = modelFromText(`
      q = queue
      a | print=1  put:q=3  print=2
      b | print=3  .        get:q=3  print=4
    `);
    const print = (task: string, nth: number): number => eventOf(model, task, 'output', nth);
    expect(orderOf(model, print('a', 0), print('b', 1))).toBe('before');
    expect(orderOf(model, print('b', 1), print('a', 0))).toBe('after');
    expect(orderOf(model, print('a', 1), print('b', 1))).toBe('none');
    expect(orderOf(model, print('a', 0), print('b', 0))).toBe('none');
    expect(orderOf(model, print('a', 0), print('a', 1))).toBe('before');
  });

  it('goes through a lock that nobody had to wait for, and over several tasks', () => {
    const model = modelFromText(`
      m = lock
      q = queue
      a | print=1  acquire:m  release:m  .          .        .
      b | .        .          .          acquire:m,release:m  put:q=1  .
      c | .        .          .          .          .        get:q=1,print=2
    `);
    expect(orderOf(model, eventOf(model, 'a', 'output'), eventOf(model, 'c', 'output'))).toBe('before');
  });

  it('goes through the birth and the end of a task', () => {
    const model = modelFromText(`
      a | print=1  fork:b  .        .     reap:b  print=2
      b | .        .       print=3  exit  .
    `);
    expect(orderOf(model, eventOf(model, 'a', 'output'), eventOf(model, 'b', 'output'))).toBe('before');
    expect(orderOf(model, eventOf(model, 'b', 'output'), eventOf(model, 'a', 'output', 1))).toBe('before');
  });

  it('is never against the order in which things happened, in any recorded run', () => {
    for (const name of ['producer-consumer', 'deadlock', 'pool-map', 'semaphore', 'gil-two-threads']) {
      const order = happensBeforeOf(recordedWhole(name));
      const { length } = order.trace;
      for (let a = 0; a < length; a += 7) for (let b = a + 1; b < length; b += 11) expect(order.isBefore(b, a)).toBe(false);
    }
  });
});

describe('a race', () => {
  it('is two accesses to shared memory that nothing puts in order', () => {
    const model = modelFromText(`
      v = value 0
      a | load:v=0@3  store:v=1@3  .           .
      b | .           load:v=0@7   store:v=1@7  .
    `);
    const races = racesOf(model).map(({ first, second }) => [first, second].map((event) => {
      return `${nameOf(model, model.trace.task[event] as never)} ${EVENT_KINDS[model.trace.kind[event]]}`;
    }));
    expect(races).toEqual([['a store', 'b load']]);
  });

  it('is not there under a lock, nor where a message or an end comes between', () => {
    const locked = modelFromText(`
      m = lock
      v = value 0
      a | acquire:m,load:v=0,store:v=1,release:m  .
      b | .                                       acquire:m,load:v=1,store:v=2,release:m
    `);
    expect(racesOf(locked)).toEqual([]);
    const ended = modelFromText(`
      v = value 0
      a | fork:b  .          .     reap:b  load:v=1
      b | .       store:v=1  exit  .
    `);
    expect(racesOf(ended)).toEqual([]);
  });
});

describe('a recorded race', () => {
  it('is found between two processes that add to one number, and not where a lock is held', () => {
    const whole = recordedWhole('race-value');
    const races = racesOf(whole);
    expect(races.length).toBeGreaterThan(0);
    for (const { first, second, object } of races) {
      expect(whole.objectById.get(object)?.name).toBe('v');
      expect(nameOf(whole, whole.trace.task[first] as never)).toMatch(/^adder/);
      expect(nameOf(whole, whole.trace.task[second] as never)).toMatch(/^adder/);
    }
    expect(racesOf(recordedWhole('memory-fork'))).toEqual([]);
  });
});

describe('a part of the order', () => {
  it('has the events around one, how they stand to it, and the edges between them', () => {
    const model = modelFromText(`
      q = queue
      a | put:q=3  print=2
      b | .        get:q=3  print=4
    `);
    const got = eventOf(model, 'b', 'get');
    const { events, edges, tasks } = orderWindow(happensBeforeOf(model), model, got, 20);
    expect(tasks.map((tid) => nameOf(model, tid))).toEqual(['a', 'b']);
    expect(edges.map(({ from, to }) => [from, to])).toContainEqual([eventOf(model, 'a', 'put'), got]);
    const orders = new Map(events.map(({ event, order }) => [event, order]));
    expect(orders.get(eventOf(model, 'a', 'put'))).toBe('before');
    expect(orders.get(eventOf(model, 'a', 'output'))).toBe('none');
    expect(orders.get(eventOf(model, 'b', 'output'))).toBe('after');
  });
});
