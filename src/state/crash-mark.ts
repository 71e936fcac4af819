import type { RunState } from './run-store';

/** The part of `sessionStorage` that is used: it outlives a crash of the page, and belongs to its tab. */
export interface TabStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What can be subscribed to: the run's store. */
interface Runs {
  subscribe(listener: (state: Pick<RunState, 'phase'>) => void): unknown;
}

const KEY = 'weft.running';

/**
 * Keeps a mark in the tab while a program runs, and answers whether the page's last life in this tab ended with the mark
 * still there: the browser took the page away under the program. A page that is left in order takes its mark away.
 */
export function watchForCrash(runs: Runs, storage: TabStorage, page: Pick<EventTarget, 'addEventListener'>): boolean {
  const crashed = storage.getItem(KEY) !== null;
  const unmark = (): void => storage.removeItem(KEY);
  unmark();
  runs.subscribe(({ phase }) => {
    if (phase === 'running') storage.setItem(KEY, 'yes');
    else if (phase !== 'stopping') unmark();
  });
  page.addEventListener('pagehide', unmark);
  return crashed;
}

/** The tab's storage; reading the property itself throws where cookies are blocked. */
export function tabStorage(): TabStorage {
  try {
    return window.sessionStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}
