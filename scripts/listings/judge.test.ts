import { describe, expect, test } from 'vitest';
import { readVerdict } from './judge.mjs';

describe('the verdict of check.py', () => {
  test('is each listing with its faults', () => {
    const verdict = readVerdict("a.py\n    missing ['x']\n    exit status 1, expected 0\nb.py\n    not run\n7 passed, 2 failed\n");
    expect([...(verdict ?? [])]).toEqual([
      ['a.py', ["missing ['x']", 'exit status 1, expected 0']],
      ['b.py', ['not run']],
    ]);
  });

  test('is empty where nothing is wrong', () => {
    expect(readVerdict('141 passed, 0 failed\n')?.size).toBe(0);
  });

  test('is none where check.py did not come to its end, or counts other faults than it names', () => {
    expect(readVerdict('a.py\n    not run\n')).toBeUndefined();
    expect(readVerdict('a.py\n    not run\n3 passed, 2 failed\n')).toBeUndefined();
    expect(readVerdict('')).toBeUndefined();
  });
});
