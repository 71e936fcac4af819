import { NO_OBJECT, NO_PLACE, NO_TASK, type ObjectId, type Place, type Tid } from '../protocol/ids';
import { EventKindCode, type EventKind } from '../protocol/trace-events';
import {
  BLOCK_REASONS,
  READY_CAUSES,
  type BlockReason,
  type ReadyCause,
  type TaskState,
} from '../protocol/words';
import type { EventReader } from './event-reader';
import { wordOf } from './event-values';
import type { TaskTable } from './task-table';
import type { Interval, Trace } from './trace';

/** What a task is doing since `start`; `state` is `dead` once nothing follows. */
interface Track {
  readonly task: Tid;
  readonly closed: Interval[];
  state: TaskState;
  start: number;
  event: number;
  place: Place;
  reason: BlockReason;
  object: ObjectId;
  other: Tid;
  cause: ReadyCause | undefined;
  /** The answer to the last snapshot, while nothing changed since. */
  view: readonly Interval[] | undefined;
}

/** The states of each task, one after the other, from the events that change them. */
export class IntervalTracks implements EventReader {
  readonly kinds: readonly EventKind[] = [
    'task-new',
    'task-ready',
    'task-run',
    'task-block',
    'task-exit',
    'task-reap',
    'task-stop',
    'task-continue',
  ];
  private readonly tracks = new Map<Tid, Track>();

  constructor(private readonly tasks: TaskTable) {}

  read(trace: Trace, event: number): void {
    const kind = trace.kind[event];
    const concerned = kind === EventKindCode['task-new'] || kind === EventKindCode['task-reap'];
    const tid = (concerned ? trace.other[event] : trace.task[event]) as Tid;
    if (tid <= 0) return;
    const known = this.tracks.get(tid);
    if (kind === EventKindCode['task-reap']) {
      if (known?.state === 'zombie') this.enter(known, 'dead', trace, event);
      return;
    }
    const track = known ?? this.begin(tid, trace, event);
    const { state } = track;
    if (state === 'zombie' || state === 'dead') return;
    switch (kind) {
      case EventKindCode['task-ready']:
        this.becomeReady(track, trace, event, wordOf(READY_CAUSES, trace.detail[event]));
        return;
      case EventKindCode['task-continue']:
        if (state === 'stopped') this.becomeReady(track, trace, event, 'continued');
        return;
      case EventKindCode['task-run']:
        if (state !== 'running') this.enter(track, 'running', trace, event);
        return;
      case EventKindCode['task-block']:
        this.enter(track, 'blocked', trace, event);
        track.reason = wordOf(BLOCK_REASONS, trace.detail[event]);
        track.object = trace.object[event] as ObjectId;
        track.other = trace.other[event] as Tid;
        // A task begins to wait for the GIL because another has it; the place is the other's.
        if (track.reason === 'gil') track.place = NO_PLACE;
        return;
      case EventKindCode['task-stop']:
        if (state !== 'stopped') this.enter(track, 'stopped', trace, event);
        return;
      case EventKindCode['task-exit']:
        this.enter(track, this.tasks.isProcess(tid) ? 'zombie' : 'dead', trace, event);
        return;
      default:
    }
  }

  /** What a task waits for just now, or undefined while it is not blocked. */
  waitOf(
    tid: Tid,
  ): { readonly reason: BlockReason; readonly object: ObjectId; readonly other: Tid } | undefined {
    const track = this.tracks.get(tid);
    return track?.state === 'blocked' ? track : undefined;
  }

  /**
   * The intervals of each task; the last one of a task that has not ended reaches to `endTime`, and is `open`
   * while the run goes on.
   */
  snapshot(endTime: number, open: boolean): ReadonlyMap<Tid, readonly Interval[]> {
    const intervals = new Map<Tid, readonly Interval[]>();
    for (const [tid, track] of this.tracks) {
      track.view ??= track.closed.slice();
      intervals.set(
        tid,
        track.state === 'dead' ? track.view : [...track.view, intervalOf(track, endTime, open, -1)],
      );
    }
    return intervals;
  }

  private begin(tid: Tid, trace: Trace, event: number): Track {
    const track: Track = {
      task: tid,
      closed: [],
      state: 'new',
      start: trace.time[event],
      event,
      place: NO_PLACE,
      reason: 'none',
      object: NO_OBJECT,
      other: NO_TASK,
      cause: undefined,
      view: undefined,
    };
    this.tracks.set(tid, track);
    return track;
  }

  private becomeReady(track: Track, trace: Trace, event: number, cause: ReadyCause): void {
    if (track.state === 'ready') {
      track.cause = cause;
      return;
    }
    const endedBy = track.state === 'blocked' ? event : -1;
    if (endedBy >= 0) track.cause = cause;
    this.enter(track, 'ready', trace, event, endedBy);
    track.cause = cause;
    // The place of a task-ready event is the waker's.
    track.place = NO_PLACE;
  }

  private enter(track: Track, state: TaskState, trace: Trace, event: number, endedBy = -1): void {
    const now = trace.time[event];
    // A task that is first heard of in the middle of its life was never seen new.
    if (track.state !== 'new' || track.event !== event) {
      track.closed.push(intervalOf(track, now, false, endedBy));
      track.view = undefined;
    }
    track.state = state;
    track.start = now;
    track.event = event;
    track.place = trace.place[event] as Place;
    track.reason = 'none';
    track.object = NO_OBJECT;
    track.other = NO_TASK;
    track.cause = undefined;
  }
}

function intervalOf(track: Track, end: number, open: boolean, endedBy: number): Interval {
  const { task, state, start, reason, object, other, place, event, cause } = track;
  return { task, state, start, end, open, reason, object, other, place, event, endedBy, cause };
}
