import { expect, it } from 'vitest';
import { areaOf } from './ready-chart';

it('the chart of who stands in line keeps the greatest number of each of its columns', () => {
  // A thousand steps within one column: the one that counts is the highest.
  const times = Array.from({ length: 1000 }, (_, index) => index / 1000);
  const counts = times.map((_, index) => (index === 500 ? 4 : 1));
  const path = areaOf([...times, 1], [...counts, 0], 4, 500);
  const heights = [...path.matchAll(/L(\d+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(heights).toHaveLength(500);
  expect(heights[0]).toEqual([0, 0]);
  expect(heights[1]).toEqual([2, 48]);
});

it('a number holds until the next step', () => {
  const path = areaOf([0, 250], [1, 2], 2, 500);
  expect(path).toContain('L498 24.0H500');
  expect(path).toContain('L0 24.0H2');
  expect(path).toContain('L500 0.0');
});
