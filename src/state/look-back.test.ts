import { beforeEach, describe, expect, test } from 'vitest';
import type { Tid } from '../protocol/ids';
import type { PauseState } from '../protocol/pause';
import { LookBack, type FindStands, type Stand } from './look-back';
import { ManualClock } from './test-support/scripted-machine';

const stand = (step: number): Stand => ({
  pause: { cause: 'step', step, time: step * 100, records: step * 2, task: 2 as Tid, choices: [] } satisfies PauseState, events: step,
});
const stands = (from: number, to: number): Stand[] => Array.from({ length: to - from + 1 }, (_, index) => stand(from + index));

interface Asked {
  readonly until: Stand;
  readonly signal: AbortSignal;
  readonly answer: (found: readonly Stand[] | undefined) => Promise<void>;
}

let clock: ManualClock;
let asked: Asked[];
let lookBack: LookBack;

beforeEach(() => {
  clock = new ManualClock();
  asked = [];
  const find: FindStands = (until, signal) => new Promise((resolve) => {
    asked.push({
      until, signal, answer: async (found) => {
        resolve(found);
        await Promise.resolve();
      },
    });
  });
  lookBack = new LookBack(find, clock);
});

describe('what lies behind a run that stands', () => {
  test('is known for steps that it went through one by one, forward as well', () => {
    lookBack.note(stand(7), false);
    lookBack.note(stand(8), true);
    lookBack.note(stand(9), true);
    expect(lookBack.before(stand(9).pause)).toEqual(stand(8));
    expect(lookBack.before(stand(8).pause)).toEqual(stand(7));
    expect(lookBack.before(stand(7).pause)).toBeUndefined();
    expect(lookBack.after(stand(7).pause)).toEqual(stand(8));
    expect(lookBack.after(stand(9).pause)).toBeUndefined();
    expect(lookBack.isLast(lookBack.after(stand(8).pause)!)).toBe(true);
  });

  test('is forgotten where the run went on by more than a step', () => {
    lookBack.note(stand(7), false);
    lookBack.note(stand(8), true);
    lookBack.note(stand(20), false);
    expect(lookBack.before(stand(20).pause)).toBeUndefined();
    expect(lookBack.before(stand(8).pause)).toBeUndefined();
  });

  test('stays where the run was taken back, and what was further on does not', () => {
    for (const step of [1, 2, 3, 4]) lookBack.note(stand(step), step > 1);
    lookBack.note(stand(3), false);
    expect(lookBack.before(stand(3).pause)).toEqual(stand(2));
    expect(lookBack.after(stand(3).pause)).toBeUndefined();
  });

  test('is looked for once the reader has stayed, and what is found lies behind', async () => {
    lookBack.note(stand(100), false);
    expect(asked).toEqual([]);
    clock.advance(1000);
    expect(asked.map(({ until }) => until)).toEqual([stand(100)]);
    await asked[0].answer(stands(40, 100));
    expect(lookBack.before(stand(100).pause)).toEqual(stand(99));
    expect(lookBack.before(stand(41).pause)).toEqual(stand(40));
  });

  test('is looked for further back before the reader has come to its end', async () => {
    lookBack.note(stand(100), false);
    clock.advance(1000);
    await asked[0].answer(stands(40, 100));
    for (let step = 100; step > 60; step--) lookBack.before(stand(step).pause);
    clock.advance(1000);
    expect(asked.map(({ until }) => until.pause.step)).toEqual([100, 40]);
    await asked[1].answer(stands(0, 40));
    expect(lookBack.before(stand(40).pause)).toEqual(stand(39));
    // Behind the first step there is nothing.
    for (let step = 40; step > 0; step--) lookBack.before(stand(step).pause);
    clock.advance(1000);
    expect(asked).toHaveLength(2);
  });

  test('is not taken from a run that is another by now', async () => {
    lookBack.note(stand(100), false);
    clock.advance(1000);
    lookBack.note(stand(500), false);
    expect(asked[0].signal.aborted).toBe(true);
    await asked[0].answer(stands(40, 100));
    expect(lookBack.before(stand(500).pause)).toBeUndefined();
  });

  test('found for a run that was meanwhile taken one step back serves it as well', async () => {
    lookBack.note(stand(100), false);
    clock.advance(1000);
    lookBack.note(stand(99), false);
    await asked[0].answer(stands(40, 100));
    expect(lookBack.before(stand(99).pause)).toEqual(stand(98));
    expect(lookBack.after(stand(99).pause)).toBeUndefined();
  });

  test('stays unknown where it cannot be found, and is not looked for again and again', async () => {
    lookBack.note(stand(100), false);
    clock.advance(1000);
    await asked[0].answer(undefined);
    clock.advance(10_000);
    expect(asked).toHaveLength(1);
    expect(lookBack.before(stand(100).pause)).toBeUndefined();
  });
});
