import { lineOfPlace, type Pid, type Place, type Tid } from '../protocol/ids';
import type { StandingCall, StandingProcess, StandingVariable } from '../protocol/pause';
import { EventKindCode } from '../protocol/trace-events';
import { eventText, eventValue } from '../trace/event-values';
import { firstAfter, lastEventAt, stateAt } from '../trace/lookup';
import type { ObjectInfo, TaskInfo, TraceModel } from '../trace/trace';
import { eventIndexOf } from './holders';
import { localsOf, type LocalVariable } from './local-variables';

/** A global variable of a process at a moment. */
export interface Variable {
  readonly name: string;
  readonly value: number | string;
  /** By which it came to be known so, and the task that came by then; undefined where no event says so. */
  readonly event: number | undefined;
  /** Of a forked process, where its parent had a variable of the name: whether it still is what was copied. */
  readonly copied: 'as it was' | 'changed' | undefined;
  /** What the parent has in its own variable now, where that differs. */
  readonly parents: number | string | undefined;
}

/** A call that a task is in. */
export interface Call {
  readonly name: string;
  /** From 1; 0 where it is unknown. */
  readonly line: number;
}

/** A call and what its local variables were when the task last came to an operation or, where the run stands, are. */
export interface CallWithLocals extends Call {
  readonly locals: readonly LocalVariable[];
}

export interface ThreadMemory {
  readonly info: TaskInfo;
  /** Innermost first; empty where the run recorded none. */
  readonly calls: readonly CallWithLocals[];
  readonly place: Place;
}

export interface ProcessMemory {
  readonly info: TaskInfo;
  readonly variables: readonly Variable[];
  readonly threads: readonly ThreadMemory[];
}

/** A piece of memory that all processes see: a shared value or array. */
export interface SharedMemory {
  readonly info: ObjectInfo;
  /** By slot: what was written there last, and by which event. */
  readonly slots: readonly { readonly slot: number; readonly value: number | string; readonly event: number }[];
}

export interface MemoryPicture {
  readonly processes: readonly ProcessMemory[];
  readonly shared: readonly SharedMemory[];
}

/** More slots of an array are counted, not shown. */
const SLOTS_AT_MOST = 16;

/** What each process has in memory at a moment, as far as it was recorded; `standing`: what was read there, where the run stands at that moment. */
export function memoryAt(model: TraceModel, moment: number, standing: readonly StandingProcess[] = []): MemoryPicture {
  const time = Math.min(moment, model.endTime);
  const last = lastEventAt(model.trace, time);
  const alive = (info: TaskInfo): boolean => {
    const state = stateAt(model, info.tid, time);
    return info.createdAt <= time && state !== 'dead' && state !== 'free' && state !== 'zombie';
  };
  const values = new Map<Pid, readonly Known[]>();
  const standingOf = new Map(standing.map((process) => [process.pid, process]));
  for (const { tid, pid } of model.tasks) {
    if (tid === pid) values.set(pid, withStanding(variablesOf(model, pid, last), standingOf.get(pid)?.globals ?? []));
  }
  const processes = model.tasks.filter((info) => info.tid === info.pid && alive(info)).map((info) => ({
    info,
    variables: (values.get(info.pid) ?? []).map((known) => besideParent(model, info, known, values, last)),
    threads: model.tasks.filter((each) => each.pid === info.pid && each.method !== 'coroutine' && alive(each)).map((each) => {
      const now = standingOf.get(info.pid)?.threads.find(({ tid }) => tid === each.tid)?.calls ?? [];
      return { info: each, ...callsOf(model, each.tid, time, last, now) };
    }),
  }));
  const shared = model.objects.filter(({ type, createdAt }) => (type === 'value' || type === 'array') && createdAt <= time)
    .map((info) => ({ info, slots: slotsOf(model, info, last) }));
  return { processes, shared };
}

interface Known {
  readonly name: string;
  readonly value: number | string;
  readonly event: number | undefined;
  /** How often it has changed since the process has it. */
  readonly changes: number;
}

/** The variables of each process that the run recorded, by creation. */
const variables = new WeakMap<TraceModel, ReadonlyMap<Pid, readonly ObjectInfo[]>>();

function infosOf(model: TraceModel, pid: Pid): readonly ObjectInfo[] {
  let known = variables.get(model);
  if (known === undefined) {
    const found = new Map<Pid, ObjectInfo[]>();
    for (const info of model.objects) {
      if (info.type !== 'variable') continue;
      const owner = model.taskByTid.get(info.creator)?.pid ?? info.creator;
      found.set(owner, [...(found.get(owner) ?? []), info]);
    }
    variables.set(model, (known = found));
  }
  return known.get(pid) ?? [];
}

function variablesOf(model: TraceModel, pid: Pid, last: number): readonly Known[] {
  const { trace } = model;
  return infosOf(model, pid).flatMap((info) => {
    const events = eventIndexOf(trace).eventsOfObject(info.id).filter((event) => trace.kind[event] === EventKindCode.variable);
    const changes = firstAfter(events, last) - 1;
    const event = events[changes] as number | undefined;
    const value = event === undefined ? undefined : eventValue(trace, event);
    return event === undefined || value === undefined ? [] : [{ name: info.name, value, event, changes }];
  });
}

/** What is known from the trace, as it is by now; and what the trace has not heard of yet. */
function withStanding(recorded: readonly Known[], standing: readonly StandingVariable[]): readonly Known[] {
  const now = new Map(standing.map(({ name, value }) => [name, value]));
  const known = recorded.map((each) => {
    const value = now.get(each.name) ?? each.value;
    return value === each.value ? each : { ...each, value, event: undefined, changes: each.changes + 1 };
  });
  const names = new Set(recorded.map(({ name }) => name));
  const unheard = standing.flatMap(({ name, value }) => (
    value === undefined || names.has(name) ? [] : [{ name, value, event: undefined, changes: 1 }]
  ));
  return [...known, ...unheard];
}

function besideParent(
  model: TraceModel, process: TaskInfo, { name, value, event, changes }: Known, values: ReadonlyMap<Pid, readonly Known[]>, last: number,
): Variable {
  const plain = { name, value, event };
  const parent = model.taskByTid.get(process.creator)?.pid;
  const theirs = parent === undefined ? undefined : values.get(parent)?.find((each) => each.name === name);
  if (process.method !== 'fork' || theirs === undefined || last < 0) return { ...plain, copied: undefined, parents: undefined };
  return { ...plain, copied: changes === 0 ? 'as it was' : 'changed', parents: theirs.value === value ? undefined : theirs.value };
}

/** `now`: the calls that the task is in, where the run stands; empty where they are not known but from the trace. */
function callsOf(
  model: TraceModel, tid: Tid, time: number, last: number, now: readonly StandingCall[],
): Pick<ThreadMemory, 'calls' | 'place'> {
  const { trace } = model;
  const index = eventIndexOf(trace);
  const events = index.eventsOfTask(tid);
  const place = index.placeAt(tid, time);
  const recorded = (call: Call, depth: number): readonly LocalVariable[] => localsOf(model, tid, depth, call.name, last);
  if (now.length > 0) {
    return { place, calls: now.map((call, index) => ({ ...call, locals: localsNow(call, recorded(call, now.length - index)) })) };
  }
  for (let at = firstAfter(events, last) - 1; at >= 0; at--) {
    if (trace.kind[events[at]] !== EventKindCode.calls) continue;
    const calls = callsIn(eventText(trace, events[at]) ?? '');
    const depth = trace.other[events[at]] || calls.length;
    return {
      place,
      calls: calls.map((call, index) => ({
        name: call.name, line: index === 0 ? lineOfPlace(place) : call.line, locals: recorded(call, depth - index),
      })),
    };
  }
  return { place, calls: [] };
}

/** What could not be read where the run stands is what it was when it was last told. */
function localsNow({ locals }: StandingCall, recorded: readonly LocalVariable[]): readonly LocalVariable[] {
  return locals.flatMap(({ name, value }) => {
    const before = recorded.find((each) => each.name === name);
    if (value === undefined || value === before?.value) return before ?? [];
    return [{ name, value, event: undefined }];
  });
}

/** `put_all < work:21 < <module>:30` */
export function callsIn(text: string): readonly Call[] {
  return text.split(' < ').filter(Boolean).map((part) => {
    const [, name, line] = /^(.*?)(?::(\d+))?$/.exec(part) ?? [];
    return { name: name ?? part, line: Number(line ?? 0) };
  });
}

function slotsOf({ trace }: TraceModel, { id, initial, type }: ObjectInfo, last: number): SharedMemory['slots'] {
  const slots = new Map<number, { readonly slot: number; readonly value: number | string; readonly event: number }>();
  if (type === 'value') slots.set(0, { slot: 0, value: initial, event: -1 });
  for (const event of eventIndexOf(trace).eventsOfObject(id)) {
    if (event > last) break;
    const kind = trace.kind[event];
    if (kind !== EventKindCode.store && kind !== EventKindCode.load) continue;
    const value = eventValue(trace, event);
    const slot = trace.other[event];
    if (value !== undefined && (kind === EventKindCode.store || !slots.has(slot))) slots.set(slot, { slot, value, event });
  }
  return [...slots.values()].sort((a, b) => a.slot - b.slot).slice(0, SLOTS_AT_MOST);
}
