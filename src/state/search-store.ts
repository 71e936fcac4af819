import { createStore, type StoreApi } from 'zustand/vanilla';
import { ProgramRejected, type Machine } from '../machine/machine-types';
import type { RunSettings } from '../protocol/program';
import { DEFAULT_SEARCH, type SearchProgress } from '../search/search';
import type { EditorStore } from './editor-store';
import { searchProgram, type ProgramSearch } from './program-search';
import type { RunStore } from './run-store';

export interface SearchState {
  readonly phase: 'none' | 'searching' | 'over';
  readonly progress?: SearchProgress;
  /** Schedules a second, once there is something to count. */
  readonly rate?: number;
  readonly search?: ProgramSearch;
  /** Why the machine could not go on. */
  readonly failure?: string;
  /** How the program was run before a schedule was found, while that is what the editor's settings say. */
  readonly usual?: RunSettings;
}

/** The search over schedules of the program in the editor, and all that may be done to it. No action throws or rejects. */
export interface SearchStore extends StoreApi<SearchState> {
  /**
   * Searches; what is found is run, so that it is shown, with the first run before it, and is how the program is run from
   * here on, until the program changes. Resolves when all that has been done.
   */
  start(): Promise<void>;
  /** Resolves when nothing is searched any more. */
  stop(): Promise<void>;
  /** The program is run again as before a schedule was found. */
  leaveSchedule(): void;
}

const NOTHING: SearchState = { phase: 'none' };

export function createSearchStore(machine: Machine, run: RunStore, editor: EditorStore, now = (): number => performance.now()): SearchStore {
  const store = createStore<SearchState>(() => NOTHING);
  const { getState, setState } = store;
  let current: { readonly controller: AbortController; readonly over: Promise<void> } | undefined;

  async function stop(): Promise<void> {
    current?.controller.abort();
    await current?.over;
  }

  async function start(): Promise<void> {
    await stop();
    const controller = new AbortController();
    const mine = { controller, over: search(controller.signal) };
    current = mine;
    await mine.over;
    if (current === mine) current = undefined;
  }

  async function search(signal: AbortSignal): Promise<void> {
    leaveSchedule();
    await run.stop();
    const { program, settings } = editor.getState();
    const began = now();
    setState({ phase: 'searching' }, true);
    try {
      const found = await searchProgram(machine, program, settings, DEFAULT_SEARCH, (progress) => {
        const seconds = (now() - began) / 1000;
        setState({ progress, ...(progress.tried > 1 && { rate: Math.round(progress.tried / seconds) }) });
      }, signal);
      setState({ phase: 'over', search: found }, true);
      if (found.failing !== undefined && editor.getState().program === program) await show(found, found.failing.settings);
    } catch (error) {
      setState(NOTHING, true);
      // The run says what is wrong with the program, at its lines.
      if (error instanceof ProgramRejected) await run.run(program, settings);
      else setState({ phase: 'over', failure: error instanceof Error ? error.message : String(error) }, true);
    }
  }

  /** Runs the first schedule and the failing one: the former is kept to be compared with the latter, which is shown. */
  async function show({ result }: ProgramSearch, failing: RunSettings): Promise<void> {
    const { program, settings } = editor.getState();
    if (result.found?.phase !== 'first') {
      await run.run(program, { ...failing, replay: [] });
      await ended(run);
    }
    await run.run(program, failing);
    await ended(run);
    if (editor.getState().program !== program) return;
    setState({ usual: settings });
    editor.setSettings(failing);
  }

  function leaveSchedule(): void {
    const { usual } = getState();
    if (usual === undefined) return;
    setState({ usual: undefined });
    editor.setSettings(usual);
  }

  editor.subscribe((state, before) => {
    if (state.program === before.program) return;
    // Another program: nothing is known of it, and the schedule is not its own.
    if (state.generation !== before.generation) {
      void stop();
      setState(NOTHING, true);
    } else {
      leaveSchedule();
    }
  });

  return Object.assign(store, { start, stop, leaveSchedule });
}

/** Resolves when the run that goes on has ended. */
function ended(run: RunStore): Promise<void> {
  const isOver = (): boolean => run.getState().phase === 'ended' || run.getState().phase === 'idle';
  if (isOver()) return Promise.resolve();
  return new Promise((resolve) => {
    const unsubscribe = run.subscribe(() => {
      if (!isOver()) return;
      unsubscribe();
      resolve();
    });
  });
}
