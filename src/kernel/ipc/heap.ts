import { DONE, EINVAL, EMSGSIZE, ENOMEM } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { ObjectTypeCode, TaskStateCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { MAX_MESSAGE_BYTES, OBJECT_BODY, OBJECT_ID, TASK_HEAP, TASK_HIGH, TASK_PID, TASK_STATE, taskAddress } from '../layout';
import { allocateObject, releaseObject } from '../object-table';
import { emit, previewWord, type Preview } from '../trace-sink';
import { allocateBlock, freeBlock } from '../page-allocator';
import { CHAIN_WORDS, chainFree, chainPeek, chainReplace } from './chain';

/**
 * The memory that the threads of one process share, in guests whose threads are workers: named slots with one value
 * each. Loads and stores are operations of their own, so that `heap.n += 1` can lose an update.
 *
 * A slot is the bytes of its name, their length first, and a chain with one message.
 */
const BLOCK = OBJECT_BODY;
const COUNT = OBJECT_BODY + 1;

/** Most names in a heap. */
export const HEAP_SLOTS = 256;
export const HEAP_NAME_BYTES = 64;
const NAME_WORDS = 1 + HEAP_NAME_BYTES / 4;
const SLOT_WORDS = NAME_WORDS + CHAIN_WORDS;

/** The heap of the current process, made at its first use; its address, ENFILE or ENOMEM. */
export function processHeap(k: Kernel): number {
  k.enter();
  const { words } = k;
  const known = words[k.current + TASK_HEAP];
  if (known !== 0) return k.leave(known);
  const block = allocateBlock(words, HEAP_SLOTS * SLOT_WORDS * 4);
  if (block === 0) return k.leave(ENOMEM);
  words.fill(0, block, block + HEAP_SLOTS * SLOT_WORDS);
  const at = allocateObject(k, ObjectTypeCode.heap, 0, 'heap');
  if (at < 0) {
    freeBlock(words, block);
    return k.leave(at);
  }
  words[at + BLOCK] = block;
  const pid = words[k.current + TASK_PID];
  for (let index = 0; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (words[task + TASK_PID] === pid && words[task + TASK_STATE] < TaskStateCode.zombie) words[task + TASK_HEAP] = at;
  }
  return k.leave(at);
}

/** The slot called by the bytes `name`, made where it is new; EINVAL for a name too long, ENOMEM past {@link HEAP_SLOTS}. */
export function heapSlot(k: Kernel, at: number, name: Uint8Array): number {
  k.enter();
  const { words } = k;
  if (name.length > HEAP_NAME_BYTES) return k.leave(EINVAL);
  for (let index = 0; index < words[at + COUNT]; index++) if (hasName(k, slotAddress(k, at, index), name)) return k.leave(index);
  if (words[at + COUNT] === HEAP_SLOTS) return k.leave(ENOMEM);
  const index = words[at + COUNT]++;
  const slot = slotAddress(k, at, index);
  words[slot] = name.length;
  k.bytes.set(name, (slot + 1) * 4);
  return k.leave(index);
}

/** Gives back the heap of a process that has ended. Callers hold the kernel lock. */
export function freeHeap(k: Kernel, at: number): void {
  const { words } = k;
  for (let index = 0; index < words[at + COUNT]; index++) chainFree(k, slotAddress(k, at, index) + NAME_WORDS);
  freeBlock(words, words[at + BLOCK]);
  releaseObject(k, at);
}

/** Reads a slot into scratch; the answer is the message's length, 0 where nothing was stored yet. */
export function loadHeap(k: Kernel, at: number, index: number): number {
  k.enter();
  const chain = slotAddress(k, at, index) + NAME_WORDS;
  if (k.words[chain] === 0) return k.leave(0);
  const length = chainPeek(k, chain);
  emit(k, EventKindCode.load, k.words[at + OBJECT_ID], index, k.scratchWords[0]);
  return k.leave(length);
}

/** Stores the `length` bytes in scratch (their first word is the kernel's). EMSGSIZE, ENOMEM; then the slot keeps what it had. */
export function storeHeap(k: Kernel, at: number, index: number, length: number, preview: Preview): number {
  k.enter();
  if (length > MAX_MESSAGE_BYTES) return k.leave(EMSGSIZE);
  const chain = slotAddress(k, at, index) + NAME_WORDS;
  const value = (k.scratchWords[0] = k.tracing ? previewWord(k, preview) : 0);
  if (!chainReplace(k, chain, length)) return k.leave(ENOMEM);
  emit(k, EventKindCode.store, k.words[at + OBJECT_ID], index, value);
  return k.leave(DONE);
}

function slotAddress(k: Kernel, at: number, index: number): number {
  return k.words[at + BLOCK] + index * SLOT_WORDS;
}

function hasName(k: Kernel, slot: number, name: Uint8Array): boolean {
  if (k.words[slot] !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (k.bytes[(slot + 1) * 4 + i] !== name[i]) return false;
  return true;
}
