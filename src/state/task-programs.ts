import type { Tid } from '../protocol/ids';
import type { TaskInfo } from '../trace/trace';

export interface ProgramsOfTasks {
  /** Of the programs of a run, in the order of their start: what their first process is called. */
  readonly names: readonly string[];
  /** The program, by its place in `names`, that each task belongs to. */
  readonly programOf: ReadonlyMap<Tid, number>;
}

/** Which of the programs that ran side by side each task belongs to; `tasks` in the order of their start. */
export function programsOfTasks(tasks: readonly TaskInfo[]): ProgramsOfTasks {
  const names: string[] = [];
  const programOf = new Map<Tid, number>();
  for (const { tid, method, name, creator } of tasks) {
    if (method !== 'initial') {
      programOf.set(tid, programOf.get(creator) ?? 0);
      continue;
    }
    programOf.set(tid, names.length);
    // The reader may have been a client more than once.
    const known = names.filter((other) => other === name || other.startsWith(`${name} (`)).length;
    names.push(known === 0 ? name : `${name} (${known + 1})`);
  }
  return { names, programOf };
}
