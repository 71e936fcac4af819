import { lineOfPlace } from '../protocol/ids';
import type { ChromeEvent, SliceArguments } from './chrome-format';
import { objectLabel, taskLabel } from './labels';
import type { Interval, Link, TaskInfo, TraceModel } from './trace';

/** Pieces of so many events each: one text of a million would be too long for some browsers. */
const EVENTS_A_PIECE = 10_000;

/**
 * A run as trace events of Chromium: a slice for each interval, a counter for each object, a flow for each arrow, an instant
 * for each line of output. Opens in Perfetto, with arrows.
 */
export function* chromeTracePieces(model: TraceModel): Generator<string> {
  yield '{"displayTimeUnit":"ns","otherData":{"writer":"weft"},"traceEvents":[\n';
  let separator = '';
  let piece: string[] = [];
  for (const event of chromeEvents(model)) {
    piece.push(separator, JSON.stringify(event));
    separator = ',\n';
    if (piece.length < EVENTS_A_PIECE * 2) continue;
    yield piece.join('');
    piece = [];
  }
  yield piece.join('');
  yield '\n]}\n';
}

function* chromeEvents(model: TraceModel): Generator<ChromeEvent> {
  for (const task of model.tasks) yield* metadata(model, task);
  for (const task of model.tasks) {
    for (const interval of model.intervals.get(task.tid) ?? []) {
      // An interval without length is not seen, and a slice of no length would be a mark.
      if (interval.end > interval.start) yield slice(model, task, interval);
    }
  }
  for (const { object, times, values } of model.series) {
    const pid = model.taskByTid.get(model.objectById.get(object)?.creator ?? model.tasks[0]?.tid)?.pid ?? 0;
    const name = objectLabel(model, object);
    for (let step = 0; step < times.length; step++) {
      yield { ph: 'C', name, pid, tid: pid, ts: times[step] / 1e3, args: { value: values[step] } };
    }
  }
  let id = 0;
  for (const link of model.links) yield* flow(model, link, id++);
  for (const { time, task, pid, text, stream } of model.output) {
    yield { ph: 'i', s: 't', name: text.trimEnd(), cat: stream, pid, tid: task, ts: time / 1e3 };
  }
}

function* metadata(model: TraceModel, { tid, pid }: TaskInfo): Generator<ChromeEvent> {
  const name = taskLabel(model, tid);
  if (tid === pid) yield { ph: 'M', name: 'process_name', pid, tid, args: { name } };
  yield { ph: 'M', name: 'thread_name', pid, tid, args: { name } };
}

function slice(model: TraceModel, { pid, tid }: TaskInfo, interval: Interval): ChromeEvent {
  const { state, reason, object, place, start, end } = interval;
  const line = lineOfPlace(place);
  const blocked = state === 'blocked';
  const args: SliceArguments = {
    state,
    ...(blocked && { reason }),
    ...(line > 0 && { line }),
    ...(blocked && object > 0 && { object: objectLabel(model, object) }),
  };
  const name = blocked ? `wait: ${reason}` : state;
  return { ph: 'X', name, cat: state, pid, tid, ts: start / 1e3, dur: (end - start) / 1e3, args: { ...args } };
}

/** The two ends of an arrow. The end binds to the slice around it, which began with what it brought about. */
function* flow(model: TraceModel, link: Link, id: number): Generator<ChromeEvent> {
  const from = model.taskByTid.get(link.from);
  const to = model.taskByTid.get(link.to);
  if (from === undefined || to === undefined) return;
  const name = link.object > 0 ? objectLabel(model, link.object) : link.kind;
  const common = { name, cat: link.kind, id };
  yield { ph: 's', ...common, pid: from.pid, tid: from.tid, ts: link.fromTime / 1e3 };
  yield { ph: 'f', bp: 'e', ...common, pid: to.pid, tid: to.tid, ts: link.toTime / 1e3 };
}
