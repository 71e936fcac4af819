import { VIRTUAL } from '../layout';
import { realTime } from './real-time';
import type { Scheduler } from './scheduler';
import { virtualTime } from './virtual-time';

/** The scheduler that the machine's memory was made for: every kernel of a run must have the same. */
export function schedulerOf(memory: ArrayBufferLike): Scheduler {
  return new Int32Array(memory, 0, VIRTUAL + 1)[VIRTUAL] === 1 ? virtualTime : realTime;
}
