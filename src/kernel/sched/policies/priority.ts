import type { Kernel } from '../../kernel';
import { PRIORITY_COUNT, PRIORITY_NAMES, QUANTUM, TASK_PRIORITY, TASK_TID } from '../../layout';
import { LOOKAHEAD, type Policy } from '../policy';
import { hashOfName } from '../task-names';

/**
 * The most important ready task goes first, and takes a CPU from a less important one at once; those that are equally
 * important take turns. Important are the tasks that the settings name, in their order; where they name none, the older.
 */
export const priority: Policy = {
  welcome(k, task) {
    const { words } = k;
    const count = words[PRIORITY_COUNT];
    const at = words.subarray(PRIORITY_NAMES, PRIORITY_NAMES + count).indexOf(hashOfName(k, task));
    words[task + TASK_PRIORITY] = count === 0 ? -words[task + TASK_TID] : at < 0 ? 0 : count - at;
  },
  slice: (k) => k.doubles[QUANTUM >> 1],
  lookahead: (k) => k.doubles[QUANTUM >> 1] * LOOKAHEAD,
  choose: mostImportant,
  givesWay(k, running, waiting, over) {
    const difference = k.words[mostImportant(k, waiting) + TASK_PRIORITY] - k.words[running + TASK_PRIORITY];
    return difference > 0 || (difference === 0 && over);
  },
};

/** Of those that are equally important the first. */
export function mostImportant(k: Kernel, ready: readonly number[]): number {
  return ready.reduce((best, task) => (k.words[task + TASK_PRIORITY] > k.words[best + TASK_PRIORITY] ? task : best));
}
