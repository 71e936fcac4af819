import { EventKindCode } from '../protocol/trace-events';
import { ObjectTypeCode, StartMethodCode } from '../protocol/words';
import type { Trace } from '../trace/trace';

const TASK_NEW = EventKindCode['task-new'];
const TASK_EXIT = EventKindCode['task-exit'];
const OBJECT_NEW = EventKindCode['object-new'];

/** Which of the programs of a run, which are numbered in the order of their start, each task belongs to. */
export class ProgramsOfRun {
  /** The exit status of each program's first process that has ended. */
  readonly statuses: (number | undefined)[] = [];
  /** The event with which it did. */
  readonly ends: number[] = [];
  /** Programs that listen on a socket. */
  readonly listening = new Set<number>();
  private readonly programs = new Map<number, number>();
  private readonly firstTasks = new Map<number, number>();

  /** Reads one event of the trace; each once, in their order. */
  read({ kind, detail, task, other }: Pick<Trace, 'kind' | 'detail' | 'task' | 'other'>, event: number): void {
    if (kind[event] === TASK_NEW) {
      const isFirst = detail[event] === StartMethodCode.initial;
      const program = isFirst ? this.firstTasks.size : this.programOf(task[event]);
      this.programs.set(other[event], program);
      if (isFirst) this.firstTasks.set(other[event], program);
    } else if (kind[event] === TASK_EXIT) {
      const program = this.firstTasks.get(task[event]);
      if (program === undefined) return;
      this.statuses[program] = other[event];
      this.ends[program] = event;
    } else if (kind[event] === OBJECT_NEW && detail[event] === ObjectTypeCode.listener) {
      this.listening.add(this.programOf(task[event]));
    }
  }

  programOf(task: number): number {
    return this.programs.get(task) ?? 0;
  }
}
