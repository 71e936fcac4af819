import type { ObjectId } from '../protocol/ids';
import { EventKindCode, type EventKind } from '../protocol/trace-events';
import { OBJECT_TYPES, type ObjectType } from '../protocol/words';
import type { EventReader } from './event-reader';
import { eventValue, wordOf } from './event-values';
import { GrowingNumbers } from './growing-columns';
import type { ObjectTable } from './object-table';
import type { Series, Trace } from './trace';

interface Steps {
  readonly times: GrowingNumbers;
  readonly values: GrowingNumbers;
  maximum: number;
  /** For a pipe: bytes on their way towards each end. For a pool: jobs that wait in [0]. */
  readonly parts: [number, number];
}

const startsEmpty = new Set<ObjectType>([
  'queue',
  'joinable queue',
  'simple queue',
  'pipe',
  'pool',
  'connection',
]);
const startsWithInitial = new Set<ObjectType>(['semaphore', 'bounded semaphore', 'value']);
const counts = new Set<ObjectType>(['semaphore', 'bounded semaphore']);
const stores = new Set<ObjectType>(['value', 'array']);

/**
 * How a number of each object changes: items in a queue, bytes in a pipe (both ways together), jobs that wait
 * in a pool, the value of a semaphore, slot 0 of a shared value or array, a variable that is a number.
 */
export class ObjectSeries implements EventReader {
  readonly kinds: readonly EventKind[] = [
    'object-new',
    'put',
    'get',
    'send',
    'receive',
    'acquire',
    'release',
    'store',
    'job-submit',
    'job-start',
    'variable',
  ];
  private readonly steps = new Map<ObjectId, Steps>();

  constructor(private readonly objects: ObjectTable) {}

  read(trace: Trace, event: number): void {
    const id = trace.object[event] as ObjectId;
    const other = trace.other[event];
    switch (trace.kind[event]) {
      case EventKindCode['object-new']: {
        const type = wordOf(OBJECT_TYPES, trace.detail[event]);
        if (startsEmpty.has(type)) this.step(trace, event, id, 0);
        else if (startsWithInitial.has(type)) this.step(trace, event, id, other);
        return;
      }
      case EventKindCode['put']:
      case EventKindCode['get']:
        this.step(trace, event, id, other);
        return;
      case EventKindCode['send']:
      case EventKindCode['receive']: {
        const { parts } = this.stepsOf(id);
        parts[trace.detail[event] === 1 ? 1 : 0] = other;
        this.step(trace, event, id, parts[0] + parts[1]);
        return;
      }
      case EventKindCode['acquire']:
      case EventKindCode['release']:
        if (counts.has(this.objects.typeOf(id))) this.step(trace, event, id, other);
        return;
      case EventKindCode['store']:
        if (other === 0 && stores.has(this.objects.typeOf(id))) this.store(trace, event, id);
        return;
      case EventKindCode['variable']:
        this.store(trace, event, id);
        return;
      case EventKindCode['job-submit']:
      case EventKindCode['job-start']: {
        const { parts } = this.stepsOf(id);
        parts[0] = Math.max(0, parts[0] + (trace.kind[event] === EventKindCode['job-submit'] ? 1 : -1));
        this.step(trace, event, id, parts[0]);
        return;
      }
      default:
    }
  }

  snapshot(): readonly Series[] {
    const series: Series[] = [];
    for (const [object, { times, values, maximum }] of this.steps) {
      series.push({ object, times: times.view(), values: values.view(), maximum });
    }
    return series;
  }

  private store(trace: Trace, event: number, id: ObjectId): void {
    const value = eventValue(trace, event);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) this.step(trace, event, id, number);
  }

  private stepsOf(id: ObjectId): Steps {
    let steps = this.steps.get(id);
    if (steps === undefined) {
      steps = { times: new GrowingNumbers(), values: new GrowingNumbers(), maximum: 0, parts: [0, 0] };
      this.steps.set(id, steps);
    }
    return steps;
  }

  private step(trace: Trace, event: number, id: ObjectId, value: number): void {
    if (id <= 0) return;
    const steps = this.stepsOf(id);
    steps.times.push(trace.time[event]);
    steps.values.push(value);
    if (value > steps.maximum) steps.maximum = value;
  }
}
