import { tickStep } from 'd3-array';
import { spanOf, type Viewport } from './viewport';

/** The lines of a time axis. Labels are the caller's: they are words. */
export interface TimeTicks {
  /** Nanoseconds, in order. */
  readonly times: readonly number[];
  /** Nanoseconds from one to the next. */
  readonly step: number;
  /** Labels say the distance from this; 0 where whole moments are short enough to say. */
  readonly base: number;
}

const SECOND = 1e9;
/** From a minute on people count by sixties. */
const LONG_STEPS = [60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200, 86_400].map((seconds) => seconds * SECOND);
/** More digits than this after the first are more than one can read along an axis. */
const DIGITS_AT_MOST = 4;

/** Round moments in view, about `spacing` pixels apart and never closer than two thirds of that. */
export function timeTicks(viewport: Viewport, spacing = 110): TimeTicks {
  const span = spanOf(viewport);
  const count = Math.max(2, viewport.width / spacing);
  const step = stepFor(span, count);
  const first = Math.ceil(Math.max(0, viewport.start) / step);
  const last = Math.floor(viewport.end / step);
  const times: number[] = [];
  for (let index = first; index <= last; index++) times.push(index * step);
  return { times, step, base: baseFor(viewport, step) };
}

function stepFor(span: number, count: number): number {
  const step = Math.max(1, tickStep(0, span, count));
  if (step < LONG_STEPS[0] / 2) return step;
  return LONG_STEPS.find((long) => long >= step * 0.75) ?? step;
}

/**
 * Where the view begins, rounded to what changes slowly while one pans: 12.345 s for steps of 100 ns, so that the ticks
 * say +600 ns rather than 12.3456006 s.
 */
function baseFor(viewport: Viewport, step: number): number {
  const end = Math.max(viewport.end, step);
  if (Math.log10(end / step) <= DIGITS_AT_MOST) return 0;
  const coarse = Math.pow(10, Math.ceil(Math.log10(spanOf(viewport))));
  return Math.max(0, Math.floor(viewport.start / coarse) * coarse);
}
