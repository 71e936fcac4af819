import { DONE, ENOMEM, PARKED } from '../../protocol/errno';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_TYPE, PAGE_BYTES, PAGE_WORDS, POLLERS, TASK_POLL_SET } from '../layout';
import { allocateBlock } from '../page-allocator';
import { park } from '../wait-queue';
import { chainBytes } from './chain';
import { ATOMIC_WRITE_BYTES, PIPE_CAPACITY, channelOf, endIsOpen, mayRead, mayWrite } from './pipe';
import { PollEvent } from './poll-event';
import { dropPollSet } from './pollers';
import { socketReadiness, watchedOf } from './socket-poll';
import { isSocket } from './socket-words';

/**
 * Waiting for any of several streams: what select and poll stand on.
 */

export { PollEvent };

export interface PollEntry {
  /** Address of the object, and which of its ends. */
  readonly object: number;
  readonly end: number;
  /** Bits of {@link PollEvent} that are waited for; errors and hang-ups always are. */
  readonly events: number;
  /** Answer: the bits that hold. */
  ready: number;
}

/** Most streams that one call can wait for. */
export const MOST_POLLED = PAGE_WORDS - 1;

/** Waits until any entry is ready and fills in `ready` of all; `k.result` is how many are. */
export function pollStreams(k: Kernel, entries: readonly PollEntry[], deadline: number): number {
  k.enter();
  let count = 0;
  for (const entry of entries) {
    const wanted = entry.events | PollEvent.Error | PollEvent.HangUp;
    entry.ready = readiness(k, entry.object, entry.end) & wanted;
    if (entry.ready !== 0) count++;
  }
  k.result = count;
  dropPollSet(k, k.current);
  if (count > 0) return k.leave(DONE);
  const set = entries.length > MOST_POLLED ? 0 : allocateBlock(k.words, PAGE_BYTES);
  if (set === 0) return k.leave(ENOMEM);
  k.words[set] = entries.length;
  entries.forEach((entry, i) => (k.words[set + 1 + i] = watchedIn(k, entry.object)));
  k.words[k.current + TASK_POLL_SET] = set;
  const outcome = park(k, POLLERS, BlockReasonCode.select, entries.length === 1 ? entries[0].object : 0, deadline);
  if (outcome !== PARKED) dropPollSet(k, k.current);
  return k.leave(outcome);
}

/** The object whose changes concern who looks at `at`. */
function watchedIn(k: Kernel, at: number): number {
  return isSocket(k, at) ? watchedOf(k, at) : at;
}

function readiness(k: Kernel, at: number, end: number): number {
  if (isSocket(k, at)) return socketReadiness(k, at);
  if (k.words[at + OBJECT_TYPE] !== ObjectTypeCode.pipe) return PollEvent.Error;
  let ready = 0;
  const peerOpen = endIsOpen(k, at, 1 - end);
  if (mayRead(k, at, end)) {
    if (chainBytes(k, channelOf(at, end)) > 0) ready |= PollEvent.In;
    if (!peerOpen) ready |= PollEvent.HangUp;
  }
  if (mayWrite(k, at, end)) {
    if (!peerOpen) ready |= PollEvent.Error;
    else if (PIPE_CAPACITY - chainBytes(k, channelOf(at, 1 - end)) >= ATOMIC_WRITE_BYTES) ready |= PollEvent.Out;
  }
  return ready;
}
