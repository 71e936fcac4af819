import type { Pid, Tid } from '../protocol/ids';
import { EventKindCode, type EventKind } from '../protocol/trace-events';
import { START_METHODS } from '../protocol/words';
import type { EventReader } from './event-reader';
import { eventText, wordOf } from './event-values';
import type { TaskInfo, Trace } from './trace';

type Draft = { -readonly [Field in keyof TaskInfo]: TaskInfo[Field] };

/** Bits of `extra` in a `task-new` event. */
const DAEMON = 1;
const MACHINERY = 2;

/** Whether a `task-new` event is that of a library's own thread. */
export function isMachinery(trace: Trace, event: number): boolean {
  return (trace.extra[event] & MACHINERY) !== 0;
}

/** The tasks of a run by number, from the events that create, name, adopt and end them. */
export class TaskTable implements EventReader {
  readonly kinds: readonly EventKind[] = [
    'task-new',
    'task-ready',
    'task-run',
    'task-block',
    'task-exit',
    'task-reap',
    'task-adopt',
    'task-name',
    'task-stop',
    'task-continue',
  ];
  private readonly drafts = new Map<Tid, Draft>();
  private readonly infos = new Map<Tid, TaskInfo>();
  private readonly changed = new Set<Tid>();

  read(trace: Trace, event: number): void {
    const task = trace.task[event] as Tid;
    const other = trace.other[event] as Tid;
    switch (trace.kind[event]) {
      case EventKindCode['task-new']:
        this.create(trace, event);
        return;
      case EventKindCode['task-exit']:
        this.exit(trace, event, this.known(trace, event, task));
        return;
      case EventKindCode['task-reap']:
        this.change(other, (draft) => (draft.reapedAt ??= trace.time[event]));
        return;
      case EventKindCode['task-adopt']:
        this.change(task, (draft) => (draft.parent = other));
        return;
      case EventKindCode['task-name']: {
        const name = eventText(trace, event);
        if (name !== undefined) this.change(other > 0 ? other : task, (draft) => (draft.name = name));
        return;
      }
      default:
        this.known(trace, event, task);
    }
  }

  /** The process of a task; a task never heard of counts as a process of its own. */
  pidOf(tid: Tid): Pid {
    return this.drafts.get(tid)?.pid ?? tid;
  }

  isProcess(tid: Tid): boolean {
    return this.pidOf(tid) === tid;
  }

  /**
   * All tasks in order of creation, by number; unchanged tasks are the same objects as in the answer before.
   */
  snapshot(): ReadonlyMap<Tid, TaskInfo> {
    for (const tid of this.changed) {
      const draft = this.drafts.get(tid);
      if (draft !== undefined) this.infos.set(tid, { ...draft });
    }
    this.changed.clear();
    return new Map(this.infos);
  }

  private create(trace: Trace, event: number): void {
    const tid = trace.other[event] as Tid;
    if (tid <= 0 || this.drafts.has(tid)) return;
    const creator = trace.task[event] as Tid;
    const object = trace.object[event] as Pid;
    const pid = object > 0 ? object : tid;
    this.add({
      tid,
      pid,
      creator,
      parent: creator > 0 && pid === tid ? this.pidOf(creator) : (0 as Pid),
      name: eventText(trace, event) ?? `task ${tid}`,
      daemon: (trace.extra[event] & DAEMON) !== 0,
      machinery: isMachinery(trace, event),
      method: wordOf(START_METHODS, trace.detail[event]),
      createdAt: trace.time[event],
    });
  }

  /**
   * The draft of a task; one whose creation is missing from the trace is taken for a process created here.
   */
  private known(trace: Trace, event: number, tid: Tid): Draft | undefined {
    const draft = this.drafts.get(tid);
    if (draft !== undefined || tid <= 0) return draft;
    return this.add({
      tid,
      pid: tid,
      creator: 0 as Tid,
      parent: 0 as Pid,
      name: `task ${tid}`,
      daemon: false,
      machinery: false,
      method: 'initial',
      createdAt: trace.time[event],
    });
  }

  private add(draft: Draft): Draft {
    this.drafts.set(draft.tid, draft);
    this.changed.add(draft.tid);
    return draft;
  }

  private exit(trace: Trace, event: number, draft: Draft | undefined): void {
    if (draft === undefined || draft.endedAt !== undefined) return;
    draft.endedAt = trace.time[event];
    draft.status = trace.other[event];
    const ending = eventText(trace, event);
    if (ending !== undefined) draft.ending = ending;
    this.changed.add(draft.tid);
  }

  private change(tid: Tid, edit: (draft: Draft) => void): void {
    const draft = this.drafts.get(tid);
    if (draft === undefined) return;
    edit(draft);
    this.changed.add(tid);
  }
}
