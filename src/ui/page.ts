import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { Machine } from '../machine/machine-types';
import type { EditorState, EditorStore } from '../state/editor-store';
import type { LessonSession } from '../state/lesson-session';
import type { LessonStore } from '../state/lesson-store';
import type { KeptRunsState } from '../state/kept-runs';
import type { PuzzleSession } from '../state/puzzle-session';
import type { PuzzleState, PuzzleStore } from '../state/puzzle-store';
import type { NotesStore } from '../state/notes-store';
import type { NoticeStore } from '../state/notice-store';
import type { RunState, RunStore } from '../state/run-store';
import type { SearchStore } from '../state/search-store';
import type { ViewState, ViewStore } from '../state/view-store';
import type { Language } from '../text/languages';
import { currentLanguage, onLanguageChange, translate } from '../text/translate';
import type { PageActions } from './actions';

/** All that the parts of the page share; made once in main.tsx, and by tests. */
export interface Page {
  readonly run: RunStore;
  readonly editor: EditorStore;
  readonly view: ViewStore;
  readonly notices: NoticeStore;
  readonly notes: NotesStore;
  readonly keptRuns: StoreApi<KeptRunsState>;
  readonly search: SearchStore;
  readonly lessons: LessonStore;
  readonly course: LessonSession;
  readonly puzzles: PuzzleStore;
  readonly play: PuzzleSession;
  readonly actions: PageActions;
  readonly shape: Machine['shape'];
  /** The program cannot be edited: an embed whose author wants it so. */
  readonly readOnly: boolean;
}

export const PageContext = createContext<Page | undefined>(undefined);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('missing PageContext above this component');
  return page;
}

export function useRun<Part>(select: (state: RunState) => Part): Part {
  return useStore(usePage().run as StoreApi<RunState>, select);
}
export function useEditor<Part>(select: (state: EditorState) => Part): Part {
  return useStore(usePage().editor as StoreApi<EditorState>, select);
}
export function useView<Part>(select: (state: ViewState) => Part): Part {
  return useStore(usePage().view as StoreApi<ViewState>, select);
}

export function usePuzzles<Part>(select: (state: PuzzleState) => Part): Part {
  return useStore(usePage().puzzles as StoreApi<PuzzleState>, select);
}

/** The language that is shown; the component draws itself again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguageChange, currentLanguage);
}

/** {@link translate}, for components: they draw themselves again when the language changes. */
export function useText(): typeof translate {
  useLanguage();
  return translate;
}
