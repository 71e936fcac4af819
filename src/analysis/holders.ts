import type { ObjectId, Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import { EventIndex } from '../trace/lookup';
import type { Trace } from '../trace/trace';

const { acquire, release } = EventKindCode;
const indices = new WeakMap<Trace, EventIndex>();

/** The events of a trace by task and object; made once for each trace. */
export function eventIndexOf(trace: Trace): EventIndex {
  let index = indices.get(trace);
  if (index === undefined) indices.set(trace, (index = new EventIndex(trace)));
  return index;
}

/** A task that has an object: a lock it took and has not given back, a permit, the GIL. */
export interface Holder {
  readonly task: Tid;
  /** The event by which it came to have it. */
  readonly event: number;
  /** How many times: depth of a re-entrant lock, permits of a semaphore. */
  readonly count: number;
}

/**
 * Who has `object` right after event `last`, in the order in which they took it. A permit that a task gives back for
 * another one is taken from whoever has had one longest. The dead keep what they had, as in life.
 */
export function holdersAfter(trace: Trace, object: ObjectId, last: number): readonly Holder[] {
  const holders = new Map<Tid, { event: number; count: number }>();
  for (const event of eventIndexOf(trace).eventsOfObject(object)) {
    if (event > last) break;
    const task = trace.task[event] as Tid;
    if (trace.kind[event] === acquire) {
      const known = holders.get(task);
      if (known === undefined) holders.set(task, { event, count: 1 });
      else known.count++;
    } else if (trace.kind[event] === release) {
      const giver = holders.has(task) ? task : holders.keys().next().value;
      const known = giver === undefined ? undefined : holders.get(giver);
      if (giver !== undefined && known !== undefined && --known.count === 0) holders.delete(giver);
    }
  }
  return [...holders].map(([task, { event, count }]) => ({ task, event, count }));
}
