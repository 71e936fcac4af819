import {
  SEMAPHORE_MAXIMUM,
  acquireSemaphore,
  createSemaphore,
  releaseSemaphore,
  semaphoreValue,
} from '../../../kernel/sync/semaphore';
import { DONE, PARKED } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { ValueError } from '../errors';
import { block, deadlineOf, k, refuseWhileLoading, type WaitOptions } from '../runtime';
import { Attached, KernelObject, canBeSent, makeObject } from './kernel-object';
import type { Holdable } from './lock';
import { offer } from './offered';

export class Semaphore extends KernelObject implements Holdable {
  constructor(value: number | Attached = 1) {
    super(
      value instanceof Attached ? value.at : newSemaphore(ObjectTypeCode.semaphore, value, SEMAPHORE_MAXIMUM),
    );
  }

  acquire(options?: WaitOptions): boolean {
    if (k.loading) refuseWhileLoading('acquire');
    const deadline = deadlineOf(options);
    let outcome = acquireSemaphore(k, this.at, deadline);
    while (outcome === PARKED) {
      block();
      outcome = acquireSemaphore(k, this.at, deadline);
    }
    return outcome === DONE;
  }

  release(count = 1): void {
    if (!Number.isInteger(count) || count < 1) {
      throw new ValueError(`invalid count: ${String(count)} is not 1 or more`);
    }
    if (releaseSemaphore(k, this.at, count) !== DONE) this.refuseRelease();
  }

  /** How many could acquire it now without waiting. */
  getValue(): number {
    k.look();
    return semaphoreValue(k, this.at);
  }

  protected refuseRelease(): never {
    throw new ValueError('the semaphore cannot rise any further');
  }
}

export class BoundedSemaphore extends Semaphore {
  constructor(value: number | Attached = 1) {
    super(
      value instanceof Attached
        ? value
        : new Attached(newSemaphore(ObjectTypeCode['bounded semaphore'], value, value)),
    );
  }

  protected override refuseRelease(): never {
    throw new ValueError('BoundedSemaphore released too often: it was not acquired as many times');
  }
}

function newSemaphore(type: number, value: number, maximum: number): number {
  if (!Number.isInteger(value) || value < 0 || value > SEMAPHORE_MAXIMUM) {
    throw new ValueError(`invalid initial value: ${String(value)} is not a whole number of 0 or more`);
  }
  const name = k.takeName();
  return makeObject(type, () => createSemaphore(k, type, value, maximum, name));
}

offer({ BoundedSemaphore, Semaphore });
canBeSent(ObjectTypeCode.semaphore, Semaphore);
canBeSent(ObjectTypeCode['bounded semaphore'], BoundedSemaphore);
