import { afterEach, describe, expect, it } from 'vitest';
import { formatDuration, formatMoment } from './duration';
import { setLanguage } from './translate';

afterEach(() => setLanguage('en'));

describe('formatDuration', () => {
  it.each([
    [0, '0 ns'],
    [999, '999 ns'],
    [1_000, '1 µs'],
    [12_300, '12 µs'],
    [1_240, '1.2 µs'],
    [340e6, '340 ms'],
    [9.96e6, '10 ms'],
    [999_499, '999 µs'],
    [999_500, '1 ms'],
    [999.7e6, '1 s'],
    [1.2e9, '1.2 s'],
    [59.4e9, '59 s'],
    [59.6e9, '1 min 0 s'],
    [125e9, '2 min 5 s'],
    [3599.9e9, '1 h 0 min'],
    [3 * 3600e9 + 25 * 60e9, '3 h 25 min'],
    [-5, '0 ns'],
  ])('%d is %s', (nanoseconds, text) => {
    expect(formatDuration(nanoseconds)).toBe(text);
  });

  it('speaks the language of the page', () => {
    setLanguage('zh');
    expect([12e3, 340e6, 1.2e9, 125e9].map(formatDuration)).toEqual([
      '12 微秒',
      '340 毫秒',
      '1.2 秒',
      '2 分 5 秒',
    ]);
  });
});

describe('formatMoment', () => {
  it.each([
    [1_234_567_890, 1_000, '1.234568 s'],
    [1_234_567_890, 1_000_000, '1.235 s'],
    [1_234_567_890, 1e9, '1 s'],
    [12_345_678, 1_000, '12.346 ms'],
    [12_345, 1, '12.345 µs'],
    [0, 1_000, '0 µs'],
  ])('%d in steps of %d is %s', (nanoseconds, step, text) => {
    expect(formatMoment(nanoseconds, step)).toBe(text);
  });
});
