import { NO_PLACE, type ObjectId, type Place, type Tid } from '../protocol/ids';
import { EVENT_KINDS, EventKindCode, type EventKind } from '../protocol/trace-events';
import { ObjectTypeCode, type TaskState } from '../protocol/words';
import type { Interval, Link, Trace, TraceModel } from './trace';

/** The index of the first of `sorted` that is greater than `value`; its length where none is. */
export function firstAfter(sorted: ArrayLike<number>, value: number, length = sorted.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last event at or before `time`, or -1. */
export function lastEventAt(trace: Trace, time: number): number {
  return firstAfter(trace.time, time, trace.length) - 1;
}

/**
 * The index in `intervals` of the one that `time` is in (from its start up to, not including, its end), or
 * -1.
 */
export function intervalIndexAt(intervals: readonly Interval[], time: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle].start <= time) low = middle + 1;
    else high = middle;
  }
  const found = intervals[low - 1];
  if (found === undefined) return -1;
  // An open interval ends where the trace does for now, and holds there too.
  return time < found.end || (found.open && time === found.end) ? low - 1 : -1;
}

/** What a task did at `time`; undefined before its creation and after its end. */
export function intervalAt(model: TraceModel, tid: Tid, time: number): Interval | undefined {
  const intervals = model.intervals.get(tid) ?? [];
  return intervals[intervalIndexAt(intervals, time)];
}

/** What the task did right after `interval`. */
export function intervalAfter(model: TraceModel, interval: Interval): Interval | undefined {
  const intervals = model.intervals.get(interval.task) ?? [];
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle].event <= interval.event) low = middle + 1;
    else high = middle;
  }
  return intervals[low];
}

/** The state of a task at `time`: `free` before its creation, `dead` after its end. */
export function stateAt(model: TraceModel, tid: Tid, time: number): TaskState {
  const interval = intervalAt(model, tid, time);
  if (interval !== undefined) return interval.state;
  const info = model.taskByTid.get(tid);
  return info === undefined || time < info.createdAt ? 'free' : 'dead';
}

/** The state of each task at `time`. */
export function statesAt(model: TraceModel, time: number): ReadonlyMap<Tid, TaskState> {
  return new Map(model.tasks.map(({ tid }) => [tid, stateAt(model, tid, time)]));
}

/** The value of a step series at `time`; undefined before its first step. */
export function seriesValueAt(
  series: { readonly times: Float64Array; readonly values: Float64Array },
  time: number,
): number | undefined {
  return series.values[firstAfter(series.times, time) - 1];
}

/** The arrow that leads to `event`, or undefined. */
export function linkTo(model: TraceModel, event: number): Link | undefined {
  const { links } = model;
  const index = links.firstEndingFrom(event);
  return links.toEvents[index] === event ? links.at(index) : undefined;
}

/** Events whose place is not where their task was, but where another was that caused them. */
const PLACED_BY_OTHERS: readonly EventKind[] = [
  'task-ready',
  'task-run',
  'task-exit',
  'task-adopt',
  'task-reap',
  'task-stop',
  'task-continue',
  'signal-deliver',
];

/**
 * The events of a trace by task and by object, for going from one to the next. Built once for a trace, in one
 * pass over its columns; every question is answered by binary search.
 */
export class EventIndex {
  private readonly byTask: Rows;
  private readonly byObject: Rows;
  /** Of each task, the events that say on which line it was. */
  private readonly placed: Rows;

  constructor(readonly trace: Trace) {
    const elsewhere = new Uint8Array(256);
    for (const kind of PLACED_BY_OTHERS) elsewhere[EVENT_KINDS.indexOf(kind)] = 1;
    this.byTask = new Rows(trace.length, (event) => trace.task[event]);
    this.byObject = new Rows(trace.length, (event) => trace.object[event]);
    // A GIL passes from task to task when others act.
    const gils = new Set<number>();
    this.placed = new Rows(trace.length, (event) => {
      const kind = trace.kind[event];
      if (kind === EventKindCode['object-new'] && trace.detail[event] === ObjectTypeCode.gil)
        gils.add(trace.object[event]);
      const foreign = elsewhere[kind] === 1 || gils.has(trace.object[event]);
      return trace.place[event] === NO_PLACE || foreign ? 0 : trace.task[event];
    });
  }

  eventsOfTask(tid: Tid): Int32Array {
    return this.byTask.of(tid);
  }

  eventsOfObject(id: ObjectId): Int32Array {
    return this.byObject.of(id);
  }

  /** The first event of the task after `event` (-1: its first), or undefined. */
  nextOfTask(tid: Tid, event: number): number | undefined {
    return after(this.byTask.of(tid), event);
  }

  previousOfTask(tid: Tid, event: number): number | undefined {
    return before(this.byTask.of(tid), event);
  }

  nextOfObject(id: ObjectId, event: number): number | undefined {
    return after(this.byObject.of(id), event);
  }

  previousOfObject(id: ObjectId, event: number): number | undefined {
    return before(this.byObject.of(id), event);
  }

  /** Where in the program the task was at `time`: the place of its last event that has one. */
  placeAt(tid: Tid, time: number): Place {
    const event = before(this.placed.of(tid), lastEventAt(this.trace, time) + 1);
    return (event === undefined ? NO_PLACE : this.trace.place[event]) as Place;
  }

  /** Where each task that is alive at `time` was; tasks of which no line is known are left out. */
  placesAt(model: TraceModel, time: number): ReadonlyMap<Tid, Place> {
    const places = new Map<Tid, Place>();
    for (const { tid } of model.tasks) {
      const state = stateAt(model, tid, time);
      if (state === 'free' || state === 'dead' || state === 'zombie') continue;
      const place = this.placeAt(tid, time);
      if (place !== NO_PLACE) places.set(tid, place);
    }
    return places;
  }
}

/** Numbers of events in order, by a key of theirs that is greater than 0. */
class Rows {
  private readonly rows = new Map<number, Int32Array>();

  constructor(length: number, keyOf: (event: number) => number) {
    const counts = new Map<number, number>();
    for (let event = 0; event < length; event++) {
      const key = keyOf(event);
      if (key > 0) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, count] of counts) {
      this.rows.set(key, new Int32Array(count));
      counts.set(key, 0);
    }
    for (let event = 0; event < length; event++) {
      const key = keyOf(event);
      const row = this.rows.get(key);
      if (row === undefined) continue;
      const filled = counts.get(key) ?? 0;
      row[filled] = event;
      counts.set(key, filled + 1);
    }
  }

  of(key: number): Int32Array {
    return this.rows.get(key) ?? new Int32Array(0);
  }
}

function after(events: Int32Array, event: number): number | undefined {
  return events[firstAfter(events, event)];
}

function before(events: Int32Array, event: number): number | undefined {
  return events[firstAfter(events, event - 1) - 1];
}
