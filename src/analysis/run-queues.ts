import type { Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import { firstAfter, intervalAt, lastEventAt } from '../trace/lookup';
import type { Interval, Trace, TraceModel } from '../trace/trace';

/** What one CPU does at a moment. */
export interface CpuNow {
  readonly cpu: number;
  /** What runs on it; undefined: nothing does. */
  readonly running: Interval | undefined;
}

/** The scheduler at a moment. */
export interface RunQueues {
  readonly cpus: readonly CpuNow[];
  /** Those that could run and have no CPU, who waits longest first. */
  readonly ready: readonly Interval[];
  /** Those that could run if they had the GIL of their process, who waits longest first. */
  readonly gil: readonly Interval[];
}

/** A task was put on a CPU. */
export interface Decision {
  readonly event: number;
  readonly time: number;
  readonly task: Tid;
  readonly cpu: number;
}

/** A damaged trace may name any number. */
const CPUS_AT_MOST = 256;

/**
 * Who runs where and who stands in line at a moment. With the virtual clock every CPU of the machine is named, idle or not;
 * with the real one those that somebody runs on, for there each worker of the browser counts as one.
 */
export function runQueuesAt(model: TraceModel, moment: number): RunQueues {
  const time = Math.min(moment, model.endTime);
  const { settings, clock } = model.trace.header;
  const cpus = new Map<number, Interval | undefined>();
  if (clock === 'virtual') for (let cpu = 0; cpu < Math.min(CPUS_AT_MOST, settings?.cpus ?? 0); cpu++) cpus.set(cpu, undefined);
  const ready: Interval[] = [];
  const gil: Interval[] = [];
  for (const { tid, method } of model.tasks) {
    const interval = intervalAt(model, tid, time);
    if (interval?.state === 'ready') ready.push(interval);
    else if (interval?.state === 'blocked' && interval.reason === 'gil') gil.push(interval);
    // A coroutine runs on what its thread has.
    else if (interval?.state === 'running' && method !== 'coroutine') {
      const cpu = cpuOf(model.trace, interval);
      if (cpu !== undefined) cpus.set(cpu, interval);
    }
  }
  const byStart = (a: Interval, b: Interval): number => a.start - b.start || a.event - b.event;
  return {
    cpus: [...cpus].sort(([a], [b]) => a - b).map(([cpu, running]) => ({ cpu, running })),
    ready: ready.sort(byStart),
    gil: gil.sort(byStart),
  };
}

function cpuOf({ kind, other }: Trace, { event }: Interval): number | undefined {
  return kind[event] === EventKindCode['task-run'] ? other[event] : undefined;
}

const decisions = new WeakMap<Trace, Int32Array>();

/** The scheduler's decisions, as numbers of their events. */
export function decisionsOf(trace: Trace): Int32Array {
  let events = decisions.get(trace);
  if (events === undefined) {
    const found: number[] = [];
    for (let event = 0; event < trace.length; event++) if (trace.kind[event] === EventKindCode['task-run']) found.push(event);
    decisions.set(trace, (events = Int32Array.from(found)));
  }
  return events;
}

/** The place among {@link decisionsOf} of the last one by a moment, or -1. */
export function decisionAt(trace: Trace, time: number): number {
  return firstAfter(decisionsOf(trace), lastEventAt(trace, time)) - 1;
}

export function decisionOf(trace: Trace, index: number): Decision | undefined {
  const event = decisionsOf(trace)[index] as number | undefined;
  return event === undefined ? undefined : { event, time: trace.time[event], task: trace.task[event] as Tid, cpu: trace.other[event] };
}

/** Who was ready right before a decision and could have been taken instead, who had waited longest first. */
export function passedOver(model: TraceModel, { event, task }: Decision): readonly Interval[] {
  const left: Interval[] = [];
  for (const { tid } of model.tasks) {
    if (tid === task) continue;
    const intervals = model.intervals.get(tid) ?? [];
    // By events, not by times: many events have one time.
    let low = 0;
    let high = intervals.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (intervals[middle].event < event) low = middle + 1;
      else high = middle;
    }
    const interval = intervals[low - 1] as Interval | undefined;
    if (interval?.state === 'ready') left.push(interval);
  }
  return left.sort((a, b) => a.event - b.event);
}

/** How many tasks were ready and had no CPU, as steps over the run. */
export function readyCounts(model: TraceModel): { readonly times: readonly number[]; readonly counts: readonly number[] } {
  const changes: { readonly time: number; readonly by: 1 | -1 }[] = [];
  for (const intervals of model.intervals.values()) {
    for (const { state, start, end } of intervals) {
      if (state === 'ready' && end > start) changes.push({ time: start, by: 1 }, { time: end, by: -1 });
    }
  }
  changes.sort((a, b) => a.time - b.time);
  const times: number[] = [0];
  const counts: number[] = [0];
  for (const { time, by } of changes) {
    const now = (counts.at(-1) ?? 0) + by;
    if (times.at(-1) === time) counts[counts.length - 1] = now;
    else {
      times.push(time);
      counts.push(now);
    }
  }
  return { times, counts };
}
