import { DONE, EAGAIN, ETIMEDOUT } from '../protocol/errno';
import { BlockReasonCode } from '../protocol/words';
import type { Kernel } from './kernel';
import { TASK_SCRATCH } from './layout';
import { waitOn } from './wait-queue';

/** Nobody wakes a sleeper but time, so its queue is its own: two words of its scratch. */
const SLEEPERS = TASK_SCRATCH + 2;

/** Waits until `deadline`. EINTR where a signal came first. */
export function sleepUntil(k: Kernel, deadline: number): number {
  k.enter();
  const outcome = waitOn(k, k.current + SLEEPERS, BlockReasonCode.sleep, 0, deadline);
  return outcome === ETIMEDOUT || outcome === EAGAIN ? DONE : outcome;
}
