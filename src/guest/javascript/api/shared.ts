import {
  ELEMENT_TYPES,
  createShared,
  loadShared,
  sharedLength,
  sharedLock,
  storeShared,
  type ElementType,
} from '../../../kernel/ipc/shared-memory';
import { OBJECT_TYPE } from '../../../kernel/layout';
import { DONE } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { ValueError } from '../errors';
import { k, refuseWhileLoading, type WaitOptions } from '../runtime';
import { Attached, KernelObject, canBeSent, knownObject, makeObject, topLevelObjects } from './kernel-object';
import { Lock, LockBase, RLock, newLock, type Holdable } from './lock';
import { offer } from './offered';

export interface SharedOptions {
  /** True (the default): an RLock of its own; false: none; or a lock of the program's. */
  readonly lock?: boolean | LockBase;
}

/**
 * What Value and SharedArray have in common: numbers in the machine's memory, and the lock that goes with
 * them.
 */
abstract class Shared extends KernelObject implements Holdable {
  /** The lock that goes with it. Loads and stores do not take it: hold it around `value += 1`. */
  getLock(): LockBase {
    const at = sharedLock(k, this.at);
    if (at === 0) throw new ValueError('it was made without a lock: { lock: false }');
    const lock = knownObject(at);
    if (lock instanceof LockBase) return lock;
    return k.words[at + OBJECT_TYPE] === ObjectTypeCode.rlock
      ? new RLock(new Attached(at))
      : new Lock(new Attached(at));
  }

  acquire(options?: WaitOptions): boolean {
    return this.getLock().acquire(options);
  }

  release(): void {
    this.getLock().release();
  }

  protected load(index: number): number {
    if (k.loading) refuseWhileLoading('a read of shared memory');
    if (loadShared(k, this.at, index) !== DONE) this.refuseIndex(index);
    return k.number;
  }

  protected store(index: number, value: number): void {
    if (k.loading) refuseWhileLoading('a write to shared memory');
    if (typeof value !== 'number') throw new TypeError(`invalid value: ${String(value)} is not a number`);
    if (storeShared(k, this.at, index, value) !== DONE) this.refuseIndex(index);
  }

  private refuseIndex(index: number): never {
    throw new RangeError(
      `invalid index: ${String(index)} is not within 0 to ${sharedLength(k, this.at) - 1}`,
    );
  }
}

/** One shared number: `new Value(0)`, `new Value('i', 0)`. */
export class Value extends Shared {
  constructor(
    type: ElementType | number | Attached,
    initial?: number | SharedOptions,
    options?: SharedOptions,
  ) {
    if (type instanceof Attached) super(type.at);
    else if (typeof type === 'number') {
      super(newShared('value', 'd', [type], initial as SharedOptions | undefined));
    } else super(newShared('value', type, [(initial as number | undefined) ?? 0], options));
  }

  get value(): number {
    return this.load(0);
  }

  set value(value: number) {
    this.store(0, value);
  }
}

/** Shared numbers: `new SharedArray('i', 10)`, `new SharedArray('d', [1, 2, 3])`. */
export class SharedArray extends Shared {
  constructor(
    type: ElementType | Attached,
    sizeOrInitial: number | Iterable<number> = 0,
    options?: SharedOptions,
  ) {
    super(type instanceof Attached ? type.at : newShared('array', type, numbersOf(sizeOrInitial), options));
  }

  get length(): number {
    return sharedLength(k, this.at);
  }

  get(index: number): number {
    return this.load(index);
  }

  set(index: number, value: number): void {
    this.store(index, value);
  }

  /** Copies its numbers, one load after the other. */
  toArray(): number[] {
    return Array.from({ length: this.length }, (_, index) => this.load(index));
  }

  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.length; index++) yield this.load(index);
  }
}

function numbersOf(sizeOrInitial: number | Iterable<number>): ArrayLike<number> {
  if (typeof sizeOrInitial !== 'number') return [...sizeOrInitial];
  if (!Number.isInteger(sizeOrInitial) || sizeOrInitial < 0) {
    throw new ValueError(`invalid size: ${String(sizeOrInitial)} is not a whole number of 0 or more`);
  }
  return { length: sizeOrInitial };
}

function newShared(
  kind: 'value' | 'array',
  type: ElementType,
  initial: ArrayLike<number>,
  options?: SharedOptions,
): number {
  if (!ELEMENT_TYPES.includes(type)) {
    throw new ValueError(`invalid type code: ${String(type)} is none of ${ELEMENT_TYPES.join(', ')}`);
  }
  const name = k.takeName();
  const lock = lockFor(options?.lock ?? true, name);
  const at = makeObject(ObjectTypeCode[kind], () => createShared(k, kind, type, initial.length, lock, name));
  // Memory begins as zeros. Whoever finds it again leaves in it what is there.
  if (k.loading && topLevelObjects.isReplay) return at;
  for (let index = 0; index < initial.length; index++) {
    if (initial[index]) storeShared(k, at, index, initial[index]);
  }
  return at;
}

function lockFor(lock: boolean | LockBase, name: string): number {
  if (lock === false) return 0;
  if (lock instanceof LockBase) return lock.at;
  const at = newLock(ObjectTypeCode.rlock, name === '' ? '' : `${name}.lock`);
  return new RLock(new Attached(at)).at;
}

offer({ SharedArray, Value });
canBeSent(ObjectTypeCode.value, Value);
canBeSent(ObjectTypeCode.array, SharedArray);
