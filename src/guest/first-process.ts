import type { TaskOptions } from '../kernel/task';
import type { Program } from '../protocol/program';
import { StartMethodCode } from '../protocol/words';

/**
 * What a program begins with: a process that is called `main` or, where there are others beside it, by its file. `number`: of several
 * that are there from the beginning in virtual time, and wait each for the one before.
 */
export function firstProcess({ entry, beside }: Pick<Program, 'entry' | 'beside'>, number = 0): TaskOptions {
  const name = beside === undefined ? 'main' : entry.slice(entry.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return { method: StartMethodCode.initial, name, daemon: false, ownWorker: true, argumentBytes: 0, ...(number > 0 && { program: number }) };
}
