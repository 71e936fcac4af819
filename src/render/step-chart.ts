import { firstAbove, firstAtLeastNear, withRoom } from './growable';
import type { Viewport } from './viewport';

const BLOCK = 64;

/** A number that changes in steps, with the least and greatest of every {@link BLOCK} steps, so that far views are quick. */
export class StepTrack {
  private leasts = new Float64Array(16);
  private greatests = new Float64Array(16);
  private blocks = 0;
  count = 0;
  /** What was asked for last: see {@link span}. */
  least = 0;
  greatest = 0;
  times: Float64Array = new Float64Array(0);
  values: Float64Array = new Float64Array(0);

  /** The series as it is now: what was there before must be the same. */
  update(times: Float64Array, values: Float64Array): void {
    this.times = times;
    this.values = values;
    this.count = times.length;
    const blocks = Math.floor(this.count / BLOCK);
    this.leasts = withRoom(this.leasts, blocks);
    this.greatests = withRoom(this.greatests, blocks);
    for (let block = this.blocks; block < blocks; block++) {
      this.least = Infinity;
      this.greatest = -Infinity;
      this.include(values, values, block * BLOCK, (block + 1) * BLOCK);
      this.leasts[block] = this.least;
      this.greatests[block] = this.greatest;
    }
    this.blocks = blocks;
  }

  /** Least and greatest value of the steps `from` to `to` (exclusive), into `least` and `greatest`: a frame asks a thousand times. */
  span(from: number, to: number): void {
    this.least = Infinity;
    this.greatest = -Infinity;
    const firstBlock = Math.ceil(from / BLOCK);
    const lastBlock = Math.min(this.blocks, Math.floor(to / BLOCK));
    if (lastBlock <= firstBlock) {
      this.include(this.values, this.values, from, to);
      return;
    }
    this.include(this.values, this.values, from, firstBlock * BLOCK);
    this.include(this.leasts, this.greatests, firstBlock, lastBlock);
    this.include(this.values, this.values, lastBlock * BLOCK, to);
  }

  /** The last step at or before `time`, or -1. */
  stepAt(time: number): number {
    return firstAbove(this.times, time, 0, this.count) - 1;
  }

  private include(leasts: Float64Array, greatests: Float64Array, from: number, to: number): void {
    let { least, greatest } = this;
    for (let index = from; index < to; index++) {
      if (leasts[index] < least) least = leasts[index];
      if (greatests[index] > greatest) greatest = greatests[index];
    }
    this.least = least;
    this.greatest = greatest;
  }
}

/** What one view shows of a step chart, as pieces from left to right. Buffers are reused from chart to chart. */
export class StepMarks {
  count = 0;
  /** Where each piece begins; it ends where the next begins, and the last one is only an end. */
  lefts = new Float64Array(256);
  /** The values each is between; they differ where a pixel holds several steps. */
  leasts = new Float64Array(256);
  greatests = new Float64Array(256);

  add(left: number, least: number, greatest: number): void {
    const piece = this.count++;
    if (piece === this.lefts.length) {
      this.lefts = withRoom(this.lefts, piece + 1);
      this.leasts = withRoom(this.leasts, piece + 1);
      this.greatests = withRoom(this.greatests, piece + 1);
    }
    this.lefts[piece] = left;
    this.leasts[piece] = least;
    this.greatests[piece] = greatest;
  }
}

/** Fills `marks` with what is in view of `track`, at most two pieces a pixel, up to `until` (where the run ends). */
export function markSteps(track: StepTrack, viewport: Viewport, until: number, marks: StepMarks): void {
  marks.count = 0;
  const { times, values, count } = track;
  const { start, end, width } = viewport;
  const scale = width / (end - start);
  let index = Math.max(0, track.stepAt(start));
  const last = Math.min(end, until);
  while (index < count && times[index] <= last) {
    const x = Math.max(-1, (times[index] - start) * scale);
    const pixelEnd = start + (Math.floor(x) + 1) / scale;
    const next = Math.max(index + 1, firstAtLeastNear(times, pixelEnd, index, count));
    track.span(index, next);
    marks.add(x, track.least, track.greatest);
    // After the pixel the last value holds.
    if (track.least !== track.greatest) marks.add(Math.floor(x) + 1, values[next - 1], values[next - 1]);
    index = next;
  }
  const { count: pieces } = marks;
  if (pieces > 0) marks.add((last - start) * scale, marks.leasts[pieces - 1], marks.greatests[pieces - 1]);
}
