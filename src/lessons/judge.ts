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
/** No exercise needs as many steps: a program that does them goes on for ever. They take some two seconds. */
const STEPS_AT_MOST = 50_000_000;

/** How the lesson's program is run where nothing else is said. */
export function lessonSettings(lesson: Lesson): RunSettings {
  return { clock: 'virtual', tracing: true, ...lesson.settings };
}

/**
 * The schedules under which an exercise is tried before anything is searched: the lesson's own, then dice and random priorities by
 * turns. Where one schedule is enough, and the search is to find it, only the lesson's own.
 */
export function schedulesOf(lesson: Lesson): readonly RunSettings[] {
  const settings: RunSettings = { stepLimit: STEPS_AT_MOST, ...lessonSettings(lesson) };
  const { holds, schedules } = lesson.exercise;
  const count = holds === 'once' ? 1 : schedules ?? SCHEDULES;
  const others = Array.from({ length: count - 1 }, (_, index): VirtualSettings => {
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

const STUCK = both('Under this schedule somebody waits for ever.', '在这种调度下，有任务会永远等待。');

/** What is wrong with a run of the reader's program under one of the exercise's own schedules; undefined: nothing. */
export function faultOfRun({ kind, holds, check, byItself }: Exercise, run: RunReader, numbers: Numbers): Both | undefined {
  const verdict = holds === 'always' ? check(run, numbers) : byItself?.(run, numbers) ?? true;
  if (verdict !== true) return verdict;
  return run.stuck && (kind === 'repair' || holds === 'once') ? STUCK : undefined;
}

/** Whether a run is what the search looks for: of what must hold always one in which it does not, with what is wrong; else one that does it. */
export function isSought(exercise: Exercise, run: RunReader, numbers: Numbers): true | Both | undefined {
  const { holds, check, inAnyOrder = check } = exercise;
  if (holds === 'always') return faultOfRun({ ...exercise, check: inAnyOrder }, run, numbers);
  return check(run, numbers) === true ? true : undefined;
}
