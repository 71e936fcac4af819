import { JOIN, type SeenRun } from './seen-run';
import type { StateTable } from './states';

function mainJoins(run: SeenRun): boolean {
  return run.waited(run.main, JOIN);
}

/** The first process ends, with all its threads that are no daemons, after the last of them. */
function waitsAtExit(run: SeenRun): boolean {
  const ends = run.threads.filter(({ daemon }) => !daemon).map(({ endedAt }) => endedAt ?? Infinity);
  return ends.length > 0 && mainJoins(run) && (run.main.endedAt ?? 0) >= Math.max(...ends);
}

/** Threads that slept at the same time, so many at most. */
function sleepers(run: SeenRun): number {
  return run.mostWaiting(run.threads, 'sleep');
}

export const threadStates: StateTable = {
  '000-22-thread-start-join.py': {
    'two threads of one process side by side': (run) =>
      run.mostAlive([run.main, ...run.threads]) === 2 && run.children.length === 0,
    'main blocked in join': mainJoins,
  },
  '000-23-thread-join-timeout.py': {
    'main released from join by timeout': (run) => run.waits(run.main, JOIN).some(({ cause }) => cause === 'timed out'),
    'main blocked in join until the thread ends': (run) =>
      run.waits(run.main, JOIN).some(({ cause, end }) => cause === 'woken' && end >= (run.threads[0].endedAt ?? Infinity)),
  },
  '000-24-thread-attributes.py': {
    'thread renamed before start; the lane shows the new name': (run) => run.threads.some(({ name }) => name === 'Tedu'),
  },
  '000-25-thread-daemon.py': {
    'daemon thread cut off when the main thread ends': (run) =>
      run.threads.some((thread) => thread.daemon && run.intervals(thread).at(-1)?.state === 'blocked'),
  },
  '000-26-thread-custom-class.py': {
    'start runs the overridden run in the new thread': (run) =>
      run.model.output.some(({ task }) => run.threads.some(({ tid }) => tid === task)),
  },
  '002-18-gil-greedy-call.py': {
    'main waiting for the GIL during one long C call': (run) => run.waited(run.main, 'gil', 0.15),
    'sleep releases the GIL': (run) => run.threads.some((thread) => run.waited(thread, 'sleep', 0.9)),
  },
  '003-17-thread-two-ways.py': {
    'two threads sleeping 3 s side by side': (run) => sleepers(run) === 2,
    'main waits for both at exit': waitsAtExit,
  },
  '003-20-thread-join.py': { 'main blocked in join for 3 s': (run) => run.waited(run.main, JOIN, 2.5) },
  '003-21-thread-daemon.py': { 'main waits for the non-daemon thread at exit': waitsAtExit },
  '003-22-thread-active-count.py': {
    'four threads in one process lane': (run) => run.mostAlive([run.main, ...run.threads]) >= 4 && run.children.length === 0,
  },
  '003-25-gil-two-threads.py': {
    'two threads alternating: one running, the other waiting for the GIL': (run) =>
      run.threads.length >= 2 && run.threads.every((thread) => run.waits(thread, 'gil').length >= 2)
      && run.mostRunning(run.threads) === 1,
  },
  '003-27-gil-compare.py': {
    'GIL wait with two threads': (run) => run.threads.some((thread) => run.waited(thread, 'gil')),
    'no GIL wait with two processes': (run) => run.children.every((child) => !run.waited(child, 'gil')),
  },
  '003-29-gil-switch-interval.py': {
    'two threads taking turns on the GIL, first every 5 ms, then every 100 ms': (run) =>
      run.threads.some((thread) => run.waited(thread, 'gil', 0.08))
      && run.threads.some((thread) => run.waits(thread, 'gil').length >= 20),
  },
  '004-10-thread-basic.py': { 'main blocked in join': mainJoins },
  '004-11-thread-basic-kwargs.py': {
    'main blocked in join on the first thread': mainJoins,
    'main waits for the second thread at exit': waitsAtExit,
  },
  '004-12-thread-enumerate.py': {
    'main polling every 0.5 s until it is alone': (run) => run.waits(run.main, 'sleep').length >= 4,
    'two threads on one global': (run) => run.mostAlive(run.threads) === 2,
  },
  '004-15-threadpool-map.py': {
    'up to 5 pool threads sharing 100 tasks': (run) => {
      const workers = [...run.threads, ...run.helpers].filter(({ name }) => name.startsWith('ThreadPoolExecutor'));
      return new Set(workers.map(({ tid }) => tid)).size >= 1;
    },
  },
};
