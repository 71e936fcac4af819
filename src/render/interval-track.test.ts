import { describe, expect, test } from 'vitest';
import { IntervalTrack } from './interval-track';
import { markTrack, TrackMarks } from './track-marks';
import { seededNumbers } from './test-support/seeded-numbers';

const STYLES = 5;

function randomTrack(count: number, seed: number): IntervalTrack {
  const random = seededNumbers(seed);
  const track = new IntervalTrack(STYLES);
  let time = 0;
  for (let index = 0; index < count; index++) {
    const length = random() < 0.1 ? 0 : random() ** 8 * 1e6;
    track.append(time, time + length, Math.floor(random() * STYLES));
    time += length + (random() < 0.05 ? random() * 1e4 : 0);
  }
  return track;
}

/** The same question, answered by looking at every interval. */
function timesByHand(track: IntervalTrack, from: number, to: number): number[] {
  const times = new Array<number>(STYLES).fill(0);
  for (let index = from; index < to; index++) times[track.styles[index]] += track.ends[index] - track.starts[index];
  return times;
}

describe('a track of intervals', () => {
  test('sums time by style as adding up each interval would', () => {
    const track = randomTrack(1000, 7);
    const random = seededNumbers(8);
    for (let round = 0; round < 200; round++) {
      const from = Math.floor(random() * 1000);
      const to = from + Math.floor(random() * (1001 - from));
      const times = new Float64Array(STYLES);
      track.addTimes(times, 0, from, to);
      timesByHand(track, from, to).forEach((time, style) => expect(times[style]).toBeCloseTo(time, 3));
    }
  });

  test('keeps right sums when its end is taken back and grows again', () => {
    const track = randomTrack(200, 9);
    const end = track.ends[190];
    for (const count of [192, 191, 128, 127]) {
      track.truncate(count);
      while (track.count < 193) track.append(end, end + 10, 2);
    }
    track.extendLast(end + 500);
    const times = new Float64Array(STYLES);
    track.addTimes(times, 0, 0, track.count);
    timesByHand(track, 0, track.count).forEach((time, style) => expect(times[style]).toBeCloseTo(time, 3));
    expect(track.ends[track.count - 1]).toBe(end + 500);
  });

  test('finds the interval at a time', () => {
    const track = randomTrack(500, 3);
    for (let index = 0; index < 500; index += 7) {
      if (track.ends[index] === track.starts[index]) continue;
      const middle = (track.starts[index] + track.ends[index]) / 2;
      expect(track.firstEndingAfter(middle)).toBe(index);
      const next = track.firstStartingFrom(middle, 0);
      expect(track.starts[next] ?? Infinity).toBeGreaterThanOrEqual(middle);
      expect(track.starts[next - 1]).toBeLessThan(middle);
    }
  });
});

describe('the marks of a track', () => {
  const track = randomTrack(3000, 21);
  const length = track.ends[2999];
  const marks = new TrackMarks();

  test('hold every interval in view once, as a bar or within a column', () => {
    for (const [start, end] of [[0, length], [length * 0.3, length * 0.31], [-length, length * 2]]) {
      markTrack(track, { start, end, width: 800 }, marks);
      const seen: number[] = [];
      for (let bar = 0; bar < marks.bars; bar++) seen.push(marks.barIndex[bar]);
      for (let column = 0; column < marks.columns; column++) {
        for (let index = marks.columnFrom[column]; index < marks.columnTo[column]; index++) seen.push(index);
      }
      const expected: number[] = [];
      for (let index = 0; index < track.count; index++) {
        if (track.ends[index] > start && track.starts[index] < end) expected.push(index);
      }
      // An interval without length at the very edge is in view or not, as one likes.
      const missing = expected.filter((index) => !seen.includes(index) && track.ends[index] > track.starts[index]);
      expect(missing).toEqual([]);
      expect(new Set(seen).size).toBe(seen.length);
    }
  });

  test('say of each column how long each style was in it', () => {
    markTrack(track, { start: 0, end: length, width: 300 }, marks);
    expect(marks.columns).toBeGreaterThan(20);
    for (let column = 0; column < marks.columns; column++) {
      const by = timesByHand(track, marks.columnFrom[column], marks.columnTo[column]);
      by.forEach((time, style) => expect(marks.columnTimes[column * STYLES + style]).toBeCloseTo(time, 3));
    }
  });

  test('are no more than a few to a pixel, however many intervals there are', () => {
    const crowded = randomTrack(60_000, 5);
    markTrack(crowded, { start: 0, end: crowded.ends[59_999], width: 500 }, marks);
    expect(marks.bars + marks.columns).toBeLessThan(1500);
  });

  test('stand where their intervals are, and bars are whole pixels', () => {
    const view = { start: length * 0.2, end: length * 0.25, width: 1000 };
    markTrack(track, view, marks);
    expect(marks.bars).toBeGreaterThan(5);
    for (let bar = 0; bar < marks.bars; bar++) {
      const index = marks.barIndex[bar];
      const left = ((track.starts[index] - view.start) / (view.end - view.start)) * 1000;
      if (left > 0) expect(Math.abs(marks.barLeft[bar] - left)).toBeLessThanOrEqual(0.5);
    }
  });

  test('a track without intervals has none', () => {
    markTrack(new IntervalTrack(STYLES), { start: 0, end: 100, width: 100 }, marks);
    expect(marks.bars + marks.columns).toBe(0);
  });
});
