import { describe, expect, test } from 'vitest';
import { spanOf } from '../../render/viewport';
import { ViewControl } from './view-control';

function viewOf(end: number, animates = false): ViewControl {
  const view = new ViewControl(() => animates);
  view.resize(1000);
  view.setEnd(end, false);
  return view;
}

describe('the view', () => {
  test('shows the whole run as it grows, until the reader moves it', () => {
    const view = viewOf(1e9);
    view.setEnd(2e9, true);
    expect(view.viewport.end).toBeGreaterThan(2e9);
    view.zoom(500, 4);
    const { viewport } = view;
    view.setEnd(3e9, true);
    expect(view.viewport).toBe(viewport);
    view.fit();
    expect(view.viewport.end).toBeGreaterThan(3e9);
    view.setEnd(4e9, true);
    expect(view.viewport.end).toBeGreaterThan(4e9);
  });

  test('follows the end at the same scale where it is asked to', () => {
    const view = viewOf(1e9);
    view.zoom(0, 10);
    view.follow();
    const span = spanOf(view.viewport);
    for (const end of [1.1e9, 1.7e9, 4e9]) {
      view.setEnd(end, true);
      expect(view.viewport.start).toBeLessThan(end);
      expect(view.viewport.end).toBeGreaterThan(end);
      expect(spanOf(view.viewport)).toBeCloseTo(span, 0);
    }
    view.pan(-300);
    expect(view.mode).toBe('free');
  });

  test('does not race through the scales at the beginning of a run', () => {
    const view = viewOf(1);
    view.setEnd(1000, true);
    expect(spanOf(view.viewport)).toBeGreaterThan(4e7);
    view.setEnd(1000, false);
    expect(spanOf(view.viewport)).toBeLessThan(2000);
  });

  test('moves in steps of time and arrives where it would have jumped', () => {
    const slow = viewOf(1e9, true);
    const quick = viewOf(1e9);
    slow.show({ start: 4e8, end: 5e8 });
    quick.show({ start: 4e8, end: 5e8 });
    expect(slow.moving).toBe(true);
    slow.tick(1000);
    slow.tick(1050);
    expect(spanOf(slow.viewport)).toBeLessThan(1e9);
    expect(spanOf(slow.viewport)).toBeGreaterThan(spanOf(quick.viewport));
    slow.tick(5000);
    expect(slow.moving).toBe(false);
    expect(slow.viewport).toEqual(quick.viewport);
  });

  test('goes on from where a movement would end when asked again before it has', () => {
    const view = viewOf(1e9, true);
    view.zoomSlowly(500, 2);
    view.zoomSlowly(500, 2);
    expect(spanOf(view.target)).toBeCloseTo(1e9 * 1.06 / 4, -7);
  });

  test('stays in bounds when another, shorter run is shown', () => {
    const view = viewOf(1e9);
    view.zoom(900, 10);
    view.setEnd(1e8, false);
    expect(view.viewport.start).toBeLessThan(1e8);
  });

  test('stays whole where a moment at its edge is asked for', () => {
    const view = viewOf(1e9);
    for (const time of [0, 1e3, 1e9]) view.reveal(time);
    expect(view.mode).toBe('fit');
    view.zoom(0, 10);
    view.reveal(8e8);
    expect(view.viewport.start).toBeLessThan(8e8);
    expect(view.viewport.end).toBeGreaterThan(8e8);
  });

  test('keeps the reader\'s view when the run turns out to have ended earlier', () => {
    const view = viewOf(1e9);
    view.setEnd(5e9, true);
    view.zoom(500, 2);
    const { viewport } = view;
    view.setEnd(4.9e9, false);
    expect(view.viewport).toBe(viewport);
  });

  test('keeps what is in view when the page becomes narrower', () => {
    const view = viewOf(1e9);
    view.zoom(500, 3);
    const { start, end } = view.viewport;
    view.resize(360);
    expect(view.viewport).toEqual({ start, end, width: 360 });
  });
});
