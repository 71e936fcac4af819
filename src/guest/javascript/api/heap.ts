import {
  HEAP_NAME_BYTES,
  HEAP_SLOTS,
  heapSlot,
  loadHeap,
  processHeap,
  storeHeap,
} from '../../../kernel/ipc/heap';
import { TASK_FLAGS, TaskFlag } from '../../../kernel/layout';
import { DONE, EINVAL, ENOMEM } from '../../../protocol/errno';
import { decodeMessage, encodeMessage } from '../codec/codec';
import { MemoryError, ValueError } from '../errors';
import { DESCRIBE } from '../inspect';
import { previewOf } from '../preview';
import { k, madeObject } from '../runtime';
import { refuseMessage } from './refuse-message';
import { offer } from './offered';

const encoder = new TextEncoder();
/** Slots of this process's heap by name; they stay where they are. */
const slots = new Map<string, number>();
let address = 0;

function heapAddress(): number {
  if (address === 0) address = madeObject(processHeap(k), 'heap');
  return address;
}

function slotOf(name: string): number {
  let slot = slots.get(name);
  if (slot === undefined) {
    slot = heapSlot(k, heapAddress(), encoder.encode(name));
    if (slot === EINVAL) {
      throw new ValueError(`invalid name: heap.${name} is longer than ${HEAP_NAME_BYTES} bytes`);
    }
    if (slot === ENOMEM) {
      throw new MemoryError(`no room for heap.${name}: the heap holds at most ${HEAP_SLOTS} names`);
    }
    slots.set(name, slot);
  }
  return slot;
}

function loadSlot(name: string): unknown {
  const length = loadHeap(k, heapAddress(), slotOf(name));
  return length === 0 ? undefined : decodeMessage();
}

function storeSlot(name: string, value: unknown): boolean {
  // A thread loads the program's files once more; what they say of the heap has been done in its process.
  if (k.loading && (k.words[k.current + TASK_FLAGS] & TaskFlag.Process) === 0) return true;
  const slot = slotOf(name);
  const length = encodeMessage(value);
  const outcome = storeHeap(k, heapAddress(), slot, length, k.tracing ? `${name} = ${previewOf(value)}` : 0);
  if (outcome !== DONE) refuseMessage(outcome, 'store');
  return true;
}

const refuse = (what: string) => (): never => {
  throw new TypeError(`${what} the heap is not possible: read and write its properties by name`);
};

/**
 * What the threads of a process share: `heap.counter += 1` is a load and a store, and another thread may come
 * between them. Values are copied in and out: change a list that was read, and store it again.
 */
export const heap: Record<string, unknown> = new Proxy(Object.create(null) as Record<string, unknown>, {
  get(_target, name) {
    if (typeof name === 'string') return loadSlot(name);
    return name === DESCRIBE ? () => '<heap>' : undefined;
  },
  set: (_target, name, value) => (typeof name === 'string' ? storeSlot(name, value) : false),
  has: (_target, name) =>
    typeof name === 'string' ? loadHeap(k, heapAddress(), slotOf(name)) !== 0 : name === DESCRIBE,
  deleteProperty: (_target, name) => (typeof name === 'string' ? storeSlot(name, undefined) : false),
  ownKeys: refuse('listing'),
  defineProperty: refuse('defining properties of'),
  setPrototypeOf: refuse('changing the prototype of'),
  preventExtensions: refuse('freezing'),
});

offer({ heap });
