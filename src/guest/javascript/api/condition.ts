import {
  conditionLock,
  createCondition,
  notifyCondition,
  waitCondition,
} from '../../../kernel/sync/condition';
import { acquireLock, restoreDepth } from '../../../kernel/sync/lock';
import { OBJECT_TYPE } from '../../../kernel/layout';
import { DONE, EPERM, PARKED } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { ValueError } from '../errors';
import { block, deadlineAfter, k, refuseWhileLoading, type WaitOptions } from '../runtime';
import { Attached, KernelObject, canBeSent, knownObject, makeObject } from './kernel-object';
import { Lock, LockBase, RLock, newLock, type Holdable } from './lock';
import { offer } from './offered';

export class Condition extends KernelObject implements Holdable {
  /** The lock that it belongs to. */
  readonly lock: LockBase;

  constructor(lock?: LockBase | Attached) {
    if (lock instanceof Attached) {
      super(lock.at);
      this.lock = lockAt(conditionLock(k, lock.at));
      return;
    }
    const name = k.takeName();
    if (lock !== undefined && !(lock instanceof LockBase)) {
      throw new TypeError('invalid lock: a Condition takes a Lock or an RLock');
    }
    const own =
      lock ?? new RLock(new Attached(newLock(ObjectTypeCode.rlock, name === '' ? '' : `${name}.lock`)));
    super(makeObject(ObjectTypeCode.condition, () => createCondition(k, own.at, name)));
    this.lock = own;
  }

  acquire(options?: WaitOptions): boolean {
    return this.lock.acquire(options);
  }

  release(): void {
    this.lock.release();
  }

  /**
   * Gives the lock up, waits to be notified, and takes the lock again. False where the time was over first.
   */
  wait(timeout?: number): boolean {
    return this.waitUntil(deadlineAfter(timeout));
  }

  /**
   * Waits until `predicate` answers something true, and answers it; after `timeout` seconds what it answers
   * then.
   */
  waitFor<T>(predicate: () => T, timeout?: number): T {
    const deadline = deadlineAfter(timeout);
    let result = predicate();
    while (!result) {
      const notified = this.waitUntil(deadline);
      result = predicate();
      if (!notified) break;
    }
    return result;
  }

  notify(count = 1): void {
    if (k.loading) refuseWhileLoading('notify');
    if (notifyCondition(k, this.at, count) === EPERM) {
      throw new ValueError(
        'notify of a condition whose lock is not held: acquire it first, or use withLock(condition, ...)',
      );
    }
  }

  notifyAll(): void {
    this.notify(Infinity);
  }

  private waitUntil(deadline: number): boolean {
    if (k.loading) refuseWhileLoading('wait');
    let outcome = waitCondition(k, this.at, deadline);
    while (outcome === PARKED) {
      block();
      outcome = waitCondition(k, this.at, deadline);
    }
    if (outcome === EPERM) {
      throw new ValueError(
        'wait for a condition whose lock is not held: acquire it first, or use withLock(condition, ...)',
      );
    }
    const depth = k.result;
    const lock = this.lock.at;
    while (acquireLock(k, lock, Infinity) === PARKED) block();
    if (depth > 0) restoreDepth(k, lock, depth);
    return outcome === DONE;
  }
}

function lockAt(at: number): LockBase {
  const known = knownObject(at);
  if (known instanceof LockBase) return known;
  return k.words[at + OBJECT_TYPE] === ObjectTypeCode.rlock
    ? new RLock(new Attached(at))
    : new Lock(new Attached(at));
}

offer({ Condition });
canBeSent(ObjectTypeCode.condition, Condition);
