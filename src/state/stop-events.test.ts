import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink } from './link/link-codec';
import { DEFAULT_SETTINGS } from '../protocol/program';
import { eventBreakOf, fromFlatStops, stopEvent, STOP_WORDS, toFlatStops, withToggled, type StopEvent } from './stop-events';

describe('breakpoints on events', () => {
  const stops: readonly StopEvent[] = STOP_WORDS.map((word) => stopEvent(word, 'q', 'producer'));

  it('come back from a link as they went in, and those on lines with them', () => {
    expect(fromFlatStops(toFlatStops(stops))).toEqual(stops);
    const program = { language: 'python', entry: 'a.py', files: [{ name: 'b.py', text: '\n\n' }, { name: 'a.py', text: 'x\ny\n' }] } as const;
    const shared = { program, settings: DEFAULT_SETTINGS, breaks: { 'a.py': [2], 'b.py': [1, 3] }, stops };
    expect(decodeLink(encodeLink(shared))).toEqual({ ok: true, ...shared });
  });

  it('leave out what nobody set', () => {
    expect(fromFlatStops(['wait', 'q', '', 'nonsense', 'q', '', 'full', 3, '', 'end', 'q', 'a', 'wait', 'q', '', 'put'])).toEqual([
      { word: 'wait', object: 'q' }, { word: 'end', task: 'a' },
    ]);
    expect(fromFlatStops({ 0: 'wait' })).toEqual([]);
    expect(fromFlatStops(Array.from({ length: 300 }, (_, index) => (index % 3 === 1 ? `q${index}` : index % 3 === 0 ? 'wait' : '')))).toHaveLength(16);
  });

  it('go by names, each once, and are taken away by the same', () => {
    expect(eventBreakOf({ word: 'full', object: 'q' })).toEqual({ kind: 'task-block', reason: 'queue full', object: 'q' });
    const one = withToggled([], { word: 'wait', object: 'q' });
    expect(withToggled(one, { word: 'wait', object: 'q', task: 'a' })).toHaveLength(2);
    expect(withToggled(one, stopEvent('wait', 'q'))).toEqual([]);
  });
});
