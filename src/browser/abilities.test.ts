import { describe, expect, test } from 'vitest';
import { ABILITIES, possibleWith, type Abilities } from './abilities';

const all = Object.fromEntries(ABILITIES.map((name) => [name, true])) as Record<keyof Abilities, boolean>;

describe('what a browser can run', () => {
  test('is everything where it can do everything', () => {
    expect(possibleWith(all)).toEqual({ javascript: true, python: true });
  });

  test('is no Python without stacks that can be suspended', () => {
    expect(possibleWith({ ...all, suspending: false })).toEqual({ javascript: true, python: false });
  });

  test.each(['isolated', 'memory', 'workers'] as const)('is nothing without "%s"', (name) => {
    expect(possibleWith({ ...all, [name]: false })).toEqual({ javascript: false, python: false });
  });

  test.each(['offline', 'storage'] as const)('does not rest on "%s"', (name) => {
    expect(possibleWith({ ...all, [name]: false })).toEqual({ javascript: true, python: true });
  });
});
