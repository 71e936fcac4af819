import type { ObjectId, Tid } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import type { TaskInfo, Trace, TraceModel } from '../../trace/trace';

/** Reads which tasks work for which pool, event by event as a trace grows: a worker is who takes up its jobs. */
export class PoolReader {
  private readonly taken = new Map<Tid, ObjectId>();

  /** Reads the events `from` to `to` (exclusive). */
  read({ kind, task, object }: Trace, from: number, to: number): void {
    const wanted = EventKindCode['job-start'];
    for (let event = kind.indexOf(wanted, from); event >= 0 && event < to; event = kind.indexOf(wanted, event + 1)) {
      if (!this.taken.has(task[event] as Tid)) this.taken.set(task[event] as Tid, object[event] as ObjectId);
    }
  }

  /** The pool of each worker. One that came too late for a job is known by its name: `ForkPoolWorker-3` beside `ForkPoolWorker-1`. */
  workers({ tasks, objectById }: TraceModel): ReadonlyMap<Tid, ObjectId> {
    if (this.taken.size === 0) return this.taken;
    // The arrows of a trace of another program come as jobs of a future.
    const poolOf = (tid: Tid): ObjectId | undefined => {
      const pool = this.taken.get(tid);
      return pool !== undefined && objectById.get(pool)?.type === 'future' ? undefined : pool;
    };
    const families = new Map<string, ObjectId>();
    for (const info of tasks) {
      const pool = poolOf(info.tid);
      if (pool !== undefined) families.set(familyOf(info), pool);
    }
    const workers = new Map<Tid, ObjectId>();
    for (const info of tasks) {
      const pool = poolOf(info.tid) ?? families.get(familyOf(info));
      if (pool !== undefined) workers.set(info.tid, pool);
    }
    return workers;
  }
}

/** Tasks of one creator whose names differ in their number only. */
function familyOf({ name, creator, pid, tid }: TaskInfo): string {
  return `${creator} ${pid === (tid as number) ? 'process' : 'thread'} ${name.replace(/\d+/g, '#')}`;
}
