import type { Kernel } from '../kernel';
import { RANDOM_STATE } from '../layout';

/**
 * One number of mulberry32, from 0 up to and without 1, and the state after it: 32 bits are enough to tell schedules
 * apart, and fit into a word of the machine's memory.
 */
export function mulberry32(state: number): { readonly fraction: number; readonly next: number } {
  const next = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(next ^ (next >>> 15), 1 | next);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return { fraction: ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32, next };
}

/** The policy's next random number, from 0 up to and without 1. Callers hold the kernel lock. */
export function randomFraction(k: Kernel): number {
  const { fraction, next } = mulberry32(k.words[RANDOM_STATE]);
  k.words[RANDOM_STATE] = next;
  return fraction;
}
