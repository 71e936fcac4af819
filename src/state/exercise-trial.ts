import { faultOfText, judgeRun, schedulesOf } from '../lessons/judge';
import type { Both, Lesson } from '../lessons/lesson';
import { numbersOf, type Numbers } from '../lessons/numbers';
import { RunReader } from '../lessons/run-reader';
import type { Machine } from '../machine/machine-types';
import type { Program, RunSettings } from '../protocol/program';
import { RecordedRun, type StartOutcome } from './recorded-run';

/** What trying a program for an exercise came to. */
export type Tried =
  /** Before anything ran: it is not the program that was asked for. */
  | { readonly kind: 'fault'; readonly why: Both }
  | { readonly kind: 'not started'; readonly outcome: Exclude<StartOutcome, { outcome: 'started' }>; readonly settings: RunSettings }
  /** With schedule number `at` (from 0), whose run shows it. */
  | { readonly kind: 'solved'; readonly at: number; readonly trial: RecordedRun }
  | { readonly kind: 'wrong'; readonly at: number; readonly trial: RecordedRun; readonly why: Both }
  /** Nobody wants to know any more. */
  | { readonly kind: 'given up' };

interface Onlooker {
  /** So many schedules were tried. */
  readonly onTried: (count: number) => void;
  readonly isWanted: () => boolean;
}

const TRIAL_MS_AT_MOST = 20_000;

/** Runs `program` under one schedule of an exercise after the other, until it is judged. */
export async function tryExercise(machine: Machine, lesson: Lesson, program: Program, { onTried, isWanted }: Onlooker): Promise<Tried> {
  const text = entryText(program);
  const fault = faultOfText(lesson, text);
  if (fault !== undefined) return { kind: 'fault', why: fault };
  const schedules = schedulesOf(lesson);
  const numbers = numbersOfTried(lesson, program);
  for (const [at, settings] of schedules.entries()) {
    const trial = new RecordedRun(program, { ...settings, stdin: '' }, async () => undefined);
    const outcome = await trial.start(machine);
    if (outcome.outcome === 'started') await endOfTrial(trial);
    if (!isWanted()) return { kind: 'given up' };
    if (outcome.outcome !== 'started') return { kind: 'not started', outcome, settings };
    const state = judgeRun(lesson.exercise, new RunReader(trial.model), numbers, at, schedules.length);
    if (state.kind !== 'open') return { ...state, trial };
    onTried(at + 1);
  }
  throw new Error(`the exercise of ${lesson.id} is not judged by its last schedule`);
}

/** The numbers at the top of the program that is tried. */
export function numbersOfTried(lesson: Lesson, program: Program): Numbers {
  return numbersOf(entryText(program), lesson.numbers);
}

function entryText({ files, entry }: Program): string {
  return files.find(({ name }) => name === entry)?.text ?? '';
}

/** A program that goes on for ever is stopped: it is judged by what it has done until then. */
async function endOfTrial(trial: RecordedRun): Promise<void> {
  const patience = setTimeout(() => void trial.stop(), TRIAL_MS_AT_MOST);
  await trial.finished();
  clearTimeout(patience);
}
