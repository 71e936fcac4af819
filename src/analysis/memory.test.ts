import { describe, expect, it } from 'vitest';
import type { TraceModel } from '../trace/trace';
import { eventIndexOf } from './holders';
import { callsIn, memoryAt, type ProcessMemory } from './memory';
import { recorded } from './test-support/recorded';

/** Two threads count to 6 under a lock; then a forked child sets the counter to 100 and adds to a list. */
const model = recorded('memory-fork');

function processOf(at: TraceModel, time: number, name: string): ProcessMemory | undefined {
  return memoryAt(at, time).processes.find(({ info }) => info.name === name);
}

function valuesOf(process: ProcessMemory | undefined): Record<string, number | string> {
  return Object.fromEntries(process?.variables.map(({ name, value }) => [name, value]) ?? []);
}

describe('the memory of each process at a moment', () => {
  const child = model.tasks.find(({ name }) => name === 'child')!;
  const whileBothLive = (child.endedAt ?? 0) - 15e6;

  it('has the variables as they were then', () => {
    expect(valuesOf(processOf(model, child.createdAt, 'main'))).toMatchObject({ counter: 6, shopping: "['bread']" });
    // While the two threads still count.
    const { endedAt = 0 } = model.tasks.find(({ name }) => name === 'counter 1')!;
    expect(Number(valuesOf(processOf(model, endedAt - 15e6, 'main')).counter)).toBeLessThan(6);
  });

  it('of a forked child begins as a copy, and is its own from then on', () => {
    const variable = (time: number, name: string) => processOf(model, time, 'child')?.variables.find((each) => each.name === name);
    const { id } = model.objects.find(({ type, creator, name }) => type === 'variable' && creator === child.tid && name === 'counter')!;
    const first = eventIndexOf(model.trace).eventsOfObject(id)[1];
    expect(variable(model.trace.time[first], 'counter')).toMatchObject({ value: 6, copied: 'as it was', parents: undefined });
    expect(variable(whileBothLive, 'counter')).toMatchObject({ value: 100, copied: 'changed', parents: 6 });
    expect(variable(whileBothLive, 'shopping')).toMatchObject({ value: "['bread', 'milk']", copied: 'changed', parents: "['bread']" });
    expect(valuesOf(processOf(model, whileBothLive, 'main'))).toMatchObject({ counter: 6, shopping: "['bread']" });
  });

  it('has the calls of each thread', () => {
    const thread = model.tasks.find(({ name }) => name === 'counter 1')!;
    const main = processOf(model, (thread.endedAt ?? 0) - 5e6, 'main')!;
    expect(main.threads.length).toBeGreaterThan(1);
    const calls = main.threads.find(({ info }) => info.tid === thread.tid)?.calls;
    expect(calls?.map(({ name }) => name)).toEqual(['count']);
    expect(main.threads[0].calls.at(-1)?.name).toBe('<module>');
  });

  it('where the run stands is what was read there; what could not be read is as it was recorded', () => {
    const [recordedThen, main] = [processOf(model, whileBothLive, 'main')!, model.tasks[0]];
    const [{ calls }] = recordedThen.threads;
    const { processes } = memoryAt(model, whileBothLive, [{
      pid: main.pid,
      globals: [{ name: 'counter', value: 7 }, { name: 'shopping', value: undefined }, { name: 'fresh', value: 'None' }, { name: 'odd', value: undefined }],
      threads: [{ tid: main.tid, calls: [{ name: 'inner', line: 3, locals: [{ name: 'n', value: 2 }, { name: 'thing', value: undefined }] }, ...calls.map(
        ({ name, line }) => ({ name, line, locals: [] }),
      )] }],
    }]);
    const [now, child] = processes;
    expect(valuesOf(now)).toEqual({ ...valuesOf(recordedThen), counter: 7, shopping: "['bread']", fresh: 'None' });
    expect(now.variables.find(({ name }) => name === 'counter')?.event).toBeUndefined();
    expect(now.threads[0].calls.map(({ name, line }) => `${name}:${line}`)).toEqual(['inner:3', ...calls.map(({ name, line }) => `${name}:${line}`)]);
    expect(now.threads[0].calls[0].locals).toEqual([{ name: 'n', value: 2, event: undefined }]);
    expect(child.variables.find(({ name }) => name === 'counter')).toMatchObject({ value: 100, parents: 7 });
  });

  it('names only those that are alive', () => {
    expect(memoryAt(model, model.endTime).processes).toEqual([]);
    expect(processOf(model, child.createdAt / 2, 'child')).toBeUndefined();
  });
});

it('calls are read as they are written, whatever they are called', () => {
  expect(callsIn('put_all < work:21 < <module>:30')).toEqual([
    { name: 'put_all', line: 0 }, { name: 'work', line: 21 }, { name: '<module>', line: 30 },
  ]);
  expect(callsIn('')).toEqual([]);
});

describe('the local variables of each call', () => {
  const shop = recorded('local-variables');
  const ann = shop.tasks.find(({ name }) => name === 'Ann')!;
  const callsAt = (time: number) => memoryAt(shop, time).processes[0]?.threads.find(({ info }) => info.tid === ann.tid)?.calls ?? [];
  const momentOf = (value: string): number => shop.trace.time[shop.output.find(({ text }) => text.startsWith(value))!.event];
  const localsIn = (time: number) => callsAt(time).map(({ name, locals }) => [name, Object.fromEntries(locals.map((each) => [each.name, each.value]))]);

  it('are those of the moment, a method\'s own beside its caller\'s', () => {
    expect(localsIn(momentOf('Ann leaves 5'))).toEqual([
      ['sell', { self: 'Shop(stock=6)', customer: "'Ann'", count: 1, left: 5 }],
      ['visit', { shop: 'Shop(stock=6)', name: "'Ann'", wishes: '[1, 2]', price: '0.5', wish: 1 }],
    ]);
  });

  it('are kept apart by depth where a function calls itself', () => {
    const calls = localsIn(momentOf('coins'));
    expect(calls.map(([name]) => name)).toEqual(['change', 'change', 'change', 'change', 'visit']);
    expect(calls.slice(0, 4).map(([, locals]) => (locals as Record<string, unknown>).cents)).toEqual([0, 10, 30, 80]);
    // The innermost call has none yet.
    expect(calls.map(([, locals]) => (locals as Record<string, unknown>).coin)).toEqual([undefined, 10, 20, 50, undefined]);
    expect(calls[4][1]).toMatchObject({ wish: 2, left: 3 });
  });
});
