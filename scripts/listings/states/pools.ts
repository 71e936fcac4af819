import { mostAtOnce, type Reason, type SeenRun } from './seen-run';
import type { StateTable } from './states';

/** In the program's terms a pool's result is waited for; a pool's end as well. */
const POOL: Reason = ['pool', 'join', 'wait'];

function mainWaits(run: SeenRun): boolean {
  return run.waited(run.main, POOL);
}

/** Workers that ran a task which sleeps, at least so often each. */
function busyWorkers(run: SeenRun, tasks = 1): number {
  return run.children.filter((child) => run.waits(child, 'sleep').length >= tasks).length;
}

/** How many workers sleep in their tasks at the same time, at most. */
function tasksAtOnce(run: SeenRun): number {
  return mostAtOnce(run.children.flatMap((child) => run.waits(child, 'sleep')));
}

export const poolStates: StateTable = {
  '000-09-pool-apply-async.py': {
    // On a busy machine one of them may come so late that it finds a single task.
    '2 workers each running several tasks one after another': (run) => run.children.length === 2
      && busyWorkers(run) === 2 && busyWorkers(run, 2) >= 1,
    'main blocked in Pool.join': mainWaits,
  },
  '001-18-pool-apply.py': {
    'main blocked in apply, one task at a time although there are 3 workers': (run) =>
      mainWaits(run) && run.children.length >= 3 && tasksAtOnce(run) === 1,
  },
  '001-20-pool-map.py': { 'main blocked in map': (run) => run.waited(run.main, 'pool', 0.1) },
  '001-21-pool-imap.py': {
    'main blocked in next until each result is ready': (run) => run.waits(run.main, 'pool').length >= 2,
  },
  '001-23-pool-initializer.py': {
    'workers terminated at the end of the with block': (run) =>
      run.children.length > 0 && run.children.every(({ status }) => status !== undefined),
  },
  '001-25-pool-maxtasksperchild.py': {
    'a worker ends after 2 tasks and another takes its place': (run) =>
      run.children.filter(({ status }) => status === 0).length >= 3,
  },
  '001-26-pool-close-terminate-join.py': {
    'main blocked in Pool.join until the task ends': mainWaits,
    'worker killed in the middle of a task': (run) =>
      run.children.some((child) => child.status === -15 && run.waits(child, 'sleep').some(({ end }) => end === child.endedAt)),
  },
  '001-27-async-result.py': {
    'main blocked in get and wait with timeouts': (run) =>
      run.waits(run.main, 'pool').filter(({ cause }) => cause === 'timed out').length === 2,
  },
  '002-08-pool-callback.py': {
    'workers downloading (sleep 1-3 s) in parallel': (run) => tasksAtOnce(run) >= 2,
    'callbacks one after another in one thread of the main process, each 1 s': (run) =>
      run.helpers.some((helper) => helper.pid === run.main.pid && run.waits(helper, 'sleep').length >= 2),
    'main blocked in Pool.join until the last callback': mainWaits,
  },
  '002-19-pool-apply-from-threads.py': {
    'three threads each blocked in apply': (run) => run.mostWaiting(run.threads, 'pool') === 3,
    'three workers busy at once': (run) => tasksAtOnce(run) === 3,
  },
  '004-05-pool.py': {
    '3 workers, 4 rounds of tasks': (run) => run.children.length === 3 && tasksAtOnce(run) === 3
      && run.children.flatMap((child) => run.waits(child, 'sleep')).length === 10,
    'main blocked in Pool.join': mainWaits,
  },
};
