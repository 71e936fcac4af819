import { describe, expect, test } from 'vitest';
import type { Listing } from './manifest.mjs';
import { reportListings } from './report.mjs';

function listing(file: string): Listing {
  return { file, topic: '', apis: [], ends: true, timing: 'none', seconds: 1, states: [] };
}

describe('the report', () => {
  const listings = ['a.py', 'b.py', 'c.py'].map(listing);

  test('names each failure with its reasons', () => {
    const { lines, result } = reportListings(listings, new Map([['a.py', ['missing x', 'exit status 1, expected 0']], ['c.py', ['y']]]));
    expect(result).toEqual({
      passed: 1, failed: 2, failures: [{ name: 'a.py', error: 'missing x\nexit status 1, expected 0' }, { name: 'c.py', error: 'y' }],
    });
    expect(lines).toEqual(['a.py', '    missing x', '    exit status 1, expected 0', 'c.py', '    y']);
  });

  test('does not go on for ever about one listing', () => {
    const reasons = Array.from({ length: 100 }, (_, n) => `fault ${n} ${'x'.repeat(1000)}`);
    const { lines } = reportListings(listings, new Map([['a.py', reasons]]));
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('    and 92 more');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(250);
  });
});
