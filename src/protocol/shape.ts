import { canShareMemory } from '../base/shareable';
import type { Language } from './program';

/**
 * How programs are run on a page: a worker for each process on shared memory; all processes in one worker, in virtual time; or not
 * at all, so that only recorded runs are shown.
 */
export type MachineShape = 'many workers' | 'one worker' | 'recorded';

/** The best shape that this page can have. */
export function possibleShape(): MachineShape {
  return bestShape(canShareMemory(), 'Suspending' in WebAssembly);
}

/** `sharing`: of memory between workers; `suspending`: of stacks, without which there is no Python. */
export function bestShape(sharing: boolean, suspending: boolean): MachineShape {
  if (sharing) return 'many workers';
  return suspending ? 'one worker' : 'recorded';
}

/** Whether programs in this language run in that shape. One of JavaScript's needs a worker of its own for each task that waits. */
export function runsIn(shape: MachineShape, language: Language): boolean {
  return shape === 'many workers' || (shape === 'one worker' && language === 'python');
}
