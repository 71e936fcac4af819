import { EventKindCode } from '../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../protocol/words';
import type { Kernel } from './kernel';
import { OBJECT_ID, TASK_TID, WORKER_GIL, WORKER_INTERVAL, WORKER_RUNNING, workerAddress } from './layout';
import { allocateObject } from './object-table';
import { emitFor } from './trace-sink';

/**
 * The global interpreter lock of a guest whose worker carries all the threads of its process: of those that could run only
 * its holder does. It needs no queue of its own, for the worker's ready list is the queue; what is kept here is who holds
 * it, so that the trace can tell a task that waits for the GIL from one that waits for a CPU. Callers hold the kernel lock,
 * except of `createGil`.
 */

/** Gives this worker's process a GIL, held by the current task; ENFILE. */
export function createGil(k: Kernel): number {
  k.enter();
  const at = allocateObject(k, ObjectTypeCode.gil, 0, 'GIL');
  if (at > 0) {
    const worker = workerAddress(k.worker);
    k.words[worker + WORKER_GIL] = at;
    k.words[worker + WORKER_RUNNING] = k.current;
    emitFor(k, EventKindCode.acquire, k.currentTid, k.words[at + OBJECT_ID], 1, 0);
  }
  return k.leave(at);
}

/** In virtual time: for how many nanoseconds a thread of this worker's process may keep the GIL while another waits for it. */
export function setSwitchInterval(k: Kernel, nanoseconds: number): void {
  k.lock();
  k.doubles[(workerAddress(k.worker) + WORKER_INTERVAL) >> 1] = Math.max(1, Math.round(nanoseconds));
  k.scheduler.reconsider(k);
  k.unlock();
}

/** `task` could run, but where another thread of its process does it waits for the GIL: answers whether it does. */
export function waitForGil(k: Kernel, worker: number, task: number): boolean {
  const { words } = k;
  const gil = words[worker + WORKER_GIL];
  const holder = words[worker + WORKER_RUNNING];
  if (gil === 0 || holder === 0 || holder === task) return false;
  const tid = words[task + TASK_TID];
  emitFor(k, EventKindCode['task-block'], tid, words[gil + OBJECT_ID], words[holder + TASK_TID], 0, BlockReasonCode.gil);
  return true;
}

/** `task` runs from here on. */
export function takeGil(k: Kernel, worker: number, task: number): void {
  const { words } = k;
  const gil = words[worker + WORKER_GIL];
  if (gil === 0) return;
  words[worker + WORKER_RUNNING] = task;
  emitFor(k, EventKindCode.acquire, words[task + TASK_TID], words[gil + OBJECT_ID], 1, 0);
}

/** `task`, which ran, does so no longer. */
export function dropGil(k: Kernel, worker: number, task: number): void {
  const { words } = k;
  const gil = words[worker + WORKER_GIL];
  if (gil === 0 || words[worker + WORKER_RUNNING] !== task) return;
  words[worker + WORKER_RUNNING] = 0;
  emitFor(k, EventKindCode.release, words[task + TASK_TID], words[gil + OBJECT_ID], 0, 0);
}
