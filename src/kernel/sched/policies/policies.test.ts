import { describe, expect, it } from 'vitest';
import type { VirtualSettings } from '../../../protocol/program';
import { FINDING_KINDS, ObjectTypeCode, type PolicyName } from '../../../protocol/words';
import { createQueue, getQueue, putQueue } from '../../ipc/queue';
import { createShared, loadShared, storeShared } from '../../ipc/shared-memory';
import { acquireLock, createLock, releaseLock } from '../../sync/lock';
import { writeMessage } from '../../test-support/messages';
import { Random } from '../../test-support/random';
import type { RecordedEvent } from '../../test-support/ring-reader';
import {
  VirtualMachine, choicesOf, namesOf, turnsOf, type Actor, type Script,
} from '../../test-support/virtual-machine';
import { FOREVER } from '../../wait-queue';

/** A program made by chance that always ends: tasks that compute, sleep, lock, put and get, some of them with a GIL. */
function program(seed: number): Script {
  return function* (main) {
    const random = new Random(seed);
    const lock = yield (k) => createLock(k, ObjectTypeCode.lock, 'lock');
    const queue = yield (k) => createQueue(k, ObjectTypeCode.queue, 0, 'q');
    const part = (own: Random, depth: number): Script => function* (task: Actor) {
      const children: Actor[] = [];
      for (let deed = 0; deed < 8; deed++) {
        const choice = own.below(depth === 0 ? 5 : 4);
        if (choice === 0) yield 1 + own.below(5_000);
        if (choice === 1) yield* task.sleep(own.below(1_000_000));
        if (choice === 2) {
          yield (k) => acquireLock(k, lock, FOREVER);
          yield own.below(300);
          yield (k) => releaseLock(k, lock);
        }
        if (choice === 3) {
          yield (k) => putQueue(k, queue, writeMessage(k, 'x'), deed, FOREVER);
          yield 1 + own.below(100);
          yield (k) => getQueue(k, queue, FOREVER);
        }
        if (choice === 4) {
          const script = part(new Random(seed * 100 + deed), depth + 1);
          children.push(yield* own.chance(50) ? task.process(`p${deed}`, script) : task.thread(`t${deed}`, script));
        }
      }
      for (const child of children) yield* task.join(child);
    };
    if (random.chance(50)) yield* main.gil();
    yield* part(random, 0)(main);
  };
}

const withoutDefinitions = (events: readonly RecordedEvent[]): string[] => events.map((event) => JSON.stringify(event));
const run = (script: Script, settings: VirtualSettings): RecordedEvent[] => new VirtualMachine(settings).run(script);

const POLICIES: PolicyName[] = ['fifo', 'round-robin', 'priority', 'random', 'pct'];
const cases = POLICIES.flatMap((policy) => [1, 2, 3].map((cpus) => ({ policy, cpus })));

describe.each(cases)('$policy on $cpus CPUs', ({ policy, cpus }) => {
  it('makes of one program, settings and seed one run, and its list replays it event by event', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const settings: VirtualSettings = { policy, cpus, seed, quantum: 0.05, expectedOperations: 60 };
      const first = run(program(seed), settings);
      expect(first.at(-1)?.kind).toBe('run-end');
      expect(withoutDefinitions(run(program(seed), settings))).toEqual(withoutDefinitions(first));
      const again = run(program(seed), { ...settings, policy: 'replay', replay: choicesOf(first) });
      expect(withoutDefinitions(again)).toEqual(withoutDefinitions(first));
    }
  });
});

describe('random', () => {
  it('makes other runs of other seeds, and interrupts an update that is not guarded', () => {
    let lost = 0;
    const schedules = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      let total = 0;
      const events = run(function* (main) {
        const value = yield (k) => createShared(k, 'value', 'i', 1, 0, 'n');
        const add: Script = function* () {
          for (let i = 0; i < 5; i++) {
            let number = 0;
            yield (k) => (loadShared(k, value, 0), (number = k.number), 0);
            yield (k) => storeShared(k, value, 0, number + 1);
          }
        };
        const adders = [yield* main.thread('a', add), yield* main.thread('b', add)];
        for (const adder of adders) yield* main.join(adder);
        yield (k) => (loadShared(k, value, 0), (total = k.number), 0);
      }, { policy: 'random', cpus: 1, seed });
      schedules.add(turnsOf(events).map(({ tid, to }) => `${tid}@${to}`).join());
      if (total < 10) lost++;
    }
    expect(schedules.size).toBeGreaterThan(10);
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(40);
  });
});

describe('PCT', () => {
  it('finds an order of two operations that round robin never tries', () => {
    // `reader` fails where it comes between the writer's two stores.
    const torn = (settings: VirtualSettings): boolean => {
      let seen: number[] = [];
      run(function* (main) {
        const pair = yield (k) => createShared(k, 'array', 'i', 2, 0, 'pair');
        const load = (index: number) => (k: Parameters<typeof loadShared>[0]) => (loadShared(k, pair, index), k.number);
        const writer = yield* main.thread('writer', function* () {
          yield (k) => storeShared(k, pair, 0, 1);
          yield (k) => storeShared(k, pair, 1, 1);
        });
        const reader = yield* main.thread('reader', function* () {
          seen = [yield load(0), yield load(1)];
        });
        for (const child of [writer, reader]) yield* main.join(child);
      }, settings);
      return seen[0] !== seen[1];
    };
    expect(torn({ policy: 'round-robin', cpus: 1 })).toBe(false);
    const found = Array.from({ length: 200 }, (_, seed) => torn({ policy: 'pct', cpus: 1, seed, depth: 2, expectedOperations: 12 }));
    expect(found.filter(Boolean).length).toBeGreaterThan(5);
  });
});

describe('replay', () => {
  const two = (name: string): Script => function* (main) {
    const first = yield* main.thread('a', function* () { yield 100; });
    const second = name === '' ? first : yield* main.thread(name, function* () { yield 100; });
    for (const child of [first, second]) yield* main.join(child);
  };

  it('says at which choice program and list part, and goes on', () => {
    const list = choicesOf(run(two('b'), { cpus: 1, policy: 'fifo' }));
    expect(list).toEqual([2, -1, 3, -1, 4, -1, 2, -1]);
    const events = run(two(''), { cpus: 1, policy: 'replay', replay: list });
    const finding = events.find(({ kind }) => kind === 'finding')!;
    expect([FINDING_KINDS[finding.detail], finding.value]).toEqual([
      'replay parted', '{"choice":3,"wanted":4,"ready":[2]}',
    ]);
    expect(events.at(-1)?.kind).toBe('run-end');
    expect(namesOf(events).size).toBe(2);
  });

  it('goes on by itself where the list has ended', () => {
    const events = run(two('b'), { cpus: 1, policy: 'replay', replay: [2, -1, 4, -1] });
    expect(turnsOf(events).map(({ tid }) => tid)).toEqual([2, 4, 3, 2]);
    expect(events.some(({ kind }) => kind === 'finding')).toBe(false);
  });
});

describe('settings', () => {
  it.each<[VirtualSettings, string]>([
    [{ cpus: 9 }, 'invalid cpus: 9 is not a whole number from 1 to 8'],
    [{ quantum: 0 }, 'invalid quantum: 0 is not a number of milliseconds above 0'],
    [{ policy: 'lottery' as PolicyName }, 'invalid policy: lottery is none of fifo, round-robin, priority, random, pct, replay, manual'],
    [{ policy: 'replay', replay: [1] }, 'invalid replay: it is not pairs of a task and a number of steps'],
    [{ costs: { step: -1 } }, 'invalid cost of step: -1 is not a whole number from 0 to 1000000000000'],
  ])('that make no sense are refused: %j', (settings, message) => {
    expect(() => new VirtualMachine(settings)).toThrow(message);
  });
});
