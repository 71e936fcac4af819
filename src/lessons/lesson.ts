import type { VirtualSettings } from '../protocol/program';
import type { Language } from '../text/languages';
import type { NumberSpecs, Numbers } from './numbers';
import type { Found, RunReader } from './run-reader';

/**
 * A text of a lesson. `{NAME}` is a number of the program or a value that was read from the trace; `code` stands between
 * backticks, an emphasis between asterisks; an empty line begins a paragraph.
 */
export type Both = Readonly<Record<Language, string>>;

export function both(en: string, zh: string): Both {
  return { en, zh };
}

/** What may be filled into a text: a number or word as it is, or a length of time. */
export type Value = number | string | { readonly ns: number };
export type Values = Readonly<Record<string, Value>>;

/** A moment worth a look, found in whatever run of the program is shown. */
export interface Moment {
  readonly id: string;
  readonly title: Both;
  /** Two or three sentences. `{length}` is how long what was found lasted. */
  readonly text: Both;
  /** Undefined where this run does not get there. */
  readonly find: (run: RunReader) => Found | undefined;
  readonly values?: (run: RunReader, numbers: Numbers) => Values;
}

export interface Choice {
  readonly value: string;
  readonly text: Both;
}

/** Asked before a run with numbers that the reader has not seen; the run's trace is what knows the answer. */
export interface Question {
  readonly ask: Both;
  /** `seconds` are compared after rounding to tenths; `choice` has {@link choices}. */
  readonly kind: 'number' | 'seconds' | 'text' | 'choice';
  readonly choices?: (numbers: Numbers) => readonly Choice[];
  /** Undefined where the run does not say, because the program was changed. */
  readonly answer: (run: RunReader, numbers: Numbers) => number | string | undefined;
  /** Why it is so; `{answer}` is filled in, of a choice its text. */
  readonly because: Both;
  /** Where in the run it can be seen. */
  readonly see?: (run: RunReader) => Found | undefined;
  /** Answers that are nearly right, with what was mistaken for what. */
  readonly slips?: readonly { readonly value: (run: RunReader, numbers: Numbers) => number | string | undefined; readonly say: Both }[];
}

/** True, or what is still wrong. */
export type Verdict = true | Both;

/**
 * Something for the reader to do, judged by what the edited program does under many schedules: some that are the same each time, and
 * then those that a search tries.
 */
export interface Exercise {
  readonly kind: 'repair' | 'break' | 'change';
  readonly ask: Both;
  readonly hint: Both;
  /** What the reader begins with; the lesson's program where nothing else is given. */
  readonly program?: string;
  /** A program that does it: proof that it can be done. */
  readonly solution: string;
  /** Whether each of the schedules must do it; or one must that the search finds, while what comes by itself is as `byItself` says. */
  readonly holds: 'always' | 'once';
  readonly check: (run: RunReader, numbers: Numbers) => Verdict;
  readonly byItself?: (run: RunReader, numbers: Numbers) => Verdict;
  /** How many schedules are tried before a search; a dozen where nothing is said. */
  readonly schedules?: number;
  /**
   * How many schedules a search tries after those, if there are so many. One of threads takes some 20 ms, one of processes some 150:
   * docs/search.md says which exercise has how many, and why.
   */
  readonly searched: number;
  /** What must hold in all that the search tries, on one CPU, where `check` asks for more CPUs. */
  readonly inAnyOrder?: (run: RunReader, numbers: Numbers) => Verdict;
}

export interface Lesson {
  readonly id: string;
  readonly program: string;
  readonly settings?: VirtualSettings;
  /** Numbers at the program's top, `ITEMS = 5`, and what they may be in a question. */
  readonly numbers: NumberSpecs;
  readonly text: Both;
  /** The id of the moment at which the timeline opens. */
  readonly opens: string;
  readonly moments: readonly Moment[];
  readonly question: Question;
  readonly exercise: Exercise;
  /** The puzzle in which the reader chooses the schedule that does what this lesson is about. */
  readonly puzzle?: string;
}
