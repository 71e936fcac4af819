import { describe, expect, it } from 'vitest';
import { EventKindCode } from '../protocol/trace-events';
import type { ChromeEvent } from './chrome-format';
import { isChromeTrace, readChromeTrace } from './chrome-reader';
import { chromeTracePieces } from './chrome-writer';
import { eventText } from './event-values';
import { buildModel } from './model';
import { modelFromText } from './test-support/models';
import { describeIntervals, taskNamed } from './trace-text';
import type { TraceModel } from './trace';

const run = modelFromText(`
  q = queue 2
  producer | thread:consumer  sleep      timeout  put:q=3@9>consumer  exit    .
  consumer | .                block:q@14 .        .                   get:q   print=done
`);

function written(model: TraceModel): ChromeEvent[] {
  return (JSON.parse([...chromeTracePieces(model)].join('')) as { traceEvents: ChromeEvent[] }).traceEvents;
}

function read(events: readonly object[]): TraceModel {
  return buildModel(readChromeTrace(JSON.stringify({ traceEvents: events })).trace);
}

describe('a run as trace events of Chromium', () => {
  it('has a slice for each interval, named by what is waited for', () => {
    const slices = written(run).filter(({ ph }) => ph === 'X');
    const wait = slices.find(({ args }) => args?.reason === 'queue empty');
    expect(wait).toMatchObject({
      name: 'wait: queue empty', cat: 'blocked', tid: taskNamed(run, 'consumer'), pid: taskNamed(run, 'producer'),
      ts: 1000, dur: 2000, args: { object: 'q', line: 14 },
    });
  });

  it('has both ends of each arrow, within slices of its tasks', () => {
    const events = written(run);
    const starts = events.filter(({ ph }) => ph === 's');
    expect(starts.length).toBe(run.links.length);
    for (const { id, cat } of starts) expect(events.find((each) => each.ph === 'f' && each.id === id)).toMatchObject({ cat, bp: 'e' });
    expect(events.filter(({ ph }) => ph === 'C').map(({ args }) => args?.value)).toEqual([0, 1, 0]);
  });

  it('comes back with the same intervals, names, output and number of messages', () => {
    const back = read(written(run));
    expect(back.tasks.map(({ name }) => name)).toEqual(['producer', 'consumer']);
    for (const name of ['producer', 'consumer']) {
      const told = (model: TraceModel): string[] => (model.intervals.get(taskNamed(model, name)) ?? [])
        .filter(({ start, end }) => end > start).map(({ state, start, end, reason }) => `${state} ${reason} ${start}-${end}`);
      expect(told(back)).toEqual(told(run));
    }
    expect(back.output.map(({ text }) => text)).toEqual(['done\n']);
    expect(back.links.filter(({ kind }) => kind === 'message').length).toBe(run.links.length);
    expect(describeIntervals(back)).toContain('producer');
  });
});

describe('trace events of others', () => {
  it('are threads that run while a slice is open, however deep', () => {
    const model = read([
      { ph: 'M', name: 'process_name', pid: 7, args: { name: 'python' } },
      { ph: 'M', name: 'thread_name', pid: 7, tid: 9, args: { name: 'worker' } },
      { ph: 'X', name: 'main', pid: 7, tid: 7, ts: 100, dur: 50 },
      { ph: 'X', name: 'inner', pid: 7, tid: 7, ts: 110, dur: 20 },
      { ph: 'B', name: 'work', pid: 7, tid: 9, ts: 120 },
      { ph: 'E', pid: 7, tid: 9, ts: 140 },
      { ph: 's', name: 'call', id: 1, pid: 7, tid: 7, ts: 115 },
      { ph: 'f', name: 'call', id: 1, pid: 7, tid: 9, ts: 125 },
    ]);
    expect(model.tasks.map(({ name, pid }) => `${name} ${pid}`).sort()).toEqual(['python 3', 'worker 3'].map((text) => text.replace('3', String(model.tasks[0].pid))));
    const main = model.intervals.get(model.tasks[0].tid) ?? [];
    expect(main.filter(({ state }) => state === 'running').map(({ start, end }) => [start, end])).toEqual([[0, 50_000]]);
    expect([...model.links].map(({ kind, fromTime, toTime }) => `${kind} ${fromTime} ${toTime}`)).toEqual(['message 15000 25000']);
    const { trace } = model;
    const calls = [...trace.kind.keys()].filter((event) => trace.kind[event] === EventKindCode.calls && trace.task[event] === model.tasks[0].tid);
    expect(calls.map((event) => eventText(trace, event))).toEqual(['main', 'inner < main', 'main', '']);
  });

  it('are read as a bare list, also one whose end is missing', () => {
    expect(readChromeTrace('[{"ph":"X","name":"a","pid":1,"tid":1,"ts":0,"dur":5},\n').trace.length).toBeGreaterThan(3);
    expect(isChromeTrace('[{"ph"')).toBe(true);
    expect(isChromeTrace('{"format":"weft-trace"')).toBe(false);
  });

  it('of kinds unknown here are left out and counted', () => {
    const { notes } = readChromeTrace(JSON.stringify([{ ph: 'X', ts: 1, dur: 1 }, { ph: 'Z', ts: 1 }, 5, { ph: 'X' }]));
    expect(notes.join()).toContain('3 events');
  });

  it('that are none are refused in a sentence', () => {
    expect(() => readChromeTrace('{"traceEvents":[]}')).toThrow();
    expect(() => readChromeTrace('{"traceEvents":')).toThrow(/JSON/);
  });
});
