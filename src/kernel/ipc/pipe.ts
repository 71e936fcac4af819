import { DONE, EBADF, EMSGSIZE, ENOMEM, EOF, EPIPE } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { MAX_MESSAGE_BYTES, OBJECT_BODY, OBJECT_ID, OBJECT_TYPE, OBJECT_WORDS, TASK_SCRATCH } from '../layout';
import { allocateObject, releaseObject } from '../object-table';
import { emit, previewWord, type Preview } from '../trace-sink';
import { forgetQueues, park, passOn, waitOn, wakeAll, wakeOne } from '../wait-queue';
import { CHAIN_WORDS, chainBytes, chainFree, chainPush, chainShift } from './chain';
import { wakePollers } from './pollers';

/**
 * Pipe: two ends, 0 and 1. Each end reads its own channel and writes the other's; in a one-way pipe end 0 only reads and
 * end 1 only writes. An end counts how many handles are open on it (see handles.ts): with the last one closed, readers of
 * the other side get the end of file once the channel is empty, and writers a broken pipe.
 */

/** Bits of {@link Way}. */
const WAYS = OBJECT_BODY;
/** Open handles of end 0 and of end 1. */
const OPEN = OBJECT_BODY + 1; // 2 words
const READERS = OBJECT_BODY + 3; // 2 x 2 words, by end
const WRITERS = OBJECT_BODY + 7; // 2 x 2 words, by the end that is written to
const CHANNELS = OBJECT_BODY + 11; // 2 x CHAIN_WORDS words

/** One way: end 1 writes and end 0 reads. `EndsWriting << end`: this end writes no more, though it is open. */
const Way = { One: 1, EndsWriting: 2 } as const;

/** In a waiting writer's scratch: the bytes that it needs room for. */
const WANTED = TASK_SCRATCH + 1;

/** Bytes that a channel holds before its writer waits, as on Linux. A longer message goes into an empty channel. */
export const PIPE_CAPACITY = 64 * 1024;
/** Writes of at most this many bytes are never split, as POSIX has it (PIPE_BUF). */
export const ATOMIC_WRITE_BYTES = 4096;

/** A new pipe with no open end; its address, or ENFILE. */
export function createPipe(k: Kernel, oneWay: boolean, name: string): number {
  k.enter();
  const at = allocateObject(k, ObjectTypeCode.pipe, PIPE_CAPACITY, name);
  if (at > 0) k.words[at + WAYS] = oneWay ? Way.One : 0;
  return k.leave(at);
}

/** Waits for room and sends the message of `length` bytes in scratch from `end`. EPIPE, EBADF (the wrong end), EMSGSIZE, ENOMEM. */
export function sendPipe(k: Kernel, at: number, end: number, length: number, preview: Preview, deadline: number): number {
  k.enter();
  const { words } = k;
  const target = 1 - end;
  const channel = channelOf(at, target);
  if (!mayWrite(k, at, end)) return k.leave(EBADF);
  if (!endIsOpen(k, at, target)) return k.leave(EPIPE);
  if (length > MAX_MESSAGE_BYTES) return k.leave(EMSGSIZE);
  if (!fits(k, channel, length)) return waitForRoom(k, at, target, length, deadline);
  const value = (k.scratchWords[0] = k.tracing ? previewWord(k, preview) : 0);
  if (!chainPush(k, channel, length)) {
    passOn(k, writersOf(at, target));
    return k.leave(ENOMEM);
  }
  emit(k, EventKindCode.send, words[at + OBJECT_ID], chainBytes(k, channel), value, target);
  wakeOne(k, readersOf(at, target));
  wakeWriter(k, at, target);
  wakePollers(k, at);
  return k.leave(DONE);
}

/** Waits for a message at `end` and takes it into scratch; `k.result` is its length. EOF where none can come any more. */
export function receivePipe(k: Kernel, at: number, end: number, deadline: number): number {
  k.enter();
  const { words } = k;
  const channel = channelOf(at, end);
  if (!mayRead(k, at, end)) return k.leave(EBADF);
  if (chainBytes(k, channel) === 0) {
    if (!endIsOpen(k, at, 1 - end)) return k.leave(EOF);
    return waitOn(k, readersOf(at, end), BlockReasonCode['pipe empty'], at, deadline);
  }
  k.result = chainShift(k, channel);
  emit(k, EventKindCode.receive, words[at + OBJECT_ID], chainBytes(k, channel), k.scratchWords[0], end);
  wakeWriter(k, at, end);
  wakePollers(k, at);
  return k.leave(DONE);
}

/** Waits until a receive at `end` would not wait: a message is there or none can come. EAGAIN, ETIMEDOUT. */
export function pollPipe(k: Kernel, at: number, end: number, deadline: number): number {
  k.enter();
  const ready = chainBytes(k, channelOf(at, end)) > 0 || !endIsOpen(k, at, 1 - end);
  if (!ready) return waitOn(k, readersOf(at, end), BlockReasonCode['pipe empty'], at, deadline);
  // It was woken for a message that it leaves there: another reader may have it.
  wakeOne(k, readersOf(at, end));
  return k.leave(DONE);
}

/** Waits until {@link wakeWriter} finds room for `length` bytes in the channel that `target` reads. Ends the operation. */
function waitForRoom(k: Kernel, at: number, target: number, length: number, deadline: number): number {
  return k.leave(parkForRoom(k, at, target, length, deadline));
}

/** The same for an operation with more to do. */
export function parkForRoom(k: Kernel, at: number, target: number, length: number, deadline: number): number {
  k.words[k.current + WANTED] = length;
  return park(k, writersOf(at, target), BlockReasonCode['pipe full'], at, deadline);
}

/**
 * Wakes the writer that has waited longest for room in the channel that `target` reads, if what it writes fits now.
 * Writers are served in turn: a small message waits behind a large one. Whoever has been served asks again, for the next
 * may fit too.
 */
export function wakeWriter(k: Kernel, at: number, target: number): void {
  const first = k.words[writersOf(at, target)];
  if (first !== 0 && fits(k, channelOf(at, target), k.words[first + WANTED])) wakeOne(k, writersOf(at, target));
}

function fits(k: Kernel, channel: number, length: number): boolean {
  const bytes = chainBytes(k, channel);
  return bytes === 0 || bytes + length <= PIPE_CAPACITY;
}

/** One more handle on `end`. Callers hold the kernel lock. */
export function openPipeEnd(k: Kernel, at: number, end: number): void {
  k.words[at + OPEN + end]++;
}

/** One handle on `end` less; with the last, the other side learns of it. Callers hold the kernel lock. */
export function closePipeEnd(k: Kernel, at: number, end: number): void {
  const { words } = k;
  if (--words[at + OPEN + end] > 0) return;
  emit(k, EventKindCode['object-close'], words[at + OBJECT_ID], 0, 0, end + 1);
  wakeAll(k, readersOf(at, 1 - end));
  wakeAll(k, writersOf(at, end));
  wakePollers(k, at);
  if (words[at + OPEN + 1 - end] === 0) {
    chainFree(k, channelOf(at, 0));
    chainFree(k, channelOf(at, 1));
    // Nobody but its two sockets has its address. A pipe's may be in a guest's hands for naming.
    if (words[at + OBJECT_TYPE] === ObjectTypeCode.connection) {
      forgetQueues(k, at, OBJECT_WORDS);
      releaseObject(k, at);
    }
  }
}

/** `end` writes no more, though it stays open to read: the other side gets the end of the file. Callers hold the kernel lock. */
export function endWriting(k: Kernel, at: number, end: number): void {
  k.words[at + WAYS] |= Way.EndsWriting << end;
  wakeAll(k, readersOf(at, 1 - end));
  wakePollers(k, at);
}

/** Whether what is read at the other side may still come from `end`. */
export function mayComeFrom(k: Kernel, at: number, end: number): boolean {
  return endIsOpen(k, at, end) && (k.words[at + WAYS] & (Way.EndsWriting << end)) === 0;
}

/** The channel that `end` reads. A one-way pipe has one: end 0 reads what end 1 writes. */
export function channelOf(at: number, end: number): number {
  return at + CHANNELS + end * CHAIN_WORDS;
}
/** Those who wait for something to read at `end`. */
export function readersOf(at: number, end: number): number {
  return at + READERS + 2 * end;
}
/** Those who wait for room in the channel that `end` reads. */
export function writersOf(at: number, end: number): number {
  return at + WRITERS + 2 * end;
}
export function endIsOpen(k: Kernel, at: number, end: number): boolean {
  return k.words[at + OPEN + end] > 0;
}
export function mayRead(k: Kernel, at: number, end: number): boolean {
  return (k.words[at + WAYS] & Way.One) === 0 || end === 0;
}
export function mayWrite(k: Kernel, at: number, end: number): boolean {
  return (k.words[at + WAYS] & Way.One) === 0 || end === 1;
}
