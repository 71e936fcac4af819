import { lineOfPlace, type ObjectId, type Place, type Tid } from '../protocol/ids';
import { EVENT_KINDS } from '../protocol/trace-events';
import type { TraceModel } from '../trace/trace';
import { totalsOf } from './statistics';
import { TIME_CLASSES, type TimeClass } from './time-class';

export interface Comparison {
  /** The first event of each that the other does not have at its place; undefined where one goes as the other. */
  readonly parting: { readonly index: number; readonly first: number; readonly second: number } | undefined;
  readonly times: readonly { readonly class: TimeClass; readonly first: number; readonly second: number }[];
  readonly length: { readonly first: number; readonly second: number };
  readonly tasks: { readonly first: number; readonly second: number };
  readonly events: { readonly first: number; readonly second: number };
}

/** What two runs have in common: as events go, not by the clock, for no two real runs take equally long. */
export function compareRuns(first: TraceModel, second: TraceModel): Comparison {
  const [one, two] = [totalsOf(first), totalsOf(second)];
  return {
    parting: partingOf(first, second),
    times: TIME_CLASSES.map((name) => ({ class: name, first: one[name], second: two[name] }))
      .filter((row) => row.first > 0 || row.second > 0),
    length: { first: first.endTime, second: second.endTime },
    tasks: { first: first.tasks.length, second: second.tasks.length },
    events: { first: first.trace.length, second: second.trace.length },
  };
}

function partingOf(first: TraceModel, second: TraceModel): Comparison['parting'] {
  const shorter = Math.min(first.trace.length, second.trace.length);
  for (let event = 0; event < shorter; event++) {
    if (kindsDiffer(first, second, event)) return { index: event, first: event, second: event };
  }
  if (first.trace.length === second.trace.length) return undefined;
  return { index: shorter, first: Math.min(shorter, first.trace.length - 1), second: Math.min(shorter, second.trace.length - 1) };
}

/** The same kind of event, of tasks and objects of the same names, at the same line. Values may differ: times among them. */
function kindsDiffer(first: TraceModel, second: TraceModel, event: number): boolean {
  const [one, two] = [first.trace, second.trace];
  if (EVENT_KINDS[one.kind[event]] !== EVENT_KINDS[two.kind[event]]) return true;
  if (lineOfPlace(one.place[event] as Place) !== lineOfPlace(two.place[event] as Place)) return true;
  if (nameOf(first, one.task[event] as Tid) !== nameOf(second, two.task[event] as Tid)) return true;
  return objectOf(first, one.object[event] as ObjectId) !== objectOf(second, two.object[event] as ObjectId);
}

function nameOf(model: TraceModel, tid: Tid): string {
  return model.taskByTid.get(tid)?.name ?? String(tid);
}

function objectOf(model: TraceModel, id: ObjectId): string {
  const info = model.objectById.get(id);
  return info === undefined ? '' : `${info.type} ${info.name}`;
}
