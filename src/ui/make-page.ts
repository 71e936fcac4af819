import { loadLesson } from '../lessons/load';
import { loadPuzzle } from '../lessons/puzzles/load';
import { createMachine } from '../machine/machine';
import type { Program } from '../protocol/program';
import { tabStorage, watchForCrash } from '../state/crash-mark';
import { createEditorStore } from '../state/editor-store';
import { pageStorage, type KeptStorage } from '../state/kept';
import { createKeptRuns } from '../state/kept-runs';
import { createLessonSession } from '../state/lesson-session';
import { createLessonStore } from '../state/lesson-store';
import { createNotesStore } from '../state/notes-store';
import { createNoticeStore } from '../state/notice-store';
import { createPuzzleSession } from '../state/puzzle-session';
import { createPuzzleStore } from '../state/puzzle-store';
import { createRunStore, type RunStore } from '../state/run-store';
import { createSearchStore } from '../state/search-store';
import { Turns } from '../state/turns';
import { createViewStore } from '../state/view-store';
import { preferredLanguage, setLanguage, translate } from '../text/translate';
import { prepareTimeline } from '../views/timeline';
import { createActions } from './actions';
import { warmWhenIdle } from './warm-when-idle';
import { FIRST_EXAMPLE } from './examples/examples';
import type { Page } from './page';

export interface PageStart {
  /** Where the reader's choices and draft are kept. */
  readonly storage: KeptStorage;
  readonly program: Program;
  /** The example that this is; '' for another program. */
  readonly example: string;
  readonly readOnly?: boolean;
}

/** The stores of this page, its machine, and what can be done with them. */
export function makePage({ storage, program, example, readOnly = false }: PageStart = firstVisit()): Page {
  const view = createViewStore(storage);
  const { language } = view.getState();
  // Before anything is said: a damaged link is told of before the page is drawn.
  setLanguage(language === 'system' ? preferredLanguage(navigator.languages) : language);
  const notices = createNoticeStore();
  const notes = createNotesStore();
  const editor = createEditorStore(storage, () => program, example);
  const machine = createMachine((progress) => run.reportBoot(progress));
  const run: RunStore = createRunStore(machine, { machineBeside: () => createMachine(undefined, 0), prepare: (model) => prepareTimeline(model, new Turns()) });
  const lessons = createLessonStore(storage);
  const puzzles = createPuzzleStore(storage);
  if (watchForCrash(run, tabStorage(), window)) notices.tell('crash', 'problem', translate('ui.notice.crashed'));
  const search = createSearchStore(machine, run, editor);
  const course = createLessonSession({ lessons, editor, run, view, machine, load: loadLesson });
  const play = createPuzzleSession({ puzzles, lessons, course, editor, run, view, load: loadPuzzle });
  warmWhenIdle(machine, editor);
  if (machine.shape === 'recorded') notices.tell('machine', 'problem', translate('ui.notice.notIsolated'));
  return {
    run,
    editor,
    view,
    notices,
    notes,
    keptRuns: createKeptRuns(run),
    lessons,
    course,
    puzzles,
    play,
    shape: machine.shape,
    readOnly,
    search,
    actions: createActions({ run, editor, lessons, play, view, notices, notes, search }),
  };
}

function firstVisit(): PageStart {
  return { storage: pageStorage(), program: FIRST_EXAMPLE.program, example: FIRST_EXAMPLE.id };
}
