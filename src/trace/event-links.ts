import type { ObjectId, Tid } from '../protocol/ids';
import { EventKindCode, type EventKind } from '../protocol/trace-events';
import { READY_CAUSES, type BlockReason } from '../protocol/words';
import type { EventReader } from './event-reader';
import { eventValue, wordOf } from './event-values';
import type { IntervalTracks } from './interval-tracks';
import { LinkCode, LinkList } from './link-list';
import { BytesUnderWay, PendingEvents } from './pending-events';
import type { Link, Trace } from './trace';
import { WakerSearch } from './waker-search';

const FIRST_CAPACITY = 1024;

const handedOver = new Set<BlockReason>(['lock', 'semaphore']);
const notified = new Set<BlockReason>(['condition', 'event', 'barrier', 'unfinished', 'pool']);
const joined = new Set<BlockReason>(['join', 'wait']);

/**
 * The arrows between tasks: what one did and the other noticed, ordered by the event that noticed. Must be
 * shown an event before {@link IntervalTracks}, for what a task waited for is forgotten when it becomes
 * ready.
 */
export class EventLinks implements EventReader {
  readonly kinds: readonly EventKind[] = [
    'put',
    'get',
    'send',
    'receive',
    'task-new',
    'task-run',
    'task-ready',
    'task-block',
    'task-exit',
    'acquire',
    'release',
    'signal-send',
    'signal-deliver',
    'job-submit',
    'job-start',
  ];
  private codes = new Uint8Array(FIRST_CAPACITY);
  private fromEvents = new Int32Array(FIRST_CAPACITY);
  private toEvents = new Int32Array(FIRST_CAPACITY);
  private count = 0;
  /** Items in each queue. */
  private readonly items = new Map<ObjectId, PendingEvents>();
  /** Messages in each pipe, by object and direction. */
  private readonly bytes = new Map<number, BytesUnderWay>();
  /** Creation of the tasks that have not run yet. */
  private readonly created = new Map<Tid, number>();
  private readonly exits = new Map<Tid, number>();
  private lastExit: number | undefined;
  /** Jobs that wait in a pool, by pool and number. */
  private readonly jobs = new Map<string, number>();
  /** By target and signal number; a signal that is pending already is not sent twice. */
  private readonly signals = new Map<number, PendingEvents>();
  /** What made the task ready that is about to acquire `object`. */
  private readonly handOvers = new Map<Tid, { readonly from: number; readonly object: ObjectId }>();
  /**
   * The last release of each object. The next holder of a GIL is not woken by it, but takes it when
   * dispatched.
   */
  private readonly lastRelease = new Map<ObjectId, number>();

  constructor(private readonly tracks: IntervalTracks) {}

  read(trace: Trace, event: number): void {
    const task = trace.task[event] as Tid;
    const object = trace.object[event] as ObjectId;
    const detail = trace.detail[event];
    switch (trace.kind[event]) {
      case EventKindCode['put']:
        entryOf(this.items, object, PendingEvents).push(event);
        return;
      case EventKindCode['get']:
        this.answer(entryOf(this.items, object, PendingEvents), 'message', event);
        return;
      case EventKindCode['send']:
        entryOf(this.bytes, object * 2 + (detail === 1 ? 1 : 0), BytesUnderWay).send(
          event,
          trace.other[event],
        );
        return;
      case EventKindCode['receive']: {
        const way = entryOf(this.bytes, object * 2 + (detail === 1 ? 1 : 0), BytesUnderWay);
        const nothing = eventValue(trace, event) === 0;
        for (const sent of way.receive(trace.other[event], nothing)) this.add('message', sent, event);
        return;
      }
      case EventKindCode['task-new']:
        this.created.set(trace.other[event] as Tid, event);
        return;
      case EventKindCode['task-run']:
        this.start(trace, event, task);
        return;
      case EventKindCode['task-ready']:
        this.wake(trace, event, task);
        return;
      case EventKindCode['task-block']:
        this.handOvers.delete(task);
        return;
      case EventKindCode['acquire']:
        this.acquire(event, task, object);
        return;
      case EventKindCode['release']:
        this.lastRelease.set(object, event);
        return;
      case EventKindCode['task-exit']: {
        if (!this.exits.has(task)) this.exits.set(task, event);
        this.lastExit = event;
        const status = trace.other[event];
        if (status < 0) this.takeSignal(event, task, -status);
        return;
      }
      case EventKindCode['signal-send']:
        entryOf(this.signals, trace.other[event] * 256 + detail, PendingEvents).push(event);
        return;
      case EventKindCode['signal-deliver']:
        this.takeSignal(event, task, detail);
        return;
      case EventKindCode['job-submit']:
        this.jobs.set(`${object} ${trace.other[event]}`, event);
        return;
      case EventKindCode['job-start']: {
        const job = `${object} ${trace.other[event]}`;
        const submitted = this.jobs.get(job);
        this.jobs.delete(job);
        if (submitted !== undefined) this.add('message', submitted, event);
        return;
      }
      default:
    }
  }

  /** The links so far: views of columns whose first rows do not change any more. */
  snapshot(trace: Trace): LinkList {
    const { count } = this;
    return new LinkList(trace, {
      kinds: this.codes.subarray(0, count), fromEvents: this.fromEvents.subarray(0, count), toEvents: this.toEvents.subarray(0, count),
    });
  }

  private acquire(event: number, task: Tid, object: ObjectId): void {
    const wait = this.tracks.waitOf(task);
    if (wait?.reason === 'gil' && wait.object === object) {
      const release = this.lastRelease.get(object);
      if (release !== undefined) this.add('hand-over', release, event);
      return;
    }
    const handOver = this.handOvers.get(task);
    if (handOver === undefined || handOver.object !== object) return;
    this.handOvers.delete(task);
    this.add('hand-over', handOver.from, event);
  }

  private start(trace: Trace, event: number, task: Tid): void {
    const created = this.created.get(task);
    if (created === undefined) return;
    this.created.delete(task);
    if (trace.task[created] > 0) this.add('start', created, event);
  }

  private wake(trace: Trace, event: number, task: Tid): void {
    const wait = this.tracks.waitOf(task);
    if (wait === undefined || wordOf(READY_CAUSES, trace.detail[event]) !== 'woken') return;
    const { reason } = wait;
    const search = new WakerSearch(trace, event);
    if (handedOver.has(reason)) {
      const deed = search.deedOn(wait.object);
      // A wake-up that a dying task passes on stems from the release that had woken that task.
      const from = deed === event ? (this.lastRelease.get(wait.object) ?? event) : deed;
      const acquired = search.acquireOfWoken(wait.object);
      if (acquired !== undefined) this.add('hand-over', from, acquired);
      else if (trace.other[event] > 0) this.handOvers.set(task, { from, object: wait.object });
    } else if (notified.has(reason)) {
      const from = search.deedOn(wait.object);
      // A job is a message already; only its result comes without a sign of who takes it.
      if (trace.other[event] > 0 && trace.kind[from] !== EventKindCode['job-submit'])
        this.add('notify', from, event);
    } else if (joined.has(reason)) {
      // Whoever waits for any child is woken by the exit recorded just before, whoever brought that about.
      const exit = wait.other > 0 ? this.exits.get(wait.other) : this.lastExit;
      if (exit !== undefined) this.add('join', exit, event);
    }
  }

  /** A signal that was sent several times before it was taken is taken once. */
  private takeSignal(event: number, task: Tid, signal: number): void {
    const pending = this.signals.get(task * 256 + signal);
    if (pending === undefined) return;
    this.answer(pending, 'signal', event);
    pending.clear();
  }

  private answer(pending: PendingEvents, kind: Link['kind'], event: number): void {
    const from = pending.shift();
    if (from !== undefined) this.add(kind, from, event);
  }

  private add(kind: Link['kind'], fromEvent: number, toEvent: number): void {
    const index = this.count++;
    if (index === this.codes.length) {
      this.codes = longer(this.codes, new Uint8Array(index * 2));
      this.fromEvents = longer(this.fromEvents, new Int32Array(index * 2));
      this.toEvents = longer(this.toEvents, new Int32Array(index * 2));
    }
    this.codes[index] = LinkCode[kind];
    this.fromEvents[index] = fromEvent;
    this.toEvents[index] = toEvent;
  }
}

function longer<Column extends Uint8Array | Int32Array>(old: Column, fresh: Column): Column {
  fresh.set(old);
  return fresh;
}

function entryOf<Key, Entry>(table: Map<Key, Entry>, key: Key, Class: new () => Entry): Entry {
  let entry = table.get(key);
  if (entry === undefined) table.set(key, (entry = new Class()));
  return entry;
}
