import type { Tid } from '../../protocol/ids';
import { intervalIndexAt } from '../../trace/lookup';
import type { Interval, TraceModel } from '../../trace/trace';
import { intervalIndexOfEvent, linksOutOf, momentOf, selectedInterval, selectionOf, wakerEvent, wakerOf } from './find';
import type { RowLayout } from './rows';
import type { TimelineSelection } from './timeline-types';

export type Step = 'left' | 'right' | 'up' | 'down';

/** Where an arrow key leads from what is selected; the same selection at an edge. */
export function stepFrom(
  model: TraceModel, layout: RowLayout, selection: TimelineSelection, step: Step,
): TimelineSelection {
  if (step === 'up' || step === 'down') return stepAcross(model, layout, selection, step === 'up' ? -1 : 1);
  const by = step === 'left' ? -1 : 1;
  if (selection.kind === 'link') {
    const index = selection.index + by;
    return model.links.at(index) === undefined ? selection : { kind: 'link', index };
  }
  if (selection.kind === 'interval') {
    const intervals = model.intervals.get(selection.task) ?? [];
    const next = nextWithLength(intervals, intervalIndexOfEvent(model, selection.task, selection.event), by);
    return next === undefined ? selection : selectionOf(next);
  }
  if (selection.kind === 'series') return stepSeries(model, selection, by);
  const [first] = model.intervals.get(selection.tid) ?? [];
  return first === undefined ? selection : selectionOf(first);
}

/** Intervals without length cannot be seen: the clock did not move between two events. */
function nextWithLength(intervals: readonly Interval[], index: number, by: number): Interval | undefined {
  for (let next = index + by; next >= 0 && next < intervals.length; next += by) {
    const interval = intervals[next];
    if (interval.end > interval.start || interval.open) return interval;
  }
  return undefined;
}

function stepSeries(
  model: TraceModel, selection: TimelineSelection & { kind: 'series' }, by: number,
): TimelineSelection {
  const series = model.series.find(({ object }) => object === selection.object);
  if (series === undefined) return selection;
  const { times } = series;
  const time = by > 0 ? times.find((each) => each > selection.time) : times.findLast((each) => each < selection.time);
  return time === undefined ? selection : { ...selection, time };
}

/** The task or chart above or below, at the same moment; rows where nothing was then are passed over. */
function stepAcross(
  model: TraceModel, layout: RowLayout, selection: TimelineSelection, by: number,
): TimelineSelection {
  const rows = layout.rows.filter((row) => row.kind === 'task' || row.kind === 'object');
  const key = rowKey(model, selection);
  const from = rows.findIndex((row) => row.key === key);
  const moment = momentOf(model, selection);
  const time = selection.kind === 'link' ? moment?.end : moment && (moment.start + moment.end) / 2;
  for (let index = from + by; index >= 0 && index < rows.length; index += by) {
    const row = rows[index];
    if (selection.kind === 'task') {
      if (row.kind === 'task') return { kind: 'task', tid: row.lane.tid };
    } else if (row.kind === 'object') {
      if (time !== undefined && row.object.track.stepAt(time) >= 0) {
        return { kind: 'series', object: row.object.info.id, time };
      }
    } else {
      const found = pickAt(model, row.lane.tid, time ?? 0);
      if (found !== undefined) return found;
    }
  }
  return selection;
}

function rowKey(model: TraceModel, selection: TimelineSelection): string {
  switch (selection.kind) {
    case 'interval': return `task ${selection.task}`;
    case 'task': return `task ${selection.tid}`;
    case 'series': return `object ${selection.object}`;
    default: return `task ${model.links.at(selection.index)?.to ?? 0}`;
  }
}

/** What a task did at a moment, as a selection; where it had ended or not begun, nothing. */
export function pickAt(model: TraceModel, tid: Tid, time: number): TimelineSelection | undefined {
  const intervals = model.intervals.get(tid) ?? [];
  // What goes on since the last event goes on now.
  const interval = intervals[intervalIndexAt(intervals, Math.min(time, model.endTime))];
  return interval === undefined ? undefined : selectionOf(interval);
}

/** What Enter picks: of the first task from the top that did something at `time`, else its first interval. */
export function firstPick(model: TraceModel, layout: RowLayout, time: number): TimelineSelection | undefined {
  const lanes = layout.rows.flatMap((row) => (row.kind === 'task' ? [row.lane] : []));
  for (const { tid } of lanes) {
    const found = pickAt(model, tid, time);
    if (found !== undefined) return found;
  }
  const first = lanes[0]?.intervals[0];
  return first === undefined ? undefined : selectionOf(first);
}

/** Who ended the selected wait, or where the selected arrow began. */
export function causeOf(model: TraceModel, selection: TimelineSelection): TimelineSelection | undefined {
  if (selection.kind === 'link') {
    const link = model.links.at(selection.index);
    return link === undefined ? undefined : { kind: 'interval', task: link.from, event: link.fromEvent };
  }
  const interval = selectedInterval(model, selection);
  if (interval === undefined) return undefined;
  // Where a library's own thread woke it: what the program did to bring that about.
  const { deed } = interval;
  if (deed !== undefined) return { kind: 'interval', task: model.trace.task[deed] as Tid, event: deed };
  const waker = wakerOf(model, interval);
  if (waker !== undefined) return { kind: 'interval', task: waker.task, event: wakerEvent(model, interval) };
  // What runs was made ready by somebody: go on back from there.
  const intervals = model.intervals.get(interval.task) ?? [];
  const before = intervals[intervalIndexOfEvent(model, interval.task, interval.event) - 1];
  return before === undefined || interval.state === 'blocked' ? undefined : selectionOf(before);
}

/** Whom what is selected woke, or gave something. */
export function effectOf(model: TraceModel, selection: TimelineSelection): TimelineSelection | undefined {
  if (selection.kind === 'link') {
    const link = model.links.at(selection.index);
    return link === undefined ? undefined : { kind: 'interval', task: link.to, event: link.toEvent };
  }
  const interval = selectedInterval(model, selection);
  if (interval === undefined) return undefined;
  const intervals = model.intervals.get(interval.task) ?? [];
  const next = intervals[intervalIndexOfEvent(model, interval.task, interval.event) + 1];
  const out = linksOutOf(model, interval.task, interval.event, next?.event ?? model.trace.length);
  const link = model.links.at(out.find((index) => model.links.toTask(index) !== interval.task) ?? -1);
  return link === undefined ? undefined : { kind: 'interval', task: link.to, event: link.toEvent };
}
