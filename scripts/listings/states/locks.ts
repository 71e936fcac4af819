import { JOIN, secondsOf, type SeenRun } from './seen-run';
import type { StateTable } from './states';

/** Two tasks that wait for each other's lock, and go on doing so. */
function isCycle(run: SeenRun): boolean {
  const stuck = run.threads.flatMap((thread) => run.waits(thread, 'lock').filter(({ endedBy }) => endedBy < 0));
  return stuck.length === 2 && stuck[0].other === stuck[1].task && stuck[1].other === stuck[0].task;
}

function releasedByAnother(run: SeenRun): boolean {
  const holders = new Map<number, number>();
  for (const { object, task } of run.events('acquire')) if (!holders.has(object)) holders.set(object, task);
  return run.events('release').some(({ object, task }) => holders.has(object) && holders.get(object) !== task);
}

/** A task ended between its acquire of a lock and that lock's next release. */
function diedHolding(run: SeenRun): boolean {
  const releases = run.events('release');
  return run.events('acquire').some(({ object, task, time }) => {
    const end = run.model.taskByTid.get(task)?.endedAt;
    const released = releases.find((release) => release.object === object && release.time >= time)?.time ?? Infinity;
    return end !== undefined && released > end;
  });
}

export const lockStates: StateTable = {
  '000-20-semaphore.py': {
    'two processes inside, two blocked in acquire at value 0': (run) => run.mostWaiting(run.children, 'semaphore') === 2
      && (run.steps('semaphore') ?? []).includes(0),
    'semaphore value over time': (run) => new Set(run.steps('semaphore')).size >= 3,
  },
  '001-14-lock.py': { 'lock held by a process that has ended': diedHolding },
  '001-15-lock-acquire-variants.py': {
    'blocked on a lock for 0.4 s, then timeout': (run) =>
      [run.main, ...run.children].some((task) => run.timedOut(task, 'lock', 0.4)),
    'blocked on a lock until the holder releases': (run) =>
      [run.main, ...run.children].some((task) => run.waits(task, 'lock').some(({ cause }) => cause === 'woken')),
  },
  '001-16-lock-release-by-other.py': {
    'lock owner ended while holding': diedHolding,
    'lock released by a process that did not take it': releasedByAnother,
  },
  '001-29-value-array-lock-option.py': {
    'child blocked on the lock of a shared value held by main': (run) =>
      run.waits(run.children[0], 'lock').some((wait) => wait.other === run.main.tid && secondsOf(wait) > 0.25),
    'child writing an unprotected value at once': (run) => run.waits(run.children[1], 'lock').length === 0,
  },
  '001-30-value-lock-false-race.py': {
    'contention on the lock: short alternating waits (400000 acquisitions)': (run) =>
      run.children.filter((child) => run.waits(child, 'lock').length >= 10).length >= 2,
  },
  '002-13-terminate-holding-lock.py': {
    'child killed while it holds the lock': (run) => diedHolding(run) && run.children.some(({ status }) => status === -15),
    'main blocked for ever on a lock whose owner is dead': (run) => run.waitsForEver(run.main, 'lock'),
  },
  '002-17-race-condition.py': {
    'threads blocked on a lock': (run) => run.threads.some((thread) => run.waited(thread, 'lock')),
  },
  '003-10-mutex.py': {
    'four processes inside at once': (run) => run.mostWaiting(run.children.slice(0, 4), 'sleep') === 4,
    'three processes blocked on the lock, served one after another': (run) => {
      const buyers = run.children.slice(4);
      return run.mostWaiting(buyers, 'lock') === 3 && run.mostWaiting(buyers, 'sleep') === 1;
    },
  },
  '004-14-deadlock.py': {
    'each thread blocked on the lock the other holds: a cycle': isCycle,
    'main blocked in join': (run) => run.waitsForEver(run.main, JOIN),
  },
};
