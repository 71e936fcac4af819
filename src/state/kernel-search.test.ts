import { describe, expect, it } from 'vitest';
import { createShared, loadShared, storeShared } from '../kernel/ipc/shared-memory';
import type { Kernel } from '../kernel/kernel';
import { RING, RING_HEAD, RING_MASK, RING_TAIL } from '../kernel/layout';
import { acquireLock, createLock, releaseLock } from '../kernel/sync/lock';
import { VirtualMachine, type Script } from '../kernel/test-support/virtual-machine';
import { FOREVER } from '../kernel/wait-queue';
import { RECORD_WORDS } from '../protocol/trace-events';
import { ObjectTypeCode } from '../protocol/words';
import { readRun } from '../search/read-run';
import { isPreemption, preemptionsOf, type Schedule, type ScheduledRun } from '../search/schedule';
import { DEFAULT_SEARCH, searchSchedules, type SearchOptions, type SearchResult } from '../search/search';
import { TraceBuilder } from '../trace/trace-builder';
import { searchSettings, settingsOfSchedule } from './schedule-runner';

const BASE = searchSettings({ clock: 'virtual', tracing: true }, 'javascript');

/** Runs a script on the kernel itself, as a search wants it run. */
function runScript(script: Script, schedule: Schedule, branches = 10_000): ScheduledRun {
  const settings = settingsOfSchedule(BASE, schedule, branches);
  const machine = new VirtualMachine(settings);
  const builder = new TraceBuilder({ clock: 'virtual' });
  machine.onRecords = () => builder.append(recordsIn(machine.words));
  machine.run(script);
  return readRun(builder.snapshot(), settings.branches ?? 0);
}

async function search(makeScript: () => Script, options: Partial<SearchOptions> = {}): Promise<SearchResult & { runs: ScheduledRun[] }> {
  const runs: ScheduledRun[] = [];
  const result = await searchSchedules((schedule) => {
    const run = runScript(makeScript(), schedule);
    runs.push(run);
    return Promise.resolve(run);
  }, { ...DEFAULT_SEARCH, ...options }, () => undefined, () => false);
  return { ...result, runs };
}

/** Whole records that are in the ring. */
function recordsIn(words: Int32Array): Int32Array {
  const records: number[] = [];
  for (let record = words[RING_TAIL]; record !== words[RING_HEAD]; record++) {
    const at = RING + (record & RING_MASK) * RECORD_WORDS;
    records.push(...words.subarray(at, at + RECORD_WORDS));
  }
  return Int32Array.from(records);
}

/** Tasks that each do `operations` loads of one word; who did them is kept in `order`. */
function loaders(tasks: number, operations: number, order: string[]): Script {
  return function* (main) {
    order.length = 0;
    const value = yield (k) => createShared(k, 'value', 'i', 1, 0, 'n');
    const children = [];
    for (let task = 0; task < tasks; task++) {
      children.push(yield* main.thread(`t${task}`, function* () {
        for (let i = 0; i < operations; i++) {
          yield (k) => {
            order.push(String(task));
            return loadShared(k, value, 0), 0;
          };
        }
      }));
    }
    for (const child of children) yield* main.join(child);
  };
}

describe('a search on the kernel', () => {
  it('comes to every order of operations that there is, each schedule once', async () => {
    const order: string[] = [];
    const orders = new Set<string>();
    const lists = new Set<string>();
    const result = await searchSchedules((schedule) => {
      const run = runScript(loaders(2, 2, order), schedule);
      orders.add(order.join(''));
      if (schedule.policy === 'replay') expect(lists.has(run.choices.join())).toBe(false);
      lists.add(run.choices.join());
      return Promise.resolve(run);
    }, { ...DEFAULT_SEARCH, schedules: 700, preemptions: 2 }, () => undefined, () => false);
    expect(result.found).toBeUndefined();
    // 4 over 2: all ways to mix two operations of one with two of the other.
    expect(orders.size).toBe(6);
  });

  it('replays each schedule as it was run, and a run has the preemptions that the search says', async () => {
    const order: string[] = [];
    const { runs } = await search(() => loaders(3, 2, order), { schedules: 150, preemptions: 2 });
    for (const { choices, branches } of runs.slice(0, 60)) {
      const again = runScript(loaders(3, 2, order), { policy: 'replay', choices });
      expect(again.choices).toEqual(choices);
      expect(again.parted).toBe(false);
      for (const branch of branches.slice(0, 5)) {
        const steps = choices[2 * branch.choice + 1];
        expect(isPreemption(branch) ? steps === -1 || steps >= branch.steps : true).toBe(true);
      }
    }
    for (const { choices } of runs.slice(0, 90)) expect(preemptionsOf(choices)).toBeLessThanOrEqual(2);
  });

  it('finds an update that is lost between a load and a store, and none where a lock is held', async () => {
    const add = (locked: boolean) => (): Script => function* (main) {
      const lock = yield (k) => createLock(k, ObjectTypeCode.lock, 'lock');
      const value = yield (k) => createShared(k, 'value', 'i', 1, 0, 'n');
      const once: Script = function* () {
        let number = 0;
        if (locked) yield (k: Kernel) => acquireLock(k, lock, FOREVER);
        yield (k) => (loadShared(k, value, 0), (number = k.number), 0);
        yield (k) => storeShared(k, value, 0, number + 1);
        if (locked) yield (k: Kernel) => releaseLock(k, lock);
      };
      const adders = [yield* main.thread('a', once), yield* main.thread('b', once)];
      for (const adder of adders) yield* main.join(adder);
      let total = 0;
      yield (k) => (loadShared(k, value, 0), (total = k.number), 0);
      // A program whose result depends on the schedule: it waits for ever where an update was lost.
      if (total < 2) yield (k) => acquireLock(k, lock, FOREVER);
      if (total < 2) yield (k) => acquireLock(k, lock, FOREVER);
    };
    const { found } = await search(add(false), { schedules: 100 });
    expect(found?.failure).toMatchObject({ kind: 'finding' });
    expect(preemptionsOf(found!.choices)).toBe(1);
    const repaired = await search(add(true), { schedules: 600, preemptions: 2 });
    expect(repaired.found).toBeUndefined();
    expect(repaired.coverage.preemptions).toBeGreaterThanOrEqual(1);
  });

  it('lets a task that waits for another in a loop have only its quantum', async () => {
    const spinner: Script = function* (main) {
      const flag = yield (k) => createShared(k, 'value', 'i', 1, 0, 'flag');
      const setter = yield* main.thread('setter', function* () { yield (k) => storeShared(k, flag, 0, 1); });
      let seen = 0;
      while (seen === 0) yield (k) => (loadShared(k, flag, 0), (seen = k.number), 0);
      yield* main.join(setter);
    };
    expect(runScript(spinner, { policy: 'replay', choices: [] }).outcome.end).toBe('finished');
    expect(runScript(spinner, { policy: 'replay', choices: [2, -1] }).outcome.end).toBe('finished');
  });

  it('says where what it records has an end', () => {
    const run = runScript(loaders(3, 4, []), { policy: 'replay', choices: [] }, 5);
    expect([run.branches.length, run.branchesCut]).toEqual([5, true]);
  });
});
