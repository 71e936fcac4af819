import { mix, parseColor, toPixel } from './color';

/** Kinds of hatching; `rising` is a slash, `falling` a backslash. */
export type Pattern = 'plain' | 'rising' | 'falling' | 'level' | 'upright' | 'cross' | 'grid' | 'checks' | 'dots';

/** Edge of a tile in CSS pixels; every pattern repeats after it in both directions. */
export const TILE = 8;

/** A square of pixels that repeats. */
export interface Tile {
  /** Edge in device pixels. */
  readonly size: number;
  /** Row by row, as image data has them. */
  readonly pixels: Uint32Array;
}

/** How far a point (in parts of a tile's edge) is from the pattern's line, in parts of the edge. */
const distances: Readonly<Record<Exclude<Pattern, 'plain' | 'dots' | 'checks'>, (x: number, y: number) => number>> = {
  rising: (x, y) => toLine(x + y) * Math.SQRT1_2,
  falling: (x, y) => toLine(x - y) * Math.SQRT1_2,
  level: (_, y) => toLine(y * 2) / 2,
  upright: (x) => toLine(x),
  cross: (x, y) => Math.min(toLine(x + y), toLine(x - y)) * Math.SQRT1_2,
  grid: (x, y) => Math.min(toLine(x), toLine(y)),
};

/** Half the thickness of a line, and the radius of a dot, in parts of the edge. */
const HALF_LINE = 0.09;
const DOT = 0.14;
/** Points looked at along each edge of a pixel, to soften slanted lines. */
const SAMPLES = 4;

/** The pixels of a pattern: `line` on `fill`, both `#rrggbb`. */
export function makeTile(pattern: Pattern, fill: string, line: string, pixelRatio: number): Tile {
  const size = Math.max(4, Math.round(TILE * pixelRatio));
  const pixels = new Uint32Array(size * size);
  const under = parseColor(fill);
  const over = parseColor(line);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) pixels[y * size + x] = toPixel(mix(under, over, coverage(pattern, x, y, size)));
  }
  return { size, pixels };
}

function coverage(pattern: Pattern, x: number, y: number, size: number): number {
  if (pattern === 'plain') return 0;
  let covered = 0;
  for (let row = 0; row < SAMPLES; row++) {
    for (let column = 0; column < SAMPLES; column++) {
      const px = (x + (column + 0.5) / SAMPLES) / size;
      const py = (y + (row + 0.5) / SAMPLES) / size;
      if (isInside(pattern, px, py)) covered++;
    }
  }
  return covered / (SAMPLES * SAMPLES);
}

function isInside(pattern: Exclude<Pattern, 'plain'>, x: number, y: number): boolean {
  if (pattern === 'dots') return inDot(x, y);
  if (pattern === 'checks') return x < 0.5 !== y < 0.5;
  return distances[pattern](x, y) < HALF_LINE;
}

/** Distance to the nearest whole number and a half: where the lines are. */
function toLine(value: number): number {
  const part = value - Math.floor(value);
  return Math.abs(part - 0.5);
}

/** Two dots to a tile, like the five of a die without its corners' twins. */
function inDot(x: number, y: number): boolean {
  return Math.hypot(x - 0.25, y - 0.25) < DOT || Math.hypot(x - 0.75, y - 0.75) < DOT;
}
