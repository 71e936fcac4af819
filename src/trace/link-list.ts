import { NO_OBJECT, type ObjectId, type Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import type { Link, Trace } from './trace';

/** The kinds of arrows; a link's code is its kind's place here. */
export const LINK_KINDS = ['message', 'hand-over', 'start', 'join', 'signal', 'notify'] as const satisfies readonly Link['kind'][];

export const LinkCode = Object.fromEntries(LINK_KINDS.map((kind, code) => [kind, code])) as Readonly<Record<Link['kind'], number>>;

const tellNoObject: ReadonlySet<Link['kind']> = new Set(['start', 'join', 'signal']);

/** Numbers of each link, in the order of `toEvents`: what else there is to a link stands in the trace. */
export interface LinkColumns {
  readonly kinds: Uint8Array;
  readonly fromEvents: Int32Array;
  readonly toEvents: Int32Array;
}

/**
 * The links of a run, as columns: a long run has half a million of them, and an object is made only for one that is looked at.
 * Immutable, as its trace is.
 */
export class LinkList implements Iterable<Link>, LinkColumns {
  readonly length: number;
  readonly kinds: Uint8Array;
  readonly fromEvents: Int32Array;
  readonly toEvents: Int32Array;

  constructor(readonly trace: Trace, { kinds, fromEvents, toEvents }: LinkColumns) {
    this.length = kinds.length;
    this.kinds = kinds;
    this.fromEvents = fromEvents;
    this.toEvents = toEvents;
  }

  at(index: number): Link | undefined {
    return index >= 0 && index < this.length ? this.make(index) : undefined;
  }

  /** The task that a link begins at: an event that made a task ready stands for its waker, whose own deed is not in the trace. */
  fromTask(index: number): Tid {
    const { trace } = this;
    const event = this.fromEvents[index];
    return (trace.kind[event] === EventKindCode['task-ready'] ? trace.other[event] : trace.task[event]) as Tid;
  }

  toTask(index: number): Tid {
    return this.trace.task[this.toEvents[index]] as Tid;
  }

  object(index: number): ObjectId {
    return (tellNoObject.has(LINK_KINDS[this.kinds[index]]) ? NO_OBJECT : this.trace.object[this.toEvents[index]]) as ObjectId;
  }

  /** The first link that ends at `event` or later, or `length`. */
  firstEndingFrom(event: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.toEvents[middle] >= event) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Whether `index` is the same link in both, which may be lists of one run at two moments. */
  agreesWith(other: LinkColumns, index: number): boolean {
    return this.kinds[index] === other.kinds[index] && this.fromEvents[index] === other.fromEvents[index]
      && this.toEvents[index] === other.toEvents[index];
  }

  filter(wanted: (link: Link) => boolean): readonly Link[] {
    const found: Link[] = [];
    for (const link of this) if (wanted(link)) found.push(link);
    return found;
  }

  /** Those for whose index `keep` says so. */
  where(keep: (index: number) => boolean): LinkList {
    const kept = new Int32Array(this.length);
    let count = 0;
    for (let index = 0; index < this.length; index++) if (keep(index)) kept[count++] = index;
    if (count === this.length) return this;
    const indices = kept.subarray(0, count);
    return new LinkList(this.trace, {
      kinds: Uint8Array.from(indices, (index) => this.kinds[index]),
      fromEvents: indices.map((index) => this.fromEvents[index]),
      toEvents: indices.map((index) => this.toEvents[index]),
    });
  }

  *[Symbol.iterator](): IterableIterator<Link> {
    for (let index = 0; index < this.length; index++) yield this.make(index);
  }

  private make(index: number): Link {
    const { trace } = this;
    const fromEvent = this.fromEvents[index];
    const toEvent = this.toEvents[index];
    return {
      kind: LINK_KINDS[this.kinds[index]], from: this.fromTask(index), to: this.toTask(index), fromTime: trace.time[fromEvent],
      toTime: trace.time[toEvent], object: this.object(index), fromEvent, toEvent,
    };
  }
}
