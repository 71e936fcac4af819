import { firstAbove, firstAtLeastNear, withRoom } from './growable';

/** Sums are kept for every so many intervals: a column of the picture reads at most twice as many, whatever it holds. */
const BLOCK = 32;

/**
 * Intervals of one lane as columns, in order and without overlap, which grow at the end. Sums of time by style, kept at
 * every {@link BLOCK}th interval, make the question "how much of each between these two?" cost the same for a hundred
 * intervals as for a million.
 */
export class IntervalTrack {
  count = 0;
  starts = new Float64Array(64);
  ends = new Float64Array(64);
  styles = new Uint8Array(64);
  /** Time by style of the intervals before block `b`, from `b * styleCount`. */
  private sums: Float64Array;
  private blocks = 0;

  constructor(readonly styleCount: number) {
    this.sums = new Float64Array(styleCount);
  }

  append(start: number, end: number, style: number): void {
    const index = this.count;
    if (index === this.starts.length) {
      this.starts = withRoom(this.starts, index + 1);
      this.ends = withRoom(this.ends, index + 1);
      this.styles = withRoom(this.styles, index + 1);
    }
    this.starts[index] = start;
    this.ends[index] = end;
    this.styles[index] = style;
    this.count = index + 1;
    if (this.count % BLOCK === 0) this.sumBlock();
  }

  /** Forgets the last intervals, so that `count` are left: the last one of a run that goes on is replaced as it grows. */
  truncate(count: number): void {
    this.count = Math.min(this.count, count);
    this.blocks = Math.min(this.blocks, Math.floor(this.count / BLOCK));
  }

  /** Lets the last interval reach to `end`, where it ended earlier. */
  extendLast(end: number): void {
    const last = this.count - 1;
    if (last < 0 || this.ends[last] >= end) return;
    const start = this.starts[last];
    const style = this.styles[last];
    this.truncate(last);
    this.append(start, end, style);
  }

  /** The first interval that is not over at `time`. */
  firstEndingAfter(time: number): number {
    return firstAbove(this.ends, time, 0, this.count);
  }

  /** The first interval from `from` on that starts at `time` or later. */
  firstStartingFrom(time: number, from: number): number {
    return firstAtLeastNear(this.starts, time, from, this.count);
  }

  /** Adds to `times` (by style, from `offset`) how long the intervals `from` to `to` (exclusive) are together. */
  addTimes(times: Float64Array, offset: number, from: number, to: number): void {
    const firstBlock = Math.ceil(from / BLOCK);
    const lastBlock = Math.min(this.blocks, Math.floor(to / BLOCK));
    if (lastBlock <= firstBlock) {
      this.addEach(times, offset, from, to);
      return;
    }
    this.addEach(times, offset, from, firstBlock * BLOCK);
    const { styleCount, sums } = this;
    for (let style = 0; style < styleCount; style++) {
      times[offset + style] += sums[lastBlock * styleCount + style] - sums[firstBlock * styleCount + style];
    }
    this.addEach(times, offset, lastBlock * BLOCK, to);
  }

  private addEach(times: Float64Array, offset: number, from: number, to: number): void {
    const { starts, ends, styles } = this;
    for (let index = from; index < to; index++) times[offset + styles[index]] += ends[index] - starts[index];
  }

  private sumBlock(): void {
    const { styleCount } = this;
    const block = this.count / BLOCK;
    if (block <= this.blocks) return;
    this.sums = withRoom(this.sums, (block + 1) * styleCount);
    this.sums.copyWithin(block * styleCount, (block - 1) * styleCount, block * styleCount);
    this.addEach(this.sums, block * styleCount, this.count - BLOCK, this.count);
    this.blocks = block;
  }
}
