import { DONE, ECLOSED, EMSGSIZE, ENOMEM } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { MAX_MESSAGE_BYTES, OBJECT_BODY, OBJECT_ID, TASK_JOB } from '../layout';
import { allocateObject } from '../object-table';
import { emit, previewWord, type Preview } from '../trace-sink';
import { waitOn, wakeAll, wakeOne } from '../wait-queue';
import { CHAIN_WORDS, chainBytes, chainFree, chainPush, chainShift } from './chain';

/**
 * Pool: jobs that processes take in turn, and their results on the way back. It knows nothing of what a job is: the
 * guest starts the processes, encodes jobs and results, and calls the callbacks.
 *
 * The end of a child process wakes those that wait for results (task.ts): they look after the pool's processes, and TASK_JOB
 * tells them which job one took with it.
 *
 * Messages are in the kernel's scratch: word 0 is the kernel's, word 1 the job's number, the guest's bytes follow.
 */
const STATE = OBJECT_BODY;
/** Processes of the pool that wait for a job. */
const WORKERS_WAITING = OBJECT_BODY + 1; // 2 words
/** Tasks that wait for results. */
const COLLECTORS = OBJECT_BODY + 3; // 2 words
const JOBS = OBJECT_BODY + 5; // CHAIN_WORDS words
const RESULTS = JOBS + CHAIN_WORDS; // CHAIN_WORDS words
/** Results that are there, and how many must be for those who wait to be woken. */
const RESULT_COUNT = RESULTS + CHAIN_WORDS;
const WANTED = RESULT_COUNT + 1;

/** Results that are longer than this together are worth a look, however many are wanted: they take room from others. */
const BYTES_WORTH_A_LOOK = 64 * 1024;

const OPEN = 0;
const CLOSED = 1;
const TERMINATED = 2;

/** A new pool for `size` processes, open; its address, or ENFILE. */
export function createPool(k: Kernel, size: number, name: string): number {
  k.enter();
  return k.leave(allocateObject(k, ObjectTypeCode.pool, size, name));
}

/** Adds the job of `length` bytes in scratch. Never waits. ECLOSED, EMSGSIZE, ENOMEM. */
export function submitJob(k: Kernel, at: number, length: number, preview: Preview): number {
  k.enter();
  if (k.words[at + STATE] !== OPEN) return k.leave(ECLOSED);
  if (length > MAX_MESSAGE_BYTES) return k.leave(EMSGSIZE);
  const value = (k.scratchWords[0] = k.tracing ? previewWord(k, preview) : 0);
  if (!chainPush(k, at + JOBS, length)) return k.leave(ENOMEM);
  emit(k, EventKindCode['job-submit'], k.words[at + OBJECT_ID], k.scratchWords[1], value);
  wakeOne(k, at + WORKERS_WAITING);
  return k.leave(DONE);
}

/** Waits for a job and takes it into scratch; `k.result` is its length. ECLOSED where none will come any more. */
export function takeJob(k: Kernel, at: number, deadline: number): number {
  k.enter();
  if (chainBytes(k, at + JOBS) === 0) {
    if (k.words[at + STATE] !== OPEN) return k.leave(ECLOSED);
    return waitOn(k, at + WORKERS_WAITING, BlockReasonCode.pool, at, deadline);
  }
  k.result = chainShift(k, at + JOBS);
  k.words[k.current + TASK_JOB] = k.scratchWords[1];
  emit(k, EventKindCode['job-start'], k.words[at + OBJECT_ID], k.scratchWords[1], k.scratchWords[0]);
  return k.leave(DONE);
}

/** Hands in the result of `length` bytes in scratch; `failed` where the job ended in an error. EMSGSIZE, ENOMEM. */
export function finishJob(k: Kernel, at: number, failed: boolean, length: number, preview: Preview): number {
  k.enter();
  if (length > MAX_MESSAGE_BYTES) return k.leave(EMSGSIZE);
  const value = (k.scratchWords[0] = k.tracing ? previewWord(k, preview) : 0);
  if (!chainPush(k, at + RESULTS, length)) return k.leave(ENOMEM);
  k.words[k.current + TASK_JOB] = 0;
  emit(k, EventKindCode['job-end'], k.words[at + OBJECT_ID], k.scratchWords[1], value, failed ? 1 : 0);
  const count = ++k.words[at + RESULT_COUNT];
  if (count >= k.words[at + WANTED] || chainBytes(k, at + RESULTS) > BYTES_WORTH_A_LOOK) wakeOne(k, at + COLLECTORS);
  return k.leave(DONE);
}

/**
 * Waits for a result and takes it into scratch; `k.result` is its length. ECLOSED where the pool was terminated. Where there
 * is none the task sleeps until there are `wanted`: one that needs them all is not woken for each.
 */
export function collectResult(k: Kernel, at: number, deadline: number, wanted = 1): number {
  k.enter();
  if (chainBytes(k, at + RESULTS) === 0) {
    if (k.words[at + STATE] === TERMINATED) return k.leave(ECLOSED);
    const others = k.words[at + COLLECTORS] === 0 ? Infinity : k.words[at + WANTED];
    k.words[at + WANTED] = Math.min(wanted, others);
    return waitOn(k, at + COLLECTORS, BlockReasonCode.pool, at, deadline);
  }
  k.result = chainShift(k, at + RESULTS);
  k.words[at + RESULT_COUNT]--;
  // Those who sleep wait for one less: it may have been one of theirs that this task took.
  if (k.words[at + WANTED] > 1) k.words[at + WANTED]--;
  return k.leave(DONE);
}

/** No more jobs: processes of the pool end when those that are in it are done. */
export function closePool(k: Kernel, at: number): number {
  k.enter();
  if (k.words[at + STATE] === OPEN) k.words[at + STATE] = CLOSED;
  emit(k, EventKindCode['object-close'], k.words[at + OBJECT_ID], 0, 0);
  wakeAll(k, at + WORKERS_WAITING);
  return k.leave(DONE);
}

/** Forgets the jobs that nobody has taken, and closes. The guest ends the processes. */
export function terminatePool(k: Kernel, at: number): number {
  k.enter();
  k.words[at + STATE] = TERMINATED;
  chainFree(k, at + JOBS);
  emit(k, EventKindCode['object-close'], k.words[at + OBJECT_ID], 0, 0);
  wakeAll(k, at + WORKERS_WAITING);
  wakeAll(k, at + COLLECTORS);
  return k.leave(DONE);
}

export function poolIsOpen(k: Kernel, at: number): boolean {
  return k.words[at + STATE] === OPEN;
}
