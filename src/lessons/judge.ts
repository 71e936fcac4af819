import type { RunSettings, VirtualSettings } from '../protocol/program';
import { both, type Both, type Exercise, type Lesson, type Question } from './lesson';
import { numbersOf, type Numbers } from './numbers';
import type { RunReader } from './run-reader';

/** `unknown`: this run does not say, for the program was changed or stopped. */
export type Judgement =
  | { readonly kind: 'right' | 'unknown'; readonly answer: string }
  | { readonly kind: 'wrong'; readonly answer: string; readonly slip?: Both };

/** Whether a run says what the reader said that it would. */
export function judgeAnswer(question: Question, given: string, run: RunReader, numbers: Numbers): Judgement {
  const answer = question.answer(run, numbers);
  if (answer === undefined) return { kind: 'unknown', answer: '' };
  const shown = answerText(question, answer);
  if (isSame(question, given, answer)) return { kind: 'right', answer: shown };
  const slip = question.slips?.find(({ value }) => {
    const mistaken = value(run, numbers);
    return mistaken !== undefined && isSame(question, given, mistaken);
  });
  return { kind: 'wrong', answer: shown, ...(slip && { slip: slip.say }) };
}

/** An answer as the reader would have typed it. */
export function answerText({ kind }: Question, answer: number | string): string {
  return kind === 'seconds' && typeof answer === 'number' ? String(tenths(answer)) : String(answer);
}

/** Whether what was typed can be an answer at all. */
export function canAnswer({ kind }: Question, given: string): boolean {
  return given.trim() !== '' && (kind === 'text' || kind === 'choice' || Number.isFinite(numberOf(given)));
}

function isSame({ kind }: Question, given: string, answer: number | string): boolean {
  switch (kind) {
    case 'number':
      return numberOf(given) === Number(answer);
    case 'seconds':
      return tenths(numberOf(given)) === tenths(Number(answer));
    default:
      return plain(given) === plain(String(answer));
  }
}

/** With a comma or a full stop, and with or without a unit behind it. */
function numberOf(given: string): number {
  const match = /^([+-]?\d+(?:[.,]\d+)?)\s*(?:s|seconds?|秒|个)?$/i.exec(given.trim());
  return match === null ? NaN : Number(match[1].replace(',', '.'));
}

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replace(/^(["'`])(.*)\1$/, '$2').toLowerCase();
}

const SCHEDULES = 12;

/** How the lesson's program is run where nothing else is said. */
export function lessonSettings(lesson: Lesson): RunSettings {
  return { clock: 'virtual', tracing: true, ...lesson.settings };
}

/** The schedules under which an exercise is tried: the lesson's own, then dice and random priorities by turns. */
export function schedulesOf(lesson: Lesson): readonly RunSettings[] {
  const settings = lessonSettings(lesson);
  const others = Array.from({ length: (lesson.exercise.schedules ?? SCHEDULES) - 1 }, (_, index): VirtualSettings => {
    const seed = (settings.seed ?? 1) + 1 + index;
    return index % 2 === 0 ? { policy: 'random', seed } : { policy: 'pct', seed, depth: 3, expectedOperations: 60 };
  });
  return [settings, ...others.map((other) => ({ ...settings, ...other }))];
}

/** What is wrong with an edited program before it is run; undefined where nothing is. The numbers are part of the task. */
export function faultOfText({ exercise, program, numbers }: Lesson, edited: string): Both | undefined {
  const [wanted, given] = [numbersOf(exercise.program ?? program, numbers), numbersOf(edited, numbers)];
  const changed = Object.keys(wanted).find((name) => wanted[name] !== given[name]);
  return changed === undefined ? undefined : both(
    `Leave \`${changed} = ${wanted[changed]}\` at the top as it was.`,
    `请让开头的 \`${changed} = ${wanted[changed]}\` 保持原样。`,
  );
}

/**
 * What the runs of the reader's program so far say of it: `open` asks for the next schedule, `solved` and `wrong` are the end.
 * With `at` the run that shows it.
 */
export type ExerciseState =
  | { readonly kind: 'open' }
  | { readonly kind: 'solved'; readonly at: number }
  | { readonly kind: 'wrong'; readonly at: number; readonly why: Both };

/** Judges run number `at` (from 0) of `of`; `before` is what the runs before it came to. */
export function judgeRun(exercise: Exercise, run: RunReader, numbers: Numbers, at: number, of: number): ExerciseState {
  const verdict = exercise.check(run, numbers);
  if (exercise.holds === 'always') {
    if (verdict !== true) return { kind: 'wrong', at, why: verdict };
    return at === of - 1 ? { kind: 'solved', at } : { kind: 'open' };
  }
  if (verdict === true) return { kind: 'solved', at };
  return at === of - 1 ? { kind: 'wrong', at, why: verdict } : { kind: 'open' };
}
