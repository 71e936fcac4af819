import { NO_OBJECT, type ObjectId, type Tid } from '../protocol/ids';
import { REASONS_BY_OPERATION, WAITS_IN_JOIN } from '../protocol/program-waits';
import { EventKindCode } from '../protocol/trace-events';
import type { BlockReason } from '../protocol/words';
import { LinkCode, type LinkList } from './link-list';
import { callAround, objectsMadeInCalls, programCalls, type ProgramCall } from './program-calls';
import type { Interval, TaskInfo, Trace, TraceModel } from './trace';

/**
 * The model as the program's author sees the run: the machinery below the program's own operations (feeder threads, the
 * pipe and the locks inside a queue) folded away. A wait inside `q.get()` is a wait for `q` to have an item, and who ended
 * it is who put the item, not the feeder thread that carried it. The trace itself is the same.
 */
export function foldMachinery(model: TraceModel): TraceModel {
  let known = foldedModels.get(model);
  if (known === undefined) foldedModels.set(model, (known = fold(model)));
  return known;
}

/** Several views show the same run. */
const foldedModels = new WeakMap<TraceModel, TraceModel>();

function fold(model: TraceModel): TraceModel {
  const calls = programCalls(model.trace);
  const hasMachinery = model.tasks.some((task) => task.machinery) || model.objects.some((object) => object.partOf !== 0);
  if (!hasMachinery && calls.size === 0) return model;
  const inner = objectsMadeInCalls(model.trace, calls);
  const visible = (tid: Tid): boolean => !isMachinery(model.taskByTid.get(tid));
  const tasks = model.tasks.filter((task) => !task.machinery);
  const objects = model.objects.filter((object) => object.partOf === 0 && (object.named || !inner.has(object.id)));
  const objectById = new Map(objects.map((object) => [object.id, object]));
  const links = model.links.where((index) => {
    const object = model.links.object(index);
    return visible(model.links.fromTask(index)) && visible(model.links.toTask(index)) && (object === 0 || objectById.has(object));
  });
  const folding = new Folding(model, links);
  return {
    ...model,
    unfolded: model,
    tasks,
    taskByTid: new Map(tasks.map((task) => [task.tid, task])),
    objects,
    objectById,
    links,
    series: model.series.filter(({ object }) => objectById.has(object)),
    intervals: new Map(
      [...model.intervals].filter(([tid]) => visible(tid)).map(([tid, own]) => [tid, folding.intervals(own, calls.get(tid))]),
    ),
  };
}

function isMachinery(task: TaskInfo | undefined): boolean {
  return task?.machinery ?? false;
}

/** The event on the object by which another task ends a wait for this reason. */
const endingKinds: { readonly [Reason in BlockReason]?: number } = {
  'queue empty': EventKindCode.put,
  'queue full': EventKindCode.get,
  'pipe empty': EventKindCode.send,
  'pipe full': EventKindCode.receive,
  unfinished: EventKindCode['task-done'],
  event: EventKindCode.set,
  condition: EventKindCode.notify,
  lock: EventKindCode.release,
  semaphore: EventKindCode.release,
};

class Folding {
  constructor(
    private readonly model: TraceModel,
    private readonly links: LinkList,
  ) {}

  intervals(own: readonly Interval[], calls: readonly ProgramCall[] | undefined): readonly Interval[] {
    if (calls === undefined) return own;
    const folded: Interval[] = [];
    let call: ProgramCall | undefined;
    for (const interval of own) {
      const around = callAround(calls, interval.event);
      const last = folded.at(-1);
      // Between two waits of one operation the task runs for a moment only: one wait, as the program sees it.
      if (around !== undefined && around === call && last?.state === 'blocked' && isPartOfWait(interval, last)) {
        folded[folded.length - 1] = {
          ...last, end: interval.end, open: interval.open,
          ...(interval.state === 'blocked' && { endedBy: interval.endedBy, cause: interval.cause }),
        };
        continue;
      }
      call = around;
      folded.push(around === undefined ? interval : this.foldWait(interval, around));
    }
    return folded.map((interval) => this.withDeed(interval));
  }

  /** The wait in the program's terms; anything else as it is. */
  private foldWait(interval: Interval, call: ProgramCall): Interval {
    if (interval.state !== 'blocked' || interval.reason === 'gil') return interval;
    // The first put of a process waits for its feeder to begin, though there is room.
    if (interval.event > call.machineryFrom) return interval;
    if (call.object === 0) {
      const isJoin = call.name === 'join' && WAITS_IN_JOIN.has(interval.reason);
      return isJoin ? { ...interval, reason: 'join', object: NO_OBJECT } : interval;
    }
    const type = this.model.objectById.get(call.object)?.type;
    const reason = type === undefined ? undefined : REASONS_BY_OPERATION[type]?.[call.name];
    return reason === undefined ? interval : { ...interval, reason, object: call.object };
  }

  /** Finds what another task did, in the program's terms, to end the wait. */
  private withDeed(interval: Interval): Interval {
    if (interval.state !== 'blocked' || interval.cause !== 'woken') return interval;
    const { trace } = this.model;
    const waker = this.model.taskByTid.get(trace.other[interval.endedBy] as Tid);
    const isPart = (this.model.objectById.get(trace.object[interval.endedBy] as ObjectId)?.partOf ?? 0) !== 0;
    if (!isMachinery(waker) && !isPart) return interval;
    const kind = endingKinds[interval.reason];
    if (kind === undefined) return interval;
    const deed = this.messageTo(interval) ?? lastBefore(trace, interval, kind);
    return deed === undefined ? interval : { ...interval, deed };
  }

  /** Where the wait was for an item: the event that put it. */
  private messageTo(interval: Interval): number | undefined {
    const { links } = this;
    for (let index = links.firstEndingFrom(interval.endedBy); index < links.length; index++) {
      if (links.kinds[index] === LinkCode.message && links.toTask(index) === interval.task) {
        return links.object(index) === interval.object ? links.fromEvents[index] : undefined;
      }
    }
    return undefined;
  }
}

/** How far back the deed is looked for: what ended the wait is recent, and a trace may have a million events. */
const REACH = 2000;

function lastBefore(trace: Trace, interval: Interval, kind: number): number | undefined {
  for (let event = interval.endedBy - 1; event >= Math.max(interval.event, interval.endedBy - REACH); event--) {
    const isIt = trace.kind[event] === kind && trace.object[event] === interval.object;
    if (isIt && trace.task[event] !== interval.task) return event;
  }
  return undefined;
}

/** A moment of running or being ready between two waits of the same operation, or the second of these waits. */
function isPartOfWait(interval: Interval, wait: Interval): boolean {
  if (interval.state === 'blocked') return interval.reason !== 'gil';
  return interval.state === 'ready' && interval.cause === 'woken' && interval.end - interval.start < (wait.end - wait.start) / 10;
}
