import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { watchForCrash, type TabStorage } from './crash-mark';
import type { RunPhase } from './run-store';

function tab() {
  const items = new Map<string, string>();
  const storage: TabStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  /** A page's life in the tab. */
  const open = () => {
    const runs = createStore<{ phase: RunPhase }>(() => ({ phase: 'idle' }));
    const page = new EventTarget();
    const crashed = watchForCrash(runs, storage, page);
    return { crashed, enter: (phase: RunPhase) => runs.setState({ phase }), leave: () => page.dispatchEvent(new Event('pagehide')) };
  };
  return { open };
}

it('a page that was taken away under a running program is told of, once', () => {
  const { open } = tab();
  const first = open();
  expect(first.crashed).toBe(false);
  first.enter('starting');
  first.enter('running');
  expect(open().crashed).toBe(true);
  expect(open().crashed).toBe(false);
});

it('a run that ended, and a page that was left while one went on, are no crash', () => {
  const { open } = tab();
  const first = open();
  first.enter('running');
  first.enter('stopping');
  first.enter('ended');
  const second = open();
  expect(second.crashed).toBe(false);
  second.enter('running');
  second.leave();
  expect(open().crashed).toBe(false);
});
