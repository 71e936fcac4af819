import { firstAbove, firstAtLeast, withRoom } from './growable';
import type { TimeRange } from './viewport';

const BLOCK = 256;

/** Arrows in the order of their ends, as columns that grow; finds those in view without looking at the rest. */
export class LinkTrack {
  count = 0;
  fromTimes = new Float64Array(64);
  toTimes = new Float64Array(64);
  kinds = new Uint8Array(64);
  /** The earliest beginning in each block of {@link BLOCK} arrows. */
  private earliest = new Float64Array(16);

  append(fromTime: number, toTime: number, kind: number): void {
    const index = this.count++;
    if (index === this.fromTimes.length) {
      this.fromTimes = withRoom(this.fromTimes, index + 1);
      this.toTimes = withRoom(this.toTimes, index + 1);
      this.kinds = withRoom(this.kinds, index + 1);
    }
    this.fromTimes[index] = fromTime;
    this.toTimes[index] = toTime;
    this.kinds[index] = kind;
    const block = Math.floor(index / BLOCK);
    if (block === this.earliest.length) this.earliest = withRoom(this.earliest, block + 1);
    if (index % BLOCK === 0 || fromTime < this.earliest[block]) this.earliest[block] = fromTime;
  }

  /**
   * The arrows of the given kinds that touch `range`, in order; where there are more than `limit`, each `stride`th of
   * them. The stride is a power of two and picks the same arrows whatever is in view, so that nothing flickers as one
   * pans.
   */
  within(range: TimeRange, limit: number, wanted: (kind: number) => boolean): { indices: number[]; stride: number } {
    const first = firstAtLeast(this.toTimes, range.start, 0, this.count);
    const last = firstAbove(this.toTimes, range.end, first, this.count);
    let stride = 1;
    while ((last - first) / stride > limit) stride *= 2;
    const indices: number[] = [];
    this.pick(indices, first, last, stride, wanted);
    // Those that end after the view and began before its end.
    let index = last;
    while (index < this.count && indices.length < limit * 2) {
      const block = Math.floor(index / BLOCK);
      const blockEnd = Math.min(this.count, (block + 1) * BLOCK);
      if (this.earliest[block] <= range.end) this.pick(indices, index, blockEnd, stride, wanted, range.end);
      index = blockEnd;
    }
    return { indices, stride };
  }

  private pick(
    indices: number[], from: number, to: number, stride: number, wanted: (kind: number) => boolean, before = Infinity,
  ): void {
    for (let index = Math.ceil(from / stride) * stride; index < to; index += stride) {
      if (this.fromTimes[index] <= before && wanted(this.kinds[index])) indices.push(index);
    }
  }
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A cubic curve that leaves its first point and reaches its last one upright: out of one lane and into the other. */
export type Curve = readonly [from: Point, fromHandle: Point, toHandle: Point, to: Point];

/** How far a curve goes straight on at most before it turns; further would pass for a line of its own. */
const STRAIGHT_AT_MOST = 36;

/** The line of an arrow between two heights. */
export function linkCurve(from: Point, to: Point): Curve {
  const dy = to.y - from.y;
  const reach = Math.sign(dy) * Math.min(Math.abs(dy) * 0.6, STRAIGHT_AT_MOST);
  return [from, { x: from.x, y: from.y + reach }, { x: to.x, y: to.y - reach }, to];
}

export function pointOn([from, fromHandle, toHandle, to]: Curve, at: number): Point {
  const rest = 1 - at;
  const weights = [rest ** 3, 3 * rest * rest * at, 3 * rest * at * at, at ** 3];
  return {
    x: weights[0] * from.x + weights[1] * fromHandle.x + weights[2] * toHandle.x + weights[3] * to.x,
    y: weights[0] * from.y + weights[1] * fromHandle.y + weights[2] * toHandle.y + weights[3] * to.y,
  };
}

const HIT_STEPS = 16;

/** How far `point` is from the curve, to about a pixel. */
export function distanceToCurve(curve: Curve, point: Point): number {
  let nearest = Infinity;
  let previous = curve[0];
  for (let step = 1; step <= HIT_STEPS; step++) {
    const next = pointOn(curve, step / HIT_STEPS);
    nearest = Math.min(nearest, distanceToSegment(previous, next, point));
    previous = next;
  }
  return nearest;
}

function distanceToSegment(from: Point, to: Point, point: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const at = length === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length));
  return Math.hypot(point.x - from.x - at * dx, point.y - from.y - at * dy);
}
