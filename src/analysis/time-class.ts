import type { BlockReason, TaskState } from '../protocol/words';

/** What a task's time went into; waits are grouped by what would end them. One colour and one hatching each. */
export const TIME_CLASSES = [
  'running', 'ready', 'wait-gil', 'wait-lock', 'wait-data', 'wait-task', 'wait-time', 'wait-outside', 'new', 'stopped', 'zombie',
] as const;
export type TimeClass = (typeof TIME_CLASSES)[number];

const waitClasses: Readonly<Record<BlockReason, TimeClass>> = {
  'none': 'wait-outside',
  'gil': 'wait-gil',
  'lock': 'wait-lock',
  'semaphore': 'wait-lock',
  'condition': 'wait-lock',
  'event': 'wait-lock',
  'barrier': 'wait-lock',
  'queue full': 'wait-data',
  'queue empty': 'wait-data',
  'pipe full': 'wait-data',
  'pipe empty': 'wait-data',
  'accept': 'wait-data',
  'receive': 'wait-data',
  'connect': 'wait-data',
  'select': 'wait-data',
  'await': 'wait-task',
  'program': 'wait-task',
  'join': 'wait-task',
  'wait': 'wait-task',
  'pool': 'wait-task',
  'unfinished': 'wait-task',
  'sleep': 'wait-time',
  'input': 'wait-outside',
  'signal': 'wait-outside',
};

const stateClasses: Readonly<Record<Exclude<TaskState, 'blocked'>, TimeClass>> = {
  free: 'new', new: 'new', ready: 'ready', running: 'running', stopped: 'stopped', zombie: 'zombie', dead: 'zombie',
};

export function timeClassOf(state: TaskState, reason: BlockReason): TimeClass {
  return state === 'blocked' ? waitClasses[reason] : stateClasses[state];
}
