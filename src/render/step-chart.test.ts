import { expect, test } from 'vitest';
import { markSteps, StepMarks, StepTrack } from './step-chart';
import { seededNumbers } from './test-support/seeded-numbers';
import type { Viewport } from './viewport';

function trackOf(count: number, seed: number): StepTrack {
  const random = seededNumbers(seed);
  let time = 0;
  let value = 0;
  const times = Float64Array.from({ length: count }, () => (time += random() * 100));
  const values = Float64Array.from({ length: count }, () => (value = Math.max(0, value + Math.round(random() * 4 - 2))));
  const track = new StepTrack();
  track.update(times, values);
  return track;
}

function extentOf(track: StepTrack, from: number, to: number): readonly [least: number, greatest: number] {
  track.span(from, to);
  return [track.least, track.greatest];
}

function piecesOf(track: StepTrack, viewport: Viewport, until: number): { x: number; least: number; greatest: number }[] {
  const marks = new StepMarks();
  markSteps(track, viewport, until, marks);
  return Array.from({ length: marks.count }, (_, piece) => {
    return { x: marks.lefts[piece], least: marks.leasts[piece], greatest: marks.greatests[piece] };
  });
}

test('least and greatest of any stretch are those of its steps', () => {
  const track = trackOf(1000, 4);
  const random = seededNumbers(5);
  for (let round = 0; round < 100; round++) {
    const from = Math.floor(random() * 999);
    const to = from + 1 + Math.floor(random() * (1000 - from));
    const part = [...track.values.slice(from, to)];
    expect(extentOf(track, from, to)).toEqual([Math.min(...part), Math.max(...part)]);
  }
});

test('a series that grows answers as one that was read at once', () => {
  const whole = trackOf(700, 6);
  const grown = new StepTrack();
  for (const count of [0, 10, 64, 65, 640, 700]) grown.update(whole.times.slice(0, count), whole.values.slice(0, count));
  expect(extentOf(grown, 3, 698)).toEqual(extentOf(whole, 3, 698));
});

test('few steps are drawn each at its time, and the last value holds to the end', () => {
  const track = new StepTrack();
  track.update(Float64Array.of(0, 40, 60), Float64Array.of(0, 2, 1));
  expect(piecesOf(track, { start: 0, end: 100, width: 100 }, 90)).toEqual([
    { x: 0, least: 0, greatest: 0 },
    { x: 40, least: 2, greatest: 2 },
    { x: 60, least: 1, greatest: 1 },
    { x: 90, least: 1, greatest: 1 },
  ]);
});

test('many steps are drawn as their span, at most two pieces a pixel, and none of the extremes is lost', () => {
  const track = trackOf(50_000, 8);
  const end = track.times[49_999];
  const pieces = piecesOf(track, { start: 0, end, width: 300 }, end);
  expect(pieces.length).toBeLessThan(700);
  expect(Math.max(...pieces.map(({ greatest }) => greatest))).toBe(Math.max(...track.values));
});

test('what held before the view began is drawn from its left edge', () => {
  const track = new StepTrack();
  track.update(Float64Array.of(0, 10), Float64Array.of(0, 3));
  const [first] = piecesOf(track, { start: 50, end: 100, width: 100 }, 100);
  expect(first).toEqual({ x: -1, least: 3, greatest: 3 });
});
