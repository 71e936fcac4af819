import { describe, expect, it } from 'vitest';
import { lineOfPlace, type ObjectId, type Place, type Tid } from '../protocol/ids';
import {
  EventIndex,
  firstAfter,
  intervalAfter,
  intervalAt,
  lastEventAt,
  seriesValueAt,
  stateAt,
  statesAt,
} from './lookup';
import { buildModel } from './model';
import { randomNumbers, randomRecords } from './test-support/random-trace';
import { TraceBuilder } from './trace-builder';
import { COLUMN, taskNamed, traceFromText } from './trace-text';
import type { Trace } from './trace';

const model = buildModel(
  traceFromText(`
  q = queue 2
  main | fork:w@3  .           put:q=1@5>w  .          exit@6
  w    | .         block:q@14  .            get:q@15   exit
`),
);
const { trace } = model;
const index = new EventIndex(trace);
const main = taskNamed(model, 'main');
const w = taskNamed(model, 'w');
const at = (column: number): number => column * COLUMN;

function randomTrace(seed: number, count: number): Trace {
  const builder = new TraceBuilder({ clock: 'real' });
  builder.append(randomRecords(seed, count));
  return builder.snapshot();
}

describe('looking up a moment', () => {
  it('finds the state of each task', () => {
    expect([0.5, 1, 1.5, 2.5, 3, 4].map((column) => stateAt(model, w, at(column)))).toEqual([
      'ready',
      'blocked',
      'blocked',
      'ready',
      'running',
      'zombie',
    ]);
    expect(statesAt(model, at(1))).toEqual(
      new Map([
        [main, 'running'],
        [w, 'blocked'],
      ]),
    );
  });

  it('knows a task neither before its creation nor after its end', () => {
    const threads = buildModel(traceFromText('main | run thread:t . .\nt | . . exit'));
    const t = taskNamed(threads, 't');
    expect([0, 1, 2, 3].map((column) => stateAt(threads, t, at(column)))).toEqual([
      'free',
      'ready',
      'dead',
      'dead',
    ]);
    expect(stateAt(threads, 99 as Tid, 0)).toBe('free');
  });

  it('finds the interval that holds it, and the one after', () => {
    const wait = intervalAt(model, w, at(1.9));
    expect(wait).toMatchObject({ state: 'blocked', start: at(1), end: at(2) });
    expect(wait && intervalAfter(model, wait)).toMatchObject({ state: 'ready', start: at(2) });
    expect(intervalAt(model, w, at(4))?.state).toBe('zombie');
    expect(intervalAt(model, w, at(99))).toBeUndefined();
    expect(intervalAt(model, 99 as Tid, 0)).toBeUndefined();
  });

  it('finds the line that each task was on, not that of its waker', () => {
    const lines = (column: number): (number | undefined)[] => {
      const places = index.placesAt(model, at(column));
      return [main, w].map((tid) => lineOfPlace(places.get(tid) ?? (0 as Place)));
    };
    expect(lines(0.5)).toEqual([3, 0]);
    expect(lines(1)).toEqual([3, 14]);
    expect(lines(2)).toEqual([5, 14]);
    expect(lines(3)).toEqual([5, 15]);
    expect(lines(4)).toEqual([0, 0]);
  });

  it('finds the value of a series', () => {
    const [series] = model.series;
    expect([-1, 0, 2, 2.9, 3].map((column) => seriesValueAt(series, at(column)))).toEqual([
      undefined,
      0,
      1,
      1,
      0,
    ]);
  });

  it('finds the last event', () => {
    expect(lastEventAt(trace, -1)).toBe(-1);
    expect(lastEventAt(trace, at(99))).toBe(trace.length - 1);
    const event = lastEventAt(trace, at(1));
    expect([trace.time[event], trace.time[event + 1]]).toEqual([at(1), at(2)]);
  });
});

describe('going from event to event', () => {
  it('visits every event of a task, and of an object, both ways, as a plain search does', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = randomTrace(seed, 400);
      const events = new EventIndex(random);
      const rows = Array.from({ length: random.length }, (_, event) => event);
      for (let key = 1; key < 8; key++) {
        const ofTask = rows.filter((event) => random.task[event] === key);
        expect([...events.eventsOfTask(key as Tid)]).toEqual(ofTask);
        const visited: number[] = [];
        for (
          let event = events.nextOfTask(key as Tid, -1);
          event !== undefined;
          event = events.nextOfTask(key as Tid, event)
        ) {
          visited.push(event);
        }
        expect(visited).toEqual(ofTask);
        const ofObject = rows.filter((event) => random.object[event] === key).reverse();
        const back: number[] = [];
        let event = events.previousOfObject(key as ObjectId, random.length);
        for (; event !== undefined; event = events.previousOfObject(key as ObjectId, event)) back.push(event);
        expect(back).toEqual(ofObject);
      }
    }
  });

  it('ends at the first and the last', () => {
    expect(index.previousOfTask(main, index.eventsOfTask(main)[0])).toBeUndefined();
    expect(index.nextOfTask(main, trace.length)).toBeUndefined();
    expect(index.nextOfObject(99 as ObjectId, -1)).toBeUndefined();
  });
});

describe('firstAfter', () => {
  it('answers what a search from the front answers', () => {
    const below = randomNumbers(11);
    for (let round = 0; round < 200; round++) {
      const sorted = Array.from({ length: below(20) }, () => below(15)).sort((one, other) => one - other);
      const value = below(17) - 1;
      const found = sorted.findIndex((number) => number > value);
      expect(firstAfter(sorted, value)).toBe(found < 0 ? sorted.length : found);
    }
  });
});
