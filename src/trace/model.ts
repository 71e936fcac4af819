import { EVENT_KINDS } from '../protocol/trace-events';
import { EventLinks } from './event-links';
import type { EventReader } from './event-reader';
import { IntervalTracks } from './interval-tracks';
import { ObjectSeries } from './object-series';
import { ObjectTable } from './object-table';
import { OutputLines } from './output-lines';
import { TaskTable } from './task-table';
import type { Trace, TraceModel } from './trace';

/**
 * Computes the model of a trace that still grows: each {@link update} reads only the events that are new, and
 * its answer shares with the one before what did not change. Odd traces (tasks or objects never announced,
 * events missing, an end cut off) never throw; what makes no sense in them is skipped.
 */
export class ModelBuilder {
  private readonly tasks = new TaskTable();
  private readonly objects = new ObjectTable();
  private readonly tracks = new IntervalTracks(this.tasks);
  private readonly links = new EventLinks(this.tracks);
  private readonly series = new ObjectSeries(this.objects);
  private readonly output = new OutputLines(this.tasks);
  /** For each kind of event who wants to see it. Links come before tracks: see {@link EventLinks}. */
  private readonly readers = readersByKind([
    this.tasks,
    this.objects,
    this.links,
    this.tracks,
    this.series,
    this.output,
  ]);
  private position = 0;

  /** The model of `trace`, which is the trace of the call before or has grown out of it. */
  update(trace: Trace): TraceModel {
    this.advance(trace, trace.length);
    return this.modelOf(trace);
  }

  /** Reads the events before `end` without making a model of them yet. */
  advance(trace: Trace, end: number): void {
    const { kind } = trace;
    for (let event = this.position; event < end; event++) {
      const readers = this.readers[kind[event]];
      if (readers === undefined) continue;
      for (let index = 0; index < readers.length; index++) readers[index].read(trace, event);
    }
    this.position = Math.max(this.position, end);
  }

  private modelOf(trace: Trace): TraceModel {
    const endTime = trace.length === 0 ? 0 : trace.time[trace.length - 1];
    const taskByTid = this.tasks.snapshot();
    const objectById = this.objects.snapshot();
    const { end, panic } = this.output;
    return {
      trace,
      tasks: [...taskByTid.values()],
      taskByTid,
      objects: [...objectById.values()],
      objectById,
      intervals: this.tracks.snapshot(endTime, end === undefined),
      series: this.series.snapshot(),
      links: this.links.snapshot(trace),
      ...this.output.snapshot(),
      endTime,
      ...(end === undefined ? {} : { end }),
      ...(panic === undefined ? {} : { panic }),
    };
  }
}

/** The model of a whole trace. Never throws, whatever the trace holds. */
export function buildModel(trace: Trace): TraceModel {
  return new ModelBuilder().update(trace);
}

function readersByKind(readers: readonly EventReader[]): readonly (readonly EventReader[])[] {
  return EVENT_KINDS.map((kind) => readers.filter((reader) => reader.kinds.includes(kind)));
}
