import type { ObjectId, Tid } from '../protocol/ids';
import { buildModel } from './model';
import type { Interval, Trace, TraceModel } from './trace';

/** Digits of a time in columns: 2.5. */
const DIGITS = 3;

/**
 * The states of each task in words, one task a line, times in columns of `column` nanoseconds:
 * `w: ready 0-1, run 1-2, blocked on m 2-3, run 3-4, exit`. States that last no time are left out; the last
 * one of a task that goes on has no end (`run 3-`); an exit shows its status or signal if it is not 0 (`exit
 * 1`, `killed by 9`).
 */
export function describeIntervals(source: Trace | TraceModel, column = 1_000_000): string {
  const model = modelOf(source);
  return model.tasks
    .map((task) => {
      const intervals = (model.intervals.get(task.tid) ?? []).filter(
        ({ start, end, open }) => open || end > start,
      );
      const words = intervals.map((interval) => {
        const end = interval.open ? '' : inColumns(interval.end, column);
        return `${stateWords(model, interval)} ${inColumns(interval.start, column)}-${end}`;
      });
      // A zombie's exit is where it became one.
      if (task.endedAt !== undefined) {
        const exit = exitWords(task.status ?? 0);
        const zombie = intervals.findIndex(({ state }) => state === 'zombie');
        words.splice(zombie < 0 ? words.length : zombie, 0, exit);
      }
      return `${task.name}: ${words.join(', ')}`;
    })
    .join('\n');
}

/** The arrows in words, one a line: `message producer 1 -> consumer 2 (q)`. */
export function describeLinks(source: Trace | TraceModel, column = 1_000_000): string {
  const model = modelOf(source);
  return [...model.links]
    .map(({ kind, from, to, fromTime, toTime, object }) => {
      const through = object > 0 ? ` (${objectName(model, object)})` : '';
      const start = `${taskName(model, from)} ${inColumns(fromTime, column)}`;
      return `${kind} ${start} -> ${taskName(model, to)} ${inColumns(toTime, column)}${through}`;
    })
    .join('\n');
}

/** The number of the task that is called `name`. */
export function taskNamed(model: TraceModel, name: string): Tid {
  const task = model.tasks.find((info) => info.name === name);
  if (task === undefined) throw new Error(`unknown task: ${name}`);
  return task.tid;
}

/** The number of the object that is called `name`. */
export function objectNamed(model: TraceModel, name: string): ObjectId {
  const object = model.objects.find((info) => info.name === name);
  if (object === undefined) throw new Error(`unknown object: ${name}`);
  return object.id;
}

function modelOf(source: Trace | TraceModel): TraceModel {
  return 'intervals' in source ? source : buildModel(source);
}

function stateWords(model: TraceModel, interval: Interval): string {
  const { state, reason, object, other } = interval;
  if (state === 'running') return 'run';
  if (state !== 'blocked') return state;
  if (reason === 'sleep') return 'asleep';
  const on =
    object > 0 ? ` on ${objectName(model, object)}` : other > 0 ? ` on ${taskName(model, other)}` : '';
  return `blocked${on}${reason === 'lock' ? '' : ` (${reason})`}`;
}

function exitWords(status: number): string {
  if (status < 0) return `killed by ${-status}`;
  return status === 0 ? 'exit' : `exit ${status}`;
}

function taskName(model: TraceModel, tid: Tid): string {
  return model.taskByTid.get(tid)?.name ?? `task ${tid}`;
}

function objectName(model: TraceModel, id: ObjectId): string {
  return model.objectById.get(id)?.name ?? `object ${id}`;
}

function inColumns(time: number, column: number): string {
  return String(Number((time / column).toFixed(DIGITS)));
}
