import { DONE, EMSGSIZE, ENOMEM, EOVERFLOW } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { MAX_MESSAGE_BYTES, OBJECT_BODY, OBJECT_ID } from '../layout';
import { allocateObject } from '../object-table';
import { emit, previewWord, type Preview } from '../trace-sink';
import { passOn, waitOn, wakeAll, wakeOne } from '../wait-queue';
import { CHAIN_WORDS, chainPush, chainShift, chainTake } from './chain';

/**
 * Queue, JoinableQueue and SimpleQueue: whole messages, first in, first out. A message is in the kernel's scratch: its
 * first word is the kernel's (what the trace shows of it), the guest's bytes follow.
 */

/** Most messages it holds, 0 for any number. */
const CAPACITY = OBJECT_BODY;
const COUNT = OBJECT_BODY + 1;
/** Messages put and not yet reported done. */
const UNFINISHED = OBJECT_BODY + 2;
const GETTERS = OBJECT_BODY + 3; // 2 words
const PUTTERS = OBJECT_BODY + 5; // 2 words
const MESSAGES = OBJECT_BODY + 7; // CHAIN_WORDS words
const JOINERS = OBJECT_BODY + 7 + CHAIN_WORDS; // 2 words
export const QUEUE_WORDS = 9 + CHAIN_WORDS;

/** A new queue of `type` (code of `queue`, `joinable queue` or `simple queue`); its address, or ENFILE. */
export function createQueue(k: Kernel, type: number, capacity: number, name: string): number {
  k.enter();
  const at = allocateObject(k, type, capacity, name);
  if (at > 0) k.words[at + CAPACITY] = capacity;
  return k.leave(at);
}

/** Waits for room and appends the `length` bytes in scratch. EMSGSIZE, ENOMEM where the machine's memory is full. */
export function putQueue(k: Kernel, at: number, length: number, preview: Preview, deadline: number): number {
  k.enter();
  const { words } = k;
  if (length > MAX_MESSAGE_BYTES) return k.leave(EMSGSIZE);
  const capacity = words[at + CAPACITY];
  if (capacity > 0 && words[at + COUNT] >= capacity) {
    return waitOn(k, at + PUTTERS, BlockReasonCode['queue full'], at, deadline);
  }
  const value = (k.scratchWords[0] = k.tracing ? previewWord(k, preview) : 0);
  if (!chainPush(k, at + MESSAGES, length)) {
    passOn(k, at + PUTTERS);
    return k.leave(ENOMEM);
  }
  words[at + UNFINISHED]++;
  const count = ++words[at + COUNT];
  emit(k, EventKindCode.put, words[at + OBJECT_ID], count, value);
  wakeOne(k, at + GETTERS);
  return k.leave(DONE);
}

/** Waits for a message and takes it into scratch; `k.result` is its length in bytes. */
export function getQueue(k: Kernel, at: number, deadline: number): number {
  k.enter();
  return removeFirst(k, at, deadline, false);
}

/** The same without copying a longer message: where `k.messageAt` is not 0 it lies there, until the task's next operation. */
export function takeQueue(k: Kernel, at: number, deadline: number): number {
  k.enter();
  return removeFirst(k, at, deadline, true);
}

function removeFirst(k: Kernel, at: number, deadline: number, inPlace: boolean): number {
  const { words } = k;
  if (words[at + COUNT] === 0) return waitOn(k, at + GETTERS, BlockReasonCode['queue empty'], at, deadline);
  k.result = inPlace ? chainTake(k, at + MESSAGES) : chainShift(k, at + MESSAGES);
  const shown = inPlace && k.messageAt !== 0 ? words[k.messageAt >> 2] : k.scratchWords[0];
  const count = --words[at + COUNT];
  emit(k, EventKindCode.get, words[at + OBJECT_ID], count, shown);
  wakeOne(k, at + PUTTERS);
  return k.leave(DONE);
}

/** One message that was got has been dealt with. EOVERFLOW where more are reported than were put. */
export function queueTaskDone(k: Kernel, at: number): number {
  k.enter();
  const { words } = k;
  if (words[at + UNFINISHED] === 0) return k.leave(EOVERFLOW);
  const left = --words[at + UNFINISHED];
  emit(k, EventKindCode['task-done'], words[at + OBJECT_ID], left, 0);
  if (left === 0) wakeAll(k, at + JOINERS);
  return k.leave(DONE);
}

/** Waits until every message that was put has been reported done. */
export function joinQueue(k: Kernel, at: number, deadline: number): number {
  k.enter();
  if (k.words[at + UNFINISHED] === 0) return k.leave(DONE);
  return waitOn(k, at + JOINERS, BlockReasonCode.unfinished, at, deadline);
}

/** How many messages are in it; may be out of date the next moment. */
export function queueCount(k: Kernel, at: number): number {
  return Atomics.load(k.words, at + COUNT);
}
export function queueCapacity(k: Kernel, at: number): number {
  return k.words[at + CAPACITY];
}
