import { lineOfPlace, type ObjectId, type Place, type Tid } from '../protocol/ids';
import { EVENT_KINDS, type EventKind } from '../protocol/trace-events';
import { FindingKindCode, type BlockReason, type FindingKind, type TaskState } from '../protocol/words';
import { eventValue } from '../trace/event-values';
import { foldMachinery } from '../trace/folding';
import { seriesValueAt, stateAt } from '../trace/lookup';
import type { Interval, ObjectInfo, OutputLine, TaskInfo, TraceModel } from '../trace/trace';

/** One event of a trace. */
export interface Happening {
  readonly event: number;
  readonly time: number;
  readonly kind: EventKind;
  readonly task: Tid;
  readonly object: ObjectId;
  readonly other: number;
  readonly detail: number;
  readonly value: number | string | undefined;
}

/** What a query finds: each kind has a moment that can be shown. */
export type Found = Interval | Happening | OutputLine;

export interface WaitQuery {
  /** Name of the task. */
  readonly task?: string | undefined;
  readonly reason?: BlockReason | readonly BlockReason[];
  /** Name of the object that is waited on. */
  readonly on?: string;
  /** The shortest that counts, in seconds. */
  readonly seconds?: number;
}

const NANOSECONDS = 1e9;

/** Questions to a run, by the names that the program gave to its tasks and objects. Answers undefined for what is not there. */
export class RunReader {
  readonly model: TraceModel;

  constructor(
    /** With the machinery of the library. */
    readonly whole: TraceModel,
  ) {
    this.model = foldMachinery(whole);
  }

  get main(): TaskInfo | undefined {
    return this.model.tasks.find(({ method }) => method === 'initial');
  }

  /** All processes but the first, in the order of their creation. */
  get children(): readonly TaskInfo[] {
    return this.model.tasks.filter(({ tid, pid, method }) => tid === pid && method !== 'initial');
  }

  get threads(): readonly TaskInfo[] {
    return this.model.tasks.filter(({ method }) => method === 'thread');
  }

  get coroutines(): readonly TaskInfo[] {
    return this.model.tasks.filter(({ method }) => method === 'coroutine');
  }

  task(name: string): TaskInfo | undefined {
    return this.model.tasks.find((task) => task.name === name);
  }

  object(name: string): ObjectInfo | undefined {
    return this.model.objects.find((object) => object.name === name);
  }

  /** What a task did, in order. */
  intervals(task: string | TaskInfo | undefined, state?: TaskState): readonly Interval[] {
    const info = typeof task === 'string' ? this.task(task) : task;
    const all = info === undefined ? [] : (this.model.intervals.get(info.tid) ?? []);
    return state === undefined ? all : all.filter((interval) => interval.state === state);
  }

  /** All waits that a query means, in the order in which they began. */
  waits({ task, reason, on, seconds = 0 }: WaitQuery): readonly Interval[] {
    const reasons = typeof reason === 'string' ? [reason] : reason;
    const tasks = this.model.tasks.filter(({ name }) => task === undefined || name === task);
    return tasks.flatMap((info) => this.intervals(info, 'blocked')).filter((interval) =>
      (reasons === undefined || reasons.includes(interval.reason))
      && (on === undefined || this.model.objectById.get(interval.object)?.name === on)
      && interval.end - interval.start >= seconds * NANOSECONDS,
    ).sort((a, b) => a.event - b.event);
  }

  wait(query: WaitQuery): Interval | undefined {
    return this.waits(query)[0];
  }

  /** The longest of the waits that a query means. */
  longestWait(query: WaitQuery): Interval | undefined {
    const [first, ...others] = this.waits(query);
    return first && others.reduce((longest, wait) => (wait.end - wait.start > longest.end - longest.start ? wait : longest), first);
  }

  /** All events of a kind, of a task or about an object where one is named. */
  events(kind: EventKind, { task, on }: { readonly task?: string | undefined; readonly on?: string } = {}): readonly Happening[] {
    const { trace, taskByTid, objectById } = this.whole;
    const code = EVENT_KINDS.indexOf(kind);
    const found: Happening[] = [];
    for (let event = 0; event < trace.length; event++) {
      if (trace.kind[event] !== code) continue;
      const [tid, object] = [trace.task[event] as Tid, trace.object[event] as ObjectId];
      if (task !== undefined && taskByTid.get(tid)?.name !== task) continue;
      if (on !== undefined && objectById.get(object)?.name !== on) continue;
      found.push({
        event, time: trace.time[event], kind, task: tid, object, other: trace.other[event], detail: trace.detail[event],
        value: eventValue(trace, event),
      });
    }
    return found;
  }

  event(kind: EventKind, where: { readonly task?: string | undefined; readonly on?: string } = {}): Happening | undefined {
    return this.events(kind, where)[0];
  }

  /** The lines that the program printed, those of its error output left out. */
  get lines(): readonly string[] {
    const text = this.model.output.filter(({ stream }) => stream === 'stdout').map((line) => line.text).join('');
    return text.split('\n').filter((line) => line !== '');
  }

  /** The first piece of output that `pattern` matches. */
  line(pattern: RegExp): OutputLine | undefined {
    return this.model.output.find(({ text }) => pattern.test(text));
  }

  /** What the first group of `pattern` matches in a line that was printed. */
  printed(pattern: RegExp): string | undefined {
    for (const line of this.lines) {
      const match = pattern.exec(line);
      if (match !== null) return match[1] ?? match[0];
    }
    return undefined;
  }

  /** How many printed lines match. */
  count(pattern: RegExp): number {
    return this.lines.filter((line) => pattern.test(line)).length;
  }

  /** Items in a queue, permits of a semaphore, the number in a shared value. */
  amountAt(object: string, time: number): number | undefined {
    const info = this.object(object);
    const series = this.model.series.find((one) => one.object === info?.id);
    return series && seriesValueAt(series, time);
  }

  stateAt(task: string, time: number): TaskState {
    const info = this.task(task);
    return info === undefined ? 'free' : stateAt(this.model, info.tid, time);
  }

  /** Each task's time in a state, in nanoseconds. */
  timeIn(task: string | TaskInfo | undefined, state: TaskState): number {
    return this.intervals(task, state).reduce((sum, { start, end }) => sum + end - start, 0);
  }

  nameOf(tid: Tid): string {
    return this.whole.taskByTid.get(tid)?.name ?? '';
  }

  lineOf(place: Place): number {
    return lineOfPlace(place);
  }

  get seconds(): number {
    return this.model.endTime / NANOSECONDS;
  }

  /** Whether it ended by itself, every task at its end. */
  get finished(): boolean {
    return this.model.end?.reason === 'finished';
  }

  get status(): number | undefined {
    return this.model.end?.status;
  }

  /** Whether it was stopped because nobody could go on. */
  get stuck(): boolean {
    return this.model.end?.reason === 'stuck';
  }

  /** Whether it ended because tasks waited for each other in a circle. */
  get deadlocked(): boolean {
    return this.found('deadlock');
  }

  /** Whether the machine found something of this kind. */
  found(kind: FindingKind): boolean {
    return this.events('finding').some(({ detail }) => detail === FindingKindCode[kind]);
  }
}

/** How long it lasted, in seconds; 0 for what has no length. */
export function secondsOf(found: Found | undefined): number {
  return found !== undefined && 'start' in found ? (found.end - found.start) / NANOSECONDS : 0;
}

export function timeOf(found: Found): number {
  return 'start' in found ? found.start : found.time;
}
