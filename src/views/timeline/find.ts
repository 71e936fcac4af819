import type { Tid } from '../../protocol/ids';
import { firstAfter } from '../../trace/lookup';
import type { Interval, TraceModel } from '../../trace/trace';
import { WakerSearch } from '../../trace/waker-search';
import type { TimelineSelection } from './timeline-types';

/** The index of the interval of `task` that `event` falls into: the last one begun by it or by an event before it. */
export function intervalIndexOfEvent(model: TraceModel, task: Tid, event: number): number {
  const intervals = model.intervals.get(task) ?? [];
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle].event <= event) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function intervalOfEvent(model: TraceModel, task: Tid, event: number): Interval | undefined {
  return model.intervals.get(task)?.[intervalIndexOfEvent(model, task, event)];
}

/** The interval that is selected, where one is and the model still has it. */
export function selectedInterval(model: TraceModel, selection: TimelineSelection | undefined): Interval | undefined {
  return selection?.kind === 'interval' ? intervalOfEvent(model, selection.task, selection.event) : undefined;
}

export function selectionOf(interval: Interval): TimelineSelection {
  return { kind: 'interval', task: interval.task, event: interval.event };
}

/** What the task that ended a wait was doing then, or undefined where nobody did. */
export function wakerOf(model: TraceModel, interval: Interval): Interval | undefined {
  if (interval.endedBy < 0) return undefined;
  const waker = model.trace.other[interval.endedBy] as Tid;
  return waker > 0 ? intervalOfEvent(model, waker, interval.endedBy) : undefined;
}

/** What that task did to end it: the put, the release, the notify. */
export function wakerEvent(model: TraceModel, interval: Interval): number {
  return new WakerSearch(model.trace, interval.endedBy).deed();
}

/** The links that end (`toEvent`) in `from` to `to` (exclusive): they are in that order. */
export function linksInto(model: TraceModel, task: Tid, from: number, to: number): readonly number[] {
  const { links } = model;
  let index = links.firstEndingFrom(from);
  const found: number[] = [];
  for (; index < links.length && links.toEvents[index] < to; index++) {
    if (links.toTask(index) === task) found.push(index);
  }
  return found;
}

/** Looked at for arrows out of an interval: those that arrive no later than so many links after it. */
const LOOK_AHEAD = 20_000;

/**
 * The links that begin in an interval (by event numbers, `to` exclusive). They are in the order of their ends, so those
 * that arrive very much later are not found.
 */
export function linksOutOf(model: TraceModel, task: Tid, from: number, to: number): readonly number[] {
  const { links } = model;
  const first = links.firstEndingFrom(from);
  const found: number[] = [];
  for (let index = first; index < Math.min(links.length, first + LOOK_AHEAD); index++) {
    const fromEvent = links.fromEvents[index];
    if (fromEvent >= from && fromEvent < to && links.fromTask(index) === task) found.push(index);
  }
  return found;
}

/** The arrows that belong to an interval: those into it, what ended it, and those out of it. */
export function linksOf(model: TraceModel, interval: Interval): readonly number[] {
  const intervals = model.intervals.get(interval.task) ?? [];
  const index = intervalIndexOfEvent(model, interval.task, interval.event);
  // What made a waiting task ready is answered in the first events of what it did next.
  const end = intervals[index + 1]?.event ?? model.trace.length;
  const settled = interval.state === 'blocked' ? (intervals[index + 3]?.event ?? model.trace.length) : end;
  const into = linksInto(model, interval.task, interval.event, settled);
  const relevant = interval.state === 'blocked' ? into.slice(0, 2) : into;
  return [...relevant, ...linksOutOf(model, interval.task, interval.event, end)];
}

/** The moment a selection is about. */
export function momentOf(model: TraceModel, selection: TimelineSelection): { start: number; end: number } | undefined {
  switch (selection.kind) {
    case 'interval': return selectedInterval(model, selection);
    case 'link': {
      const link = model.links.at(selection.index);
      return link === undefined ? undefined : { start: link.fromTime, end: link.toTime };
    }
    case 'series': return { start: selection.time, end: selection.time };
    default: {
      const info = model.taskByTid.get(selection.tid);
      return info === undefined ? undefined : { start: info.createdAt, end: info.endedAt ?? model.endTime };
    }
  }
}

/** The last step of an object's number at or before `time`. */
export function stepOf(model: TraceModel, object: number, time: number): { time: number; value: number } | undefined {
  const series = model.series.find((each) => each.object === object);
  if (series === undefined) return undefined;
  const step = firstAfter(series.times, time) - 1;
  return step < 0 ? undefined : { time: series.times[step], value: series.values[step] };
}
