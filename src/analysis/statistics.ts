import type { ObjectId } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import type { Interval, ObjectInfo, TaskInfo, TraceModel } from '../trace/trace';
import { timeClassOf, type TimeClass } from './time-class';

/** Lengths of waits, in nanoseconds. */
export interface WaitNumbers {
  readonly count: number;
  readonly total: number;
  readonly mean: number;
  readonly longest: number;
  /** The longest wait itself. */
  readonly worst: Interval | undefined;
  readonly histogram: readonly Bucket[];
}

export interface TaskNumbers {
  readonly task: TaskInfo;
  /** From its creation to its end, or to the end of the trace. */
  readonly life: number;
  readonly time: Readonly<Record<TimeClass, number>>;
  /** How many times it began to run. */
  readonly turns: number;
  readonly waits: WaitNumbers;
}

export interface ObjectNumbers {
  readonly object: ObjectInfo;
  /** What was put, sent, acquired, notified, set, submitted, written. */
  readonly given: number;
  /** What was taken out, received, given back, finished, read. */
  readonly taken: number;
  /** Of `taken` (of `given` for what is only given), in a second of the run. */
  readonly throughput: number;
  /** Of a lock or the GIL: how long somebody had it. */
  readonly held: number;
  readonly waits: WaitNumbers;
}

const givingKinds = kindSet('acquire', 'put', 'send', 'job-submit', 'notify', 'set', 'barrier-arrive', 'store');
const takingKinds = kindSet('release', 'get', 'receive', 'job-end', 'barrier-open', 'load');
const ownedTypes = new Set<ObjectInfo['type']>(['lock', 'rlock', 'gil']);

/** Where the time of each task went. */
export function taskNumbers(model: TraceModel): readonly TaskNumbers[] {
  return model.tasks.map((task) => {
    const time = emptyTimes();
    const waits: Interval[] = [];
    let turns = 0;
    for (const interval of model.intervals.get(task.tid) ?? []) {
      time[timeClassOf(interval.state, interval.reason)] += interval.end - interval.start;
      if (interval.state === 'running') turns++;
      if (interval.state === 'blocked') waits.push(interval);
    }
    return { task, life: (task.endedAt ?? model.endTime) - task.createdAt, time, turns, waits: waitNumbers(waits) };
  });
}

/** What was done with each object, and how long was waited for it. */
export function objectNumbers(model: TraceModel): readonly ObjectNumbers[] {
  const { trace } = model;
  const given = new Map<number, number>();
  const taken = new Map<number, number>();
  for (let event = 0; event < trace.length; event++) {
    const kind = trace.kind[event];
    if (givingKinds[kind] === 1) count(given, trace.object[event]);
    else if (takingKinds[kind] === 1) count(taken, trace.object[event]);
  }
  const waits = waitsByObject(model);
  const held = heldTimes(model);
  const seconds = model.endTime / 1e9;
  return model.objects.map((object) => {
    const [gave, took] = [given.get(object.id) ?? 0, taken.get(object.id) ?? 0];
    return {
      object, given: gave, taken: took,
      throughput: seconds > 0 ? (took > 0 ? took : gave) / seconds : 0,
      held: held.get(object.id) ?? 0,
      waits: waitNumbers(waits.get(object.id) ?? []),
    };
  });
}

/** Waits for each object, of all tasks. */
export function waitsByObject(model: TraceModel): ReadonlyMap<ObjectId, readonly Interval[]> {
  const waits = new Map<ObjectId, Interval[]>();
  for (const intervals of model.intervals.values()) {
    for (const interval of intervals) {
      if (interval.state !== 'blocked' || interval.object <= 0) continue;
      const known = waits.get(interval.object);
      if (known === undefined) waits.set(interval.object, [interval]);
      else known.push(interval);
    }
  }
  return waits;
}

export function waitNumbers(waits: readonly Interval[]): WaitNumbers {
  let total = 0;
  let longest = 0;
  let worst: Interval | undefined;
  for (const wait of waits) {
    const length = wait.end - wait.start;
    total += length;
    if (worst === undefined || length > longest) [worst, longest] = [wait, length];
  }
  const lengths = waits.map(({ start, end }) => end - start);
  return { count: waits.length, total, mean: waits.length > 0 ? total / waits.length : 0, longest, worst, histogram: histogramOf(lengths) };
}

/** How many waits were at least `from` and shorter than `to` nanoseconds long. */
export interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * By powers of ten from a microsecond on, for waits of one program differ by that much; all below is the first. Empty
 * buckets between two others are there, and none before the first or behind the last.
 */
export function histogramOf(lengths: readonly number[]): readonly Bucket[] {
  const counts = new Map<number, number>();
  for (const length of lengths) count(counts, powerOf(length));
  if (counts.size === 0) return [];
  const powers = [...counts.keys()];
  const [least, most] = [Math.min(...powers), Math.max(...powers)];
  return Array.from({ length: most - least + 1 }, (_, index) => {
    const power = least + index;
    return { from: power === LEAST_POWER ? 0 : 10 ** power, to: 10 ** (power + 1), count: counts.get(power) ?? 0 };
  });
}

/** Below 10 µs is one bucket. */
const LEAST_POWER = 3;

function powerOf(length: number): number {
  // Counted by comparing: a logarithm of 1000 may come out just below 3.
  let power = LEAST_POWER;
  while (length >= 10 ** (power + 1)) power++;
  return power;
}

export function emptyTimes(): Record<TimeClass, number> {
  return {
    'running': 0, 'ready': 0, 'wait-gil': 0, 'wait-lock': 0, 'wait-data': 0, 'wait-task': 0, 'wait-time': 0, 'wait-outside': 0,
    'new': 0, 'stopped': 0, 'zombie': 0,
  };
}

/** From each acquire of a lock that nobody had to the release after which nobody has it. */
function heldTimes(model: TraceModel): ReadonlyMap<ObjectId, number> {
  const { trace } = model;
  const owned = new Set<number>(model.objects.filter(({ type }) => ownedTypes.has(type)).map(({ id }) => id));
  const since = new Map<number, number>();
  const depths = new Map<number, number>();
  const held = new Map<ObjectId, number>();
  for (let event = 0; event < trace.length; event++) {
    const object = trace.object[event];
    if (!owned.has(object)) continue;
    const kind = trace.kind[event];
    const depth = depths.get(object) ?? 0;
    if (kind === EventKindCode.acquire) {
      if (depth === 0) since.set(object, trace.time[event]);
      depths.set(object, depth + 1);
    } else if (kind === EventKindCode.release && depth > 0) {
      depths.set(object, depth - 1);
      if (depth === 1) count(held, object as ObjectId, trace.time[event] - (since.get(object) ?? 0));
    }
  }
  for (const [object, depth] of depths) {
    if (depth > 0) count(held, object as ObjectId, model.endTime - (since.get(object) ?? 0));
  }
  return held;
}

function count<Key>(counts: Map<Key, number>, key: Key, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function kindSet(...kinds: readonly (keyof typeof EventKindCode)[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const kind of kinds) set[EventKindCode[kind]] = 1;
  return set;
}

/** Where the time of all tasks together went. */
export function totalsOf(model: TraceModel): Readonly<Record<TimeClass, number>> {
  const totals = emptyTimes();
  for (const { time } of taskNumbers(model)) for (const [name, amount] of Object.entries(time)) totals[name as TimeClass] += amount;
  return totals;
}
