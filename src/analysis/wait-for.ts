import type { ObjectId, Tid } from '../protocol/ids';
import { intervalAt, lastEventAt, stateAt } from '../trace/lookup';
import type { Interval, TraceModel } from '../trace/trace';
import { holdersAfter } from './holders';

/** `from` waits for something that `to` has, or for `to` itself. */
export interface WaitEdge {
  readonly from: Tid;
  readonly to: Tid;
  /** What `to` has; 0 where its end is waited for. */
  readonly object: ObjectId;
  /** The wait. */
  readonly interval: Interval;
  /** Whether nobody but `to` can end the wait: of several who have permits any one can. */
  readonly only: boolean;
}

export interface WaitForGraph {
  readonly waits: readonly Interval[];
  readonly edges: readonly WaitEdge[];
  /** Tasks that wait for each other in a circle, each by what only the next can end; they never go on by themselves. */
  readonly cycles: readonly (readonly WaitEdge[])[];
}

/** Who waits for whom at a moment. */
export function waitForGraphAt(model: TraceModel, moment: number): WaitForGraph {
  // What goes on since the last event goes on now.
  const time = Math.min(moment, model.endTime);
  const last = lastEventAt(model.trace, time);
  const waits: Interval[] = [];
  const edges: WaitEdge[] = [];
  for (const { tid } of model.tasks) {
    const interval = intervalAt(model, tid, time);
    if (interval?.state !== 'blocked') continue;
    waits.push(interval);
    const targets = targetsOf(model, interval, last, time);
    for (const to of targets) {
      if (to === tid && interval.reason !== 'lock') continue;
      const object = isForTask(interval) ? (0 as ObjectId) : interval.object;
      edges.push({ from: tid, to, object, interval, only: targets.length === 1 });
    }
  }
  return { waits, edges, cycles: cyclesOf(edges) };
}

function isForTask({ reason }: Interval): boolean {
  return reason === 'join' || reason === 'wait';
}

/** The tasks of which one must do something for the wait to end, as far as a task can be named. */
function targetsOf(model: TraceModel, interval: Interval, last: number, time: number): readonly Tid[] {
  switch (interval.reason) {
    case 'lock':
    case 'gil':
    case 'semaphore':
      return holdersAfter(model.trace, interval.object, last).map(({ task }) => task);
    case 'join':
      return interval.other > 0 ? [interval.other] : [];
    case 'wait': {
      if (interval.other > 0) return [interval.other];
      const alive = model.tasks.filter(({ tid, pid, parent }) => {
        const state = stateAt(model, tid, time);
        return tid === pid && parent === interval.task && state !== 'free' && state !== 'dead' && state !== 'zombie';
      });
      return alive.map(({ tid }) => tid);
    }
    default:
      return [];
  }
}

/** A task waits for one thing at a time, so each has at most one way on that only one other can open. */
function cyclesOf(edges: readonly WaitEdge[]): readonly (readonly WaitEdge[])[] {
  const next = new Map(edges.filter(({ only }) => only).map((edge) => [edge.from, edge]));
  const settled = new Set<Tid>();
  const cycles: WaitEdge[][] = [];
  for (const start of next.keys()) {
    const path: WaitEdge[] = [];
    const places = new Map<Tid, number>();
    let at = start;
    for (let edge = next.get(at); edge !== undefined && !settled.has(at); edge = next.get(at)) {
      const seen = places.get(at);
      if (seen !== undefined) {
        cycles.push(path.slice(seen));
        break;
      }
      places.set(at, path.length);
      path.push(edge);
      at = edge.to;
    }
    for (const tid of places.keys()) settled.add(tid);
  }
  return cycles;
}
