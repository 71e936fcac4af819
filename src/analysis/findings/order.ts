import { EventKindCode } from '../../protocol/trace-events';
import { ObjectTypeCode, ReadyCauseCode, StartMethodCode } from '../../protocol/words';
import type { EventColumns } from '../../trace/growing-columns';
import { Clocks } from './clocks';

const {
  'task-new': TASK_NEW, 'task-ready': TASK_READY, 'task-reap': TASK_REAP, 'task-join': TASK_JOIN, 'object-new': OBJECT_NEW,
  'acquire': ACQUIRE, 'release': RELEASE, 'notify': NOTIFY, 'set': SET, 'barrier-arrive': ARRIVE, 'put': PUT, 'get': GET,
  'task-done': TASK_DONE, 'send': SEND, 'receive': RECEIVE, 'signal-send': SIGNAL_SEND, 'job-submit': JOB_SUBMIT,
  'job-start': JOB_START, 'job-end': JOB_END,
} = EventKindCode;

/**
 * Happens-before (Lamport 1978) as a trace shows it: a task's own deeds in their order, start and join, the release of a lock
 * and the next acquire, a put and the gets after it, a wake-up. What two tasks do that is ordered by none of these could have
 * been done in either order. Where it is in doubt (all puts come before each get) more is ordered, not less.
 */
export class Order {
  readonly clocks = new Clocks();
  /** GILs: that a thread waits until another is off the CPU orders nothing that the program can rely on. */
  private readonly gils = new Set<number>();

  read(columns: EventColumns, row: number): void {
    const { clocks } = this;
    const task = columns.task[row];
    const object = columns.object[row];
    const other = columns.other[row];
    if (object !== 0 && this.gils.has(object)) return;
    switch (columns.kind[row]) {
      case TASK_NEW:
        if (columns.detail[row] === StartMethodCode.coroutine) clocks.alias(other, task);
        else clocks.pass(task, other);
        return;
      case TASK_READY:
        if (columns.detail[row] === ReadyCauseCode.woken && other !== 0) clocks.pass(other, task);
        return;
      case TASK_REAP:
      case TASK_JOIN:
        clocks.pass(other, task);
        return;
      case OBJECT_NEW:
        if (columns.detail[row] === ObjectTypeCode.gil) this.gils.add(object);
        return;
      case ARRIVE:
        clocks.take(task, object);
        clocks.leave(task, object);
        return;
      case RELEASE:
      case NOTIFY:
      case SET:
      case PUT:
      case TASK_DONE:
      case SEND:
      case SIGNAL_SEND:
      case JOB_SUBMIT:
      case JOB_END:
        clocks.leave(task, object);
        return;
      case ACQUIRE:
      case GET:
      case RECEIVE:
      case JOB_START:
        clocks.take(task, object);
        return;
      default:
    }
  }
}
