import { NO_TASK, type Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import type { BlockReason } from '../protocol/words';
import type { Interval, TraceModel } from '../trace/trace';
import { timeClassOf, type TimeClass } from './time-class';
import { enderOf, indexOfEvent } from './why';

/** A stretch of the run in which its end depended on one task. */
export interface PathStep {
  readonly task: Tid;
  readonly start: number;
  readonly end: number;
  readonly class: TimeClass;
  readonly interval: Interval;
}

export interface CriticalPath {
  /** From the beginning of the run to its end, without gaps. */
  readonly steps: readonly PathStep[];
  readonly shares: readonly { readonly class: TimeClass; readonly time: number }[];
  readonly length: number;
}

/**
 * Waits that lead to who ended them: somebody had to do something first. A wait for what others merely had (a lock, room in
 * a queue, the GIL, a CPU) counts as itself: it is what one could save.
 */
const leading = new Set<BlockReason>([
  'queue empty', 'pipe empty', 'receive', 'accept', 'connect', 'select', 'event', 'condition', 'barrier', 'join', 'wait', 'pool',
  'unfinished', 'signal', 'none',
]);

/**
 * The chain of what the length of the run came from, walked back from the end of the task that ended last. Give it a model that
 * folds nothing away: the way may lead over a library's own threads.
 */
export function criticalPath(model: TraceModel): CriticalPath {
  const steps: PathStep[] = [];
  let task = lastTask(model);
  let time = model.endTime;
  let event = model.trace.length;
  // Each turn goes back in events, so a trace that makes no sense ends as well.
  while (task !== NO_TASK && event >= 0) {
    const intervals = model.intervals.get(task) ?? [];
    const interval = intervals[indexOfEvent(intervals, event - 1)] as Interval | undefined;
    if (interval === undefined) break;
    const begin = Math.min(interval.start, time);
    const cause = isLeading(interval) ? enderOf(model, interval) : undefined;
    if (cause !== undefined && cause.event > interval.event && cause.event < event && cause.task !== task && model.intervals.has(cause.task)) {
      const at = model.trace.time[cause.event];
      // From the deed to when the task noticed.
      add(steps, { task, start: at, end: time, class: timeClassOf(interval.state, interval.reason), interval });
      [task, time, event] = [cause.task, Math.min(time, at), cause.event + 1];
      // What ended the wait is the waker's last event of it: before that it did what it was doing.
      if (model.trace.kind[cause.event] === EventKindCode['task-exit']) event = cause.event;
      continue;
    }
    add(steps, { task, start: begin, end: time, class: timeClassOf(interval.state, interval.reason), interval });
    time = begin;
    event = interval.event;
    if (indexOfEvent(intervals, event - 1) >= 0) continue;
    const creator = model.taskByTid.get(task)?.creator ?? NO_TASK;
    task = creator;
  }
  if (steps.length > 0 && time > 0) steps.push({ ...steps[steps.length - 1], start: 0, end: time, class: 'new' });
  steps.reverse();
  return { steps, shares: sharesOf(steps), length: model.endTime };
}

function isLeading({ state, reason }: Interval): boolean {
  return state === 'blocked' && leading.has(reason);
}

/** Steps without length are not worth a line; neighbours of one task and class are one. */
function add(steps: PathStep[], step: PathStep): void {
  if (step.end > step.start) steps.push(step);
}

function sharesOf(steps: readonly PathStep[]): CriticalPath['shares'] {
  const times = new Map<TimeClass, number>();
  for (const step of steps) times.set(step.class, (times.get(step.class) ?? 0) + step.end - step.start);
  return [...times].map(([name, time]) => ({ class: name, time })).sort((a, b) => b.time - a.time);
}

/** The task whose end came last; of those that were killed together or still live the one created first. */
function lastTask(model: TraceModel): Tid {
  let last: Tid = NO_TASK;
  let latest = -1;
  for (const { tid, endedAt = model.endTime } of model.tasks) if (endedAt > latest) [last, latest] = [tid, endedAt];
  return last;
}
