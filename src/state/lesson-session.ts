import { entryOf } from '../lessons/catalogue';
import { canAnswer, judgeAnswer, lessonSettings } from '../lessons/judge';
import type { Lesson } from '../lessons/lesson';
import type { LoadedLesson } from '../lessons/load';
import { drawNumbers, numbersOf, withNumbers, type Numbers } from '../lessons/numbers';
import { RunReader } from '../lessons/run-reader';
import type { Machine } from '../machine/machine-types';
import type { Program } from '../protocol/program';
import { currentLanguage } from '../text/translate';
import type { Trace } from '../trace/trace';
import { isOfCourse, type EditorStore } from './editor-store';
import { numbersOfTried, tryExercise, type Tried } from './exercise-trial';
import { CLOSED_EXERCISE, type LessonPlace, type LessonStore } from './lesson-store';
import type { RunStore } from './run-store';
import type { ViewStore } from './view-store';

/** What the reader can do with the course. None throws or rejects. */
export interface LessonSession {
  readonly openPath: () => void;
  /** Shows a lesson with its recorded run; runs nothing. */
  readonly open: (id: string) => Promise<void>;
  readonly close: () => void;
  /** Closes the lesson that is open, for another place. */
  readonly leaveFor: (place: LessonPlace) => void;
  readonly look: (id: string) => void;
  /** Where the run shows the answer. */
  readonly lookAtAnswer: () => void;
  /** Runs the program with the question's numbers, and judges the answer by what happens. */
  readonly answer: (given: string) => Promise<void>;
  /** The same question with other numbers. */
  readonly askAgain: () => void;
  /** Puts the program of the exercise into the editor. */
  readonly openExercise: () => void;
  /** Runs what is in the editor under one schedule after the other, and searches, until it is judged. */
  readonly check: () => Promise<void>;
  /** Ends a check; nothing is known of the program then. */
  readonly stopCheck: () => void;
}

interface Parts {
  readonly lessons: LessonStore;
  readonly editor: EditorStore;
  readonly run: RunStore;
  readonly view: ViewStore;
  readonly machine: Machine;
  readonly load: (id: string) => Promise<LoadedLesson | undefined>;
}

const ENTRY = 'main.py';

export function createLessonSession({ lessons, editor, run, view, machine, load }: Parts): LessonSession {
  const { getState, setState } = lessons;
  /** Grows with each lesson and each check that takes the place of another. */
  let turn = 0;
  let checking = new AbortController();
  /** Resolves when the last check's last run has ended; never rejects. */
  let checked: Promise<unknown> = Promise.resolve();

  // Another program was opened: that is what the reader wants now.
  editor.subscribe(({ generation, origin }, before) => {
    if (generation !== before.generation && !isOfCourse(origin) && getState().place.kind !== 'none') close();
  });

  /** What was going on for the reader is no longer wanted. */
  function endCheck(): void {
    turn++;
    checking.abort();
  }

  function close(): void {
    leaveFor({ kind: 'none' });
  }

  function leaveFor(place: LessonPlace): void {
    endCheck();
    setState({ place, loaded: undefined, trouble: undefined, question: undefined, exercise: CLOSED_EXERCISE });
  }

  // The reader runs something else meanwhile: that comes first.
  run.subscribe(({ phase }, before) => {
    if (phase === 'starting' && before.phase !== 'starting') stopCheck();
  });

  function stopCheck(): void {
    if (getState().exercise.phase !== 'checking') return;
    endCheck();
    setState({ exercise: { phase: 'open' } });
  }

  function show(lesson: Lesson, text: string): void {
    editor.open(programOf(text), { kind: 'lesson', id: lesson.id }, lessonSettings(lesson));
    run.forgetProblems();
  }

  async function showRecording(lesson: Lesson, recording: Trace): Promise<void> {
    view.setPlayhead(undefined);
    await run.openTrace(recording, titleOf(lesson));
  }

  async function open(id: string): Promise<void> {
    endCheck();
    const number = turn;
    setState({
      place: { kind: 'lesson', id }, loaded: undefined, trouble: undefined, question: undefined, look: undefined,
      exercise: CLOSED_EXERCISE,
    });
    view.setTab('lesson');
    let loaded: LoadedLesson | undefined;
    try {
      loaded = await load(id);
    } catch (error) {
      if (number === turn) setState({ trouble: { kind: 'fetch', reason: error instanceof Error ? error.message : String(error) } });
      return;
    }
    if (number !== turn) return;
    if (loaded === undefined) return setState({ trouble: { kind: 'unknown' } });
    const { lesson, recording } = loaded;
    show(lesson, lesson.program);
    await showRecording(lesson, recording);
    if (number !== turn) return;
    setState({ loaded, question: questionOf(lesson), look: { kind: 'moment', id: lesson.opens } });
    lessons.remember(id, { opened: true });
  }

  function questionOf(lesson: Lesson): { readonly numbers: Numbers; readonly given: ''; readonly phase: 'asked' } {
    const asked = getState().progress[lesson.id]?.asked ?? 0;
    const known = numbersOf(lesson.program, lesson.numbers);
    return { numbers: drawNumbers(lesson.id, lesson.numbers, asked + 1, known), given: '', phase: 'asked' };
  }

  async function answer(given: string): Promise<void> {
    const { loaded, question, progress } = getState();
    if (loaded === undefined || question === undefined || question.phase === 'running') return;
    const { lesson } = loaded;
    if (!canAnswer(lesson.question, given)) return;
    endCheck();
    const number = turn;
    const { numbers } = question;
    setState({ question: { numbers, given, phase: 'running' }, exercise: CLOSED_EXERCISE });
    lessons.remember(lesson.id, { asked: (progress[lesson.id]?.asked ?? 0) + 1 });
    show(lesson, withNumbers(lesson.program, numbers));
    view.setPlayhead(undefined);
    await run.run(editor.getState().program, editor.getState().settings);
    const model = await endOfRun(run);
    if (number !== turn) return;
    if (model === undefined) return setState({ question: { numbers, given, phase: 'asked' } });
    const judgement = judgeAnswer(lesson.question, given, new RunReader(model), numbers);
    setState({ question: { numbers, given, phase: 'judged', judgement }, look: { kind: 'answer' } });
    if (judgement.kind === 'right') lessons.remember(lesson.id, { answered: true });
  }

  function openExercise(): void {
    const { loaded } = getState();
    if (loaded === undefined) return;
    const { lesson } = loaded;
    endCheck();
    show(lesson, lesson.exercise.program ?? lesson.program);
    setState({ exercise: { phase: 'open' } });
  }

  async function check(): Promise<void> {
    const { loaded } = getState();
    if (loaded === undefined) return;
    const { lesson } = loaded;
    endCheck();
    const number = turn;
    const { program } = editor.getState();
    const numbers = numbersOfTried(lesson, program);
    const { signal } = (checking = new AbortController());
    setState({ exercise: { phase: 'checking', numbers } });
    await Promise.all([checked, run.stop()]);
    if (number !== turn) return;
    let tried: Tried;
    try {
      const trial = tryExercise(machine, lesson, program, (progress) => {
        if (number === turn) setState({ exercise: { phase: 'checking', progress, numbers } });
      }, signal);
      checked = trial.catch(() => undefined);
      tried = await trial;
    } catch {
      // The machine could not go on in the midst of a search: an ordinary run says what there is to be said.
      if (number !== turn) return;
      setState({ exercise: { phase: 'open' } });
      return run.run(program, lessonSettings(lesson));
    }
    if (number !== turn || tried.kind === 'given up') return;
    if (tried.kind === 'fault') return setState({ exercise: { phase: 'wrong', why: tried.why } });
    if (tried.kind === 'not started') {
      // It cannot start: an ordinary run says why, at its line.
      setState({ exercise: { phase: 'open' } });
      return run.run(program, tried.settings);
    }
    const { trial, ...judged } = tried;
    view.setPlayhead(undefined);
    await run.openTrace(trial.trace, titleOf(lesson));
    if (number !== turn) return;
    setState({ exercise: { phase: judged.kind, judged, numbers, ...(judged.why && { why: judged.why }) } });
    if (judged.kind === 'solved') lessons.remember(lesson.id, { solved: true });
  }

  return {
    openPath: () => {
      endCheck();
      setState({ place: { kind: 'path' } });
    },
    open,
    close,
    leaveFor,
    look: (id) => setState({ look: { kind: 'moment', id } }),
    lookAtAnswer: () => setState({ look: { kind: 'answer' } }),
    answer,
    askAgain: () => {
      const { loaded } = getState();
      if (loaded !== undefined) setState({ question: questionOf(loaded.lesson) });
    },
    openExercise,
    check,
    stopCheck,
  };
}

function programOf(text: string): Program {
  return { language: 'python', files: [{ name: ENTRY, text }], entry: ENTRY };
}

function titleOf(lesson: Lesson): string {
  return entryOf(lesson.id)?.title[currentLanguage()] ?? lesson.id;
}

/** The model of the run that goes on, when it has ended; undefined where none could start. */
function endOfRun(run: RunStore): Promise<RunReader['model'] | undefined> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const { phase, problems, failure, model, result } = run.getState();
      if (phase !== 'ended' && phase !== 'idle') return false;
      resolve(problems.length > 0 || failure !== undefined || result === undefined ? undefined : model);
      return true;
    };
    if (look()) return;
    const stop = run.subscribe(() => {
      if (look()) stop();
    });
  });
}
