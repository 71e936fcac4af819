import { EventKindCode } from '../protocol/trace-events';
import type { ObjectId, Tid } from '../protocol/ids';
import { firstAfter } from '../trace/lookup';
import type { Trace, TraceModel } from '../trace/trace';
import { orderEdges, type OrderEdge } from './order-edges';

/** How two events stand to each other: `before` the other, `after` it, or in no order at all. */
export type Order = 'before' | 'after' | 'same' | 'none';

/** Two accesses to the same place of shared memory, at least one a write, that nothing puts in order. */
export interface Race {
  readonly object: ObjectId;
  readonly slot: number;
  /** The earlier event in this run; in another it might have been the later. */
  readonly first: number;
  readonly second: number;
}

/** Edges beyond this are not followed: a trace so long is looked at for its first part only. */
const EDGES_AT_MOST = 60_000;
/** Numbers kept for all clocks together. */
const CLOCK_NUMBERS_AT_MOST = 12_000_000;
const RACES_AT_MOST = 20;

/**
 * The partial order of the events of a run: a task's own events one after the other, and what one task did before what another
 * did because of it (a message before its receipt, a release before the next acquire, a start, an end that was waited for).
 * Kept as vector clocks, one for each event at which another task's past comes in. The components of a clock are numbers of
 * events: the last one of each task that is known of.
 */
export class HappensBefore {
  private readonly rows = new Map<number, number>();
  /** Of each task, the events at which its clock took over another's, and the clocks right after. */
  private readonly joins: number[][] = [];
  private readonly clocks: Int32Array[][] = [];
  readonly trace: Trace;
  readonly edges: readonly OrderEdge[];
  /** Events from here on are not ordered: the trace is too long. */
  readonly end: number;

  /** `model` is the run with nothing folded away: what a library's threads do puts things in order too. */
  constructor(model: TraceModel) {
    const { trace } = model;
    this.trace = trace;
    const edges = orderEdges(model);
    for (let event = 0; event < trace.length; event++) this.rowOf(trace.task[event]);
    const most = Math.min(EDGES_AT_MOST, Math.floor(CLOCK_NUMBERS_AT_MOST / Math.max(1, this.rows.size)));
    this.end = edges.length > most ? edges[most].to : trace.length;
    this.edges = edges.slice(0, most);
    for (const edge of this.edges) this.join(edge);
  }

  /** How `a` stands to `b`. */
  order(a: number, b: number): Order {
    if (a === b) return 'same';
    if (this.isBefore(a, b)) return 'before';
    return this.isBefore(b, a) ? 'after' : 'none';
  }

  isBefore(a: number, b: number): boolean {
    const [rowA, rowB] = [this.rowOf(this.trace.task[a]), this.rowOf(this.trace.task[b])];
    if (rowA === rowB) return a < b;
    return (this.clockAt(rowB, b)?.[rowA] ?? -1) >= a;
  }

  private rowOf(task: number): number {
    let row = this.rows.get(task);
    if (row === undefined) {
      this.rows.set(task, (row = this.rows.size));
      this.joins.push([]);
      this.clocks.push([]);
    }
    return row;
  }

  /** The last clock of a task by an event of its; undefined where nothing of others is known to it yet. */
  private clockAt(row: number, event: number): Int32Array | undefined {
    return this.clocks[row][firstAfter(this.joins[row], event) - 1];
  }

  private join({ from, to }: OrderEdge): void {
    const [source, target] = [this.rowOf(this.trace.task[from]), this.rowOf(this.trace.task[to])];
    const own = this.clockAt(target, to);
    if (source === target || (own?.[source] ?? -1) >= from) return;
    const clock = own === undefined ? new Int32Array(this.rows.size).fill(-1) : own.slice();
    this.clockAt(source, from)?.forEach((event, row) => {
      if (event > clock[row]) clock[row] = event;
    });
    clock[source] = Math.max(clock[source], from);
    const { joins, clocks } = this;
    if (joins[target].at(-1) === to) clocks[target][clocks[target].length - 1] = clock;
    else {
      joins[target].push(to);
      clocks[target].push(clock);
    }
  }
}

const orders = new WeakMap<Trace, HappensBefore>();

/** The order of a run with nothing folded away; made once for each trace. */
export function happensBeforeOf(whole: TraceModel): HappensBefore {
  let order = orders.get(whole.trace);
  if (order === undefined) orders.set(whole.trace, (order = new HappensBefore(whole)));
  return order;
}

interface Access {
  readonly event: number;
  readonly isWrite: boolean;
}

/**
 * Accesses to shared memory that race: each pair of lines once. What only one task ever touches, what is read only, and what is
 * ordered by a lock, a message, a start or an end is not among them.
 */
export function racesOf(whole: TraceModel): readonly Race[] {
  const { trace } = whole;
  const order = happensBeforeOf(whole);
  /** The last read and the last write of each task, by place of memory. */
  const last = new Map<string, Map<Tid, Access[]>>();
  const seen = new Set<string>();
  const races: Race[] = [];
  for (let event = 0; event < order.end && races.length < RACES_AT_MOST; event++) {
    const kind = trace.kind[event];
    if (kind !== EventKindCode.load && kind !== EventKindCode.store) continue;
    const object = trace.object[event] as ObjectId;
    const slot = trace.other[event];
    const task = trace.task[event] as Tid;
    const access = { event, isWrite: kind === EventKindCode.store };
    const place = `${object} ${slot}`;
    let known = last.get(place);
    if (known === undefined) last.set(place, (known = new Map<Tid, Access[]>()));
    for (const [other, accesses] of known) {
      if (other === task) continue;
      const racing = accesses.find((each) => (each.isWrite || access.isWrite) && !order.isBefore(each.event, event));
      // Not every `join` of a thread that has ended leaves a sign: no race is claimed of its creator.
      if (whole.taskByTid.get(other)?.creator === task && (whole.taskByTid.get(other)?.endedAt ?? Infinity) <= trace.time[event]) continue;
      if (racing === undefined) continue;
      const pair = [trace.place[racing.event], trace.place[event]].sort((a, b) => a - b).join(' ');
      if (seen.has(`${place} ${pair}`)) continue;
      seen.add(`${place} ${pair}`);
      races.push({ object, slot, first: racing.event, second: event });
    }
    known.set(task, [...(known.get(task) ?? []).filter(({ isWrite }) => isWrite !== access.isWrite), access]);
  }
  return races;
}
