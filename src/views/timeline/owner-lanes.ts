import type { ObjectId, Tid } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import { ObjectTypeCode, ReadyCauseCode } from '../../protocol/words';
import { IntervalTrack } from '../../render/interval-track';
import { STYLE_COUNT } from '../../render/palette';
import { StepTrack } from '../../render/step-chart';
import type { Trace, TraceModel } from '../../trace/trace';

/** Turns of tasks at something that one has at a time: a CPU, a lock, a GIL. */
export interface OwnerLane {
  readonly key: string;
  /** Undefined for a CPU. */
  readonly object: ObjectId | undefined;
  readonly cpu: number;
  /** The style of a turn is the place of its process among the colours of processes. */
  readonly track: IntervalTrack;
  /** By the same index: who has it, and the event by which it came to have it. */
  readonly owners: readonly Tid[];
  readonly events: readonly number[];
  /** How many wait for it. */
  readonly waiters: StepTrack | undefined;
  readonly mostWaiters: number;
}

/** As many processes have a colour of their own. */
export const OWNER_STYLES = 8;

/** No machine has more; a damaged trace may name any number. */
const CPU_AT_MOST = 255;

const READ = new Uint8Array(256);
for (const kind of [
  'task-new', 'object-new', 'acquire', 'release', 'task-run', 'task-block', 'task-ready', 'task-exit', 'task-stop',
] as const) READ[EventKindCode[kind]] = 1;

const owned = new Set([ObjectTypeCode.lock, ObjectTypeCode.rlock, ObjectTypeCode.gil]);

/** One lane as it grows. */
class Turns {
  readonly track = new IntervalTrack(STYLE_COUNT);
  readonly owners: Tid[] = [];
  readonly events: number[] = [];
  readonly times: number[] = [];
  readonly counts: number[] = [];
  readonly waiters = new StepTrack();
  mostWaiters = 0;
  holder: Tid | undefined;
  depth = 0;

  open(task: Tid, event: number, time: number, style: number): void {
    this.close(time);
    this.holder = task;
    this.depth = 1;
    this.owners.push(task);
    this.events.push(event);
    this.track.append(time, time, style);
  }

  close(time: number): void {
    if (this.holder === undefined) return;
    this.holder = undefined;
    this.track.extendLast(time);
  }

  waitersBy(step: number, time: number): void {
    const count = Math.max(0, (this.counts.at(-1) ?? 0) + step);
    if (count > this.mostWaiters) this.mostWaiters = count;
    if (this.times.at(-1) === time) this.counts[this.counts.length - 1] = count;
    else {
      this.times.push(time);
      this.counts.push(count);
    }
  }
}

/** Reads who ran on which CPU and who had which lock, event by event, as a trace grows. */
export class OwnerReader {
  private readonly cpus = new Map<number, Turns>();
  private readonly objects = new Map<ObjectId, Turns>();
  /** The CPU that each running task is on, and the object that each blocked one waits for. */
  private readonly running = new Map<Tid, number>();
  private readonly waiting = new Map<Tid, Turns>();
  private readonly styles = new Map<Tid, number>();
  private processes = 0;

  /** Reads the events `from` to `to` (exclusive). */
  read(trace: Trace, from: number, to: number): void {
    const { kind } = trace;
    for (let event = from; event < to; event++) if (READ[kind[event]] === 1) this.readEvent(trace, event);
  }

  /** The lanes of what `model` shows; what is held now is held until `end`. */
  lanes(model: TraceModel): readonly OwnerLane[] {
    const end = model.endTime;
    const lanes: OwnerLane[] = [];
    for (const [object, turns] of this.objects) {
      const info = model.objectById.get(object);
      const seen = info !== undefined && turns.owners.length > 0;
      // A lock without a name is a library's: shown where it was waited for, and the library's own threads are shown.
      const tells = turns.mostWaiters > 0 && model.tasks.length === this.styles.size;
      if (seen && (info.named || info.type === 'gil' || tells)) lanes.push(this.laneOf(`owner ${object}`, turns, end, object, -1));
    }
    for (const [cpu, turns] of [...this.cpus].sort(([a], [b]) => a - b)) {
      lanes.push(this.laneOf(`cpu ${cpu}`, turns, end, undefined, cpu));
    }
    return lanes;
  }

  private laneOf(key: string, turns: Turns, end: number, object: ObjectId | undefined, cpu: number): OwnerLane {
    if (turns.holder !== undefined) turns.track.extendLast(end);
    const { track, owners, events, waiters, mostWaiters } = turns;
    if (object !== undefined) waiters.update(Float64Array.from(turns.times), Float64Array.from(turns.counts));
    return { key, object, cpu, track, owners, events, mostWaiters, waiters: object === undefined ? undefined : waiters };
  }

  private readEvent(trace: Trace, event: number): void {
    const task = trace.task[event] as Tid;
    const time = trace.time[event];
    const object = trace.object[event] as ObjectId;
    switch (trace.kind[event]) {
      case EventKindCode['task-new']: {
        const pid = object as number as Tid;
        const created = trace.other[event] as Tid;
        const own = created === pid ? this.processes++ % OWNER_STYLES : (this.styles.get(pid) ?? 0);
        this.styles.set(created, own);
        return;
      }
      case EventKindCode['object-new']:
        if (owned.has(trace.detail[event])) this.objects.set(object, new Turns());
        return;
      case EventKindCode.acquire: {
        const turns = this.objects.get(object);
        if (turns === undefined) return;
        if (turns.holder === task) turns.depth++;
        else turns.open(task, event, time, this.styles.get(task) ?? 0);
        return;
      }
      case EventKindCode.release: {
        const turns = this.objects.get(object);
        if (turns !== undefined && --turns.depth <= 0) turns.close(time);
        return;
      }
      case EventKindCode['task-run']:
        this.run(task, trace.other[event], event, time);
        return;
      case EventKindCode['task-block']: {
        this.leave(task, time);
        const turns = this.objects.get(object);
        if (turns === undefined) return;
        turns.waitersBy(1, time);
        this.waiting.set(task, turns);
        return;
      }
      case EventKindCode['task-ready']:
        if (trace.detail[event] === ReadyCauseCode.preempted) this.leave(task, time);
        this.stopWaiting(task, time);
        return;
      case EventKindCode['task-exit']:
      case EventKindCode['task-stop']:
        this.leave(task, time);
        this.stopWaiting(task, time);
        return;
      default:
    }
  }

  private run(task: Tid, cpu: number, event: number, time: number): void {
    this.stopWaiting(task, time);
    if (cpu < 0 || cpu > CPU_AT_MOST) return;
    let turns = this.cpus.get(cpu);
    if (turns === undefined) this.cpus.set(cpu, (turns = new Turns()));
    const before = turns.holder;
    if (before !== undefined) this.running.delete(before);
    turns.open(task, event, time, this.styles.get(task) ?? 0);
    this.running.set(task, cpu);
  }

  private leave(task: Tid, time: number): void {
    const cpu = this.running.get(task);
    if (cpu === undefined) return;
    this.running.delete(task);
    this.cpus.get(cpu)?.close(time);
  }

  private stopWaiting(task: Tid, time: number): void {
    const turns = this.waiting.get(task);
    if (turns === undefined) return;
    this.waiting.delete(task);
    turns.waitersBy(-1, time);
  }
}
