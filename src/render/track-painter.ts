import { parseColor, toPixel } from './color';
import type { IntervalTrack } from './interval-track';
import { LaneImages } from './lane-image';
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
/** Fewer pixels than this are written one by one: a call of `fill` would take longer. */
const FILL_FROM = 24;
/** A lane of more marks than this is written as an image: a call each would take longer than all its pixels. */
const CALLS_AT_MOST = 16;

/** Draws lanes of bars and columns: a lane of few marks by a call each, a crowded one as one image. */
export class TrackPainter {
  private readonly tiles: readonly Tile[];
  private readonly edges: readonly number[];
  private readonly fills: (CanvasPattern | string)[] = [];
  private readonly plain: readonly boolean[];
  private readonly images: LaneImages;
  /** By the height of the lane and its place among rows of tiles. */
  private readonly strips = new Map<number, Uint32Array>();
  /** By style, of the column last stacked. */
  private readonly tops = new Int32Array(STYLE_COUNT);

  constructor(
    private readonly context: MarkContext,
    readonly palette: Palette,
    readonly pixelRatio: number,
    private readonly imageCanvas: ImageCanvas,
    private readonly callsAtMost = CALLS_AT_MOST,
  ) {
    this.images = new LaneImages(context);
    this.tiles = palette.styles.map(({ pattern, fill, line }) => makeTile(pattern, fill, line, pixelRatio));
    this.plain = palette.styles.map(({ pattern }) => pattern === 'plain');
    this.edges = palette.styles.map(({ color }) => toPixel(parseColor(color)));
  }

  /**
   * `phase`: device pixels by which patterns are moved to the right, so that they move with what they fill. `ground`: a row of what lies
   * below the lane and is seen between its bars; an image would leave holes there.
   */
  paint(track: IntervalTrack, marks: TrackMarks, rect: LaneRect, phase: number, ground?: Uint32Array): void {
    if (marks.bars + marks.columns > this.callsAtMost) this.paintImage(track, marks, rect, phase, ground);
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

  private paintImage(track: IntervalTrack, marks: TrackMarks, rect: LaneRect, phase: number, ground: Uint32Array | undefined): void {
    const { height, width } = rect;
    const image = this.images.clear(width, height, ground);
    const { pixels } = image;
    const strips = this.stripsOf(rect);
    const foot = this.footHeight(rect);
    const { starts, ends, styles } = track;
    for (let bar = 0; bar < marks.bars; bar++) {
      const code = styles[marks.barIndex[bar]];
      const left = Math.max(0, marks.barLeft[bar]);
      const right = Math.min(width, this.barEnd(marks.barLeft[bar], marks.barRight[bar]));
      const body = this.plain[code] ? height : height - foot;
      this.fillTile(pixels, code, left, right, 0, body, rect, phase);
      for (let y = body; y < height; y++) fillRow(pixels, this.edges[code], y * width + left, y * width + right);
    }
    for (let column = 0; column < marks.columns; column++) {
      const left = marks.columnLeft[column];
      const right = Math.min(width, marks.columnRight[column]);
      const from = marks.columnFrom[column];
      if (marks.columnTo[column] - from === 1) {
        // Of one interval: all of it, unless it took no time.
        if (ends[from] > starts[from]) this.fillTile(pixels, styles[from], left, right, 0, height, rect, phase);
        continue;
      }
      this.stack(marks.columnTimes, column, height);
      if (right - left === 1) {
        this.paintPixelColumn(pixels, strips, left, rect, phase);
        continue;
      }
      let bottom = height;
      for (let code = 0; code < STYLE_COUNT; code++) {
        const top = this.tops[code];
        if (top < bottom) this.fillTile(pixels, code, left, right, top, bottom, rect, phase);
        bottom = top;
      }
    }
    if (ground === undefined) this.context.putImageData(image.data, 0, rect.top);
    else this.putExtent(image.data, marks, rect);
  }

  /** What the marks reach over, and nothing else. */
  private putExtent(image: ImageData, marks: TrackMarks, { top, width, height }: LaneRect): void {
    const { bars, columns } = marks;
    const left = Math.max(0, Math.min(bars > 0 ? marks.barLeft[0] : width, columns > 0 ? marks.columnLeft[0] : width));
    const lastBar = bars > 0 ? this.barEnd(marks.barLeft[bars - 1], marks.barRight[bars - 1]) : 0;
    const right = Math.min(width, Math.max(lastBar, columns > 0 ? marks.columnRight[columns - 1] : 0));
    if (right > left) this.context.putImageData(image, 0, top, left, 0, right - left, height);
  }

  /** Most of a lane seen from afar are columns of one pixel that hold several styles: this is the loop that matters. */
  private paintPixelColumn(pixels: Uint32Array, strips: Uint32Array, left: number, { height, width }: LaneRect, phase: number): void {
    const { tops } = this;
    const { size } = this.tiles[0];
    let strip = ((((left - phase) % size) + size) % size) * STYLE_COUNT * height;
    let bottom = height;
    for (let code = 0; code < STYLE_COUNT; code++, strip += height) {
      const top = tops[code];
      for (let y = top, index = top * width + left; y < bottom; y++, index += width) pixels[index] = strips[strip + y];
      bottom = top;
    }
  }

  /** What a column of one pixel shows, by its place in a tile, its style and its row: tiles as lanes of this height and place have them. */
  private stripsOf({ top, height }: LaneRect): Uint32Array {
    const { size } = this.tiles[0];
    const key = height * size + (top % size);
    let strips = this.strips.get(key);
    if (strips === undefined) {
      strips = new Uint32Array(size * STYLE_COUNT * height);
      for (let index = 0; index < strips.length; index++) {
        const code = Math.floor(index / height) % STYLE_COUNT;
        const row = (top + (index % height)) % size;
        strips[index] = this.tiles[code].pixels[row * size + Math.floor(index / (height * STYLE_COUNT))];
      }
      this.strips.set(key, strips);
    }
    return strips;
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

  /** Fills a part of a lane with a style. */
  private fillTile(
    pixels: Uint32Array, code: number, left: number, right: number, top: number, bottom: number, rect: LaneRect,
    phase: number,
  ): void {
    const { size, pixels: tile } = this.tiles[code];
    const { width } = rect;
    if (this.plain[code]) {
      const color = tile[0];
      for (let row = top * width; row < bottom * width; row += width) fillRow(pixels, color, row + left, row + right);
      return;
    }
    const shift = (((left - phase) % size) + size) % size;
    let row = ((rect.top + top) % size) * size;
    for (let y = top; y < bottom; y++) {
      let column = shift;
      for (let index = y * width + left; index < y * width + right; index++) {
        pixels[index] = tile[row + column];
        column = column + 1 === size ? 0 : column + 1;
      }
      row = row + size === tile.length ? 0 : row + size;
    }
  }

  /** Waits have a foot of their full colour. */
  private footHeight(rect: LaneRect): number {
    return Math.max(1, Math.min(Math.round(2 * this.pixelRatio), Math.floor(rect.height / 4)));
  }

  private barEnd(left: number, right: number): number {
    return right - left > GAP_FROM * this.pixelRatio ? right - Math.round(this.pixelRatio) : right;
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

function fillRow(pixels: Uint32Array, color: number, from: number, to: number): void {
  if (to - from >= FILL_FROM) pixels.fill(color, from, to);
  else for (let index = from; index < to; index++) pixels[index] = color;
}
