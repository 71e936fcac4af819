import { parseColor, toPixel } from './color';
import type { IntervalTrack } from './interval-track';
import { STYLE_COUNT, type Palette } from './palette';
import { makeTile, type Tile } from './pattern';
import type { TrackMarks } from './track-marks';

/** The part of a canvas context that marks are drawn with; tests record the calls. */
export type MarkContext = Pick<
  CanvasRenderingContext2D, 'fillRect' | 'putImageData' | 'createPattern' | 'createImageData' | 'fillStyle'
>;

/** Where a lane's bars are: device pixels of the canvas. */
export interface LaneRect {
  readonly top: number;
  readonly height: number;
  readonly width: number;
}

/** Makes a canvas that holds an image, for patterns. */
export type ImageCanvas = (image: ImageData) => CanvasImageSource;

/** From this width on (CSS pixels) a bar keeps a pixel's distance to the next, so that both are seen. */
const GAP_FROM = 4;
/** A lane of more marks than this is written as an image: a call each would take longer than all its pixels. */
const CALLS_AT_MOST = 160;

/** Draws lanes of bars and columns: a lane of few marks by a call each, a crowded one as one image. */
export class TrackPainter {
  private readonly tiles: readonly Tile[];
  private readonly edges: readonly number[];
  private readonly fills: (CanvasPattern | string)[] = [];
  private image: ImageData | undefined;
  private pixels = new Uint32Array(0);
  /** By style, of the column last stacked. */
  private readonly tops = new Int32Array(STYLE_COUNT);

  constructor(
    private readonly context: MarkContext,
    readonly palette: Palette,
    readonly pixelRatio: number,
    private readonly imageCanvas: ImageCanvas,
  ) {
    this.tiles = palette.styles.map(({ pattern, fill, line }) => makeTile(pattern, fill, line, pixelRatio));
    this.edges = palette.styles.map(({ color }) => toPixel(parseColor(color)));
  }

  /** `phase`: device pixels by which patterns are moved to the right, so that they move with what they fill. */
  paint(track: IntervalTrack, marks: TrackMarks, rect: LaneRect, phase: number): void {
    if (marks.bars + marks.columns > CALLS_AT_MOST) this.paintImage(track, marks, rect, phase);
    else this.paintCalls(track, marks, rect, phase);
  }

  private paintCalls(track: IntervalTrack, marks: TrackMarks, rect: LaneRect, phase: number): void {
    const { context, palette } = this;
    const foot = this.footHeight(rect);
    for (let bar = 0; bar < marks.bars; bar++) {
      const left = marks.barLeft[bar];
      const code = track.styles[marks.barIndex[bar]];
      const width = this.barEnd(left, marks.barRight[bar]) - left;
      context.fillStyle = this.fillOf(code, phase);
      context.fillRect(left, rect.top, width, rect.height);
      if (palette.styles[code].pattern === 'plain') continue;
      context.fillStyle = palette.styles[code].color;
      context.fillRect(left, rect.top + rect.height - foot, width, foot);
    }
    for (let column = 0; column < marks.columns; column++) {
      const left = marks.columnLeft[column];
      const width = marks.columnRight[column] - left;
      this.stack(marks.columnTimes, column, rect.height);
      let bottom = rect.height;
      for (let code = 0; code < STYLE_COUNT; code++) {
        const top = this.tops[code];
        if (top === bottom) continue;
        context.fillStyle = this.fillOf(code, phase);
        context.fillRect(left, rect.top + top, width, bottom - top);
        bottom = top;
      }
    }
  }

  private paintImage(track: IntervalTrack, marks: TrackMarks, rect: LaneRect, phase: number): void {
    const pixels = this.clearImage(rect);
    const foot = this.footHeight(rect);
    for (let bar = 0; bar < marks.bars; bar++) {
      const code = track.styles[marks.barIndex[bar]];
      const left = Math.max(0, marks.barLeft[bar]);
      const right = Math.min(rect.width, this.barEnd(marks.barLeft[bar], marks.barRight[bar]));
      this.fillTile(pixels, code, left, right, 0, rect.height, rect, phase);
      if (this.palette.styles[code].pattern === 'plain') continue;
      for (let y = rect.height - foot; y < rect.height; y++) {
        if (right > left) pixels.fill(this.edges[code], y * rect.width + left, y * rect.width + right);
      }
    }
    for (let column = 0; column < marks.columns; column++) {
      const left = marks.columnLeft[column];
      const right = Math.min(rect.width, marks.columnRight[column]);
      if (right - left === 1) {
        this.paintPixelColumn(pixels, marks.columnTimes, column, left, rect, phase);
        continue;
      }
      this.stack(marks.columnTimes, column, rect.height);
      let bottom = rect.height;
      for (let code = 0; code < STYLE_COUNT; code++) {
        this.fillTile(pixels, code, left, right, this.tops[code], bottom, rect, phase);
        bottom = this.tops[code];
      }
    }
    if (this.image !== undefined) this.context.putImageData(this.image, 0, rect.top);
  }

  /** Most of a crowded lane are columns of one pixel: this is the loop that matters. */
  private paintPixelColumn(pixels: Uint32Array, times: Float64Array, column: number, left: number, { top: laneTop, height, width }: LaneRect, phase: number): void {
    this.stack(times, column, height);
    const { tops } = this;
    // All tiles are of one size.
    const { size } = this.tiles[0];
    const shift = (((left - phase) % size) + size) % size;
    let bottom = height;
    for (let code = 0; code < STYLE_COUNT; code++) {
      const top = tops[code];
      if (top === bottom) continue;
      const { pixels: tile } = this.tiles[code];
      let row = (laneTop + top) % size;
      for (let y = top, index = top * width + left; y < bottom; y++, index += width) {
        pixels[index] = tile[row * size + shift];
        row = row + 1 === size ? 0 : row + 1;
      }
      bottom = top;
    }
  }

  /**
   * Stacks the shares of a column, the first style at the bottom: where each begins within the lane, from above, which is where the
   * one before it begins if it has none. None that is there gets less than a pixel while there is room.
   */
  private stack(times: Float64Array, column: number, height: number): void {
    const { tops } = this;
    const offset = column * STYLE_COUNT;
    let total = 0;
    for (let code = 0; code < STYLE_COUNT; code++) total += times[offset + code];
    const scale = height / total;
    let bottom = height;
    let below = 0;
    for (let code = 0; code < STYLE_COUNT; code++) {
      const time = times[offset + code];
      if (time > 0 && bottom > 0) {
        below += time;
        bottom = Math.max(0, Math.min(bottom - 1, height - Math.round(below * scale)));
      }
      tops[code] = bottom;
    }
  }

  private fillTile(
    pixels: Uint32Array, code: number, left: number, right: number, top: number, bottom: number, rect: LaneRect,
    phase: number,
  ): void {
    const { size, pixels: tile } = this.tiles[code];
    const { width } = rect;
    const shift = (((left - phase) % size) + size) % size;
    let row = (rect.top + top) % size;
    const plain = this.palette.styles[code].pattern === 'plain';
    for (let y = top; y < bottom; y++) {
      if (plain && right > left) {
        pixels.fill(tile[0], y * width + left, y * width + right);
        continue;
      }
      let column = shift;
      for (let x = left; x < right; x++) {
        pixels[y * width + x] = tile[row * size + column];
        column = column + 1 === size ? 0 : column + 1;
      }
      row = row + 1 === size ? 0 : row + 1;
    }
  }

  /** Waits have a foot of their full colour. */
  private footHeight(rect: LaneRect): number {
    return Math.max(1, Math.min(Math.round(2 * this.pixelRatio), Math.floor(rect.height / 4)));
  }

  private barEnd(left: number, right: number): number {
    return right - left > GAP_FROM * this.pixelRatio ? right - Math.round(this.pixelRatio) : right;
  }

  private clearImage(rect: LaneRect): Uint32Array {
    const { image } = this;
    if (image === undefined || image.width !== rect.width || image.height !== rect.height) {
      this.image = this.context.createImageData(rect.width, rect.height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    } else {
      this.pixels.fill(0);
    }
    return this.pixels;
  }

  private fillOf(code: number, phase: number): CanvasPattern | string {
    const style = this.palette.styles[code];
    if (style.pattern === 'plain') return style.fill;
    const pattern = this.fills[code] ?? this.patternOf(code) ?? style.fill;
    this.fills[code] = pattern;
    if (typeof pattern !== 'string') pattern.setTransform({ e: phase, f: 0 });
    return pattern;
  }

  private patternOf(code: number): CanvasPattern | undefined {
    const { size, pixels } = this.tiles[code];
    const image = this.context.createImageData(size, size);
    new Uint32Array(image.data.buffer).set(pixels);
    return this.context.createPattern(this.imageCanvas(image), 'repeat') ?? undefined;
  }
}
