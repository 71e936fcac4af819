import type { Tid } from '../../../protocol/ids';
import type { Kernel } from '../../kernel';
import { ANSWER, ASKED_STEPS, ASK_FROM, REPLAY_LENGTH, REPLAY_NEXT, STEPS, TASK_PLACE, TASK_PRIORITY, TASK_TID } from '../../layout';
import type { Policy } from '../policy';
import { replay } from './replay';

/** A task that stays on one line is asked about again after so many steps: else nobody could end what it waits for in a loop. */
const MOST_STEPS = 200;

/**
 * The reader says who goes next: whenever a CPU is free and more than one task could have it, and, while others wait for its
 * CPU, each time the task that executes comes to another line. A list of choices that was given is followed first, as a
 * replay follows it; the last of them is where the reader begins. TASK_PRIORITY is the place at which the reader was last asked
 * about a task.
 */
export const manual: Policy = {
  ...replay,
  slice: () => Infinity,
  asks(k, running, ready) {
    const { words, doubles } = k;
    if (isReplaying(k) || words[ANSWER] !== 0 || doubles[STEPS >> 1] < doubles[ASK_FROM >> 1]) return false;
    if (running === 0) return ready.length > 1;
    return words[running + TASK_PLACE] !== words[running + TASK_PRIORITY]
      || doubles[STEPS >> 1] - doubles[ASKED_STEPS >> 1] >= MOST_STEPS;
  },
  choose(k, ready) {
    const listed = replay.choose(k, ready);
    const chosen = ready.find((task) => k.words[task + TASK_TID] === k.words[ANSWER]) ?? listed;
    takeAnswer(k, chosen);
    return chosen;
  },
  givesWay(k, running, _waiting, over) {
    if (over) return true;
    const answer = k.words[ANSWER] as Tid;
    if (answer === 0) return false;
    if (k.words[running + TASK_TID] !== answer) return true;
    takeAnswer(k, running);
    return false;
  },
};

/** Whether the present turn, or the next, is not the last of the list. */
function isReplaying({ words }: Kernel): boolean {
  return words[REPLAY_NEXT] < words[REPLAY_LENGTH];
}

function takeAnswer({ words, doubles }: Kernel, task: number): void {
  words[ANSWER] = 0;
  words[task + TASK_PRIORITY] = words[task + TASK_PLACE];
  doubles[ASKED_STEPS >> 1] = doubles[STEPS >> 1];
}
