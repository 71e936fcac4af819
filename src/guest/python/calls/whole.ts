import type { ProcessState } from '../process-state';

/** Address of the program's object that is being made or called now, whose machinery a new object is; 0 for none. */
export function wholeOf(process: ProcessState): number {
  if (process.partOf !== 0 || process.kernel === undefined) return process.partOf;
  return process.stacks.running.callOn ?? 0;
}
