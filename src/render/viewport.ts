/** A stretch of time in nanoseconds. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** The time in view and the width it is drawn in: CSS pixels for pointers and text, device pixels for marks. */
export interface Viewport extends TimeRange {
  readonly width: number;
}

/** Below this a pixel would be less than a nanosecond on any screen; there is nothing to see between two events. */
const SHORTEST_SPAN = 400;
/** How far past the run one may look, as a part of what is in view: an edge that can be seen is one that can be grasped. */
const MARGIN = 0.04;

export function spanOf(range: TimeRange): number {
  return range.end - range.start;
}

/** Where `time` is drawn; outside 0 to `width` it is not in view. */
export function xOf(viewport: Viewport, time: number): number {
  return ((time - viewport.start) / (viewport.end - viewport.start)) * viewport.width;
}

export function timeAt(viewport: Viewport, x: number): number {
  return viewport.start + (x / viewport.width) * (viewport.end - viewport.start);
}

/** Nanoseconds to a pixel. */
export function timePerPixel(viewport: Viewport): number {
  return (viewport.end - viewport.start) / Math.max(1, viewport.width);
}

/** The whole of `bounds`, with a little air on both sides. */
export function fitRange(bounds: TimeRange, width: number): Viewport {
  const span = Math.max(spanOf(bounds), SHORTEST_SPAN);
  return { start: bounds.start - span * MARGIN / 2, end: bounds.start + span * (1 + MARGIN), width };
}

/** `range` in the middle, with `air` (a part of it) on each side. */
export function showRange(range: TimeRange, bounds: TimeRange, width: number, air = 0.15): Viewport {
  const span = Math.max(spanOf(range), SHORTEST_SPAN);
  return keepWithin({ start: range.start - span * air, end: range.start + span * (1 + air), width }, bounds);
}

/** Zooms so that the time under `x` stays under it; a `factor` above 1 shows less time, larger. */
export function zoomAt(viewport: Viewport, x: number, factor: number, bounds: TimeRange): Viewport {
  const longest = spanOf(fitRange(bounds, viewport.width));
  const span = Math.min(longest, Math.max(SHORTEST_SPAN, spanOf(viewport) / factor));
  const fixed = timeAt(viewport, x);
  const start = fixed - (x / viewport.width) * span;
  return keepWithin({ start, end: start + span, width: viewport.width }, bounds);
}

/** Moves by pixels; a positive `dx` shows what is later. */
export function panBy(viewport: Viewport, dx: number, bounds: TimeRange): Viewport {
  const shift = dx * timePerPixel(viewport);
  return keepWithin({ ...viewport, start: viewport.start + shift, end: viewport.end + shift }, bounds);
}

/** The same span with `time` at the part `at` of the width. */
export function centreOn(viewport: Viewport, time: number, bounds: TimeRange, at = 0.5): Viewport {
  const span = spanOf(viewport);
  const start = time - span * at;
  return keepWithin({ start, end: start + span, width: viewport.width }, bounds);
}

/** Moves no further than is needed for `time` to be in view. */
export function reveal(viewport: Viewport, time: number, bounds: TimeRange): Viewport {
  const air = spanOf(viewport) * 0.08;
  if (time < viewport.start + air) return centreOn(viewport, time, bounds, 0.15);
  if (time > viewport.end - air) return centreOn(viewport, time, bounds, 0.85);
  return viewport;
}

/** Shifts, and where it must shortens, so that no more than a margin past `bounds` is in view. */
export function keepWithin(viewport: Viewport, bounds: TimeRange): Viewport {
  const widest = fitRange(bounds, viewport.width);
  const span = spanOf(viewport);
  if (span >= spanOf(widest)) return widest;
  const air = span * MARGIN;
  const earliest = bounds.start - air;
  const latest = bounds.end + air - span;
  // Between the run's length and the widest view there is room on both sides: part it evenly.
  const start = latest < earliest ? (earliest + latest) / 2 : Math.min(latest, Math.max(earliest, viewport.start));
  return { start, end: start + span, width: viewport.width };
}

/** The viewport between two others, for a short movement from one to the other; `at` goes from 0 to 1. */
export function between(from: Viewport, to: Viewport, at: number): Viewport {
  // The spans differ by factors, not by sums: so does what one sees change at an even pace.
  const span = spanOf(from) * Math.pow(spanOf(to) / spanOf(from), at);
  const grown = spanOf(from) === spanOf(to) ? at : (spanOf(from) - span) / (spanOf(from) - spanOf(to));
  const start = from.start + (to.start - from.start) * grown;
  return { start, end: start + span, width: to.width };
}
