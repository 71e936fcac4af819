import type { EventKind } from '../protocol/trace-events';
import type { BlockReason, ObjectType } from '../protocol/words';

/**
 * Verbs of a drawing that use an object: the kind of event, the type of an object first seen so, and what its
 * count does (for a semaphore the other way round).
 */
export const objectVerbs: {
  readonly [verb: string]:
    { kind: EventKind; type: ObjectType; counts: number | 'woken' | 'value' } | undefined;
} = {
  acquire: { kind: 'acquire', type: 'lock', counts: 1 },
  release: { kind: 'release', type: 'lock', counts: -1 },
  notify: { kind: 'notify', type: 'condition', counts: 'woken' },
  set: { kind: 'set', type: 'event', counts: 'value' },
  clear: { kind: 'clear', type: 'event', counts: 'value' },
  arrive: { kind: 'barrier-arrive', type: 'barrier', counts: 1 },
  open: { kind: 'barrier-open', type: 'barrier', counts: 0 },
  break: { kind: 'barrier-break', type: 'barrier', counts: 0 },
  reset: { kind: 'barrier-reset', type: 'barrier', counts: 0 },
  put: { kind: 'put', type: 'queue', counts: 1 },
  get: { kind: 'get', type: 'queue', counts: -1 },
  done: { kind: 'task-done', type: 'joinable queue', counts: 'value' },
  send: { kind: 'send', type: 'pipe', counts: 1 },
  receive: { kind: 'receive', type: 'pipe', counts: -1 },
  load: { kind: 'load', type: 'value', counts: 'value' },
  store: { kind: 'store', type: 'value', counts: 'value' },
  submit: { kind: 'job-submit', type: 'pool', counts: 'value' },
  start: { kind: 'job-start', type: 'pool', counts: 'value' },
  finish: { kind: 'job-end', type: 'pool', counts: 'value' },
  close: { kind: 'object-close', type: 'pipe', counts: 'value' },
  name: { kind: 'object-name', type: 'none', counts: 'value' },
};

/** Verbs that only say something. */
export const plainVerbs: { readonly [verb: string]: { kind: EventKind; detail: number } | undefined } = {
  print: { kind: 'output', detail: 1 },
  error: { kind: 'output', detail: 2 },
  read: { kind: 'input', detail: 0 },
  call: { kind: 'call', detail: 0 },
  return: { kind: 'return', detail: 0 },
  line: { kind: 'line', detail: 0 },
  finding: { kind: 'finding', detail: 0 },
  panic: { kind: 'panic', detail: 0 },
};

/** Why a task blocks on an object, where the drawing does not say. */
export const blockReasonByType: { readonly [Type in ObjectType]?: BlockReason } = {
  lock: 'lock',
  rlock: 'lock',
  semaphore: 'semaphore',
  'bounded semaphore': 'semaphore',
  condition: 'condition',
  event: 'event',
  barrier: 'barrier',
  queue: 'queue empty',
  'joinable queue': 'queue empty',
  'simple queue': 'queue empty',
  pipe: 'pipe empty',
  pool: 'pool',
  gil: 'gil',
};
