import { INIT_PID, type Pid, type Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import type { TaskState } from '../protocol/words';
import { intervalAt, stateAt } from '../trace/lookup';
import type { Interval, TaskInfo, Trace, TraceModel } from '../trace/trace';

/** A process at a moment, with its threads and children. */
export interface ProcessNode {
  readonly pid: Pid;
  /** Undefined for init, which is no task of the program's. */
  readonly info: TaskInfo | undefined;
  readonly state: TaskState;
  readonly interval: Interval | undefined;
  /** Whose child it is now. */
  readonly parent: Pid;
  /** Who created it, where that one ended before it and init has taken it over. */
  readonly orphanOf: Pid | undefined;
  readonly threads: readonly ThreadNode[];
  readonly children: readonly ProcessNode[];
}

export interface ThreadNode {
  readonly info: TaskInfo;
  readonly state: TaskState;
  readonly interval: Interval | undefined;
}

interface Adoption {
  readonly time: number;
  readonly parent: Pid;
}

const adoptions = new WeakMap<Trace, ReadonlyMap<Tid, readonly Adoption[]>>();

/** The processes that exist at a moment (or did before), as children of whose child each is at that moment. */
export function processTreeAt(model: TraceModel, moment: number): readonly ProcessNode[] {
  const time = Math.min(moment, model.endTime);
  const changes = adoptionsOf(model.trace);
  const present = model.tasks.filter((task) => task.createdAt <= time);
  const threads = new Map<Pid, ThreadNode[]>();
  const parents = new Map<Pid, Pid>();
  const children = new Map<Pid, TaskInfo[]>();
  for (const info of present) {
    if (info.tid !== info.pid) {
      const node = { info, state: stateAt(model, info.tid, time), interval: intervalAt(model, info.tid, time) };
      append(threads, info.pid, node);
    } else {
      const born = bornTo(model, info);
      const parent = changes.get(info.tid)?.findLast((change) => change.time <= time)?.parent ?? born;
      parents.set(info.pid, parent);
      append(children, parent, info);
    }
  }
  const nodeOf = (info: TaskInfo): ProcessNode => {
    const parent = parents.get(info.pid) ?? INIT_PID;
    const born = bornTo(model, info);
    return {
      pid: info.pid, info, parent,
      state: stateAt(model, info.tid, time),
      interval: intervalAt(model, info.tid, time),
      orphanOf: born !== parent && born !== INIT_PID ? born : undefined,
      threads: threads.get(info.pid) ?? [],
      children: childrenOf(info.pid),
    };
  };
  const childrenOf = (pid: Pid): readonly ProcessNode[] => (children.get(pid) ?? []).map(nodeOf);
  const isRoot = (pid: Pid): boolean => !parents.has(pid);
  const roots = [...children.keys()].filter(isRoot).flatMap((pid) => {
    const own = childrenOf(pid);
    // Init is worth showing where it has taken over somebody; the first process alone hangs in the air.
    if (pid !== INIT_PID || !own.some(({ orphanOf }) => orphanOf !== undefined)) return own;
    const init: ProcessNode = {
      pid: INIT_PID, info: undefined, state: 'running', interval: undefined, parent: 0 as Pid, orphanOf: undefined, threads: [],
      children: own,
    };
    return [init];
  });
  return roots;
}

/** All processes of a tree, each before its children, with how deep it stands. */
export function flattenTree(roots: readonly ProcessNode[]): readonly { readonly node: ProcessNode; readonly depth: number }[] {
  const flat: { node: ProcessNode; depth: number }[] = [];
  const visit = (node: ProcessNode, depth: number): void => {
    flat.push({ node, depth });
    for (const child of node.children) visit(child, depth + 1);
  };
  for (const root of roots) visit(root, 0);
  return flat;
}

function bornTo(model: TraceModel, info: TaskInfo): Pid {
  return model.taskByTid.get(info.creator)?.pid ?? INIT_PID;
}

function adoptionsOf(trace: Trace): ReadonlyMap<Tid, readonly Adoption[]> {
  const known = adoptions.get(trace);
  if (known !== undefined) return known;
  const found = new Map<Tid, Adoption[]>();
  for (let event = 0; event < trace.length; event++) {
    if (trace.kind[event] !== EventKindCode['task-adopt']) continue;
    append(found, trace.task[event] as Tid, { time: trace.time[event], parent: trace.other[event] as Pid });
  }
  adoptions.set(trace, found);
  return found;
}

function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [item]);
  else known.push(item);
}
