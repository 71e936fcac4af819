/** All puzzles at once, for the tools that check them; the page loads one at a time (`load.ts`). */
import { PUZZLE_IDS } from './catalogue';
import type { Puzzle } from './puzzle';

const modules = import.meta.glob<Puzzle>('./*/puzzle.ts', { import: 'puzzle', eager: true });

/** In the order of the catalogue; a folder that it does not name, and a name without a folder, is an error. */
export function allPuzzles(): readonly Puzzle[] {
  const left = new Map(Object.values(modules).map((puzzle) => [puzzle.id, puzzle]));
  const puzzles = PUZZLE_IDS.map((id) => {
    const puzzle = left.get(id);
    if (puzzle === undefined) throw new Error(`missing puzzle "${id}": the catalogue names it`);
    left.delete(id);
    return puzzle;
  });
  if (left.size > 0) throw new Error(`unknown puzzles ${[...left.keys()].join(', ')}: the catalogue does not name them`);
  return puzzles;
}
