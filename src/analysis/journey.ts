import type { ObjectId, Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import { firstAfter } from '../trace/lookup';
import type { Trace, TraceModel } from '../trace/trace';
import { itemsOf } from './contents';
import { eventIndexOf } from './holders';

/** One stop on the way of an item: what was done with it, by whom, when. */
export interface JourneyStep {
  /** `carried`: a library's feeder thread sent it on; `arrived`: the reader had it out of the pipe. */
  readonly kind: 'put' | 'carried' | 'arrived' | 'taken' | 'done';
  readonly event: number;
  readonly task: Tid;
  readonly time: number;
}

/** The way of one item through a queue, a pipe or a pool. */
export interface Journey {
  readonly object: ObjectId;
  readonly steps: readonly JourneyStep[];
  /** From being put to being taken, or until now. */
  readonly duration: number;
}

const { put, get, send, receive } = EventKindCode;
const submit = EventKindCode['job-submit'];
const jobStart = EventKindCode['job-start'];
const jobEnd = EventKindCode['job-end'];
const parts = new Set<number>([put, get, send, receive, submit, jobStart, jobEnd]);

/**
 * The journey that `event` is a step of; undefined where it is of none. `whole` has the pipe inside a queue and the thread that
 * feeds it, which `model` may fold away.
 */
export function journeyOf(model: TraceModel, whole: TraceModel, event: number): Journey | undefined {
  const { trace } = whole;
  if (!parts.has(trace.kind[event])) return undefined;
  const object = wholeObject(whole, trace.object[event] as ObjectId);
  for (const from of [model, whole]) {
    const item = itemsOf(from, object).find((each) => {
      return each.put === event || each.taken === event || each.done === event || innerSteps(whole, object, each.put).includes(event);
    });
    if (item === undefined) continue;
    const steps = [stepOf(trace, 'put', item.put)];
    const [carried, arrived] = innerSteps(whole, object, item.put);
    if (carried !== undefined) steps.push(stepOf(trace, 'carried', carried));
    if (arrived !== undefined) steps.push(stepOf(trace, 'arrived', arrived));
    const taken = arrived === undefined ? item.taken : (getAfter(trace, object, arrived) ?? item.taken);
    if (taken >= 0) steps.push(stepOf(trace, 'taken', taken));
    if (item.done >= 0) steps.push(stepOf(trace, 'done', item.done));
    const until = taken >= 0 ? trace.time[taken] : whole.endTime;
    return { object, steps, duration: until - trace.time[item.put] };
  }
  return undefined;
}

function stepOf(trace: Trace, kind: JourneyStep['kind'], event: number): JourneyStep {
  return { kind, event, task: trace.task[event] as Tid, time: trace.time[event] };
}

/** A pipe inside a queue stands for the queue. */
function wholeObject(whole: TraceModel, object: ObjectId): ObjectId {
  const owner = whole.objectById.get(object)?.partOf ?? 0;
  return owner > 0 ? (owner as ObjectId) : object;
}

/** Of an item of a queue that is a pipe below: when it went into that pipe, and when it came out. */
function innerSteps(whole: TraceModel, object: ObjectId, putEvent: number): readonly [number?, number?] {
  const { trace } = whole;
  if (trace.kind[putEvent] !== put) return [];
  const pipe = pipeInside(whole, object);
  if (pipe === undefined) return [];
  const pid = pidOf(whole, trace.task[putEvent]);
  // Each process has a feeder of its own, which sends its items in their order.
  const nth = eventsOf(whole, object, put, pid).indexOf(putEvent);
  const sends = eventsOf(whole, pipe, send, pid);
  const carried = sends[nth] as number | undefined;
  if (carried === undefined || carried < putEvent) return [];
  return [carried, receiptsOf(whole).get(carried)];
}

/** The first time that the reader took something out of the queue after it had it out of the pipe. */
function getAfter(trace: Trace, object: ObjectId, arrived: number): number | undefined {
  const events = eventIndexOf(trace).eventsOfObject(object);
  for (let at = firstAfter(events, arrived); at < events.length; at++) {
    if (trace.kind[events[at]] === get && trace.task[events[at]] === trace.task[arrived]) return events[at];
  }
  return undefined;
}

function pipeInside(whole: TraceModel, object: ObjectId): ObjectId | undefined {
  return whole.objects.find(({ partOf, type }) => partOf === object && (type === 'pipe' || type === 'connection'))?.id;
}

const receipts = new WeakMap<TraceModel, ReadonlyMap<number, number>>();

/** By send, what received the last of it. */
function receiptsOf(whole: TraceModel): ReadonlyMap<number, number> {
  let known = receipts.get(whole);
  if (known === undefined) {
    const { trace: { kind }, links: { fromEvents, toEvents } } = whole;
    const made = new Map<number, number>();
    for (let index = 0; index < fromEvents.length; index++) {
      if (kind[fromEvents[index]] === send) made.set(fromEvents[index], toEvents[index]);
    }
    receipts.set(whole, (known = made));
  }
  return known;
}

const byProcess = new WeakMap<TraceModel, Map<string, readonly number[]>>();

function eventsOf(whole: TraceModel, object: ObjectId, kind: number, pid: number): readonly number[] {
  let known = byProcess.get(whole);
  if (known === undefined) byProcess.set(whole, (known = new Map<string, readonly number[]>()));
  const key = `${object} ${kind} ${pid}`;
  let events = known.get(key);
  if (events === undefined) {
    const { trace } = whole;
    events = [...eventIndexOf(trace).eventsOfObject(object)].filter((each) => trace.kind[each] === kind && pidOf(whole, trace.task[each]) === pid);
    known.set(key, events);
  }
  return events;
}

function pidOf(whole: TraceModel, task: number): number {
  return whole.taskByTid.get(task as Tid)?.pid ?? task;
}
