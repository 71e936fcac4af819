import { acquireLock, createLock, releaseLock } from '../../../kernel/sync/lock';
import { DONE, PARKED } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { ValueError } from '../errors';
import { block, deadlineOf, k, refuseWhileLoading, type WaitOptions } from '../runtime';
import { Attached, KernelObject, canBeSent, makeObject } from './kernel-object';
import { offer } from './offered';

/** What `withLock` can hold. */
export interface Holdable {
  acquire(options?: WaitOptions): boolean;
  release(): void;
}

/** What Lock and RLock have in common. */
export abstract class LockBase extends KernelObject implements Holdable {
  acquire(options?: WaitOptions): boolean {
    if (k.loading) refuseWhileLoading('acquire');
    const deadline = options === undefined ? Infinity : deadlineOf(options);
    let outcome = acquireLock(k, this.at, deadline);
    while (outcome === PARKED) {
      block();
      outcome = acquireLock(k, this.at, deadline);
    }
    return outcome === DONE;
  }

  release(): void {
    if (releaseLock(k, this.at) !== DONE) this.refuseRelease();
  }

  protected abstract refuseRelease(): never;
}

export class Lock extends LockBase {
  constructor(from?: Attached) {
    super(from instanceof Attached ? from.at : newLock(ObjectTypeCode.lock, k.takeName()));
  }

  protected override refuseRelease(): never {
    throw new ValueError('release of a lock that is not held: each release needs an acquire before it');
  }
}

export class RLock extends LockBase {
  constructor(from?: Attached) {
    super(from instanceof Attached ? from.at : newLock(ObjectTypeCode.rlock, k.takeName()));
  }

  protected override refuseRelease(): never {
    throw new ValueError(
      'release of an RLock that this task does not hold: only its owner can, once for each acquire',
    );
  }
}

export function newLock(type: number, name: string): number {
  return makeObject(type, () => createLock(k, type, name));
}

/** Runs `action` while `lock` is held, and releases it however the action ends. */
export function withLock<T>(lock: Holdable, action: () => T): T {
  const { place } = k;
  lock.acquire();
  try {
    return action();
  } finally {
    // It is released where it was taken, not where the action ended.
    k.place = place;
    lock.release();
  }
}

offer({ Lock, RLock, withLock });
canBeSent(ObjectTypeCode.lock, Lock);
canBeSent(ObjectTypeCode.rlock, RLock);
