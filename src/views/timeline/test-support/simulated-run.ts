import { makePlace } from '../../../protocol/ids';
import { EventKindCode, valueOfInteger, valueOfString, type EventKind } from '../../../protocol/trace-events';
import {
  BlockReasonCode, EndReasonCode, ObjectTypeCode, ReadyCauseCode, StartMethodCode, type BlockReason, type ObjectType,
} from '../../../protocol/words';
import { TraceBuilder } from '../../../trace/trace-builder';
import type { Trace } from '../../../trace/trace';

/** What a simulated task does next; the answer of `spawn` is the number of the new task. */
export type Act =
  | { readonly act: 'work' | 'sleep'; readonly for: number; readonly line: number }
  | { readonly act: 'put' | 'get' | 'acquire' | 'release' | 'set' | 'await'; readonly on: number; readonly line: number }
  | { readonly act: 'print'; readonly text: string; readonly line: number }
  | { readonly act: 'spawn'; readonly name: string; readonly thread: boolean; readonly body: Body; readonly line: number }
  | { readonly act: 'join'; readonly task: number; readonly line: number }
  | { readonly act: 'die'; readonly status: number };
export type Body = () => Generator<Act, void, number>;

interface Task {
  readonly tid: number;
  readonly pid: number;
  readonly steps: Generator<Act, void, number>;
  status: number | undefined;
  place: number;
}
interface Waiter {
  readonly task: Task;
  /** It waits to put; else to take. */
  readonly puts: boolean;
  readonly retry: () => void;
}
interface Thing {
  readonly type: ObjectType;
  readonly capacity: number;
  /** Items, permits, or 1 for a set event. */
  count: number;
  readonly waiters: Waiter[];
}

/** A generator of numbers below 1 from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Runs little programs in a time of its own and records what a kernel would: a source of traces that make sense, of any
 * length, the same for the same seed.
 */
export class SimulatedRun {
  readonly random: () => number;
  private now = 0;
  private readonly builder = new TraceBuilder({ clock: 'virtual' });
  private readonly agenda: { readonly time: number; readonly order: number; readonly act: () => void }[] = [];
  private readonly tasks = new Map<number, Task>();
  private readonly things = new Map<number, Thing>();
  private readonly joiners = new Map<number, (() => void)[]>();
  private order = 0;
  private nextTid = 2;
  private nextObject = 1;
  private items = 0;

  constructor(seed = 1) {
    this.random = randomFrom(seed);
    this.builder.addFile(0, 'main.js');
  }

  /** Makes a queue, lock, semaphore or event for the tasks; made by the first task at the beginning. */
  object(type: ObjectType, name: string, capacity = 0): number {
    const id = this.nextObject++;
    const count = type === 'semaphore' ? capacity : type === 'lock' ? 1 : 0;
    this.things.set(id, { type, capacity, count, waiters: [] });
    this.emit('object-new', 2, { detail: ObjectTypeCode[type], object: id, other: capacity, place: 3, value: this.text(name) });
    return id;
  }

  /** Runs `body` as the first process, and all that it starts, until nothing is left to do or `until`. */
  run(name: string, body: Body, until = Infinity): Trace {
    this.start(0, name, 'initial', body, 1);
    for (;;) {
      const next = this.takeNext();
      if (next === undefined || next.time > until) break;
      this.now = next.time;
      next.act();
    }
    if (until < Infinity) this.now = until;
    this.emit('run-end', 0, { detail: EndReasonCode[until < Infinity ? 'stopped' : 'finished'] });
    return this.builder.snapshot();
  }

  private start(creator: number, name: string, method: 'initial' | 'fork' | 'thread', body: Body, line: number): number {
    const tid = this.nextTid++;
    const pid = method === 'thread' ? (this.tasks.get(creator)?.pid ?? tid) : tid;
    const task: Task = { tid, pid, steps: body(), status: undefined, place: line };
    this.tasks.set(tid, task);
    this.emit('task-new', creator, {
      other: tid, object: pid, detail: StartMethodCode[method], place: line, value: this.text(name),
    });
    this.later(method === 'thread' ? 20e3 : 400e3 * (0.5 + this.random()), () => {
      this.emit('task-ready', tid, { detail: ReadyCauseCode.started, other: creator, place: line });
      this.dispatch(task, () => this.go(task, 0));
    });
    return tid;
  }

  /** Goes on with the task once it has a processor. */
  private dispatch(task: Task, resume: () => void): void {
    this.later(2e3 + this.random() ** 6 * 400e3, () => {
      this.emit('task-run', task.tid, {});
      resume();
    });
  }

  private go(task: Task, answer: number): void {
    const { done, value: next } = task.steps.next(answer);
    if (done === true) {
      this.end(task, 0);
      return;
    }
    if (next.act !== 'die') task.place = next.line;
    switch (next.act) {
      case 'work': return this.later(next.for * (0.6 + 0.8 * this.random()), () => this.go(task, 0));
      case 'sleep':
        this.block(task, 'sleep', 0, 0);
        return this.later(next.for, () => this.wake(task, 0, 'timed out', () => this.go(task, 0)));
      case 'print':
        this.emit('output', task.tid, { detail: 1, place: next.line, value: this.text(`${next.text}\n`) });
        return this.later(3e3, () => this.go(task, 0));
      case 'spawn': {
        const tid = this.start(task.tid, next.name, next.thread ? 'thread' : 'fork', next.body, next.line);
        return this.later(next.thread ? 15e3 : 180e3, () => this.go(task, tid));
      }
      case 'join': return this.join(task, next.task);
      case 'die': return this.end(task, next.status);
      default: return this.operate(task, next.act, next.on);
    }
  }

  private operate(task: Task, act: 'put' | 'get' | 'acquire' | 'release' | 'set' | 'await', on: number): void {
    const thing = this.things.get(on);
    if (thing === undefined) throw new Error(`unknown object ${on} in a simulated run`);
    const attempt = (): void => {
      const full = act === 'put' && thing.capacity > 0 && thing.count >= thing.capacity;
      const empty = (act === 'get' || act === 'acquire' || act === 'await') && thing.count === 0;
      if (full || empty) {
        const reason = waitReason(thing.type, full);
        this.block(task, reason, on, 0);
        thing.waiters.push({ task, puts: full, retry: attempt });
        return;
      }
      if (act === 'put' || act === 'release') thing.count++;
      if (act === 'get' || act === 'acquire') thing.count--;
      if (act === 'set') thing.count = 1;
      const kind: EventKind = act === 'await' ? 'line' : act;
      const value = act === 'put' || act === 'get' ? (valueOfInteger(++this.items % 1000) ?? 0) : 0;
      this.emit(kind, task.tid, { object: on, other: thing.count, place: task.place, value });
      if (act !== 'acquire') this.wakeWaiters(task, on, thing, act);
      this.later(1e3 + this.random() * 3e3, () => this.go(task, 0));
    };
    attempt();
  }

  private wakeWaiters(by: Task, on: number, thing: Thing, act: Act['act']): void {
    const woken = thing.waiters.filter(({ puts }) => puts === (act === 'get')).slice(0, act === 'set' ? Infinity : 1);
    for (const waiter of woken) {
      const { task, retry } = waiter;
      thing.waiters.splice(thing.waiters.indexOf(waiter), 1);
      const { tid } = task;
      this.emit('task-ready', tid, { detail: ReadyCauseCode.woken, other: by.tid, object: on, place: by.place });
      this.later(2e3 + this.random() ** 4 * 60e3, () => {
        this.emit('task-run', tid, {});
        retry();
      });
    }
  }

  private join(task: Task, tid: number): void {
    const target = this.tasks.get(tid);
    const collect = (): void => {
      if (target !== undefined && target.pid === tid) this.emit('task-reap', task.tid, { other: tid, place: task.place });
      this.later(2e3, () => this.go(task, 0));
    };
    if (target === undefined || target.status !== undefined) return collect();
    this.block(task, 'join', 0, tid);
    const waiting = this.joiners.get(tid) ?? [];
    waiting.push(() => this.wake(task, tid, 'woken', collect));
    this.joiners.set(tid, waiting);
  }

  private block(task: Task, reason: BlockReason, object: number, other: number): void {
    this.emit('task-block', task.tid, { detail: BlockReasonCode[reason], object, other, place: task.place });
  }

  private wake(task: Task, by: number, cause: 'woken' | 'timed out', resume: () => void): void {
    this.emit('task-ready', task.tid, { detail: ReadyCauseCode[cause], other: by });
    this.dispatch(task, resume);
  }

  private end(task: Task, status: number): void {
    task.status = status;
    this.emit('task-exit', task.tid, { other: status, place: task.place });
    for (const resume of this.joiners.get(task.tid) ?? []) resume();
  }

  private later(delay: number, act: () => void): void {
    // In no order: the agenda has an entry for each task at most, and few tasks.
    this.agenda.push({ time: this.now + delay, order: this.order++, act });
  }

  private takeNext(): { readonly time: number; readonly act: () => void } | undefined {
    const { agenda } = this;
    let best = 0;
    for (let index = 1; index < agenda.length; index++) {
      const [one, other] = [agenda[index], agenda[best]];
      if (one.time < other.time || (one.time === other.time && one.order < other.order)) best = index;
    }
    return agenda.splice(best, 1)[0];
  }

  private emit(kind: EventKind, task: number, fields: Partial<Record<'detail' | 'object' | 'other' | 'place' | 'value', number>>): void {
    const { detail = 0, object = 0, other = 0, place = 0, value = 0 } = fields;
    this.builder.addEvent({
      kind: EventKindCode[kind], detail, extra: 0, task, time: Math.round(this.now), object,
      place: place === 0 ? 0 : makePlace(0, place), other, value,
    });
  }

  private text(text: string): number {
    return valueOfString(this.builder.internText(text));
  }
}

function waitReason(type: ObjectType, full: boolean): BlockReason {
  if (type === 'queue') return full ? 'queue full' : 'queue empty';
  if (type === 'lock') return 'lock';
  return type === 'semaphore' ? 'semaphore' : 'event';
}
