import { fromPixel, mix, toPixel, type Rgb } from './color';
import { LaneImages, type ImageContext } from './lane-image';
import type { StepMarks } from './step-chart';

/** Where a chart is: device pixels of the canvas, and within it the rows between which the line stands on a value. */
export interface StepRect {
  readonly top: number;
  readonly height: number;
  readonly width: number;
  /** The row, counted from `top`, in which `value` is; a fraction is rounded. */
  readonly rowOf: (value: number) => number;
}

/** Colours and how strongly each covers what it lies on. */
export interface StepInk {
  readonly color: Rgb;
  /** Of what is up to the greatest value, and what is up to the least one besides. */
  readonly greatest: number;
  readonly least: number;
  readonly line: number;
  /** Of the row of zero. */
  readonly zero: Rgb;
}

/**
 * Draws step charts that hold a step and more in each pixel, as an image: a path through all of them would take longer than all that
 * else is drawn.
 */
export class StepPainter {
  private readonly images: LaneImages;
  /** Of each pixel of the width: the rows of the least and the greatest value in it, or -1. */
  private lows = new Int32Array(0);
  private highs = new Int32Array(0);

  constructor(private readonly context: ImageContext) {
    this.images = new LaneImages(context);
  }

  /** `marks` in pixels of `rect`; `ground`: a row of what the chart lies on. */
  paint(marks: StepMarks, rect: StepRect, ground: Uint32Array, ink: StepInk): void {
    const { top, height, width } = rect;
    const image = this.images.clear(width, height, ground);
    const [left, right] = this.spread(marks, rect);
    if (right <= left) return;
    const { pixels } = image;
    const { lows, highs } = this;
    // The ground is plain for long stretches.
    let under = ground[left];
    let colors = colorsOn(under, ink);
    const zero = clamp(Math.round(rect.rowOf(0)), height - 1);
    let before = highs[left];
    for (let x = left; x < right; x++) {
      if (ground[x] !== under) colors = colorsOn((under = ground[x]), ink);
      const { base, pale, deep, both, line } = colors;
      const low = lows[x];
      const high = highs[x];
      pixels[zero * width + x] = base;
      for (let y = Math.min(high, zero); y < Math.max(high, zero); y++) pixels[y * width + x] = pale;
      for (let y = Math.min(low, zero); y < Math.max(low, zero); y++) {
        const index = y * width + x;
        pixels[index] = pixels[index] === pale ? both : deep;
      }
      for (let y = Math.min(high, before); y <= Math.max(high, before); y++) pixels[y * width + x] = line;
      before = high;
    }
    this.context.putImageData(image.data, 0, top, left, 0, right - left, height);
  }

  /** Writes the span of each pixel from the pieces that are in it; answers which pixels there are. */
  private spread({ count, lefts, leasts, greatests }: StepMarks, { width, height, rowOf }: StepRect): readonly [left: number, right: number] {
    if (this.lows.length < width) {
      this.lows = new Int32Array(width);
      this.highs = new Int32Array(width);
    }
    this.lows.fill(-1, 0, width);
    const { lows, highs } = this;
    const [begin] = lefts;
    const left = Math.max(0, Math.floor(begin));
    const right = count < 2 ? left : Math.min(width, Math.ceil(lefts[count - 1]));
    for (let piece = 0; piece < count - 1; piece++) {
      const low = clamp(Math.round(rowOf(leasts[piece])), height - 1);
      const high = clamp(Math.round(rowOf(greatests[piece])), height - 1);
      const end = Math.min(right, Math.max(Math.floor(lefts[piece]) + 1, Math.ceil(lefts[piece + 1])));
      for (let x = Math.max(left, Math.floor(lefts[piece])); x < end; x++) {
        // Rows count downwards.
        const first = lows[x] < 0;
        lows[x] = first ? low : Math.max(lows[x], low);
        highs[x] = first ? high : Math.min(highs[x], high);
      }
    }
    return [left, right];
  }
}

/** Pixels of the row of zero, of the areas up to the greatest and the least value, of both, and of the line. */
interface Colors {
  readonly base: number;
  readonly pale: number;
  readonly deep: number;
  readonly both: number;
  readonly line: number;
}

function colorsOn(under: number, { color, greatest, least, line, zero }: StepInk): Colors {
  const ground = fromPixel(under);
  const pale = mix(ground, color, greatest);
  return {
    base: toPixel(zero), pale: toPixel(pale), deep: toPixel(mix(ground, color, least)), both: toPixel(mix(pale, color, least)),
    line: toPixel(mix(pale, color, line)),
  };
}

function clamp(row: number, last: number): number {
  return Math.max(0, Math.min(last, row));
}
