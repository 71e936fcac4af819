import { expect, test } from 'vitest';
import { mix, toPixel, type Rgb } from './color';
import { markSteps, StepMarks, StepTrack } from './step-chart';
import { StepPainter } from './step-painter';
import { PixelContext } from './test-support/pixel-context';
import { seededNumbers } from './test-support/seeded-numbers';

const [WIDTH, HEIGHT] = [200, 40];
const under: Rgb = [255, 255, 255];
const ink = { color: [40, 80, 160] as Rgb, greatest: 0.16, least: 0.2, line: 0.55, zero: [237, 239, 242] as Rgb };
const pale = mix(under, ink.color, ink.greatest);
const areas = { none: toPixel(under), zero: toPixel(ink.zero), pale: toPixel(pale), both: toPixel(mix(pale, ink.color, ink.least)) };

test('each pixel of a crowded chart is filled up to the least and the greatest value it holds', () => {
  const random = seededNumbers(3);
  // None of them just where two pixels meet.
  const times = Float64Array.from({ length: 5000 }, (_, index) => index * 2 + 1 + Math.floor(random() * 2) / 2);
  let value = 5;
  const values = Float64Array.from({ length: 5000 }, () => (value = Math.max(0, Math.min(10, value + Math.floor(random() * 3) - 1))));
  const track = new StepTrack();
  track.update(times, values);
  const view = { start: 1000, end: 9000, width: WIDTH };
  const marks = new StepMarks();
  markSteps(track, view, 8000, marks);
  const ground = new Uint32Array(WIDTH).fill(areas.none);
  const context = new PixelContext(WIDTH, HEIGHT, ground);
  // A row of zero, and three for each value.
  const rowOf = (each: number): number => 35 - each * 3;
  new StepPainter(context).paint(marks, { top: 0, height: HEIGHT, width: WIDTH, rowOf }, ground, ink);
  for (let x = 1; x < WIDTH; x++) {
    const column = Array.from({ length: HEIGHT }, (_, y) => context.pixels[y * WIDTH + x]);
    const [from, to] = [x, x + 1].map((edge) => 1000 + (edge * 8000) / WIDTH);
    if (from >= 8000) {
      expect(new Set(column)).toEqual(new Set([areas.none]));
      continue;
    }
    const held = values.filter((_, index) => times[index] < to && (times[index + 1] ?? Infinity) > from);
    const [low, high] = [rowOf(Math.min(...held)), rowOf(Math.max(...held))];
    const area = column.map((pixel) => Object.values(areas).includes(pixel) ? pixel : undefined);
    for (let y = 0; y < HEIGHT; y++) {
      const expected = y < high || y > 35 ? areas.none : y === 35 ? areas.zero : y >= low ? areas.both : areas.pale;
      // The line lies on the areas.
      if (area[y] !== undefined) expect(`${x} ${y} ${area[y]}`).toBe(`${x} ${y} ${expected}`);
    }
    expect(area[high], `line of column ${x}`).toBe(undefined);
  }
});
