import type { ObjectId, Place, Tid } from '../protocol/ids';
import { EVENT_KINDS, EventKindCode } from '../protocol/trace-events';
import { BLOCK_REASONS, DELIVERIES, END_REASONS, READY_CAUSES, START_METHODS } from '../protocol/words';
import { formatDuration } from '../text/duration';
import { translate } from '../text/translate';
import { describeFinding } from './describe-finding';
import { eventValue, wordOf } from './event-values';
import { objectLabel, placePhrase, signalLabel, taskLabel, valueLabel } from './labels';
import { localNameOf } from './local-names';
import type { Link, TraceModel } from './trace';

export { describeInterval } from './describe-interval';
export { objectLabel, placeLabel, placePhrase, signalLabel, taskLabel, valueLabel } from './labels';

/** One sentence on an event: `producer put 3 into q at line 9; it holds 2 now`. */
export function describeEvent(model: TraceModel, event: number): string {
  const { trace } = model;
  const kind = EVENT_KINDS[trace.kind[event]] ?? 'none';
  if (kind === 'finding') return translate('traceEvents.finding', { value: describeFinding(model, event) });
  return translate(`traceEvents.${kind}`, {
    task: taskLabel(model, trace.task[event] as Tid),
    other: taskLabel(model, trace.other[event] as Tid),
    object: objectLabel(model, trace.object[event] as ObjectId),
    number: trace.other[event],
    value: valueLabel(eventValue(trace, event)),
    signal: kind.startsWith('signal') ? signalLabel(trace.detail[event]) : '',
    place: placePhrase(trace, trace.place[event] as Place),
    word: detailWord(model, event),
  });
}

/** One sentence on an arrow: `producer gave 3 to consumer through q; it took 12 µs`. */
export function describeLink(model: TraceModel, link: Link): string {
  const { trace } = model;
  return translate(`trace.link.${link.kind}`, {
    from: taskLabel(model, link.from),
    to: taskLabel(model, link.to),
    object: objectLabel(model, link.object),
    value: valueLabel(eventValue(trace, link.fromEvent)),
    signal: link.kind === 'signal' ? signalLabel(trace.detail[link.fromEvent]) : '',
    place: placePhrase(trace, trace.place[link.fromEvent] as Place),
    duration: formatDuration(link.toTime - link.fromTime),
  });
}

/** One sentence on a task: `worker, process 4, child of main; ended after 1.2 s with status 0`. */
export function describeTask(model: TraceModel, tid: Tid): string {
  const task = taskLabel(model, tid);
  const info = model.taskByTid.get(tid);
  if (info === undefined) return task;
  const { pid, parent, daemon, createdAt, endedAt, status = 0, ending } = info;
  let about: string;
  if (pid !== tid) about = translate('trace.task.thread', { task, tid, process: taskLabel(model, pid) });
  else if (parent > 0) about = translate('trace.task.child', { task, pid, parent: taskLabel(model, parent) });
  else about = translate('trace.task.process', { task, pid });
  if (daemon) about = translate('trace.task.daemon', { about });
  const duration = formatDuration((endedAt ?? model.endTime) - createdAt);
  if (endedAt === undefined) return translate('trace.task.running', { about, duration });
  const ended =
    status < 0
      ? translate('trace.task.killed', { about, duration, signal: signalLabel(-status) })
      : translate('trace.task.ended', { about, duration, status });
  return ending === undefined ? ended : translate('trace.task.endedWith', { about: ended, reason: ending });
}

/** What the detail of an event says, where its kind has words for it. */
function detailWord(model: TraceModel, event: number): string {
  const { trace } = model;
  const detail = trace.detail[event];
  switch (trace.kind[event]) {
    case EventKindCode['task-new']:
      return translate(`traceWords.method.${wordOf(START_METHODS, detail)}`);
    case EventKindCode['task-block']: {
      const object = objectLabel(model, trace.object[event] as ObjectId);
      const other = taskLabel(model, trace.other[event] as Tid);
      const reason = wordOf(BLOCK_REASONS, detail);
      return translate(`trace.goal.${reason === 'join' && trace.other[event] <= 0 ? 'joinSome' : reason}`, { object, other });
    }
    case EventKindCode.local: {
      const { of = '', name = '?' } = localNameOf(model, event) ?? {};
      return of === '' ? name : `${of}.${name}`;
    }
    case EventKindCode['signal-deliver']:
      return translate(`traceWords.delivery.${wordOf(DELIVERIES, trace.other[event])}`);
    case EventKindCode['run-end']:
      return translate(`traceWords.end.${wordOf(END_REASONS, detail)}`);
    case EventKindCode['task-ready']: {
      const waker = taskLabel(model, trace.other[event] as Tid);
      const place = placePhrase(trace, trace.place[event] as Place);
      return translate(`trace.cause.${wordOf(READY_CAUSES, detail)}`, { waker, place });
    }
    default:
      return '';
  }
}
