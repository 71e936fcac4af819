import { INIT_PID } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import { ObjectTypeCode, StartMethodCode } from '../../protocol/words';
import type { EventColumns } from '../../trace/growing-columns';
import type { Found } from './finder';

const {
  'task-new': TASK_NEW, 'task-exit': TASK_EXIT, 'task-reap': TASK_REAP, 'object-new': OBJECT_NEW, 'object-part': OBJECT_PART,
  'put': PUT, 'get': GET,
} = EventKindCode;
const QUEUES = new Set<number>([ObjectTypeCode.queue, ObjectTypeCode['joinable queue'], ObjectTypeCode['simple queue']]);
const MACHINERY = 2;

interface Child {
  readonly parent: number;
  readonly place: number;
  hasEnded: boolean;
}

/** What is left when it should not be: children that nobody collected, items that nobody took. */
export class Leftovers {
  private readonly children = new Map<number, Child>();
  private readonly pids = new Map<number, number>();
  private readonly queues = new Map<number, { items: number; task: number; place: number }>();

  /** `found` at this event: a parent that ends leaves the children that ended before it uncollected. */
  read(columns: EventColumns, row: number, found: Found[]): void {
    const task = columns.task[row];
    const object = columns.object[row];
    const other = columns.other[row];
    switch (columns.kind[row]) {
      case TASK_NEW:
        this.pids.set(other, object);
        // A process is its own pid; the machine's first has no parent that could wait for it.
        if (object === other && task > INIT_PID && columns.detail[row] !== StartMethodCode.initial && (columns.extra[row] & MACHINERY) === 0) {
          this.children.set(other, { parent: this.pids.get(task) ?? task, place: columns.place[row], hasEnded: false });
        }
        return;
      case TASK_EXIT: {
        const child = this.children.get(task);
        if (child !== undefined) child.hasEnded = true;
        for (const [pid, { parent, place, hasEnded }] of this.children) {
          if (parent !== task || !hasEnded) continue;
          found.push({ kind: 'child never joined', task, other: pid, object: 0, place });
          this.children.delete(pid);
        }
        return;
      }
      case TASK_REAP:
        this.children.delete(other);
        return;
      case OBJECT_NEW:
        if (QUEUES.has(columns.detail[row])) this.queues.set(object, { items: 0, task, place: 0 });
        return;
      case OBJECT_PART:
        this.queues.delete(object);
        return;
      case PUT: {
        const queue = this.queues.get(object);
        if (queue === undefined) return;
        queue.items = other;
        queue.task = task;
        queue.place = columns.place[row]!;
        return;
      }
      case GET: {
        const queue = this.queues.get(object);
        if (queue !== undefined) queue.items = other;
        return;
      }
      default:
    }
  }

  /** The run has ended. */
  end(found: Found[]): void {
    for (const [object, { items, task, place }] of this.queues) {
      if (items > 0) found.push({ kind: 'queue never drained', task, other: 0, object, place, data: { items } });
    }
  }
}
