import { expect, test } from 'vitest';
import { timeTicks } from './time-ticks';

const spans = [400, 9e3, 1.2e6, 3.7e8, 4.4e9, 9e10, 7e12];

test('ticks are whole multiples of their step and lie in view', () => {
  for (const span of spans) {
    const view = { start: span * 0.31, end: span * 1.31, width: 1000 };
    const { times, step } = timeTicks(view);
    expect(times.length).toBeGreaterThan(2);
    expect(times.length).toBeLessThan(18);
    for (const time of times) {
      expect(Math.abs(time / step - Math.round(time / step))).toBeLessThan(1e-6);
      expect(time).toBeGreaterThanOrEqual(view.start);
      expect(time).toBeLessThanOrEqual(view.end);
    }
  }
});

test('steps from a minute on are what a clock shows', () => {
  const minute = 60e9;
  expect(timeTicks({ start: 0, end: 9 * minute, width: 1000 }).step).toBe(minute);
  expect(timeTicks({ start: 0, end: 90 * minute, width: 1000 }).step).toBe(10 * minute);
});

test('moments with few digits are said whole', () => {
  expect(timeTicks({ start: 0, end: 4e9, width: 1000 }).base).toBe(0);
});

test('a close look far into the run counts from a base that stays while one pans a little', () => {
  const view = { start: 12_345_600_000, end: 12_345_610_000, width: 1000 };
  const { base } = timeTicks(view);
  expect(base).toBeGreaterThan(12_345_000_000);
  expect(base).toBeLessThanOrEqual(view.start);
  expect(timeTicks({ ...view, start: view.start + 900, end: view.end + 900 }).base).toBe(base);
});

test('nothing before the beginning of the run has a tick', () => {
  expect(Math.min(...timeTicks({ start: -1e6, end: 4e6, width: 800 }).times)).toBe(0);
});
