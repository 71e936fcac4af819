import type { ObjectId } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import type { Trace } from './trace';

/**
 * Records of one kernel call stand together, for the kernel lock is held; what woke a task is a few records
 * before its `task-ready`, behind those of others woken by the same call.
 */
const REACH = 64;

/** Finds what the waker of a `task-ready` event did to wake the task. */
export class WakerSearch {
  constructor(
    private readonly trace: Trace,
    private readonly ready: number,
  ) {}

  /** The waker's last event before the wake-up, or the `task-ready` itself where there is none near. */
  deed(): number {
    const { trace, ready } = this;
    const waker = trace.other[ready];
    for (let event = ready - 1; event >= 0 && event >= ready - REACH; event--) {
      if (trace.task[event] === waker && trace.kind[event] !== EventKindCode['task-ready']) return event;
    }
    return ready;
  }

  /** As {@link deed}, where that concerns `object`; else the `task-ready` itself. */
  deedOn(object: ObjectId): number {
    const deed = this.deed();
    return this.trace.object[deed] === object ? deed : this.ready;
  }

  /**
   * Where the waker gave the lock to the woken task at once, the task's `acquire` stands before its
   * `task-ready`.
   */
  acquireOfWoken(object: ObjectId): number | undefined {
    const { trace, ready } = this;
    const deed = this.deed();
    const woken = trace.task[ready];
    for (let event = ready - 1; event > deed && deed !== ready; event--) {
      if (trace.task[event] !== woken) continue;
      const isAcquire = trace.kind[event] === EventKindCode['acquire'] && trace.object[event] === object;
      return isAcquire ? event : undefined;
    }
    return undefined;
  }

  /** The end of a task recorded just before the wake-up. */
  lastExit(): number | undefined {
    for (let event = this.ready - 1; event >= 0 && event >= this.ready - REACH; event--) {
      if (this.trace.kind[event] === EventKindCode['task-exit']) return event;
    }
    return undefined;
  }
}
