import { fileOfPlace, lineOfPlace, type ObjectId, type Place, type Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
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
  const lines = isSameProgram(first, second) ? undefined : [new SourceLines(first), new SourceLines(second)] as const;
  for (let event = 0; event < shorter; event++) {
    if (kindsDiffer(first, second, event, lines)) return { index: event, first: event, second: event };
  }
  if (first.trace.length === second.trace.length) return undefined;
  return { index: shorter, first: Math.min(shorter, first.trace.length - 1), second: Math.min(shorter, second.trace.length - 1) };
}

/** The same kind of event, of tasks and objects of the same names, at the same line. Values may differ: times among them. */
function kindsDiffer(first: TraceModel, second: TraceModel, event: number, lines: readonly [SourceLines, SourceLines] | undefined): boolean {
  const [one, two] = [first.trace, second.trace];
  if (one.kind[event] !== two.kind[event]) return true;
  const [here, there] = [one.place[event] as Place, two.place[event] as Place];
  if (lines === undefined ? lineOfPlace(here) !== lineOfPlace(there) : lines[0].at(here) !== lines[1].at(there)) return true;
  if (nameOf(first, one.task[event] as Tid) !== nameOf(second, two.task[event] as Tid)) return true;
  // The birth of a task has the number of its process where others have an object's.
  if (one.kind[event] === EventKindCode['task-new']) return nameOf(first, one.other[event] as Tid) !== nameOf(second, two.other[event] as Tid);
  return objectOf(first, one.object[event] as ObjectId) !== objectOf(second, two.object[event] as ObjectId);
}

/** Of two programs, a line is the same where it reads the same: what was added above it moves it. */
class SourceLines {
  private readonly files: readonly (readonly string[])[];

  constructor({ trace: { files, header } }: TraceModel) {
    this.files = files.map((name) => header.program?.files.find((file) => file.name === name)?.text.split('\n') ?? []);
  }

  /** The words of the line; its number where the trace has no text of it. */
  at(place: Place): string | number {
    const line = lineOfPlace(place);
    return this.files[fileOfPlace(place)]?.[line - 1]?.trim() ?? line;
  }
}

function isSameProgram(first: TraceModel, second: TraceModel): boolean {
  return JSON.stringify(first.trace.header.program?.files) === JSON.stringify(second.trace.header.program?.files);
}

function nameOf(model: TraceModel, tid: Tid): string {
  return model.taskByTid.get(tid)?.name ?? String(tid);
}

function objectOf(model: TraceModel, id: ObjectId): string {
  const info = model.objectById.get(id);
  return info === undefined ? '' : `${info.type} ${info.name}`;
}
