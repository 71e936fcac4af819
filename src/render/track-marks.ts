import type { IntervalTrack } from './interval-track';
import { withRoom } from './growable';
import type { Viewport } from './viewport';

/** Narrower than this (pixels of the viewport given) an interval has no mark of its own. */
const OWN_MARK = 1.5;
/** So many intervals are looked at one by one before the end of a pixel's is searched for. */
const NEAR = 16;

/**
 * What one lane looks like in one view. An interval wide enough is a *bar* of its own. Those too narrow become *columns*
 * of a pixel, which say what part of them each style has: seen from afar a lane is a chart of shares, and nothing that
 * happened is lost between pixels. Buffers are reused from lane to lane.
 */
export class TrackMarks {
  bars = 0;
  /** Left and right edge of each bar in whole pixels, and the interval it stands for. */
  barLeft = new Int32Array(256);
  barRight = new Int32Array(256);
  barIndex = new Int32Array(256);

  columns = 0;
  columnLeft = new Int32Array(256);
  columnRight = new Int32Array(256);
  /** The intervals in each column: `columnFrom` to the next one's, at most. */
  columnFrom = new Int32Array(256);
  columnTo = new Int32Array(256);
  /** Time by style, from `column * styleCount`. */
  columnTimes = new Float64Array(256);

  addBar(left: number, right: number, index: number): void {
    const bar = this.bars++;
    if (bar === this.barLeft.length) {
      this.barLeft = withRoom(this.barLeft, bar + 1);
      this.barRight = withRoom(this.barRight, bar + 1);
      this.barIndex = withRoom(this.barIndex, bar + 1);
    }
    this.barLeft[bar] = left;
    this.barRight[bar] = right;
    this.barIndex[bar] = index;
  }

  addColumn(left: number, right: number, from: number, to: number, styleCount: number): number {
    const column = this.columns++;
    if (column === this.columnLeft.length) {
      this.columnLeft = withRoom(this.columnLeft, column + 1);
      this.columnRight = withRoom(this.columnRight, column + 1);
      this.columnFrom = withRoom(this.columnFrom, column + 1);
      this.columnTo = withRoom(this.columnTo, column + 1);
    }
    const offset = column * styleCount;
    if (offset + styleCount > this.columnTimes.length) this.columnTimes = withRoom(this.columnTimes, offset + styleCount);
    const { columnTimes } = this;
    // A call of `fill` would take longer than so few numbers.
    for (let at = offset; at < offset + styleCount; at++) columnTimes[at] = 0;
    this.columnLeft[column] = left;
    this.columnRight[column] = right;
    this.columnFrom[column] = from;
    this.columnTo[column] = to;
    return column;
  }
}

/**
 * Fills `marks` with what is in view of `track`. The cost is that of the pixels and of the bars drawn, with a search for
 * each; it does not grow with the number of intervals.
 */
export function markTrack(track: IntervalTrack, viewport: Viewport, marks: TrackMarks): void {
  marks.bars = 0;
  marks.columns = 0;
  const { starts, ends, count, styleCount } = track;
  const { start, end, width } = viewport;
  const scale = width / (end - start);
  let index = track.firstEndingAfter(start);
  while (index < count && starts[index] < end) {
    const left = (starts[index] - start) * scale;
    const right = (ends[index] - start) * scale;
    if (right - left >= OWN_MARK) {
      // Clamped: a bar may reach far out of view, and whole pixels must stay whole.
      marks.addBar(Math.max(-4, Math.round(left)), Math.min(width + 4, Math.round(right)), index);
      index++;
      continue;
    }
    const pixel = Math.floor(Math.max(0, left));
    const pixelEnd = start + (pixel + 1) / scale;
    let next = index + 1;
    const near = Math.min(count, next + NEAR);
    while (next < near && starts[next] < pixelEnd) next++;
    if (next === near) next = track.firstStartingFrom(pixelEnd, next);
    // All that start in this pixel also end in it, except the last.
    if (next - 1 > index && (ends[next - 1] - starts[next - 1]) * scale >= OWN_MARK) next--;
    const reach = Math.round((ends[next - 1] - start) * scale);
    const column = marks.addColumn(pixel, Math.max(pixel + 1, reach), index, next, styleCount);
    track.addTimes(marks.columnTimes, column * styleCount, index, next);
    index = next;
  }
}
