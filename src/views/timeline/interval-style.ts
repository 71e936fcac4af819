import type { BlockReason, TaskState } from '../../protocol/words';
import { StyleCode, type StyleName } from '../../render/palette';

/** Waits by what would end them: a family has one colour and one hatching, and the label says the rest. */
const waitStyles: Readonly<Record<BlockReason, StyleName>> = {
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
  'join': 'wait-task',
  'wait': 'wait-task',
  'pool': 'wait-task',
  'unfinished': 'wait-task',
  'sleep': 'wait-time',
  'input': 'wait-outside',
  'signal': 'wait-outside',
};

const stateStyles: Readonly<Record<Exclude<TaskState, 'blocked'>, StyleName>> = {
  free: 'new', new: 'new', ready: 'ready', running: 'running', stopped: 'stopped', zombie: 'zombie', dead: 'zombie',
};

/** How an interval is drawn. */
export function intervalStyle(state: TaskState, reason: BlockReason): StyleName {
  return state === 'blocked' ? waitStyles[reason] : stateStyles[state];
}

export function intervalStyleCode(state: TaskState, reason: BlockReason): number {
  return StyleCode[intervalStyle(state, reason)];
}
