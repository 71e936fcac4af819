import { OBJECT_ID, OBJECT_TYPE } from '../../../kernel/layout';
import { OBJECT_TYPES } from '../../../protocol/words';
import type { ReferenceReader, ReferenceWriter } from '../codec/tags';
import { OSError } from '../errors';
import { DESCRIBE, type Described } from '../inspect';
import { k, madeObject } from '../runtime';
import { SendableCode, addSendable } from './sendable';

/** Says to a constructor: no new object, but the one at this address. */
export class Attached {
  constructor(readonly at: number) {}
}

/** A lock, queue, pipe and so on of the kernel, as the program holds it. */
export abstract class KernelObject implements Described {
  /** Its address in the machine's memory. */
  readonly at: number;

  constructor(at: number) {
    this.at = at;
    known.set(at, this);
  }

  [DESCRIBE](): string {
    return `<${this.constructor.name} ${k.words[this.at + OBJECT_ID]}>`;
  }
}

/**
 * Objects that this worker holds, by address: one that comes in a message twice is the same one. They are
 * never freed.
 */
const known = new Map<number, KernelObject>();

export function knownObject(at: number): KernelObject | undefined {
  return known.get(at);
}

type AttachedClass = new (from: Attached) => KernelObject;

/** Classes of objects that a message may name, by the code of their type. */
const classes = new Map<number, AttachedClass>();

/** Objects of `type` can be sent; on the other side they are of `Class`. */
export function canBeSent(type: number, Class: AttachedClass): void {
  classes.set(type, Class);
}

addSendable<KernelObject>({
  code: SendableCode.Object,
  is: (value) => value instanceof KernelObject,
  write: writeObject,
  read: readObject,
});

function writeObject(value: KernelObject, to: ReferenceWriter): void {
  const type = k.words[value.at + OBJECT_TYPE];
  if (!classes.has(type)) throw new TypeError(`a ${value.constructor.name} cannot be sent to another task`);
  to.integer(SendableCode.Object);
  to.integer(value.at);
  to.integer(k.words[value.at + OBJECT_ID]);
}

function readObject(from: ReferenceReader): KernelObject {
  const at = from.integer();
  const id = from.integer();
  const known = knownObject(at);
  if (known !== undefined) return known;
  const Class = classes.get(k.words[at + OBJECT_TYPE]);
  if (Class === undefined || k.words[at + OBJECT_ID] !== id) {
    k.panic(`a message names object ${id}, which is not at ${at}`);
  }
  return new Class(new Attached(at));
}

/**
 * Objects made while the program's files were loaded. Every process and thread loads them anew; the n-th
 * object that it makes then is the n-th that the first process made.
 */
class TopLevelObjects {
  addresses: number[] = [];
  /** Number of the next to be found again; undefined in the first process, which makes them. */
  private next: number | undefined;

  /** The objects that the first process made. */
  replay(addresses: number[]): void {
    this.addresses = addresses;
    this.next = 0;
  }

  make(type: number, create: () => number): number {
    if (this.next === undefined) {
      const at = madeObject(create(), OBJECT_TYPES[type]);
      this.addresses.push(at);
      return at;
    }
    const at = this.addresses[this.next++];
    if (at === undefined || k.words[at + OBJECT_TYPE] !== type) {
      throw new OSError(
        `the program's top level makes a ${OBJECT_TYPES[type]} here that the first process did not make: ` +
          'what is made there must be the same in every process, so it cannot depend on chance, time or input',
      );
    }
    return at;
  }

  /** Whether this worker finds objects again instead of making them. */
  get isReplay(): boolean {
    return this.next !== undefined;
  }
}
export const topLevelObjects = new TopLevelObjects();

/** A new object of `type` (a code of OBJECT_TYPES) that `create` makes; its address. */
export function makeObject(type: number, create: () => number): number {
  if (k.loading) return topLevelObjects.make(type, create);
  return madeObject(create(), OBJECT_TYPES[type]);
}
