import type { Puzzle } from './puzzle';

// Each is a chunk of its own, fetched when it is opened.
const puzzles = import.meta.glob<Puzzle>('./*/puzzle.ts', { import: 'puzzle' });

/** Undefined where there is no such puzzle. Rejects where it cannot be fetched. */
export async function loadPuzzle(id: string): Promise<Puzzle | undefined> {
  return puzzles[`./${id}/puzzle.ts`]?.();
}
