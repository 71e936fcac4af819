import { createStore, type StoreApi } from 'zustand/vanilla';
import { readKept, writeKept, type KeptStorage } from './kept';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type LanguageChoice = 'system' | 'en' | 'zh';
/** What a narrow page shows; the lesson only while one is open. */
export type Tab = 'lesson' | 'code' | 'timeline' | 'output' | 'views';
/** What stands below the timeline; where there is little room the output has a place of its own. */
export type View =
  | 'output' | 'processes' | 'waits' | 'objects' | 'memory' | 'scheduler' | 'why' | 'order' | 'numbers' | 'list' | 'compare' | 'notes';

export const THEME_CHOICES: readonly ThemeChoice[] = ['system', 'light', 'dark'];
export const TABS: readonly Tab[] = ['lesson', 'code', 'timeline', 'output', 'views'];
export const VIEWS: readonly View[] = [
  'output', 'processes', 'waits', 'objects', 'memory', 'scheduler', 'why', 'order', 'numbers', 'list', 'compare', 'notes',
];

export interface ViewState {
  readonly theme: ThemeChoice;
  readonly language: LanguageChoice;
  readonly tab: Tab;
  readonly view: View;
  /** The editor's part of the page's width, in percent. */
  readonly editorShare: number;
  /** The timeline's part of the height beside the editor, in percent. */
  readonly timelineShare: number;
  /** The moment looked at, in nanoseconds of the run; undefined: none, and a live run is followed. */
  readonly playhead?: number;
  /** How much of the run passes in a second while it is played; undefined: as usual. */
  readonly speed?: number;
}

export interface ViewStore extends StoreApi<ViewState> {
  setTheme(theme: ThemeChoice): void;
  setLanguage(language: LanguageChoice): void;
  readonly setTab: (tab: Tab) => void;
  readonly setView: (view: View) => void;
  setShares(shares: Partial<Pick<ViewState, 'editorShare' | 'timelineShare'>>): void;
  readonly setPlayhead: (time: number | undefined) => void;
  readonly setSpeed: (speed: number | undefined) => void;
}

const KEY = 'weft.view';
/** Neither pane can be dragged away: what cannot be seen cannot be found again. */
const SHARE_AT_LEAST = 15;
const SHARE_AT_MOST = 85;

export function createViewStore(storage: KeptStorage): ViewStore {
  const store = createStore<ViewState>(() => readKept(storage, KEY, viewOf));
  const keep = (change: Partial<ViewState>): void => {
    store.setState(change);
    const { playhead: _, speed: __, ...kept } = store.getState();
    writeKept(storage, KEY, kept);
  };
  return Object.assign(store, {
    setTheme: (theme: ThemeChoice) => keep({ theme }),
    setLanguage: (language: LanguageChoice) => keep({ language }),
    setTab: (tab: Tab) => keep({ tab }),
    setView: (view: View) => keep({ view }),
    setShares: ({ editorShare, timelineShare }: Partial<ViewState>) => keep({
      ...(editorShare === undefined ? {} : { editorShare: shareOf(editorShare) }),
      ...(timelineShare === undefined ? {} : { timelineShare: shareOf(timelineShare) }),
    }),
    setPlayhead: (playhead: number | undefined) => store.setState({ playhead }),
    setSpeed: (speed: number | undefined) => store.setState({ speed }),
  });
}

function viewOf(kept: unknown): ViewState {
  const given = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {};
  return {
    theme: oneOf(given.theme, THEME_CHOICES) ?? 'system',
    language: oneOf(given.language, ['system', 'en', 'zh'] as const) ?? 'system',
    tab: oneOf(given.tab, TABS) ?? 'code',
    view: oneOf(given.view, VIEWS) ?? 'output',
    editorShare: typeof given.editorShare === 'number' ? shareOf(given.editorShare) : 40,
    timelineShare: typeof given.timelineShare === 'number' ? shareOf(given.timelineShare) : 62,
  };
}

function oneOf<Value>(given: unknown, choices: readonly Value[]): Value | undefined {
  return choices.find((choice) => choice === given);
}

function shareOf(percent: number): number {
  return Number.isFinite(percent) ? Math.min(SHARE_AT_MOST, Math.max(SHARE_AT_LEAST, percent)) : 50;
}
