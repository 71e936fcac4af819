import type { BlockReason, ObjectType } from './words';

/**
 * What the program's operations wait for, in its own terms, where the guest's library makes them of simpler ones: a wait for a
 * semaphore inside `q.put(3)` is a wait for `q` to have room.
 */

/** By type of object and name of the operation. */
export const REASONS_BY_OPERATION: { readonly [Type in ObjectType]?: { readonly [operation: string]: BlockReason | undefined } } = {
  queue: { get: 'queue empty', put: 'queue full', join: 'unfinished' },
  'joinable queue': { get: 'queue empty', put: 'queue full', join: 'unfinished' },
  'simple queue': { get: 'queue empty', put: 'queue full' },
  condition: { wait: 'condition', wait_for: 'condition' },
  event: { wait: 'event' },
  barrier: { wait: 'barrier' },
  lock: { acquire: 'lock' },
  rlock: { acquire: 'lock' },
  semaphore: { acquire: 'semaphore' },
  'bounded semaphore': { acquire: 'semaphore' },
  pipe: { recv: 'pipe empty', send: 'pipe full', poll: 'pipe empty', recv_bytes: 'pipe empty', send_bytes: 'pipe full' },
  pool: {
    apply: 'pool', map: 'pool', starmap: 'pool', imap: 'pool', get: 'pool', wait: 'pool', next: 'pool', join: 'pool',
    result: 'pool', exception: 'pool', shutdown: 'pool',
  },
};

/** How the library waits for the end of a process: for its exit status, or for a pipe that closes with it. */
export const WAITS_IN_JOIN: ReadonlySet<BlockReason> = new Set(['wait', 'select', 'pipe empty']);

/** `put` of `put(3, True)`, `join` of `Thread-1 (work).join()`. */
export function operationOf(what: string): string {
  if (what.endsWith('()')) return what.slice(what.lastIndexOf('.') + 1, -2);
  const arguments_ = what.indexOf('(');
  return arguments_ < 0 ? what : what.slice(0, arguments_);
}
