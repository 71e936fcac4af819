import type { ObjectId, Pid, Tid } from '../../protocol/ids';
import { IntervalTrack } from '../../render/interval-track';
import { LinkTrack } from '../../render/link-lines';
import { STYLE_COUNT } from '../../render/palette';
import { StepTrack } from '../../render/step-chart';
import type { TimeRange } from '../../render/viewport';
import type { LinkList } from '../../trace/link-list';
import type { Interval, ObjectInfo, TaskInfo, Trace, TraceModel } from '../../trace/trace';
import { intervalStyleCode } from './interval-style';
import { appendMarkers, MarkerTrack } from './markers';
import { OwnerReader, type OwnerLane } from './owner-lanes';
import { PoolReader } from './pool-workers';

/** What is drawn for one task. */
export interface TaskLane {
  readonly tid: Tid;
  readonly info: TaskInfo;
  readonly intervals: readonly Interval[];
  /** The same intervals, by the same index. */
  readonly track: IntervalTrack;
  readonly markers: MarkerTrack;
}

/** A process: its first task, then its threads in order of creation. */
export interface ProcessGroup {
  readonly pid: Pid;
  /** Place among the processes, from 0: picks the colour. */
  readonly order: number;
  readonly lanes: readonly TaskLane[];
}

/** What is drawn for one object whose number changes. */
export interface ObjectLane {
  readonly info: ObjectInfo;
  readonly track: StepTrack;
  readonly least: number;
  readonly greatest: number;
  /** The most it can hold; undefined where there is no bound. */
  readonly capacity: number | undefined;
}

/** Everything the timeline draws, as columns. Tracks are shared with what was derived before and grow in place. */
export interface TimelineData {
  readonly model: TraceModel;
  readonly bounds: TimeRange;
  readonly processes: readonly ProcessGroup[];
  readonly lanes: ReadonlyMap<Tid, TaskLane>;
  readonly objects: readonly ObjectLane[];
  /** Who had which lock or GIL, then who ran on which CPU. */
  readonly owners: readonly OwnerLane[];
  readonly links: LinkTrack;
  /** The pool that each worker of one works for. */
  readonly pools: ReadonlyMap<Tid, ObjectId>;
}

interface DerivedTracks {
  readonly track: IntervalTrack;
  readonly markers: MarkerTrack;
  last: Interval | undefined;
}

/** Events or arrows read in one step. */
const STEP = 1 << 16;

const capacityTypes = new Set<ObjectInfo['type']>(['queue', 'joinable queue', 'pipe', 'bounded semaphore']);

/**
 * Derives what is drawn from models that grow out of each other: what an earlier model had is not read again. Given a
 * model of another run it begins anew.
 */
export class TimelineDeriver {
  private tracks = new Map<Tid, DerivedTracks>();
  private charts = new Map<ObjectId, StepTrack>();
  private links = new LinkTrack();
  private ownerReader = new OwnerReader();
  private poolReader = new PoolReader();
  private events = 0;
  private trace: Trace | undefined;
  private lastLinks: LinkList | undefined;

  derive(model: TraceModel): TimelineData {
    const steps = this.steps(model);
    for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
  }

  /** The same, a step of some milliseconds at a time; whoever begins must go on to the end. */
  *steps(model: TraceModel): Generator<undefined, TimelineData> {
    if (!this.continues(model)) this.reset();
    const { trace, links } = model;
    this.trace = trace;
    const lanes = new Map<Tid, TaskLane>();
    for (const info of model.tasks) {
      lanes.set(info.tid, this.laneOf(model, info));
      yield;
    }
    while (this.events < trace.length) {
      this.readTo(trace, Math.min(trace.length, this.events + STEP));
      yield;
    }
    while (this.links.count < links.length) {
      const to = Math.min(links.length, this.links.count + STEP);
      for (let index = this.links.count; index < to; index++) {
        this.links.append(trace.time[links.fromEvents[index]], trace.time[links.toEvents[index]], links.kinds[index]);
      }
      yield;
    }
    this.lastLinks = links;
    const objects: ObjectLane[] = [];
    for (const series of model.series) {
      const info = model.objectById.get(series.object);
      // What never changed is said in the view of memory.
      if (info === undefined || (info.type === 'variable' && series.times.length < 2)) continue;
      objects.push(this.objectOf(info, series.times, series.values));
      yield;
    }
    return {
      model,
      bounds: { start: 0, end: Math.max(model.endTime, 1) },
      processes: groupByProcess(lanes),
      lanes,
      objects,
      owners: this.ownerReader.lanes(model),
      links: this.links,
      pools: this.poolReader.workers(model),
    };
  }

  /** Reads the events of a trace that is itself still being read; {@link steps} of its model, or of that model folded, go on from there. */
  readEvents(trace: Trace): void {
    this.trace = trace;
    this.readTo(trace, trace.length);
  }

  private readTo(trace: Trace, end: number): void {
    appendMarkers(trace, this.events, end, (tid) => this.tracksOf(tid as Tid).markers);
    this.ownerReader.read(trace, this.events, end);
    this.poolReader.read(trace, this.events, end);
    this.events = end;
  }

  private tracksOf(tid: Tid): DerivedTracks {
    let known = this.tracks.get(tid);
    if (known === undefined) {
      known = { track: new IntervalTrack(STYLE_COUNT), markers: new MarkerTrack(), last: undefined };
      this.tracks.set(tid, known);
    }
    return known;
  }

  /** Whether `model` holds what was read already: the same trace, or one that has grown out of it. */
  private continues(model: TraceModel): boolean {
    const { trace } = this;
    if (trace === undefined || model.trace.length < trace.length || model.links.length < this.links.count) return false;
    const { lastLinks } = this;
    if (lastLinks !== undefined && lastLinks.length > 0 && !model.links.agreesWith(lastLinks, lastLinks.length - 1)) return false;
    return trace.length === 0 || (trace.header.program === model.trace.header.program
      && model.trace.time[trace.length - 1] === trace.time[trace.length - 1]
      && model.trace.time[0] === trace.time[0]);
  }

  private reset(): void {
    this.tracks = new Map();
    this.charts = new Map();
    this.links = new LinkTrack();
    this.ownerReader = new OwnerReader();
    this.poolReader = new PoolReader();
    this.events = 0;
    this.lastLinks = undefined;
  }

  private laneOf(model: TraceModel, info: TaskInfo): TaskLane {
    const intervals = model.intervals.get(info.tid) ?? [];
    const known = this.tracksOf(info.tid);
    const { track } = known;
    // The last interval of a model is made anew in the next one, where it may have ended or grown.
    if (track.count > 0 && intervals[track.count - 1] !== known.last) track.truncate(track.count - 1);
    for (let index = track.count; index < intervals.length; index++) {
      const { start, end, state, reason } = intervals[index];
      track.append(start, end, intervalStyleCode(state, reason));
    }
    known.last = intervals[track.count - 1];
    return { tid: info.tid, info, intervals, track, markers: known.markers };
  }

  private objectOf(info: ObjectInfo, times: Float64Array, values: Float64Array): ObjectLane {
    const track = this.charts.get(info.id) ?? new StepTrack();
    this.charts.set(info.id, track);
    track.update(times, values);
    track.span(0, track.count);
    const { least, greatest } = track;
    const capacity = capacityTypes.has(info.type) && info.initial > 0 ? info.initial : undefined;
    return { info, track, least: Math.min(0, least), greatest: Math.max(0, greatest), capacity };
  }
}

/**
 * Lets what is still going on reach to `time`. A run that does nothing but run records no events, and yet its time
 * passes.
 */
export function extendOpen(data: TimelineData, time: number): void {
  for (const { intervals, track } of data.lanes.values()) {
    if (intervals[track.count - 1]?.open === true) track.extendLast(time);
  }
}

/** Processes in order of creation. A thread whose process is unknown stands for itself. */
function groupByProcess(lanes: ReadonlyMap<Tid, TaskLane>): readonly ProcessGroup[] {
  const groups = new Map<Pid, TaskLane[]>();
  for (const lane of lanes.values()) {
    const group = groups.get(lane.info.pid);
    if (group === undefined) groups.set(lane.info.pid, [lane]);
    else if (lane.tid === lane.info.pid) group.unshift(lane);
    else group.push(lane);
  }
  return [...groups].map(([pid, members], order) => ({ pid, order, lanes: members }));
}
