import type { ObjectId, Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import { firstAfter } from '../trace/lookup';
import type { Interval, TraceModel } from '../trace/trace';
import { eventIndexOf } from './holders';
import { waitsByObject } from './statistics';

/** A lock that tasks stand in line for: most of those who took it had to wait, behind others. */
export interface Convoy {
  readonly kind: 'convoy';
  readonly object: ObjectId;
  readonly acquires: number;
  /** How many of them had to wait. */
  readonly waited: number;
  /** The most tasks that waited at one moment. */
  readonly queue: number;
  /** All that was waited for it, in nanoseconds. */
  readonly time: number;
  readonly worst: Interval;
}

/** A task that waited while others got what it waited for, again and again. */
export interface Starvation {
  readonly kind: 'starvation';
  readonly object: ObjectId;
  readonly task: Tid;
  readonly interval: Interval;
  /** How many times others got it meanwhile. */
  readonly passed: number;
}

const lockTypes = new Set(['lock', 'rlock', 'semaphore', 'bounded semaphore']);
/** Below these nobody would call it a crowd. */
const ACQUIRES_AT_LEAST = 6;
const QUEUE_AT_LEAST = 2;
const PASSED_AT_LEAST = 5;

/** Locks with convoys and tasks that starved, the worst first. */
export function crowdsOf(model: TraceModel): readonly (Convoy | Starvation)[] {
  const waits = waitsByObject(model);
  const found: (Convoy | Starvation)[] = [];
  for (const { id, type } of model.objects) {
    const own = waits.get(id);
    if (own === undefined || !lockTypes.has(type)) continue;
    const acquires = eventIndexOf(model.trace).eventsOfObject(id).filter((event) => model.trace.kind[event] === EventKindCode.acquire);
    const convoy = convoyOf(id, own, acquires.length);
    if (convoy !== undefined) found.push(convoy);
    const starved = starvationOf(model, id, own, acquires);
    if (starved !== undefined) found.push(starved);
  }
  return found.sort((a, b) => lostBy(b) - lostBy(a));
}

function lostBy(crowd: Convoy | Starvation): number {
  return crowd.kind === 'convoy' ? crowd.time : crowd.interval.end - crowd.interval.start;
}

function convoyOf(object: ObjectId, waits: readonly Interval[], acquires: number): Convoy | undefined {
  const queue = mostAtOnce(waits);
  const waited = waits.filter(({ cause }) => cause === 'woken').length;
  if (acquires < ACQUIRES_AT_LEAST || queue < QUEUE_AT_LEAST || waited * 2 < acquires) return undefined;
  let time = 0;
  let worst = waits[0];
  for (const wait of waits) {
    time += wait.end - wait.start;
    if (wait.end - wait.start > worst.end - worst.start) worst = wait;
  }
  return { kind: 'convoy', object, acquires, waited, queue, time, worst };
}

function starvationOf(
  model: TraceModel, object: ObjectId, waits: readonly Interval[], acquires: Int32Array,
): Starvation | undefined {
  const times = Float64Array.from(acquires, (event) => model.trace.time[event]);
  let worst: Starvation | undefined;
  for (const interval of waits) {
    // Who waits acquires nothing meanwhile: those in between are all of others.
    const passed = firstAfter(times, interval.end - 1) - firstAfter(times, interval.start);
    if (passed < PASSED_AT_LEAST || passed <= (worst?.passed ?? 0)) continue;
    worst = { kind: 'starvation', object, task: interval.task, interval, passed };
  }
  return worst;
}

function mostAtOnce(waits: readonly Interval[]): number {
  const changes = waits.flatMap(({ start, end }) => [{ time: start, by: 1 }, { time: end, by: -1 }]);
  changes.sort((a, b) => a.time - b.time || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of changes) most = Math.max(most, (now += by));
  return most;
}
