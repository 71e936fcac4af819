import type { ObjectId, Pid, Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import type { Interval, TraceModel } from '../trace/trace';
import { eventIndexOf } from './holders';

/** A task had something for a while: a CPU, a lock, the GIL. */
export interface Turn {
  readonly task: Tid;
  readonly start: number;
  readonly end: number;
  /** The event by which it got it. */
  readonly event: number;
}

export interface CpuUse {
  readonly cpu: number;
  readonly turns: readonly Turn[];
  /** Nanoseconds in which some task ran on it. */
  readonly busy: number;
}

/**
 * Who ran on each CPU. In virtual time these are the machine's; in real time each worker of the browser counts as one, and
 * whether it had a core of the computer to itself nobody can say.
 */
export function cpuUses(model: TraceModel): readonly CpuUse[] {
  const turns = new Map<number, Turn[]>();
  const coroutines = new Set(model.tasks.filter(({ method }) => method === 'coroutine').map(({ tid }) => tid));
  for (const intervals of model.intervals.values()) {
    for (const { state, start, end, task, event } of intervals) {
      // A coroutine runs on what its thread has.
      if (state !== 'running' || coroutines.has(task)) continue;
      const cpu = model.trace.kind[event] === EventKindCode['task-run'] ? model.trace.other[event] : 0;
      const known = turns.get(cpu);
      const turn = { task, start, end, event };
      if (known === undefined) turns.set(cpu, [turn]);
      else known.push(turn);
    }
  }
  return [...turns].sort(([a], [b]) => a - b).map(([cpu, own]) => {
    own.sort((a, b) => a.event - b.event);
    return { cpu, turns: own, busy: own.reduce((sum, { start, end }) => sum + end - start, 0) };
  });
}

/** Who had a lock or a GIL, turn by turn; a turn that was not given back reaches to the end of the trace. */
export function ownersOf(model: TraceModel, object: ObjectId): readonly Turn[] {
  const { trace } = model;
  const turns: Turn[] = [];
  let holder: { readonly task: Tid; readonly event: number; depth: number } | undefined;
  const close = (end: number): void => {
    if (holder !== undefined) turns.push({ task: holder.task, start: trace.time[holder.event], end, event: holder.event });
    holder = undefined;
  };
  for (const event of eventIndexOf(trace).eventsOfObject(object)) {
    const task = trace.task[event] as Tid;
    if (trace.kind[event] === EventKindCode.acquire) {
      if (holder?.task === task) holder.depth++;
      else {
        close(trace.time[event]);
        holder = { task, event, depth: 1 };
      }
    } else if (trace.kind[event] === EventKindCode.release && holder !== undefined && --holder.depth <= 0) {
      close(trace.time[event]);
    }
  }
  close(model.endTime);
  return turns;
}

/** The GIL of each process that has one, by its number. */
export function gilsOf(model: TraceModel): readonly { readonly object: ObjectId; readonly pid: Pid }[] {
  return model.objects.filter(({ type }) => type === 'gil').map(({ id, creator }) => {
    return { object: id, pid: model.taskByTid.get(creator)?.pid ?? creator };
  });
}

/** How many waited for `object` when, as steps. */
export function waitersOf(waits: readonly Interval[]): { readonly times: Float64Array; readonly values: Float64Array } {
  const changes = waits.flatMap(({ start, end }) => [[start, 1], [end, -1]] as const);
  changes.sort(([a], [b]) => a - b);
  const times: number[] = [];
  const values: number[] = [];
  let now = 0;
  for (const [time, by] of changes) {
    now += by;
    if (times.at(-1) === time) values[values.length - 1] = now;
    else {
      times.push(time);
      values.push(now);
    }
  }
  return { times: Float64Array.from(times), values: Float64Array.from(values) };
}
