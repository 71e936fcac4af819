import { EventKindCode } from '../protocol/trace-events';
import type { Tid } from '../protocol/ids';
import { intervalIndexAt, lastEventAt, linkTo } from '../trace/lookup';
import type { Interval, TraceModel } from '../trace/trace';
import { WakerSearch } from '../trace/waker-search';
import { holdersAfter } from './holders';

/** One step of the way back from a wait to what caused it. */
export type CauseStep =
  /** `interval` is a wait (or a time of being ready); `by` is who ended it, and by which event. */
  | { readonly kind: 'wait'; readonly interval: Interval; readonly by: { readonly task: Tid; readonly event: number } | undefined }
  /** Until it could end the wait of the step before, the task ran (or slept, waited for input): the way ends here. */
  | { readonly kind: 'cause'; readonly interval: Interval }
  /** The wait has not ended: who has what it waits for, who waits in turn. */
  | { readonly kind: 'held'; readonly interval: Interval; readonly holder: Tid }
  /** The same task once more: they wait for each other. */
  | { readonly kind: 'circle'; readonly interval: Interval };

/** A chain longer than this says no more. */
const STEPS_AT_MOST = 40;

/**
 * Why a wait lasted as long as it did: who ended it, what kept that one from doing so earlier, and so on back to a task that
 * ran, slept, or waited for the world outside. `whole` has the tasks that `model` folds away, where the way leads over them.
 */
export function causesOf(model: TraceModel, wait: Interval, whole = model): readonly CauseStep[] {
  const intervalsOf = (task: Tid): readonly Interval[] => model.intervals.get(task) ?? whole.intervals.get(task) ?? [];
  const steps: CauseStep[] = [];
  const seen = new Set<Interval>();
  // Only what happened while the first wait went on can have made it longer.
  const since = wait.start;
  let interval: Interval | undefined = wait;
  while (interval !== undefined && steps.length < STEPS_AT_MOST) {
    if (seen.has(interval)) {
      steps.push({ kind: 'circle', interval });
      break;
    }
    seen.add(interval);
    const by = enderOf(model, interval);
    if (by !== undefined) {
      steps.push({ kind: 'wait', interval, by });
      interval = keptBy(intervalsOf(by.task), by.event, since, steps);
    } else {
      const holder = holderOf(model, interval);
      if (holder === undefined) {
        steps.push(endsWithoutOther(interval) ? { kind: 'cause', interval } : { kind: 'wait', interval, by: undefined });
        break;
      }
      steps.push({ kind: 'held', interval, holder });
      interval = intervalAtEnd(intervalsOf(holder), interval.end);
      if (interval !== undefined && interval.state !== 'blocked') {
        steps.push({ kind: 'cause', interval });
        break;
      }
    }
  }
  return steps;
}

/** Who ended a wait, and by which event; undefined where no other task did. */
export function enderOf(model: TraceModel, interval: Interval): { readonly task: Tid; readonly event: number } | undefined {
  const { trace } = model;
  if (interval.state !== 'blocked') return undefined;
  if (interval.deed !== undefined) return { task: trace.task[interval.deed] as Tid, event: interval.deed };
  if (interval.reason === 'gil') {
    const next = intervalAfterWait(model, interval);
    const link = next?.state === 'running' ? linkTo(model, next.event - 1) : undefined;
    return link === undefined ? undefined : { task: link.from, event: link.fromEvent };
  }
  if (interval.endedBy < 0 || interval.cause !== 'woken') return undefined;
  if (interval.reason === 'join' || interval.reason === 'wait') return exitBefore(model, interval);
  const waker = trace.other[interval.endedBy] as Tid;
  return waker > 0 ? { task: waker, event: new WakerSearch(trace, interval.endedBy).deed() } : undefined;
}

function exitBefore(model: TraceModel, interval: Interval): { readonly task: Tid; readonly event: number } | undefined {
  const { trace } = model;
  for (let event = interval.endedBy; event >= interval.event; event--) {
    if (trace.kind[event] !== EventKindCode['task-exit']) continue;
    if (interval.other <= 0 || trace.task[event] === interval.other) return { task: trace.task[event] as Tid, event };
  }
  return undefined;
}

/** What kept a task from doing `event` earlier: its last wait before it that ended since `since`, or what it did otherwise. */
function keptBy(intervals: readonly Interval[], event: number, since: number, steps: CauseStep[]): Interval | undefined {
  let doing: Interval | undefined;
  for (let index = indexOfEvent(intervals, event); index >= 0; index--) {
    const interval = intervals[index];
    if (interval.end <= since && doing !== undefined) break;
    if (interval.state === 'blocked' && interval.event < event) return interval;
    // What it did longest is the reason, if no wait is.
    if (interval.state !== 'zombie' && (doing === undefined || lengthSince(interval, since) > lengthSince(doing, since))) doing = interval;
  }
  if (doing !== undefined) steps.push({ kind: 'cause', interval: doing });
  return undefined;
}

function lengthSince(interval: Interval, since: number): number {
  return interval.end - Math.max(interval.start, since);
}

/** A wait that goes on for something one task has: that task. */
function holderOf(model: TraceModel, interval: Interval): Tid | undefined {
  if (interval.state !== 'blocked' || interval.cause === 'timed out') return undefined;
  if (interval.reason === 'join' || (interval.reason === 'wait' && interval.other > 0)) return interval.other > 0 ? interval.other : undefined;
  if (interval.reason !== 'lock' && interval.reason !== 'semaphore') return undefined;
  // Right before the wait was cut off: at the end of a run everybody is killed, which releases nothing.
  return holdersAfter(model.trace, interval.object, lastEventAt(model.trace, interval.end))[0]?.task;
}

/** What a task did right before `time`. */
function intervalAtEnd(intervals: readonly Interval[], time: number): Interval | undefined {
  const index = intervalIndexAt(intervals, time);
  const found = index >= 0 ? intervals[index] : intervals.at(-1);
  if (found === undefined || found.state === 'blocked') return found;
  // Killed with the others when the run was stopped: what it did until then counts.
  const before = intervals[intervals.indexOf(found) - 1] as Interval | undefined;
  return found.state === 'zombie' && before !== undefined ? before : found;
}

function endsWithoutOther({ reason, state }: Interval): boolean {
  return state !== 'blocked' || reason === 'sleep' || reason === 'input';
}

function intervalAfterWait(model: TraceModel, interval: Interval): Interval | undefined {
  const intervals = model.intervals.get(interval.task) ?? [];
  return intervals[indexOfEvent(intervals, interval.event) + 1];
}

/** The index of the last interval that began by `event` or before. */
export function indexOfEvent(intervals: readonly Interval[], event: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle].event <= event) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
