import { DONE, EINVAL, ENOMEM } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_BODY, OBJECT_ID } from '../layout';
import { allocateObject } from '../object-table';
import { allocateBlock, freeBlock } from '../page-allocator';
import { emit, numberValue } from '../trace-sink';

/**
 * Value and Array: numbers that several processes read and write. Each load and each store is one operation; `x += 1`
 * is two, and another task may come between them.
 */
const BLOCK = OBJECT_BODY;
const LENGTH = OBJECT_BODY + 1;
const TYPE_CODE = OBJECT_BODY + 2;
/** Address of the lock that guards it by the program's own choice, or 0. */
const LOCK = OBJECT_BODY + 3;

/** Type codes of Python's `array`, by what a JavaScript program needs of them. */
export const ELEMENT_TYPES = ['b', 'B', 'h', 'H', 'i', 'I', 'f', 'd'] as const;
export type ElementType = (typeof ELEMENT_TYPES)[number];
const ELEMENT_BYTES: Record<ElementType, number> = { b: 1, B: 1, h: 2, H: 2, i: 4, I: 4, f: 4, d: 8 };

/** `length` zeros; the address, ENFILE or ENOMEM. `lock` is the address of its lock or 0. */
export function createShared(k: Kernel, kind: 'value' | 'array', type: ElementType, length: number, lock: number, name: string): number {
  k.enter();
  const { words } = k;
  const bytes = Math.max(1, length) * ELEMENT_BYTES[type];
  const block = allocateBlock(words, bytes);
  if (block === 0) return k.leave(ENOMEM);
  k.bytes.fill(0, block * 4, block * 4 + bytes);
  const at = allocateObject(k, ObjectTypeCode[kind], length, name);
  if (at < 0) {
    freeBlock(words, block);
    return k.leave(at);
  }
  words[at + BLOCK] = block;
  words[at + LENGTH] = length;
  words[at + TYPE_CODE] = ELEMENT_TYPES.indexOf(type);
  words[at + LOCK] = lock;
  return k.leave(at);
}

/** Reads element `index` into `k.number`. EINVAL outside the array. */
export function loadShared(k: Kernel, at: number, index: number): number {
  k.enter();
  if (!isIndex(k, at, index)) return k.leave(EINVAL);
  k.number = readElement(k, at, index);
  emit(k, EventKindCode.load, k.words[at + OBJECT_ID], index, k.tracing ? numberValue(k, k.number) : 0);
  return k.leave(DONE);
}

/** Writes element `index`, converted as a typed array converts. EINVAL outside the array. */
export function storeShared(k: Kernel, at: number, index: number, number: number): number {
  k.enter();
  if (!isIndex(k, at, index)) return k.leave(EINVAL);
  writeElement(k, at, index, number);
  emit(k, EventKindCode.store, k.words[at + OBJECT_ID], index, k.tracing ? numberValue(k, readElement(k, at, index)) : 0);
  return k.leave(DONE);
}

/** Not a number, a fraction: what a program may use for an index is not known here. */
function isIndex(k: Kernel, at: number, index: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < k.words[at + LENGTH];
}

export function sharedLength(k: Kernel, at: number): number {
  return k.words[at + LENGTH];
}
export function sharedLock(k: Kernel, at: number): number {
  return k.words[at + LOCK];
}
export function sharedType(k: Kernel, at: number): ElementType {
  return ELEMENT_TYPES[k.words[at + TYPE_CODE]];
}

function readElement(k: Kernel, at: number, index: number): number {
  const type = sharedType(k, at);
  const byte = k.words[at + BLOCK] * 4 + index * ELEMENT_BYTES[type];
  switch (type) {
    case 'b': return k.view.getInt8(byte);
    case 'B': return k.view.getUint8(byte);
    case 'h': return k.view.getInt16(byte, true);
    case 'H': return k.view.getUint16(byte, true);
    case 'i': return k.view.getInt32(byte, true);
    case 'I': return k.view.getUint32(byte, true);
    case 'f': return k.view.getFloat32(byte, true);
    case 'd': return k.view.getFloat64(byte, true);
  }
}

function writeElement(k: Kernel, at: number, index: number, number: number): void {
  const type = sharedType(k, at);
  const byte = k.words[at + BLOCK] * 4 + index * ELEMENT_BYTES[type];
  switch (type) {
    case 'b': return k.view.setInt8(byte, number);
    case 'B': return k.view.setUint8(byte, number);
    case 'h': return k.view.setInt16(byte, number, true);
    case 'H': return k.view.setUint16(byte, number, true);
    case 'i': return k.view.setInt32(byte, number, true);
    case 'I': return k.view.setUint32(byte, number, true);
    case 'f': return k.view.setFloat32(byte, number, true);
    case 'd': return k.view.setFloat64(byte, number, true);
  }
}
