import { EventKindCode } from '../protocol/trace-events';
import { ObjectTypeCode } from '../protocol/words';
import type { ObjectId } from '../protocol/ids';
import { eventText } from '../trace/event-values';
import type { Link, Trace, TraceModel } from '../trace/trace';

/** What the event `from` made certain for the event `to`: it comes later in every run that has both. */
export interface OrderEdge {
  readonly from: number;
  readonly to: number;
  readonly kind: Link['kind'] | 'unlock';
}

/**
 * All edges between tasks, by the event they lead to: the arrows of the timeline, and those that made nobody wait: the release
 * of a lock before its next acquire, an end before the collecting of its status or a `join` that returns at once.
 */
export function orderEdges(model: TraceModel): readonly OrderEdge[] {
  const { trace } = model;
  const gils = new Set<number>();
  const edges: OrderEdge[] = [];
  const released = new Map<ObjectId, number[]>();
  const permits = new Set<number>();
  const exits = new Map<number, number>();
  const exitsByName = new Map<string, number>();
  const nameOf = new Map(model.tasks.map(({ tid, name }) => [tid as number, name]));
  /** What the program's call under way joins, by task. */
  const joining = new Map<number, string>();
  const sets = new Map<number, number>();
  const waiting = new Map<number, number>();
  for (let event = 0; event < trace.length; event++) {
    const object = trace.object[event] as ObjectId;
    const task = trace.task[event];
    switch (trace.kind[event]) {
      case EventKindCode['object-new']: {
        const type = trace.detail[event];
        if (type === ObjectTypeCode.gil) gils.add(object);
        if (type === ObjectTypeCode.semaphore || type === ObjectTypeCode['bounded semaphore']) permits.add(object);
        break;
      }
      case EventKindCode.release: {
        if (gils.has(object)) break;
        // A permit that is taken may be any that was given back before: all of them come first.
        const before = permits.has(object) ? (released.get(object) ?? []) : [];
        released.set(object, [...before.filter((each) => trace.task[each] !== task), event]);
        break;
      }
      case EventKindCode.acquire:
        for (const from of released.get(object) ?? []) edges.push({ from, to: event, kind: 'unlock' });
        break;
      case EventKindCode.set:
        sets.set(object, event);
        break;
      case EventKindCode['task-exit']:
        exits.set(task, event);
        exitsByName.set(nameOf.get(task) ?? '', event);
        break;
      case EventKindCode['task-reap']: {
        const exit = exits.get(trace.other[event]);
        if (exit !== undefined) edges.push({ from: exit, to: event, kind: 'join' });
        break;
      }
      case EventKindCode.call: {
        const what = eventText(trace, event) ?? '';
        if (what.endsWith('.join()')) joining.set(task, what.slice(0, -'.join()'.length));
        else if (what.startsWith('wait')) waiting.set(task, object);
        break;
      }
      case EventKindCode.return: {
        const exit = exitsByName.get(joining.get(task) ?? '');
        if (exit !== undefined) edges.push({ from: exit, to: event, kind: 'join' });
        const set = sets.get(waiting.get(task) ?? 0);
        if (set !== undefined) edges.push({ from: set, to: event, kind: 'notify' });
        joining.delete(task);
        waiting.delete(task);
        break;
      }
      default:
    }
  }
  for (const link of model.links) {
    if (!gils.has(link.object)) edges.push({ from: beginningOf(trace, link), to: link.toEvent, kind: link.kind });
  }
  return edges.filter(({ from, to }) => from < to && trace.task[from] !== trace.task[to]).sort((a, b) => a.to - b.to || a.from - b.from);
}

/** How far back the waker's own deed is looked for. */
const REACH = 2000;

/** Where the waker's deed is not in the trace the arrow begins at an event of the woken: the waker's last one before it, then. */
function beginningOf(trace: Trace, { from, fromEvent }: Link): number {
  let event = fromEvent;
  while (event > Math.max(0, fromEvent - REACH) && trace.task[event] !== from) event--;
  return trace.task[event] === from ? event : fromEvent;
}
