import { describe, expect, test } from 'vitest';
import {
  between, centreOn, fitRange, keepWithin, panBy, reveal, spanOf, timeAt, xOf, zoomAt, type Viewport,
} from './viewport';

const bounds = { start: 0, end: 1e9 };
const half: Viewport = { start: 2e8, end: 7e8, width: 1000 };

describe('a viewport', () => {
  test('maps times to pixels and back', () => {
    for (const time of [0, 2e8, 123_456_789, 9e8]) expect(timeAt(half, xOf(half, time))).toBeCloseTo(time, 3);
    expect(xOf(half, half.start)).toBe(0);
    expect(xOf(half, half.end)).toBe(1000);
  });

  test('keeps the time under the pointer where it is when it zooms', () => {
    for (const x of [0, 137, 500, 1000]) {
      for (const factor of [1.3, 0.9, 40]) {
        const zoomed = zoomAt(half, x, factor, bounds);
        expect(timeAt(zoomed, x)).toBeCloseTo(timeAt(half, x), 0);
        expect(spanOf(zoomed)).toBeCloseTo(spanOf(half) / factor, 0);
      }
    }
  });

  test('zooms no further out than the whole run and no further in than can be told apart', () => {
    expect(zoomAt(half, 500, 1e-6, bounds)).toEqual(fitRange(bounds, 1000));
    expect(spanOf(zoomAt(half, 500, 1e12, bounds))).toBeGreaterThanOrEqual(100);
  });

  test('shows the whole run with air at both ends when it fits', () => {
    const fitted = fitRange(bounds, 1000);
    expect(fitted.start).toBeLessThan(0);
    expect(fitted.end).toBeGreaterThan(bounds.end);
    expect(keepWithin(fitted, bounds)).toEqual(fitted);
  });

  test('does not lose the run, however far one pans', () => {
    for (const dx of [-1e7, 1e7]) {
      const panned = panBy(half, dx, bounds);
      expect(spanOf(panned)).toBeCloseTo(spanOf(half), 3);
      expect(panned.start).toBeLessThan(bounds.end);
      expect(panned.end).toBeGreaterThan(bounds.start);
    }
  });

  test('moves only where the moment is out of view', () => {
    expect(reveal(half, 5e8, bounds)).toBe(half);
    for (const time of [1e8, 9.5e8]) {
      const { start, end } = reveal(half, time, bounds);
      expect(time).toBeGreaterThan(start);
      expect(time).toBeLessThan(end);
    }
  });

  test('moves from one view to another and arrives', () => {
    const to = centreOn({ ...half, end: half.start + 1e7 }, 4e8, bounds);
    expect(between(half, to, 0)).toEqual(half);
    const arrived = between(half, to, 1);
    expect(arrived.start).toBeCloseTo(to.start, 0);
    expect(arrived.end).toBeCloseTo(to.end, 0);
    const midway = between(half, to, 0.5);
    expect(spanOf(midway)).toBeLessThan(spanOf(half));
    expect(spanOf(midway)).toBeGreaterThan(spanOf(to));
  });
});
