import { DONE, EBADF, ENOMEM, EPIPE } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_ID, OBJECT_TYPE } from '../layout';
import { emit, numberValue } from '../trace-sink';
import { park, passOn, wakeOne } from '../wait-queue';
import { chainBytes, chainHasRoom, chainRead, chainWrite } from './chain';
import { ATOMIC_WRITE_BYTES, PIPE_CAPACITY, channelOf, endIsOpen, mayComeFrom, mayRead, mayWrite, readersOf,
  parkForRoom, wakeWriter, writersOf } from './pipe';
import { wakePollers } from './pollers';

/**
 * A pipe as a stream of bytes, as file descriptors see it: reads take what is there, writes give what fits. A pipe is used
 * either for bytes or for messages (pipe.ts), not for both.
 */

/** Waits for bytes at `end` and takes at most `most` into scratch; `k.result` is how many, 0 at the end of the file. */
export function readStream(k: Kernel, at: number, end: number, most: number, deadline: number): number {
  k.enter();
  return k.leave(takeBytes(k, at, end, most, deadline));
}

/** {@link readStream} for callers that hold the kernel lock and leave with its answer. */
export function takeBytes(k: Kernel, at: number, end: number, most: number, deadline: number): number {
  if (!mayRead(k, at, end)) return EBADF;
  const channel = channelOf(at, end);
  const there = chainBytes(k, channel);
  if (there === 0 && mayComeFrom(k, at, 1 - end) && most > 0) {
    const isPipe = k.words[at + OBJECT_TYPE] === ObjectTypeCode.pipe;
    return park(k, readersOf(at, end), isPipe ? BlockReasonCode['pipe empty'] : BlockReasonCode.receive, at, deadline);
  }
  const count = Math.min(there, most);
  k.growScratch(count);
  if (count > 0) chainRead(k, channel, k.scratch, 0, count);
  k.result = count;
  emit(k, EventKindCode.receive, k.words[at + OBJECT_ID], there - count, numberValue(k, count), end);
  wakeWriter(k, at, end);
  // What it left is the next reader's: one write may have woken one reader and hold bytes for several.
  if (there > count) wakeOne(k, readersOf(at, end));
  wakePollers(k, at);
  return DONE;
}

/**
 * Waits for room and writes from `source`: all of it where it is at most {@link ATOMIC_WRITE_BYTES}, else what fits;
 * `k.result` is how many bytes. EPIPE where nobody can read them any more.
 */
export function writeStream(
  k: Kernel, at: number, end: number, source: Uint8Array, offset: number, length: number, deadline: number,
): number {
  k.enter();
  return k.leave(giveBytes(k, at, end, source, offset, length, deadline));
}

/** {@link writeStream} for callers that hold the kernel lock and leave with its answer. */
export function giveBytes(
  k: Kernel, at: number, end: number, source: Uint8Array, offset: number, length: number, deadline: number,
): number {
  if (!mayWrite(k, at, end)) return EBADF;
  const target = 1 - end;
  const channel = channelOf(at, target);
  if (!endIsOpen(k, at, target)) return EPIPE;
  const room = PIPE_CAPACITY - chainBytes(k, channel);
  const atOnce = Math.min(length, ATOMIC_WRITE_BYTES);
  if (room < atOnce) return parkForRoom(k, at, target, atOnce, deadline);
  const count = Math.min(room, length);
  if (!chainHasRoom(k, count)) {
    passOn(k, writersOf(at, target));
    return ENOMEM;
  }
  chainWrite(k, channel, source, offset, count);
  k.result = count;
  emit(k, EventKindCode.send, k.words[at + OBJECT_ID], chainBytes(k, channel), numberValue(k, count), target);
  wakeOne(k, readersOf(at, target));
  wakeWriter(k, at, target);
  wakePollers(k, at);
  return DONE;
}
