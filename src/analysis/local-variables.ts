import type { Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import { eventValue } from '../trace/event-values';
import { localNameOf } from '../trace/local-names';
import { firstAfter } from '../trace/lookup';
import type { TraceModel } from '../trace/trace';

/** A local variable of a call at a moment. */
export interface LocalVariable {
  readonly name: string;
  readonly value: number | string;
  /** By which it came to be known so; undefined where no event says so. */
  readonly event: number | undefined;
}

/** What happened to one variable of a function, in the calls of a task at one depth. */
interface Track {
  /** The function, as the trace has it: `Shop.sell`. */
  readonly of: string;
  readonly name: string;
  readonly events: number[];
}

/** By task and depth. */
type Tracks = ReadonlyMap<string, readonly Track[]>;

const tracks = new WeakMap<TraceModel, Tracks>();

/** The variables of the call of `tid` at `depth` (1: the outermost), which is of a function called `called`, after event `last`. */
export function localsOf(model: TraceModel, tid: Tid, depth: number, called: string, last: number): readonly LocalVariable[] {
  let known = tracks.get(model);
  if (known === undefined) tracks.set(model, (known = tracksIn(model)));
  const then = (known.get(`${tid} ${depth}`) ?? []).flatMap(({ of, name, events }) => {
    const event = events[firstAfter(events, last) - 1] as number | undefined;
    return event === undefined || (of !== called && !of.endsWith(`.${called}`)) ? [] : [{ of, name, event }];
  });
  // Two functions of one name, one after the other at this depth: the call is of the one that was heard of last.
  const latest = then.reduce((best: { of: string; event: number } | undefined, each) => (best && best.event > each.event ? best : each), undefined);
  return then.flatMap(({ of, name, event }) => {
    const value = of === latest?.of ? eventValue(model.trace, event) : undefined;
    return value === undefined ? [] : [{ name, value, event }];
  });
}

function tracksIn(model: TraceModel): Tracks {
  const { kind, task, extra, other } = model.trace;
  const found = new Map<string, Map<number, Track>>();
  for (let event = kind.indexOf(EventKindCode.local); event >= 0; event = kind.indexOf(EventKindCode.local, event + 1)) {
    const key = `${task[event]} ${extra[event]}`;
    let level = found.get(key);
    if (level === undefined) found.set(key, (level = new Map<number, Track>()));
    let track = level.get(other[event]);
    if (track === undefined) {
      const named = localNameOf(model, event);
      if (named === undefined) continue;
      level.set(other[event], (track = { ...named, events: [] }));
    }
    track.events.push(event);
  }
  return new Map([...found].map(([key, level]) => [key, [...level.values()]]));
}
