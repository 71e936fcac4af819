import { TASK_STATES, type TaskState } from '../../../protocol/words';
import { TASK_STATE, TASK_TID, TASK_HIGH, taskAddress } from '../../layout';
import type { RecordedEvent } from '../ring-reader';

/** From which states an event may come, and what it leads to. */
const transitions: Partial<Record<RecordedEvent['kind'], { readonly from: readonly (TaskState | undefined)[]; readonly to: TaskState }>> = {
  'task-ready': { from: ['new', 'blocked'], to: 'ready' },
  'task-run': { from: ['ready'], to: 'running' },
  'task-block': { from: ['running'], to: 'blocked' },
  'task-reap': { from: ['zombie'], to: 'dead' },
};

/**
 * Goes through all that was recorded as a reader of the trace does, and answers, in words, each event that cannot follow
 * what was recorded before it, and each task whose recorded state is not the one in memory.
 */
export function replayStates(events: readonly RecordedEvent[], words: Int32Array): string[] {
  const states = new Map<number, TaskState>();
  const processes = new Set<number>();
  const mistakes: string[] = [];
  let lastTime = 0;
  for (const { kind, task, other, object, time } of events) {
    if (time < lastTime) mistakes.push(`${kind} of ${task} is before what came before it`);
    lastTime = time;
    if (kind === 'task-new') {
      states.set(other, 'new');
      if (object === other) processes.add(other);
    } else if (kind === 'task-exit') {
      if (!['new', 'ready', 'running', 'blocked'].includes(states.get(task) ?? '')) mistakes.push(`${task} ended in state ${states.get(task)}`);
      states.set(task, processes.has(task) ? 'zombie' : 'dead');
    } else {
      const transition = transitions[kind];
      const about = kind === 'task-reap' ? other : task;
      if (transition === undefined) {
        if (!['task-adopt', 'signal-deliver', 'run-end'].includes(kind) && states.get(task) !== 'running') {
          mistakes.push(`${kind} of ${task}, which is ${states.get(task)}`);
        }
        continue;
      }
      if (!transition.from.includes(states.get(about))) mistakes.push(`${kind} of ${about}, which is ${states.get(about)}`);
      states.set(about, transition.to);
    }
  }
  for (let index = 1; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    const recorded = states.get(words[task + TASK_TID]);
    const actual = TASK_STATES[words[task + TASK_STATE]];
    if (recorded !== actual) mistakes.push(`${words[task + TASK_TID]} is ${actual}, recorded as ${recorded}`);
  }
  return mistakes;
}
