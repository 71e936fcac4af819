import { beforeEach, describe, expect, test } from 'vitest';
import { parseColor, toPixel } from './color';
import { IntervalTrack } from './interval-track';
import { palettes, STYLE_COUNT, StyleCode } from './palette';
import { PixelContext, sameImage } from './test-support/pixel-context';
import { fakeImageCanvas, RecordingContext } from './test-support/recording-context';
import { seededNumbers } from './test-support/seeded-numbers';
import { markTrack, TrackMarks } from './track-marks';
import { TrackPainter } from './track-painter';

const palette = palettes.light;
const running = palette.styles[StyleCode.running];
const waiting = palette.styles[StyleCode['wait-data']];
const rect = { top: 10, height: 20, width: 400 };
let context = new RecordingContext();
let painter = new TrackPainter(context, palette, 1, fakeImageCanvas);
const marks = new TrackMarks();

beforeEach(() => {
  context = new RecordingContext();
  painter = new TrackPainter(context, palette, 1, fakeImageCanvas);
});

function paint(track: IntervalTrack, start: number, end: number): void {
  markTrack(track, { start, end, width: rect.width }, marks);
  painter.paint(track, marks, rect, 0);
}

describe('a lane of few intervals', () => {
  test('is drawn by rectangles: work solid, waits hatched with a foot of their colour', () => {
    const track = new IntervalTrack(STYLE_COUNT);
    track.append(0, 100, StyleCode.running);
    track.append(100, 300, StyleCode['wait-data']);
    paint(track, 0, 400);
    expect(context.calls).toEqual([
      { name: 'fillRect', fill: running.fill, box: [0, 10, 99, 20] },
      { name: 'fillRect', fill: 'pattern', box: [100, 10, 199, 20] },
      { name: 'fillRect', fill: waiting.color, box: [100, 28, 199, 2] },
    ]);
  });

  test('shows an interval that is shorter than a pixel', () => {
    const track = new IntervalTrack(STYLE_COUNT);
    track.append(0, 200, StyleCode['wait-data']);
    track.append(200, 200.1, StyleCode.running);
    track.append(200.1, 400, StyleCode['wait-data']);
    paint(track, 0, 400);
    expect(context.calls.at(-1)).toEqual({ name: 'fillRect', fill: running.fill, box: [200, 10, 1, 20] });
  });
});

describe('a crowded lane', () => {
  const track = new IntervalTrack(STYLE_COUNT);
  // A quarter of the time it runs.
  for (let index = 0; index < 40_000; index++) {
    track.append(index, index + 0.25, StyleCode.running);
    track.append(index + 0.25, index + 1, StyleCode['wait-data']);
  }

  test('is one image, whose columns show the shares of the time', () => {
    paint(track, 0, 40_000);
    expect(context.calls.map(({ name }) => name)).toEqual(['putImageData']);
    const pixels = new Uint32Array(context.images.get(10)?.data.buffer ?? new ArrayBuffer(0));
    const solid = toPixel(parseColor(running.fill));
    for (const x of [0, 123, 399]) {
      const column = Array.from({ length: 20 }, (_, y) => pixels[y * 400 + x]);
      expect(column.filter((pixel) => pixel === solid)).toHaveLength(5);
      expect(column.slice(15).every((pixel) => pixel === solid)).toBe(true);
    }
  });

  test('never lets what is rare vanish', () => {
    const rare = new IntervalTrack(STYLE_COUNT);
    for (let index = 0; index < 40_000; index++) {
      rare.append(index, index + 0.001, StyleCode.running);
      rare.append(index + 0.001, index + 1, StyleCode['wait-data']);
    }
    paint(rare, 0, 40_000);
    const pixels = new Uint32Array(context.images.get(10)?.data.buffer ?? new ArrayBuffer(0));
    expect(pixels[19 * 400 + 200]).toBe(toPixel(parseColor(running.fill)));
  });
});

test('an image of a lane has the pixels that a call for each mark draws, and the ground between them', () => {
  const random = seededNumbers(11);
  for (let round = 0; round < 40; round++) {
    const track = new IntervalTrack(STYLE_COUNT);
    const length = 10 ** (1 + random() * 3);
    for (let time = random() * length; time < 20_000;) {
      const end = time + Math.floor(random() * length);
      track.append(time, end, Math.floor(random() * STYLE_COUNT));
      time = end + (random() < 0.2 ? random() * length : 0);
    }
    const width = 300;
    const ratio = [1, 1.5, 2][round % 3];
    const ground = Uint32Array.from({ length: width }, () => toPixel([Math.floor(random() * 255), 9, 9]));
    const lane = { top: Math.floor(random() * 20), height: 9 + Math.floor(random() * 20), width };
    const start = random() * 5000;
    markTrack(track, { start, end: start + 50 + random() * 15_000, width }, marks);
    const [calls, image] = [Infinity, 0].map((callsAtMost) => {
      const pixels = new PixelContext(width, 60, ground);
      new TrackPainter(pixels, palette, ratio, sameImage, callsAtMost).paint(track, marks, lane, round, ground);
      return pixels.pixels;
    });
    expect(image.findIndex((pixel, index) => pixel !== calls[index]), `round ${round}`).toBe(-1);
  }
});
