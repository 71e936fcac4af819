import type { ObjectId, Tid } from '../../../src/protocol/ids';
import { EVENT_KINDS, type EventKind } from '../../../src/protocol/trace-events';
import type { BlockReason, ObjectType } from '../../../src/protocol/words';
import { foldMachinery } from '../../../src/trace/folding';
import type { Interval, Link, TaskInfo, TraceModel } from '../../../src/trace/trace';

const NANOSECONDS = 1e9;

/** What a wait is for; a process that collects its child says `wait`, one that joins a task `join`. */
export type Reason = BlockReason | readonly BlockReason[];
export const JOIN: Reason = ['join', 'wait'];

export interface Happening {
  readonly kind: EventKind;
  readonly task: Tid;
  readonly object: ObjectId;
  readonly other: number;
  readonly detail: number;
  readonly time: number;
}

/** A recorded run as its timeline shows it: what the program did, the library's machinery folded away. */
export class SeenRun {
  readonly model: TraceModel;

  constructor(
    /** With the machinery: feeder threads, pipes and locks inside queues. */
    readonly unfolded: TraceModel,
  ) {
    this.model = foldMachinery(unfolded);
  }

  get main(): TaskInfo {
    const main = this.model.tasks.find(({ method }) => method === 'initial');
    if (main === undefined) throw new Error('the trace has no first process');
    return main;
  }

  /** All processes but the first, in order of creation. */
  get children(): readonly TaskInfo[] {
    return this.model.tasks.filter(({ tid, pid, method }) => tid === pid && method !== 'initial');
  }

  /** Threads that the program started. */
  get threads(): readonly TaskInfo[] {
    return this.model.tasks.filter(({ method }) => method === 'thread');
  }

  /** Threads that the library started for itself. */
  get helpers(): readonly TaskInfo[] {
    return this.unfolded.tasks.filter(({ method, machinery }) => method === 'thread' && machinery);
  }

  intervals({ tid }: TaskInfo): readonly Interval[] {
    return this.model.intervals.get(tid) ?? this.unfolded.intervals.get(tid) ?? [];
  }

  /** The waits of a task for a reason, in order. */
  waits(task: TaskInfo, reason: Reason): readonly Interval[] {
    const reasons = typeof reason === 'string' ? [reason] : reason;
    return this.intervals(task).filter((interval) => interval.state === 'blocked' && reasons.includes(interval.reason));
  }

  /** Whether a task waited for a reason, at least so many seconds at once. */
  waited(task: TaskInfo, reason: Reason, seconds = 0): boolean {
    return this.waits(task, reason).some((interval) => secondsOf(interval) >= seconds);
  }

  /** Whether a task waited until its time was out, after about so many seconds. */
  timedOut(task: TaskInfo, reason: Reason, seconds: number): boolean {
    return this.waits(task, reason).some(
      (interval) => interval.cause === 'timed out' && isAbout(secondsOf(interval), seconds),
    );
  }

  /** Whether a task still waited, for a reason, when the run was stopped, or ended because nobody could go on. */
  waitsForEver(task: TaskInfo, reason: Reason): boolean {
    const last = this.intervals(task).filter(({ state }) => state !== 'zombie').at(-1);
    const end = this.model.end?.reason;
    return (end === 'stopped' || end === 'stuck') && last !== undefined && this.waits(task, reason).includes(last);
  }

  /** Whether a process stayed a zombie for so many seconds before its parent collected it. */
  wasZombie(task: TaskInfo, seconds = 0): boolean {
    return this.intervals(task).some((interval) => interval.state === 'zombie' && secondsOf(interval) >= seconds)
      && task.reapedAt !== undefined;
  }

  /** Events of a kind, about objects of a type where one is given. */
  events(kind: EventKind, type?: ObjectType): readonly Happening[] {
    const { trace, objectById } = this.unfolded;
    const code = EVENT_KINDS.indexOf(kind);
    const found: Happening[] = [];
    for (let event = 0; event < trace.length; event++) {
      if (trace.kind[event] !== code) continue;
      const object = trace.object[event] as ObjectId;
      if (type !== undefined && objectById.get(object)?.type !== type) continue;
      found.push({
        kind, object, task: trace.task[event] as Tid, other: trace.other[event], detail: trace.detail[event],
        time: trace.time[event],
      });
    }
    return found;
  }

  /** Arrows of a kind from one task to another. */
  links(kind: Link['kind'], from: TaskInfo, to: TaskInfo): readonly Link[] {
    return this.model.links.filter((link) => link.kind === kind && link.from === from.tid && link.to === to.tid);
  }

  /** The values that a number of an object went through; undefined where no such object has a series. */
  steps(...types: readonly ObjectType[]): readonly number[] | undefined {
    const series = this.model.series.find(({ object }) => {
      const type = this.model.objectById.get(object)?.type;
      return type !== undefined && types.includes(type);
    });
    return series && Array.from(series.values);
  }

  /** How many of these tasks wait for a reason at the moment when most do. */
  mostWaiting(tasks: readonly TaskInfo[], reason: Reason): number {
    return mostAtOnce(tasks.flatMap((task) => this.waits(task, reason)));
  }

  /** How many of these tasks run at the moment when most do. */
  mostRunning(tasks: readonly TaskInfo[]): number {
    return mostAtOnce(tasks.flatMap((task) => this.intervals(task).filter(({ state }) => state === 'running')));
  }

  /** How many of these tasks live at the moment when most do. */
  mostAlive(tasks: readonly TaskInfo[]): number {
    return mostAtOnce(tasks.map(({ createdAt, endedAt }) => ({ start: createdAt, end: endedAt ?? this.model.endTime })));
  }
}

export function secondsOf({ start, end }: { readonly start: number; readonly end: number }): number {
  return (end - start) / NANOSECONDS;
}

/** A sleep or timeout is never cut short, and on a busy machine may take longer. */
export function isAbout(seconds: number, meant: number): boolean {
  return seconds > 0.95 * meant && seconds < meant + 2;
}

/** How many of these spans have a moment in common, at most. A span that ends where another begins does not meet it. */
export function mostAtOnce(spans: readonly { readonly start: number; readonly end: number }[]): number {
  const changes = spans.filter(({ start, end }) => end > start)
    .flatMap(({ start, end }) => [{ time: start, by: 1 }, { time: end, by: -1 }])
    .sort((a, b) => a.time - b.time || a.by - b.by);
  let now = 0;
  let most = 0;
  for (const { by } of changes) most = Math.max(most, (now += by));
  return most;
}

/** Whether `values` holds `wanted` in this order, other values between them or not. */
export function goesThrough(values: readonly number[] | undefined, ...wanted: readonly number[]): boolean {
  let found = 0;
  for (const value of values ?? []) if (value === wanted[found]) found++;
  return found === wanted.length;
}
