import { chainBytes } from '../ipc/chain';
import type { Kernel } from '../kernel';
import { CPU_TIME, INPUT_CHAIN, INPUT_CLOSED, INPUT_SINCE, INPUT_WAITERS, RUN_QUEUE, TASK_READY_NEXT } from '../layout';
import { wakeAll, wakeOne } from '../wait-queue';
import { hindmostCpu } from './cpus';
import { isStopped } from './run-queue';

/**
 * The reader types as fast as the reader types, and a run must not depend on that. So while a task waits for a line the others
 * go on with what they can do now, but no sleep ends: a line comes to the program at the moment at which nobody can do more, or,
 * where somebody computes on and on, when the wait has lasted so long; until there is a line the clock stands there.
 */
const PATIENCE = 100e6;

/** Whether the clock stands until the reader's line is there. Callers hold the kernel lock. */
export function standsForReader(k: Kernel): boolean {
  const { words, doubles } = k;
  if (words[INPUT_WAITERS] === 0) return false;
  const cpu = hindmostCpu(k);
  return cpu === 0 ? !someoneIsReady(k) : doubles[(cpu + CPU_TIME) >> 1] >= timeForReader(k);
}

/** When the executing task must ask, because a task waits for the reader. */
export function timeForReader({ words, doubles }: Kernel): number {
  return words[INPUT_WAITERS] === 0 ? Infinity : doubles[INPUT_SINCE >> 1] + PATIENCE;
}

/** Wakes who waits for the reader, if there is something for them. */
export function serveReader(k: Kernel): boolean {
  if (chainBytes(k, INPUT_CHAIN) > 0) wakeOne(k, INPUT_WAITERS);
  else if (k.words[INPUT_CLOSED] === 1) wakeAll(k, INPUT_WAITERS);
  else return false;
  return true;
}

function someoneIsReady(k: Kernel): boolean {
  for (let task = k.words[RUN_QUEUE]; task !== 0; task = k.words[task + TASK_READY_NEXT]) if (!isStopped(k, task)) return true;
  return false;
}
