import { describe, expect, it } from 'vitest';
import { cleanNotes, createNotesStore, NOTES_AT_MOST } from './notes-store';

describe('notes', () => {
  it('stay in the order of their moments, one for each', () => {
    const notes = createNotesStore();
    notes.add(500.4);
    notes.add(100);
    notes.add(500);
    notes.setText(500, 'here it waits');
    expect(notes.getState().notes).toEqual([{ time: 100, text: '' }, { time: 500, text: 'here it waits' }]);
    notes.remove(100);
    expect(notes.getState().notes.length).toBe(1);
  });

  it('that make no sense are left out, and too many are cut', () => {
    expect(cleanNotes([{ time: -1, text: '' }, { time: Infinity, text: '' }, { time: 1.5, text: '' }])).toEqual([]);
    const many = Array.from({ length: 100 }, (_, time) => ({ time, text: 'x'.repeat(1000) }));
    expect(cleanNotes(many).length).toBe(NOTES_AT_MOST);
    expect(cleanNotes(many)[0].text.length).toBe(200);
  });
});
