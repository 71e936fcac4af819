import { TASK_STATES, TaskStateCode } from '../../../protocol/words';
import {
  TASK_HIGH, TASK_STATE, TASK_TID, TASK_WAIT_NEXT, TASK_WAIT_PREVIOUS, TASK_WAIT_QUEUE, TASK_WAIT_TICKET, TASK_WOKEN_FROM,
  taskAddress,
} from '../../layout';

/**
 * What must hold of all wait queues between any two operations: who is blocked is in one queue, linked both ways, in the
 * order of arrival; who is not blocked is in none; and only who is ready has a wake-up to settle. Throws what does not.
 */
export function checkWaitQueues(words: Int32Array): void {
  const queues = new Map<number, number>();
  for (let index = 0; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    const state = words[task + TASK_STATE];
    const queue = words[task + TASK_WAIT_QUEUE];
    const what = `task ${words[task + TASK_TID]} in state ${TASK_STATES[state]}`;
    if ((state === TaskStateCode.blocked) !== (queue !== 0)) throw new Error(`${what} is in the wait queue at ${queue}`);
    if (words[task + TASK_WOKEN_FROM] !== 0 && state !== TaskStateCode.ready) throw new Error(`${what} has a wake-up to settle`);
    if (queue !== 0) queues.set(queue, (queues.get(queue) ?? 0) + 1);
  }
  for (const [queue, expected] of queues) checkLinks(words, queue, expected);
}

function checkLinks(words: Int32Array, queue: number, expected: number): void {
  let previous = 0;
  let count = 0;
  for (let task = words[queue]; task !== 0; task = words[task + TASK_WAIT_NEXT]) {
    const what = `wait queue at ${queue}: task ${words[task + TASK_TID]}`;
    if (++count > expected) throw new Error(`${what} is one more than are blocked on it`);
    if (words[task + TASK_WAIT_QUEUE] !== queue) throw new Error(`${what} says that it is elsewhere`);
    if (words[task + TASK_WAIT_PREVIOUS] !== previous) throw new Error(`${what} does not know the task before it`);
    if (previous !== 0 && ((words[task + TASK_WAIT_TICKET] - words[previous + TASK_WAIT_TICKET]) | 0) <= 0) {
      throw new Error(`${what} came before the task before it`);
    }
    previous = task;
  }
  if (words[queue + 1] !== previous) throw new Error(`wait queue at ${queue}: its last is another`);
  if (count !== expected) throw new Error(`wait queue at ${queue}: ${count} in it, ${expected} blocked on it`);
}
