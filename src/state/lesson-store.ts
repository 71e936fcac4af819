import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Judgement } from '../lessons/judge';
import type { Both } from '../lessons/lesson';
import type { LoadedLesson } from '../lessons/load';
import type { Numbers } from '../lessons/numbers';
import type { Judged, TrialProgress } from './exercise-trial';
import { readKept, writeKept, type KeptStorage } from './kept';

/** Where in the course, or among the puzzles, the reader is. */
export type LessonPlace =
  | { readonly kind: 'none' | 'path' | 'puzzles' }
  | { readonly kind: 'lesson' | 'puzzle'; readonly id: string };

/** What the reader has done of a lesson. */
export interface LessonProgress {
  readonly opened?: true;
  /** A question was answered rightly. */
  readonly answered?: true;
  readonly solved?: true;
  /** Questions that were asked; the next has other numbers. */
  readonly asked?: number;
}

export interface QuestionState {
  readonly numbers: Numbers;
  readonly given: string;
  /** `running`: the answer was given, and the run that knows better goes on. */
  readonly phase: 'asked' | 'running' | 'judged';
  readonly judgement?: Judgement;
}

export interface ExerciseAttempt {
  readonly phase: 'closed' | 'open' | 'checking' | 'solved' | 'wrong';
  /** In the phase `checking`. */
  readonly progress?: TrialProgress;
  /** Of a program that was run, and is judged. */
  readonly judged?: Judged;
  /** What is wrong, with the numbers of the program that was tried. */
  readonly why?: Both;
  readonly numbers?: Numbers;
}

/** What the timeline is to show; a new object each time that it is asked for. */
export type LessonLook = { readonly kind: 'moment'; readonly id: string } | { readonly kind: 'answer' };

export interface LessonState {
  readonly place: LessonPlace;
  readonly loaded?: LoadedLesson;
  /** Why a lesson could not be opened: there is none of that name, or it could not be fetched (the reason). */
  readonly trouble?: { readonly kind: 'unknown' } | { readonly kind: 'fetch'; readonly reason: string };
  readonly look?: LessonLook;
  readonly question?: QuestionState;
  readonly exercise: ExerciseAttempt;
  readonly progress: Readonly<Record<string, LessonProgress>>;
}

export interface LessonStore extends StoreApi<LessonState> {
  /** Adds to what is kept of a lesson. */
  remember(id: string, done: LessonProgress): void;
}

export const CLOSED_EXERCISE: ExerciseAttempt = { phase: 'closed' };

const KEY = 'weft.lessons';
const VERSION = 1;

/** The open lesson, and what was done of each on this machine. */
export function createLessonStore(storage: KeptStorage): LessonStore {
  const store = createStore<LessonState>(() => ({
    place: { kind: 'none' }, exercise: CLOSED_EXERCISE, progress: readKept(storage, KEY, progressOf),
  }));
  return Object.assign(store, {
    remember: (id: string, done: LessonProgress) => {
      const { progress } = store.getState();
      const changed = { ...progress, [id]: { ...progress[id], ...done } };
      store.setState({ progress: changed });
      writeKept(storage, KEY, { version: VERSION, lessons: changed });
    },
  });
}

/** What was kept, as far as it makes sense: anything may stand in a browser's storage. */
function progressOf(kept: unknown): LessonState['progress'] {
  if (!isRecord(kept) || kept.version !== VERSION || !isRecord(kept.lessons)) return {};
  const entries = Object.entries(kept.lessons).filter((entry): entry is [string, Record<string, unknown>] => isRecord(entry[1]));
  return Object.fromEntries(entries.map(([id, { opened, answered, solved, asked }]): [string, LessonProgress] => [id, {
    ...(opened === true && { opened }),
    ...(answered === true && { answered }),
    ...(solved === true && { solved }),
    ...(typeof asked === 'number' && Number.isInteger(asked) && asked > 0 && { asked: Math.min(asked, 10_000) }),
  }]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
