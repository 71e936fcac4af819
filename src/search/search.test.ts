import { describe, expect, it } from 'vitest';
import { failureOf } from './failure';
import { preemptionsOf } from './schedule';
import { DEFAULT_SEARCH, searchSchedules, type SearchOptions } from './search';
import { allOrders, independent, runToy, toyRunner, type ToyProgram } from './test-support/toy-program';

const search = (make: () => ToyProgram, options: Partial<SearchOptions> = {}) => {
  const { run, orders } = toyRunner(make);
  const result = searchSchedules(run, { ...DEFAULT_SEARCH, ...options }, () => undefined, () => false);
  return result.then((found) => ({ ...found, orders }));
};

/** Two tasks that add one to `n`, so many times each: a load, then a store. */
const adders = (times: number): (() => ToyProgram) => () => {
  let n = 0;
  const add = function* () {
    for (let i = 0; i < times; i++) {
      yield undefined;
      const loaded = n;
      yield undefined;
      n = loaded + 1;
    }
  };
  return { tasks: [add, add], print: () => `n ${n}\n` };
};

/** Two tasks that take two locks in opposite order, after some work that touches neither. */
const lockers = (work: number): (() => ToyProgram) => () => {
  const held = [false, false];
  const take = (first: number, second: number) => function* () {
    for (let i = 0; i < work; i++) yield undefined;
    for (const lock of [first, second]) {
      yield () => !held[lock];
      held[lock] = true;
    }
    yield undefined;
    held[first] = held[second] = false;
  };
  return { tasks: [take(0, 1), take(1, 0)], print: () => '' };
};

describe('the systematic part', () => {
  it.each([[[2, 2]], [[3, 2]], [[2, 2, 2]], [[1, 1, 1, 1]], [[4, 4]]])('tries each order of %j operations exactly once', async (operations) => {
    const { orders, tried, coverage } = await search(independent(...operations), { schedules: 100_000, preemptions: Infinity });
    expect(orders.toSorted()).toEqual([...allOrders(operations).keys()].toSorted());
    expect(tried).toBe(orders.length);
    expect(coverage).toMatchObject({ preemptions: Infinity, changes: Infinity, pct: 0, random: 0 });
  });

  it.each([0, 1, 2, 3])('tries exactly the orders with at most %i preemptions, and says so', async (most) => {
    const operations = [3, 3, 2];
    const { orders, coverage } = await search(independent(...operations), { schedules: 1_000, preemptions: most });
    const expected = [...allOrders(operations)].filter(([, preemptions]) => preemptions <= most).map(([order]) => order);
    expect(orders.slice(0, coverage.systematic).toSorted()).toEqual(expected.toSorted());
    expect(coverage.preemptions).toBe(most);
  });

  it('claims no more than it has tried when its schedules are used up', async () => {
    const operations = [3, 3, 2];
    for (const schedules of [5, 20, 60, 150, 400]) {
      const { orders, coverage } = await search(independent(...operations), { schedules, preemptions: Infinity });
      const seen = new Set(orders.slice(0, coverage.systematic));
      const missed = [...allOrders(operations)].filter(([order]) => !seen.has(order)).map(([, preemptions]) => preemptions);
      expect(coverage.preemptions).toBeLessThan(Math.min(...missed));
      expect(orders.length).toBe(Math.min(schedules, 560));
    }
  });

  it('does not take for tried what is behind the last branch that was recorded', async () => {
    const result = await searchSchedules(
      (schedule) => Promise.resolve(runToy(independent(3, 3), schedule, 2)), { ...DEFAULT_SEARCH, schedules: 500 }, () => undefined, () => false,
    );
    expect(result.coverage).toMatchObject({ preemptions: -1, changes: 0 });
  });
});

describe('a search', () => {
  it('finds a lost update with one preemption, and the list does it again', async () => {
    const { found } = await search(adders(3), { schedules: 200 });
    expect(found).toMatchObject({ phase: 'bounded', failure: { kind: 'output', missing: ['n 6'] } });
    expect(preemptionsOf(found!.choices)).toBe(1);
    const again = runToy(adders(3), { policy: 'replay', choices: found!.choices });
    expect(failureOf(again.outcome, runToy(adders(3), { policy: 'replay', choices: [] }).outcome)).toEqual(found!.failure);
  });

  it('finds a deadlock, and proves of the same order of locks that there is none', async () => {
    const { found, tried } = await search(lockers(5), { schedules: 200 });
    expect(found?.failure).toEqual({ kind: 'finding', finding: 'deadlock', text: 'deadlock' });
    expect(preemptionsOf(found!.choices)).toBe(1);
    expect(tried).toBeLessThan(30);
    const inOrder = (): ToyProgram => {
      const held = [false, false];
      const take = function* () {
        for (const lock of [0, 1]) {
          yield () => !held[lock];
          held[lock] = true;
        }
        yield undefined;
        held[0] = held[1] = false;
      };
      return { tasks: [take, take], print: () => '' };
    };
    expect(await search(inOrder)).toMatchObject({ coverage: { preemptions: Infinity }, stopped: false });
  });

  it('goes on by PCT and by chance, and shortens what chance has found to its one preemption', async () => {
    const { found, coverage } = await search(adders(8), { schedules: 300, preemptions: 0 });
    expect(coverage.systematic).toBe(2);
    expect(['pct', 'random']).toContain(found?.phase);
    expect(preemptionsOf(found!.choices)).toBe(1);
    expect(found!.choices.length).toBeLessThanOrEqual(6);
  });

  it('takes what chance alone brings about, and the list of its choices does not, for no failure, and goes on', async () => {
    const tried: string[] = [];
    const result = await searchSchedules(({ policy }) => {
      tried.push(policy);
      const status = policy === 'pct' ? 1 : 0;
      const outcome = { end: 'finished', status, failedExits: [], findings: [], stdout: '', stderr: '' } as const;
      return Promise.resolve({ choices: [], branches: [], branchesCut: true, steps: 1, parted: false, outcome });
    }, { ...DEFAULT_SEARCH, schedules: 4 }, () => undefined, () => false);
    expect(tried).toEqual(['replay', 'pct', 'replay', 'pct', 'replay', 'random']);
    expect(result).toMatchObject({ tried: 4, coverage: { systematic: 1, pct: 2, random: 1 } });
    expect(result.found).toBeUndefined();
  });

  it('does not call lines in another order other output, and can be told not to look at output', async () => {
    let lines: string[] = [];
    const say = (name: string) => function* () {
      yield undefined;
      lines.push(name);
    };
    const make = (): ToyProgram => {
      lines = [];
      return { tasks: [say('a'), say('b')], print: () => lines.map((line) => `${line}\n`).join('') };
    };
    expect((await search(make)).found).toBeUndefined();
    expect((await search(adders(2), { comparesOutput: false })).found).toBeUndefined();
  });

  it('says of a program that always fails that its first run does', async () => {
    const make = (): ToyProgram => ({ tasks: [function* () { yield () => false; }], print: () => '' });
    expect(await search(make)).toMatchObject({ tried: 1, found: { phase: 'first', choices: [] } });
  });

  it('stops when it is told to, and tells what it has tried until then', async () => {
    const { run, orders } = toyRunner(independent(5, 5, 5));
    const result = await searchSchedules(run, DEFAULT_SEARCH, () => undefined, () => orders.length >= 10);
    expect(result).toMatchObject({ tried: 10, stopped: true, coverage: { preemptions: -1, changes: 0, systematic: 10 } });
  });

  it('says nothing of a run that was stopped in its midst', async () => {
    let runs = 0;
    const result = await searchSchedules((schedule) => {
      const run = runToy(lockers(5), schedule);
      return Promise.resolve(++runs < 3 ? run : { ...run, outcome: { ...run.outcome, status: -9, findings: [], end: 'stopped' as const } });
    }, DEFAULT_SEARCH, () => undefined, () => runs >= 3);
    expect(result).toMatchObject({ tried: 2, stopped: true, coverage: { changes: 0, systematic: 2 } });
    expect(result.found).toBeUndefined();
  });
});

describe('an uncaught exception', () => {
  const outcome = { end: 'finished', status: 0, failedExits: [], findings: [], stdout: '', stderr: '' } as const;
  const stderr = 'Exception in thread cook-1:\nTraceback (most recent call last):\n  File "main.py", line 9, in cook\nIndexError: pop from empty list\n';

  it('in a thread, in a child or in main is a failure, and what it says is told', () => {
    expect(failureOf({ ...outcome, stderr }, outcome)).toEqual({ kind: 'exception', text: 'IndexError: pop from empty list' });
    expect(failureOf({ ...outcome, failedExits: [3] }, outcome)).toEqual({ kind: 'exception', text: 'exit status 3' });
    expect(failureOf({ ...outcome, status: 1, stderr: 'AssertionError: 2 lost\n' }, outcome)).toEqual({ kind: 'exception', text: 'AssertionError: 2 lost' });
  });

  it('that the first run has as well is none of this schedule', () => {
    const usual = { ...outcome, status: 1, failedExits: [1], stderr };
    expect(failureOf(usual, usual)).toBeUndefined();
    expect(failureOf(usual)).toMatchObject({ kind: 'exception' });
  });
});
