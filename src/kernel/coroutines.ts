import { DONE } from '../protocol/errno';
import { EventKindCode } from '../protocol/trace-events';
import { ReadyCauseCode, StartMethodCode } from '../protocol/words';
import type { Tid } from '../protocol/ids';
import type { Kernel } from './kernel';
import { NEXT_TID, TASK_PID } from './layout';
import { emitFor, textValue } from './trace-sink';

/**
 * Coroutines and greenlets, which a guest switches by itself on one thread: the kernel schedules the thread and knows of
 * them for the trace only, where each is a task of its own that runs, waits and ends.
 */

/** The number of a new coroutine of the current task. */
export function createCoroutine(k: Kernel, name: string): number {
  k.enter();
  const { words } = k;
  const tid = words[NEXT_TID]++;
  emitFor(
    k, EventKindCode['task-new'], k.currentTid, words[k.current + TASK_PID], tid, textValue(k, name), StartMethodCode.coroutine,
  );
  emitFor(k, EventKindCode['task-ready'], tid, 0, k.currentTid, 0, ReadyCauseCode.started);
  return k.leave(tid);
}

/** It goes on, on the current task. */
export function runCoroutine(k: Kernel, tid: Tid): number {
  k.enter();
  emitFor(k, EventKindCode['task-run'], tid, 0, k.worker, 0);
  return k.leave(DONE);
}

/** It waits, for a `reason` (a code of BLOCK_REASONS), and for the coroutine or task `other` where that is known. */
export function blockCoroutine(k: Kernel, tid: Tid, reason: number, other: Tid): number {
  k.enter();
  emitFor(k, EventKindCode['task-block'], tid, 0, other, 0, reason);
  return k.leave(DONE);
}

/** It has ended; `why` is shown beside a status that is not 0. */
export function endCoroutine(k: Kernel, tid: Tid, status: number, why: string): number {
  k.enter();
  emitFor(k, EventKindCode['task-exit'], tid, 0, status, textValue(k, why));
  return k.leave(DONE);
}
