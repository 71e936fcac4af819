import { finderFor } from '../analysis/findings/finder';
import type { Verdict } from '../lessons/lesson';
import { answerByRule, byItself, choicesAmong } from '../lessons/puzzles/choice';
import { PUZZLE_SETTINGS, type Puzzle } from '../lessons/puzzles/puzzle';
import type { Move } from '../lessons/puzzles/solutions';
import type { Deviation } from '../lessons/puzzles/solve';
import { RunReader } from '../lessons/run-reader';
import type { Machine, Run } from '../machine/machine-types';
import { lineOfPlace, type Tid } from '../protocol/ids';
import type { Answer, PauseState, TaskChoice } from '../protocol/pause';
import { recordedSettings, type Program } from '../protocol/program';
import { buildModel } from '../trace/model';
import { TraceBuilder } from '../trace/trace-builder';

/** A question to the reader: who could go next, the one that goes on by itself first. */
export type Choices = readonly TaskChoice[];

/** Says who goes next at question number `at` (from 0). */
export type Scheduling = (choices: Choices, at: number) => Tid;

export interface PlayedPuzzle {
  /** What was asked, as `task:line` of each that could go next. */
  readonly asked: readonly (readonly string[])[];
  /** How often another went on than would have by itself. */
  readonly choices: number;
  readonly verdict: Verdict;
}

export function puzzleProgram({ program }: Puzzle): Program {
  return { language: 'python', files: [{ name: 'main.py', text: program }], entry: 'main.py' };
}

/** One run of a puzzle, without a page, with somebody who says who goes next. */
export async function playPuzzle(machine: Machine, puzzle: Puzzle, schedule: Scheduling): Promise<PlayedPuzzle> {
  const program = puzzleProgram(puzzle);
  const settings = { ...PUZZLE_SETTINGS, stdin: '' };
  const builder = new TraceBuilder(
    { clock: 'virtual', program, settings: recordedSettings(settings, program.language) }, finderFor(settings),
  );
  const answers: Answer[] = [];
  const asked: string[][] = [];
  let waiting: PauseState | undefined;
  let failure: Error | undefined;
  const started: { run?: Run } = {};
  const answerOf = (pause: PauseState): Tid => {
    const ruled = answerByRule(pause);
    if (ruled !== undefined) return ruled;
    const first = byItself(pause, asked.length === 0);
    const choices = [...pause.choices.filter(({ tid }) => tid === first), ...pause.choices.filter(({ tid }) => tid !== first)];
    const task = schedule(choices, asked.length);
    asked.push(choices.map(({ name, place }) => `${name}:${lineOfPlace(place)}`));
    return task;
  };
  const answer = (): void => {
    const { run } = started;
    if (run === undefined || waiting === undefined) return;
    const pause = waiting;
    waiting = undefined;
    try {
      const task = answerOf(pause);
      answers.push({ pause, task });
      void run.choose(task);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      void run.stop();
    }
  };
  const run = await machine.run(program, settings, {
    records: (records) => builder.append(records),
    inputWanted: () => undefined,
    paused: (pause) => {
      waiting = pause?.cause === 'question' ? pause : undefined;
      answer();
    },
  });
  started.run = run;
  answer();
  await run.finished;
  if (failure !== undefined) throw failure;
  const reader = new RunReader(buildModel(builder.snapshot()));
  return { asked, choices: choicesAmong(answers).length, verdict: puzzle.check(reader) };
}

/** Follows the moves of a known solution, in their order; throws where one of them cannot be made. */
export function scheduleOfMoves({ program }: Puzzle, moves: readonly Move[]): Scheduling {
  const lines = program.split('\n');
  let [next, seen] = [0, 0];
  return (choices) => {
    const [first] = choices;
    if (next === moves.length) return first.tid;
    const { at: [task, line], time = 1, goes } = moves[next];
    if (first.name !== task || !lines[lineOfPlace(first.place) - 1]?.includes(line) || ++seen < time) return first.tid;
    [next, seen] = [next + 1, 0];
    const instead = choices.find(({ name }) => name === goes);
    if (instead === undefined) throw new Error(`${goes} cannot go on where ${task} is at "${line}"`);
    return instead.tid;
  };
}

/** Goes on by itself but for the questions that are listed. */
export function scheduleOfDeviations(deviations: readonly Deviation[]): Scheduling {
  const chosen = new Map(deviations.map(({ question, choice }) => [question, choice]));
  return (choices, at) => choices[chosen.get(at) ?? 0].tid;
}
