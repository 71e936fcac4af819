import { entryOf, LESSON_IDS } from '../lessons/catalogue';
import { fill } from '../lessons/fill';
import type { Lesson } from '../lessons/lesson';
import { loadLesson } from '../lessons/load';
import type { Machine, ProgramError } from '../machine/machine-types';
import type { Program } from '../protocol/program';
import { currentLanguage, translate } from '../text/translate';
import { describeJudged, describeTrial } from './exercise-sentences';
import { numbersOfTried, tryExercise, type Tried } from './exercise-trial';
import type { RecordedRun } from './recorded-run';

/** What grading a program came to; plain data, for it crosses to whoever drives the page. */
export type Grade =
  | {
    readonly outcome: 'graded';
    readonly solved: boolean;
    readonly sentences: readonly string[];
    /** Whether there is a run that shows it, and what that wrote to its standard error. */
    readonly ran: boolean;
    readonly errors: string;
  }
  | { readonly outcome: 'unknown lesson'; readonly lessons: readonly string[] }
  | { readonly outcome: 'rejected'; readonly errors: readonly ProgramError[] }
  | { readonly outcome: 'failed'; readonly message: string };

/** Judges `program` by the exercise of the lesson `id`, as the page does. `run` is the one that shows it. */
export async function gradeProgram(
  machine: Machine, program: Program, id: string, onProgress: (sentence: string) => void,
): Promise<{ readonly grade: Grade; readonly run?: RecordedRun }> {
  const loaded = LESSON_IDS.includes(id) ? await loadLesson(id) : undefined;
  if (loaded === undefined) return { grade: { outcome: 'unknown lesson', lessons: LESSON_IDS } };
  const { lesson } = loaded;
  const tried = await tryExercise(machine, lesson, program, (progress) => onProgress(describeTrial(progress)), new AbortController().signal);
  if (tried.kind === 'not started') return { grade: tried.outcome };
  if (tried.kind === 'given up') return { grade: { outcome: 'failed', message: tried.kind } };
  const title = entryOf(id)?.title[currentLanguage()] ?? id;
  const numbers = numbersOfTried(lesson, program);
  const why = 'why' in tried && tried.why !== undefined ? [inOneLine(fill(tried.why, numbers))] : [];
  return {
    grade: {
      outcome: 'graded', solved: tried.kind === 'solved', ran: 'trial' in tried, errors: 'trial' in tried ? errorsOf(tried.trial) : '',
      sentences: [`${inOneLine(title)}: ${[...why, verdict(tried, lesson)].join(' ')}`.trim()],
    },
    ...('trial' in tried && { run: tried.trial }),
  };
}

function errorsOf({ model }: RecordedRun): string {
  return model.output.filter(({ stream }) => stream === 'stderr').map(({ text }) => text).join('');
}

function verdict(tried: Tried, { exercise }: Lesson): string {
  return tried.kind === 'solved' || tried.kind === 'wrong' ? describeJudged(tried, exercise, false) : translate('lessons.grade.other');
}

/** The marks of a lesson's text mean nothing in a terminal, except those around code. */
function inOneLine(text: string): string {
  return text.replace(/\*([^*\s](?:[^*]*[^*\s])?)\*/g, '$1').replace(/\s+/g, ' ').trim();
}
