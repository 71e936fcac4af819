import { describe, expect, test } from 'vitest';
import { ABILITIES, possibleWith, type Abilities } from './abilities';

const all = Object.fromEntries(ABILITIES.map((name) => [name, true])) as Record<keyof Abilities, boolean>;

describe('what a browser can run', () => {
  test('is everything where it can do everything', () => {
    expect(possibleWith(all)).toEqual({ javascript: 'many workers', python: 'many workers' });
  });

  test('is no Python without stacks that can be suspended', () => {
    expect(possibleWith({ ...all, suspending: false })).toEqual({ javascript: 'many workers', python: 'recorded' });
  });

  test.each(['isolated', 'memory'] as const)('is Python in one worker without "%s"', (name) => {
    expect(possibleWith({ ...all, [name]: false })).toEqual({ javascript: 'recorded', python: 'one worker' });
    expect(possibleWith({ ...all, [name]: false, suspending: false })).toEqual({ javascript: 'recorded', python: 'recorded' });
  });

  test('is nothing without workers', () => {
    expect(possibleWith({ ...all, workers: false })).toEqual({ javascript: 'recorded', python: 'recorded' });
  });

  test.each(['offline', 'storage'] as const)('does not rest on "%s"', (name) => {
    expect(possibleWith({ ...all, [name]: false })).toEqual({ javascript: 'many workers', python: 'many workers' });
  });
});
