import { describe, expect, test } from 'vitest';
import { missingFacility } from './facilities.mjs';
import type { Listing } from './manifest.mjs';
import { reportListings } from './report.mjs';

function listing(file: string, apis: string[], more: Partial<Listing> = {}): Listing {
  return { file, topic: '', apis, ends: true, timing: 'none', seconds: 1, states: [], ...more };
}

describe('what a listing waits for', () => {
  test.each([
    [undefined, ['multiprocessing.Process'], { start_method: 'forkserver' }],
    ['a spawn slower than the other start methods', ['multiprocessing.get_all_start_methods'], {}],
    [undefined, ['os.fork', 'signal.signal'], {}],
    [undefined, ['multiprocessing.Process', 'Process.join', 'Queue.get'], { start_method: 'spawn' }],
    [undefined, ['asyncio.run', 'multiprocessing.Value'], {}],
    [undefined, ['socket.socket', 'BaseManager.register(typeid)'], { ports: [8080] }],
  ])('%s, by what its manifest names', (facility, apis, more) => {
    expect(missingFacility(listing('x.py', apis, more))).toBe(facility);
  });
});

describe('the report', () => {
  const waiting = 'multiprocessing.get_all_start_methods';
  const listings = [listing('a.py', ['Queue.get']), listing('b.py', [waiting]), listing('c.py', [waiting]), listing('d.py', [])];

  test('counts what rests on a facility to come only where it passes', () => {
    const { result } = reportListings(listings, new Map([['b.py', ['not run']]]));
    expect(result).toEqual({ passed: 3, failed: 0, pending: [{ file: 'b.py', facility: 'a spawn slower than the other start methods', reason: 'not run' }] });
  });

  test('names each failure with its reasons', () => {
    const { lines, result } = reportListings(listings, new Map([['a.py', ['missing x', 'exit status 1, expected 0']], ['c.py', ['y']]]));
    expect(result).toMatchObject({ passed: 2, failed: 1 });
    expect(lines.slice(0, 3)).toEqual(['a.py', '    missing x', '    exit status 1, expected 0']);
    expect(lines.join('\n')).toContain('c.py (a spawn slower than the other start methods): y');
  });

  test('does not go on for ever about one listing', () => {
    const reasons = Array.from({ length: 100 }, (_, n) => `fault ${n} ${'x'.repeat(1000)}`);
    const { lines } = reportListings(listings, new Map([['a.py', reasons]]));
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('    and 92 more');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(250);
  });
});
