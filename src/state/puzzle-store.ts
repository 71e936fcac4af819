import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Verdict } from '../lessons/lesson';
import type { Puzzle } from '../lessons/puzzles/puzzle';
import { readKept, writeKept, type KeptStorage } from './kept';

/** What the reader has done of a puzzle. */
export interface PuzzleProgress {
  /** The fewest choices with which the goal was reached. */
  readonly best: number;
}

/** What a run of the puzzle came to. */
export interface PuzzleOutcome {
  readonly verdict: Verdict;
  readonly choices: number;
}

export interface PuzzleState {
  readonly puzzle?: Puzzle;
  /** Why a puzzle could not be opened: there is none of that name, or it could not be fetched (the reason). */
  readonly trouble?: { readonly kind: 'unknown' } | { readonly kind: 'fetch'; readonly reason: string };
  /** Hints that the reader has asked for. */
  readonly hints: number;
  readonly outcome?: PuzzleOutcome;
  readonly progress: Readonly<Record<string, PuzzleProgress>>;
}

export interface PuzzleStore extends StoreApi<PuzzleState> {
  /** The goal was reached; the fewest choices are kept. */
  remember(id: string, choices: number): void;
}

const KEY = 'weft.puzzles';
const VERSION = 1;
const MOST_CHOICES = 10_000;

/** The open puzzle, and what was reached in each on this machine. Which one is open says the lesson store: one of them is. */
export function createPuzzleStore(storage: KeptStorage): PuzzleStore {
  const store = createStore<PuzzleState>(() => ({ hints: 0, progress: readKept(storage, KEY, progressOf) }));
  return Object.assign(store, {
    remember: (id: string, choices: number) => {
      const { progress } = store.getState();
      const best = Math.min(choices, progress[id]?.best ?? Infinity);
      const changed = { ...progress, [id]: { best } };
      store.setState({ progress: changed });
      writeKept(storage, KEY, { version: VERSION, puzzles: changed });
    },
  });
}

/** What was kept, as far as it makes sense: anything may stand in a browser's storage. */
function progressOf(kept: unknown): PuzzleState['progress'] {
  if (!isRecord(kept) || kept['version'] !== VERSION || !isRecord(kept['puzzles'])) return {};
  return Object.fromEntries(Object.entries(kept['puzzles']).flatMap(([id, done]): [string, PuzzleProgress][] => {
    const best = isRecord(done) ? done['best'] : undefined;
    return typeof best === 'number' && Number.isInteger(best) && best >= 0 && best <= MOST_CHOICES ? [[id, { best }]] : [];
  }));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
