import type { ObjectId, Tid } from '../protocol/ids';
import { operationOf } from '../protocol/program-waits';
import { EventKindCode } from '../protocol/trace-events';
import { eventText } from './event-values';
import { isMachinery } from './task-table';
import type { Trace } from './trace';

/** An operation of the program, such as `q.put(3)`, and the events that it consists of. */
export interface ProgramCall {
  readonly task: Tid;
  /** The object it is an operation of, or 0. */
  readonly object: ObjectId;
  /** Its name: `put`. */
  readonly name: string;
  /** Its `call` event. */
  readonly begin: number;
  /** Its `return` event; the length of the trace while it has not returned. */
  end: number;
  /** Where it makes a thread of the library's own, for whose beginning it then waits; Infinity where it makes none. */
  machineryFrom: number;
}

/**
 * The outermost operations of each task, in order. What the library does below one of them, calls of its own included, is
 * part of it.
 */
export function programCalls(trace: Trace): ReadonlyMap<Tid, readonly ProgramCall[]> {
  const calls = new Map<Tid, ProgramCall[]>();
  const depths = new Map<Tid, number>();
  for (let event = 0; event < trace.length; event++) {
    const kind = trace.kind[event];
    if (kind === EventKindCode['task-new'] && isMachinery(trace, event)) {
      const creator = trace.task[event] as Tid;
      const last = calls.get(creator)?.at(-1);
      if (last !== undefined && (depths.get(creator) ?? 0) > 0) last.machineryFrom = Math.min(last.machineryFrom, event);
      continue;
    }
    if (kind !== EventKindCode.call && kind !== EventKindCode.return) continue;
    const task = trace.task[event] as Tid;
    const depth = depths.get(task) ?? 0;
    if (kind === EventKindCode.call) {
      if (depth === 0) {
        const object = trace.object[event] as ObjectId;
        const call = { task, object, name: operationOf(eventText(trace, event) ?? ''), begin: event, end: trace.length, machineryFrom: Infinity };
        const known = calls.get(task);
        if (known === undefined) calls.set(task, [call]);
        else known.push(call);
      }
      depths.set(task, depth + 1);
    } else if (depth > 0) {
      depths.set(task, depth - 1);
      const last = calls.get(task)?.at(-1);
      if (depth === 1 && last !== undefined) last.end = event;
    }
  }
  return calls;
}

/** The objects without a name of the program's that were made inside one of its calls: pipes that a started process needs. */
export function objectsMadeInCalls(trace: Trace, calls: ReadonlyMap<Tid, readonly ProgramCall[]>): ReadonlySet<ObjectId> {
  const made = new Set<ObjectId>();
  for (let event = 0; event < trace.length; event++) {
    if (trace.kind[event] !== EventKindCode['object-new'] || eventText(trace, event)) continue;
    if (callAround(calls.get(trace.task[event] as Tid), event) !== undefined) made.add(trace.object[event] as ObjectId);
  }
  return made;
}

/** The call that `event` of the same task is part of, by binary search. */
export function callAround(calls: readonly ProgramCall[] | undefined, event: number): ProgramCall | undefined {
  if (calls === undefined) return undefined;
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (calls[middle].begin <= event) low = middle + 1;
    else high = middle;
  }
  const call = calls[low - 1] as ProgramCall | undefined;
  return call !== undefined && event < call.end ? call : undefined;
}
