import { fileOfPlace, lineOfPlace, NO_PLACE, type Pid, type Place, type Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import type { TaskState } from '../protocol/words';
import type { Interval, Trace, TraceModel } from '../trace/trace';

/** The line of the program that a task is on at some moment. */
export interface TaskLine {
  readonly tid: Tid;
  readonly pid: Pid;
  readonly name: string;
  readonly state: TaskState;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Events looked at before a running task counts as nowhere: a bound on the work of one frame, not a rule. */
const EVENTS_LOOKED_AT = 20_000;

/**
 * The line of each task that is alive at `time`, in order of creation. A task whose line is not known is left
 * out.
 */
export function taskLinesAt(model: TraceModel, time: number): readonly TaskLine[] {
  const states = new Map<Tid, TaskState>();
  const places = new Map<Tid, Place>();
  const sought = new Set<Tid>();
  for (const [tid, intervals] of model.intervals) {
    const now = intervalAt(intervals, time);
    if (now === undefined || now.state === 'zombie' || now.state === 'dead') continue;
    states.set(tid, now.state);
    if (now.state === 'blocked' && now.place !== NO_PLACE) places.set(tid, now.place);
    else sought.add(tid);
  }
  findPlaces(model.trace, time, sought, places);
  return model.tasks.flatMap(({ tid, pid, name }) => {
    const place = places.get(tid);
    const state = states.get(tid);
    if (place === undefined || state === undefined) return [];
    const file = model.trace.files[fileOfPlace(place)];
    return file === undefined ? [] : [{ tid, pid, name, state, file, line: lineOfPlace(place) }];
  });
}

/** Walks back from `time` to the last place of each task in `sought`. */
function findPlaces(trace: Trace, time: number, sought: Set<Tid>, places: Map<Tid, Place>): void {
  const last = eventsUntil(trace, time) - 1;
  const first = Math.max(0, last - EVENTS_LOOKED_AT);
  for (let event = last; event >= first && sought.size > 0; event--) {
    const place = trace.place[event] as Place;
    // A task becomes ready by what another one does: that event's place is the other one's.
    if (place === NO_PLACE || trace.kind[event] === EventKindCode['task-ready']) continue;
    const tid = trace.task[event] as Tid;
    if (sought.delete(tid)) places.set(tid, place);
  }
}

/** Number of events not later than `time`. */
export function eventsUntil(trace: Trace, time: number): number {
  let low = 0;
  let high = trace.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (trace.time[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function intervalAt(intervals: readonly Interval[], time: number): Interval | undefined {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle].start <= time) low = middle + 1;
    else high = middle;
  }
  const found = intervals[low - 1];
  return found !== undefined && (found.open || time <= found.end) ? found : undefined;
}
