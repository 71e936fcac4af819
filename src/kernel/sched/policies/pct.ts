import { PCT_CHANGED, PCT_CHANGES, PCT_COUNT, QUANTUM, TASK_PRIORITY } from '../../layout';
import { LOOKAHEAD, type Policy } from '../policy';
import { randomFraction } from '../random-state';
import { mostImportant } from './priority';

/**
 * PCT: random priorities, and the most important ready task always goes, except that at `depth - 1` random steps (operations
 * among them) the task that executes becomes less important than all others. On one CPU it finds a bug that needs `depth` events
 * in one order with a probability of at least 1 in (tasks x steps ^ (depth - 1)): Burckhardt, Kothari, Musuvathi,
 * Nagarakatte, "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.
 */
export const pct: Policy = {
  // Positive; the n-th change leaves -n, which is less than all before it.
  welcome: (k, task) => (k.words[task + TASK_PRIORITY] = 1 + Math.floor(randomFraction(k) * 0x3fffffff)),
  change: (k, task) => (k.words[task + TASK_PRIORITY] = -++k.words[PCT_CHANGED]),
  nextChange: ({ words }) => (words[PCT_CHANGED] < words[PCT_COUNT] ? words[PCT_CHANGES + words[PCT_CHANGED]] : Infinity),
  slice: () => Infinity,
  lookahead: (k) => k.doubles[QUANTUM >> 1] * LOOKAHEAD,
  choose: mostImportant,
  givesWay: (k, running, waiting) => k.words[mostImportant(k, waiting) + TASK_PRIORITY] > k.words[running + TASK_PRIORITY],
};
