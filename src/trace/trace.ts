import type { LinkList } from './link-list';
import type { ObjectId, Pid, Place, Tid } from '../protocol/ids';
import type { Program, RecordedSettings } from '../protocol/program';
import type {
  BlockReason,
  EndReason,
  ObjectType,
  ReadyCause,
  StartMethod,
  TaskState,
} from '../protocol/words';

/** What a trace says of itself before its first event. */
export interface TraceHeader {
  readonly clock: 'real' | 'virtual';
  readonly program?: Program;
  /** Of virtual time: how it was run. */
  readonly settings?: RecordedSettings;
  /** True until the run has ended; a trace cut short stays true. */
  readonly open: boolean;
}

/**
 * The events of a run, in the order in which they happened, as columns: row `i` of each column is event `i`.
 * The meaning of each column per kind stands in protocol/trace-events.ts. Immutable: a growing run gives a
 * new Trace, whose columns may be longer views of the same memory.
 */
export interface Trace {
  readonly header: TraceHeader;
  readonly length: number;
  readonly kind: Uint8Array;
  readonly detail: Uint8Array;
  readonly extra: Uint16Array;
  readonly task: Int32Array;
  /** Nanoseconds since the start of the run; never decreasing. */
  readonly time: Float64Array;
  readonly object: Int32Array;
  readonly place: Int32Array;
  readonly other: Int32Array;
  /** See protocol/trace-events.ts; texts are numbers into `strings`. */
  readonly value: Int32Array;
  readonly strings: readonly string[];
  /** Names of the program's files, by the file number of a Place. */
  readonly files: readonly string[];
}

export interface TaskInfo {
  readonly tid: Tid;
  /** Its process; equal to `tid` for a process's first task. */
  readonly pid: Pid;
  readonly creator: Tid;
  /** For a process: the parent now (after adoption). 0 for the first. */
  readonly parent: Pid;
  readonly name: string;
  readonly daemon: boolean;
  /** A thread that a library started for its own purposes, such as the feeder of a queue. */
  readonly machinery: boolean;
  readonly method: StartMethod;
  readonly createdAt: number;
  /** When it ended, or undefined while it lives. */
  readonly endedAt?: number;
  readonly status?: number;
  /** Why it ended, in words, where the kernel said so. */
  readonly ending?: string;
  readonly reapedAt?: number;
}

export interface ObjectInfo {
  readonly id: ObjectId;
  readonly type: ObjectType;
  /** The name of the variable that holds it, else kind and number: `queue 3`. */
  readonly name: string;
  readonly named: boolean;
  readonly creator: Tid;
  readonly createdAt: number;
  /** Capacity or initial value, by type; 0 for an unbounded queue. */
  readonly initial: number;
  /** The object it is machinery of, or 0. */
  readonly partOf: ObjectId;
}

/**
 * A task was in one state from `start` to `end` (nanoseconds). The last interval of a task that has not ended
 * reaches to the last event of the trace and is `open` while the run goes on.
 */
export interface Interval {
  readonly task: Tid;
  readonly state: TaskState;
  readonly start: number;
  readonly end: number;
  readonly open: boolean;
  /** For `blocked`. */
  readonly reason: BlockReason;
  readonly object: ObjectId;
  /** For `blocked`: whom it waits for where that is one task. */
  readonly other: Tid;
  readonly place: Place;
  /** The event that began it. */
  readonly event: number;
  /** For `blocked`: the `task-ready` event that ended it, or -1. */
  readonly endedBy: number;
  /** For `blocked`, where the task that woke it is machinery: the event by which the program brought that about. */
  readonly deed?: number;
  /** For `blocked`: how the wait ended. For `ready`: why the task became ready. */
  readonly cause?: ReadyCause | undefined;
}

/** A number that changes over time: depth of a queue, value of a semaphore. Steps, not slopes. */
export interface Series {
  readonly object: ObjectId;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly maximum: number;
}

/**
 * An arrow of the timeline from one task's moment to another's (of the same task, where it got back a message
 * of its own):
 * - `message`: the nth put to the nth get of an object, the nth send towards an end to its nth receive (a
 *   stream of bytes: each send to the receive that took its last byte), a job given to a pool to its
 *   beginning;
 * - `hand-over`: the release of a lock or semaphore to the acquire of the task it woke, of a GIL to that of
 *   its next holder;
 * - `start`: the creation of a task to its first moment of running;
 * - `join`: the end of a task to the wake-up of one that waited for it;
 * - `signal`: sent to taken (or to the end of the task that died of it);
 * - `notify`: a condition, event, barrier, count of unfinished items or result of a pool to the wake-up of
 *   one that waited on it.
 *
 * Where what the waker did is not in the trace, `fromEvent` is the `task-ready` event.
 */
export interface Link {
  readonly kind: 'message' | 'hand-over' | 'start' | 'join' | 'signal' | 'notify';
  readonly from: Tid;
  readonly to: Tid;
  readonly fromTime: number;
  readonly toTime: number;
  readonly object: ObjectId;
  readonly fromEvent: number;
  readonly toEvent: number;
}

export interface OutputLine {
  readonly event: number;
  readonly time: number;
  readonly task: Tid;
  readonly pid: Pid;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** Something found while running, tied to its event: describe-finding.ts makes a sentence of it. */
export interface TraceFinding {
  readonly event: number;
  readonly time: number;
}

/** Everything that views read, computed from a Trace and from nothing else. */
export interface TraceModel {
  readonly trace: Trace;
  /** In order of creation. */
  readonly tasks: readonly TaskInfo[];
  readonly taskByTid: ReadonlyMap<Tid, TaskInfo>;
  readonly objects: readonly ObjectInfo[];
  readonly objectById: ReadonlyMap<ObjectId, ObjectInfo>;
  /** Of each task, in order, without gaps from its creation to its end. */
  readonly intervals: ReadonlyMap<Tid, readonly Interval[]>;
  readonly series: readonly Series[];
  /** In the order of `toEvent`. */
  readonly links: LinkList;
  readonly output: readonly OutputLine[];
  readonly findings: readonly TraceFinding[];
  /** Nanoseconds of the last event. */
  readonly endTime: number;
  readonly end?: { readonly reason: EndReason; readonly status: number };
  /** The broken invariant that stopped the machine. */
  readonly panic?: string;
  /** Where machinery has been folded away: the model that still has it, for the names of what is left to name. */
  readonly unfolded?: TraceModel;
}
