import type { Kernel } from './kernel';
import { TASK_CAUGHT_SIGNALS, TASK_PENDING_SIGNALS, TASK_SIGNAL_MASK } from './layout';

/** Which pending signals the current thread is to run handlers for: a look that every wait begins with. */

/**
 * The mask of those, of the current thread and of its process, at address `process`. Where the first thread of the process
 * takes a signal, no other does.
 */
export function signalsToTake({ words, current }: Kernel, process: number): number {
  const ofProcess = words[process + TASK_PENDING_SIGNALS] & (current === process ? -1 : words[process + TASK_SIGNAL_MASK]);
  return (ofProcess | words[current + TASK_PENDING_SIGNALS]) & words[process + TASK_CAUGHT_SIGNALS] & ~words[current + TASK_SIGNAL_MASK];
}

/**
 * Whether there are any. Without the kernel lock one that comes just now is seen the next time. For a guest whose worker
 * carries all threads of the process; in others no signal has a handler.
 */
export function hasSignals(k: Kernel): boolean {
  const { words, home } = k;
  const pending = Atomics.load(words, home + TASK_PENDING_SIGNALS) | Atomics.load(words, k.current + TASK_PENDING_SIGNALS);
  return pending !== 0 && signalsToTake(k, home) !== 0;
}
