import { createStore, type StoreApi } from 'zustand/vanilla';

/** A moment of the run that the reader marked, with what is to be said of it ('' for a bookmark). */
export interface Note {
  readonly time: number;
  readonly text: string;
}

export const NOTES_AT_MOST = 40;
export const NOTE_LENGTH_AT_MOST = 200;

export interface NotesState {
  /** In the order of their moments, no two at the same. */
  readonly notes: readonly Note[];
}

/** Marks belong to a program: they go into its link, and another program begins without. */
export interface NotesStore extends StoreApi<NotesState> {
  /** Marks a moment; one that is marked already stays as it is. */
  add(time: number): void;
  setText(time: number, text: string): void;
  remove(time: number): void;
  replace(notes: readonly Note[]): void;
}

export function createNotesStore(): NotesStore {
  const store = createStore<NotesState>(() => ({ notes: [] }));
  const set = (notes: readonly Note[]): void => store.setState({ notes: cleanNotes(notes) });
  return Object.assign(store, {
    add: (time: number) => set([...store.getState().notes, { time: Math.round(time), text: '' }]),
    setText: (time: number, text: string) => {
      set(store.getState().notes.map((note) => (note.time === time ? { time, text } : note)));
    },
    remove: (time: number) => set(store.getState().notes.filter((note) => note.time !== time)),
    replace: set,
  });
}

/** Notes as they may be kept: at sensible moments, in order, short and not too many. */
export function cleanNotes(notes: readonly Note[]): readonly Note[] {
  const byTime = new Map<number, Note>();
  for (const { time, text } of notes) {
    if (!Number.isSafeInteger(time) || time < 0 || byTime.has(time) || byTime.size >= NOTES_AT_MOST) continue;
    byTime.set(time, { time, text: text.slice(0, NOTE_LENGTH_AT_MOST) });
  }
  return [...byTime.values()].sort((a, b) => a.time - b.time);
}
