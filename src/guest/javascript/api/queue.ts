import {
  createQueue,
  joinQueue,
  putQueue,
  queueCapacity,
  queueCount,
  queueTaskDone,
  takeQueue,
} from '../../../kernel/ipc/queue';
import { DONE, EAGAIN, ETIMEDOUT, PARKED } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { decodeInPlace, decodeMessage, encodeMessage } from '../codec/codec';
import { Empty, Full, TimeoutError, ValueError } from '../errors';
import { previewOf } from '../preview';
import {
  block,
  blocking,
  deadlineAfter,
  deadlineOf,
  k,
  refuseWhileLoading,
  type WaitOptions,
} from '../runtime';
import { Attached, KernelObject, canBeSent, makeObject } from './kernel-object';
import { offer } from './offered';
import { refuseMessage } from './refuse-message';

const NOW: WaitOptions = { block: false };

/** What all queues have. */
abstract class QueueBase extends KernelObject {
  put(value: unknown, options?: WaitOptions): void {
    if (k.loading) refuseWhileLoading('put');
    const deadline = options === undefined ? Infinity : deadlineOf(options);
    const length = encodeMessage(value);
    const preview = k.tracing ? previewOf(value) : 0;
    let outcome = putQueue(k, this.at, length, preview, deadline);
    while (outcome === PARKED) {
      block();
      outcome = putQueue(k, this.at, length, preview, deadline);
    }
    if (outcome !== DONE) refusePut(this.at, outcome);
  }

  get(options?: WaitOptions): unknown {
    if (k.loading) refuseWhileLoading('get');
    const deadline = options === undefined ? Infinity : deadlineOf(options);
    let outcome = takeQueue(k, this.at, deadline);
    while (outcome === PARKED) {
      block();
      outcome = takeQueue(k, this.at, deadline);
    }
    if (outcome !== DONE) refuseGet(outcome);
    return k.messageAt === 0 ? decodeMessage() : decodeInPlace();
  }

  /** Whether nothing is in it; may be out of date the next moment. */
  empty(): boolean {
    k.look();
    return queueCount(k, this.at) === 0;
  }
}

export class Queue extends QueueBase {
  constructor(capacity: number | Attached = 0) {
    super(capacity instanceof Attached ? capacity.at : newQueue(ObjectTypeCode.queue, capacity));
  }

  putNoWait(value: unknown): void {
    this.put(value, NOW);
  }

  getNoWait(): unknown {
    return this.get(NOW);
  }

  /** Whether it holds as much as it may; may be out of date the next moment. */
  full(): boolean {
    k.look();
    const capacity = queueCapacity(k, this.at);
    return capacity > 0 && queueCount(k, this.at) >= capacity;
  }

  /** How many messages are in it; may be out of date the next moment. */
  qsize(): number {
    k.look();
    return queueCount(k, this.at);
  }
}

export class JoinableQueue extends Queue {
  constructor(capacity: number | Attached = 0) {
    super(
      capacity instanceof Attached
        ? capacity
        : new Attached(newQueue(ObjectTypeCode['joinable queue'], capacity)),
    );
  }

  /** One message that was got has been dealt with. */
  taskDone(): void {
    if (k.loading) refuseWhileLoading('taskDone');
    if (queueTaskDone(k, this.at) !== DONE) {
      throw new ValueError('taskDone called more often than there were messages');
    }
  }

  /** Waits until every message that was put has been reported done. */
  join(timeout?: number): void {
    if (k.loading) refuseWhileLoading('join');
    const deadline = deadlineAfter(timeout);
    if (blocking(() => joinQueue(k, this.at, deadline)) !== DONE) {
      throw new TimeoutError(`the queue has messages that are not reported done after ${timeout} seconds`);
    }
  }
}

/** A queue without a limit, and without ways to look before one puts or gets. */
export class SimpleQueue extends QueueBase {
  constructor(from?: Attached) {
    super(from instanceof Attached ? from.at : newQueue(ObjectTypeCode['simple queue'], 0));
  }
}

function newQueue(type: number, capacity: number): number {
  if (!Number.isInteger(capacity)) {
    throw new ValueError(`invalid capacity: ${String(capacity)} is not a whole number`);
  }
  const name = k.takeName();
  return makeObject(type, () => createQueue(k, type, Math.max(0, capacity), name));
}

function refusePut(at: number, outcome: number): never {
  if (outcome === EAGAIN || outcome === ETIMEDOUT) {
    throw new Full(
      `the queue is full: it holds ${queueCapacity(k, at)} messages and nobody took one out in time`,
    );
  }
  refuseMessage(outcome, 'put');
}

function refuseGet(outcome: number): never {
  if (outcome === EAGAIN || outcome === ETIMEDOUT) {
    throw new Empty('the queue is empty: nothing was put into it in time');
  }
  throw new ValueError(`get failed (${outcome})`);
}

offer({ JoinableQueue, Queue, SimpleQueue });
canBeSent(ObjectTypeCode.queue, Queue);
canBeSent(ObjectTypeCode['joinable queue'], JoinableQueue);
canBeSent(ObjectTypeCode['simple queue'], SimpleQueue);
