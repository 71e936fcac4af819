import { EventKindCode } from '../protocol/trace-events';
import type { ObjectId, Tid } from '../protocol/ids';
import { firstAfter } from '../trace/lookup';
import type { TraceModel } from '../trace/trace';
import type { HappensBefore, Order } from './happens-before';
import type { OrderEdge } from './order-edges';

/** An event in the picture of the order, and how it stands to the one that is looked at. */
export interface OrderedEvent {
  readonly event: number;
  readonly task: Tid;
  readonly order: Order;
}

/** A part of a run as a picture of its order: events in the order of the run, and what makes each of them come later. */
export interface OrderWindow {
  readonly events: readonly OrderedEvent[];
  /** In order of creation; those that do something in the picture. */
  readonly tasks: readonly Tid[];
  readonly edges: readonly OrderEdge[];
}

const told = new Set<number>([
  EventKindCode.load, EventKindCode.store, EventKindCode.output, EventKindCode['task-exit'], EventKindCode['task-new'],
]);

const tellings = new WeakMap<TraceModel, Int32Array>();

/** The events that a picture of the order shows: ends of edges, accesses to memory, what was printed, births and ends. */
export function toldEvents(order: HappensBefore, model: TraceModel): Int32Array {
  let events = tellings.get(model);
  if (events === undefined) {
    const { trace } = order;
    const ends = new Set(order.edges.flatMap(({ from, to }) => [from, to]));
    const found: number[] = [];
    for (let event = 0; event < order.end; event++) {
      if (!model.taskByTid.has(trace.task[event] as Tid)) continue;
      // What is done with machinery is folded away with it; the message that it carries is told.
      if (trace.object[event] > 0 && !model.objectById.has(trace.object[event] as ObjectId)) continue;
      if (ends.has(event) || told.has(trace.kind[event])) found.push(event);
    }
    tellings.set(model, (events = Int32Array.from(found)));
  }
  return events;
}

/** The `size` events around `centre`, and around `other` where a pair is looked at, with the edges between them. */
export function orderWindow(
  order: HappensBefore, model: TraceModel, centre: number, size: number, other?: number,
): OrderWindow {
  const { trace } = order;
  const all = toldEvents(order, model);
  const shown = new Set<number>([centre, ...(other === undefined ? [] : [other])]);
  const around = other === undefined ? [centre] : [centre, other];
  for (const middle of around) {
    const at = firstAfter(all, middle);
    const half = Math.floor(size / (2 * around.length));
    const first = Math.max(0, Math.min(at - half, all.length - 2 * half));
    for (const event of all.subarray(first, first + 2 * half)) shown.add(event);
  }
  const events = [...shown].sort((a, b) => a - b).map((event) => ({
    event, task: trace.task[event] as Tid, order: order.order(event, centre),
  }));
  const present = new Set(events.map(({ task }) => task));
  const seen = new Set<string>();
  return {
    events,
    tasks: model.tasks.map(({ tid }) => tid).filter((tid) => present.has(tid)),
    edges: order.edges.filter(({ from, to }) => {
      const key = `${from} ${to}`;
      if (!shown.has(from) || !shown.has(to) || seen.has(key)) return false;
      seen.add(key);
      return true;
    }),
  };
}
