import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TraceModel } from '../trace/trace';
import type { RunStore } from './run-store';

/** A run of this visit that another one has taken the place of. */
export interface KeptRun {
  readonly number: number;
  readonly model: TraceModel;
}

export interface KeptRunsState {
  /** The latest first. */
  readonly runs: readonly KeptRun[];
}

/** More would fill the page's memory: the oldest goes. */
const RUNS_AT_MOST = 3;
/** A longer one is kept alone, for the same reason. */
const EVENTS_AT_MOST = 300_000;

/** Keeps the runs that were shown before the present one, to be compared with it. */
export function createKeptRuns(run: RunStore): StoreApi<KeptRunsState> {
  const store = createStore<KeptRunsState>(() => ({ runs: [] }));
  run.subscribe((state, before) => {
    if (state.traceNumber === before.traceNumber || before.model === undefined || before.model.trace.length === 0) return;
    const kept: KeptRun = { number: before.traceNumber, model: before.model };
    const others = store.getState().runs.filter(({ model }) => model.trace.length <= EVENTS_AT_MOST);
    store.setState({ runs: [kept, ...others].slice(0, RUNS_AT_MOST) });
  });
  return store;
}
