import type { ObjectId, Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import { eventValue } from '../trace/event-values';
import { LinkCode } from '../trace/link-list';
import { lastEventAt } from '../trace/lookup';
import type { Trace, TraceModel } from '../trace/trace';
import { eventIndexOf } from './holders';

/** Something on its way through a queue, a pipe or a pool. */
export interface Item {
  readonly value: number | string | undefined;
  /** The put, send or submission. */
  readonly put: number;
  /** The get, receive or taking up; -1 where nobody took it. */
  readonly taken: number;
  /** For a job: its end, or -1. */
  readonly done: number;
  /** The end of a pipe that it goes towards. */
  readonly towards: number;
}

const { put, send } = EventKindCode;
const submit = EventKindCode['job-submit'];
const jobEnd = EventKindCode['job-end'];

/** Everything that went into each object, in the order in which it went in. */
const flows = new WeakMap<TraceModel, ReadonlyMap<ObjectId, readonly Item[]>>();

export function itemsOf(model: TraceModel, object: ObjectId): readonly Item[] {
  let known = flows.get(model);
  if (known === undefined) flows.set(model, (known = readFlows(model)));
  return known.get(object) ?? [];
}

/** What is in a queue or pipe at `time`, the next to be taken first; of a pool the jobs that wait and those that are done now. */
export function contentsAt(model: TraceModel, object: ObjectId, time: number): readonly Item[] {
  const last = lastEventAt(model.trace, time);
  return itemsOf(model, object).filter((item) => {
    const left = item.done >= 0 || isJob(model.trace, item) ? item.done : item.taken;
    return item.put <= last && (left < 0 || left > last);
  });
}

/** Who works on a job at `time`; undefined while it waits, and for what is no job. */
export function workerOn(model: TraceModel, item: Item, time: number): Tid | undefined {
  if (!isJob(model.trace, item) || item.taken < 0 || item.taken > lastEventAt(model.trace, time)) return undefined;
  return model.trace.task[item.taken] as Tid;
}

function isJob(trace: Trace, item: Item): boolean {
  return trace.kind[item.put] === submit;
}

function readFlows(model: TraceModel): ReadonlyMap<ObjectId, readonly Item[]> {
  const { trace, links } = model;
  const taken = new Map<number, number>();
  // Of a message that was received in parts the last part counts.
  for (let index = 0; index < links.length; index++) {
    if (links.kinds[index] === LinkCode.message) taken.set(links.fromEvents[index], links.toEvents[index]);
  }
  const items = new Map<ObjectId, Item[]>();
  for (const { id } of model.objects) {
    const ends = new Map<number, number>();
    const own: Item[] = [];
    const events = eventIndexOf(trace).eventsOfObject(id);
    for (const event of events) if (trace.kind[event] === jobEnd) ends.set(trace.other[event], event);
    for (const event of events) {
      const kind = trace.kind[event];
      if (kind !== put && kind !== send && kind !== submit) continue;
      const done = kind === submit ? (ends.get(trace.other[event]) ?? -1) : -1;
      const towards = kind === send ? trace.detail[event] : 0;
      own.push({ value: eventValue(trace, event), put: event, taken: taken.get(event) ?? -1, done, towards });
    }
    if (own.length > 0) items.set(id, own);
  }
  return items;
}
