import { answerByRule, byItself, choicesAmong, readersAnswers } from '../lessons/puzzles/choice';
import { PUZZLE_SETTINGS, type Puzzle } from '../lessons/puzzles/puzzle';
import { RunReader } from '../lessons/run-reader';
import type { PauseState } from '../protocol/pause';
import type { EditorStore } from './editor-store';
import type { LessonSession } from './lesson-session';
import type { LessonStore } from './lesson-store';
import { puzzleProgram } from './puzzle-play';
import type { PuzzleStore } from './puzzle-store';
import type { RunState, RunStore } from './run-store';
import type { ViewStore } from './view-store';

/** What the reader can do with the puzzles. None throws or rejects. */
export interface PuzzleSession {
  readonly openList: () => void;
  /** Shows a puzzle with its program; runs nothing. */
  readonly open: (id: string) => Promise<void>;
  /** Runs the program from its start, and asks the reader who goes next. */
  readonly begin: () => Promise<void>;
  /** The last question once more, also when the run has ended. */
  readonly undo: () => Promise<void>;
  /** No more questions: the program goes on by itself to its end. */
  readonly letGo: () => void;
  readonly showHint: () => void;
}

interface Parts {
  readonly puzzles: PuzzleStore;
  readonly lessons: LessonStore;
  readonly course: LessonSession;
  readonly editor: EditorStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly load: (id: string) => Promise<Puzzle | undefined>;
}

export function createPuzzleSession({ puzzles, lessons, course, editor, run, view, load }: Parts): PuzzleSession {
  const { getState, setState } = puzzles;
  /** The run that is judged already. */
  let judged: RunState['model'];
  /** The reader has let the run go: what it asks all the same, for it had asked already, is answered for them. */
  let isLetGo = false;

  run.subscribe((state, before) => {
    const { puzzle } = getState();
    if (puzzle === undefined || !isOpen(puzzle.id) || !isPlayOf(puzzle, state)) return;
    if (state.phase === 'starting' && before.phase !== 'starting') {
      isLetGo = false;
      setState({ outcome: undefined });
    }
    if (state.pause !== undefined && state.pause !== before.pause && state.pause.cause === 'question') {
      const ruled = answerByRule(state.pause);
      if (ruled !== undefined) void run.choose(ruled);
      else if (isLetGo) goOnByItself(state.pause);
    }
    if (state.phase === 'ended' && state.model !== judged) judge(puzzle, state);
  });

  function isOpen(id: string): boolean {
    const { place } = lessons.getState();
    return place.kind === 'puzzle' && place.id === id;
  }

  /** One that was stopped has come to nothing. */
  function judge(puzzle: Puzzle, { model, answers }: RunState): void {
    const end = model?.end?.reason;
    if (model === undefined || (end !== 'finished' && end !== 'stuck')) return;
    judged = model;
    const choices = choicesAmong(answers).length;
    const verdict = puzzle.check(new RunReader(model));
    setState({ outcome: { verdict, choices } });
    if (verdict === true) puzzles.remember(puzzle.id, choices);
  }

  async function open(id: string): Promise<void> {
    course.leaveFor({ kind: 'puzzle', id });
    isLetGo = false;
    setState({ puzzle: undefined, trouble: undefined, outcome: undefined, hints: 0 });
    view.setTab('lesson');
    try {
      const puzzle = await load(id);
      // Another was opened meanwhile.
      if (!isOpen(id)) return;
      if (puzzle === undefined) return setState({ trouble: { kind: 'unknown' } });
      show(puzzle);
      setState({ puzzle });
    } catch (error) {
      if (isOpen(id)) setState({ trouble: { kind: 'fetch', reason: error instanceof Error ? error.message : String(error) } });
    }
  }

  function show(puzzle: Puzzle): void {
    editor.open(puzzleProgram(puzzle), { kind: 'puzzle', id: puzzle.id }, PUZZLE_SETTINGS);
    run.forgetProblems();
  }

  async function begin(): Promise<void> {
    const { puzzle } = getState();
    if (puzzle === undefined) return;
    // What is played is the puzzle's program, whatever was typed over it.
    const { edited, settings } = editor.getState();
    if (edited || settings !== PUZZLE_SETTINGS) show(puzzle);
    view.setPlayhead(undefined);
    isLetGo = false;
    setState({ outcome: undefined });
    await run.run(puzzleProgram(puzzle), PUZZLE_SETTINGS);
  }

  async function undo(): Promise<void> {
    const { answers } = run.getState();
    const last = readersAnswers(answers).at(-1);
    if (last === undefined) return;
    isLetGo = false;
    setState({ outcome: undefined });
    view.setPlayhead(undefined);
    await run.askAgain(answers.findIndex(({ pause }) => pause === last.pause));
  }

  function letGo(): void {
    const { pause } = run.getState();
    isLetGo = true;
    if (pause?.cause === 'question') goOnByItself(pause);
  }

  function goOnByItself(pause: PauseState): void {
    run.goOn({ askFrom: Infinity });
    void run.choose(byItself(pause, readersAnswers(run.getState().answers).length === 0));
  }

  return {
    openList: () => course.leaveFor({ kind: 'puzzles' }),
    open,
    begin,
    undo,
    letGo,
    showHint: () => setState({ hints: Math.min(getState().hints + 1, getState().puzzle?.hints.length ?? 0) }),
  };
}

/** Whether what is run, or shown, is the puzzle's program with the reader as its scheduler. */
export function isPlayOf({ program }: Puzzle, { source, model }: RunState): boolean {
  const header = model?.trace.header;
  return source.kind === 'run' && header?.settings?.policy === 'manual' && header.settings.step === 'line'
    && header.program?.files.length === 1 && header.program.files[0].text === program;
}
