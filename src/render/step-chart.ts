import { firstAbove, firstAtLeastNear, withRoom } from './growable';
import type { Viewport } from './viewport';

const BLOCK = 64;

/** A number that changes in steps, with the least and greatest of every {@link BLOCK} steps, so that far views are quick. */
export class StepTrack {
  private leasts = new Float64Array(16);
  private greatests = new Float64Array(16);
  private blocks = 0;
  count = 0;
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
      const [least, greatest] = this.scan(block * BLOCK, (block + 1) * BLOCK);
      this.leasts[block] = least;
      this.greatests[block] = greatest;
    }
    this.blocks = blocks;
  }

  /** Least and greatest value of the steps `from` to `to` (exclusive). */
  extent(from: number, to: number): readonly [least: number, greatest: number] {
    const firstBlock = Math.ceil(from / BLOCK);
    const lastBlock = Math.min(this.blocks, Math.floor(to / BLOCK));
    if (lastBlock <= firstBlock) return this.scan(from, to);
    let [least, greatest] = this.scan(from, firstBlock * BLOCK);
    for (let block = firstBlock; block < lastBlock; block++) {
      least = Math.min(least, this.leasts[block]);
      greatest = Math.max(greatest, this.greatests[block]);
    }
    const [restLeast, restGreatest] = this.scan(lastBlock * BLOCK, to);
    return [Math.min(least, restLeast), Math.max(greatest, restGreatest)];
  }

  /** The last step at or before `time`, or -1. */
  stepAt(time: number): number {
    return firstAbove(this.times, time, 0, this.count) - 1;
  }

  private scan(from: number, to: number): [number, number] {
    let least = Infinity;
    let greatest = -Infinity;
    for (let index = from; index < to; index++) {
      const value = this.values[index];
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    return [least, greatest];
  }
}

/** One piece of a step chart: from `x` to the next piece's, between two values; they differ where pixels hold several steps. */
export interface StepPiece {
  readonly x: number;
  readonly least: number;
  readonly greatest: number;
}

/** What is in view of `track`, at most one piece a pixel, up to `until` (where the run ends), whose x closes the last piece. */
export function stepPieces(track: StepTrack, viewport: Viewport, until: number): readonly StepPiece[] {
  const { start, end, width } = viewport;
  const scale = width / (end - start);
  const pieces: StepPiece[] = [];
  let index = Math.max(0, track.stepAt(start));
  const last = Math.min(end, until);
  while (index < track.count && track.times[index] <= last) {
    const x = Math.max(-1, (track.times[index] - start) * scale);
    const pixelEnd = start + (Math.floor(x) + 1) / scale;
    const next = Math.max(index + 1, firstAtLeastNear(track.times, pixelEnd, index, track.count));
    const [least, greatest] = track.extent(index, next);
    const final = track.values[next - 1];
    pieces.push({ x, least, greatest });
    // After the pixel the last value holds.
    if (least !== greatest) pieces.push({ x: Math.floor(x) + 1, least: final, greatest: final });
    index = next;
  }
  if (pieces.length > 0) {
    const { least, greatest } = pieces[pieces.length - 1];
    pieces.push({ x: (last - start) * scale, least, greatest });
  }
  return pieces;
}
