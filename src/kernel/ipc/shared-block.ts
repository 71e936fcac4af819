import { DONE, EINVAL, ENOMEM } from '../../protocol/errno';
import type { Kernel } from '../kernel';
import { NAMED_BLOCKS, OBJECT_ID } from '../layout';
import { allocateObject, releaseObject } from '../object-table';
import { allocateBlock, freeBlock } from '../page-allocator';
import { emit, previewWord, type Preview } from '../trace-sink';

/**
 * Memory that several processes share, in guests whose processes have memories of their own: they copy bytes out of a
 * block and into it. A block is no object of the trace; what the program sees in it is (see {@link announceShared}).
 *
 * A block is counted by the processes that use it; a block with a name is also kept by its name.
 */
const REFERENCES = 0;
const BYTES = 1;
/** Next block with a name, or 0. */
const NEXT_NAMED = 2;
/** Length of the name in bytes, and the name. */
const NAME_LENGTH = 3;
const NAME = 4;
export const MAX_BLOCK_NAME_BYTES = 64;
const DATA = NAME + MAX_BLOCK_NAME_BYTES / 4;

/** A block of `bytes` zeros with one reference. `name` may be empty; EINVAL where it is too long or taken, ENOMEM. */
export function createBlock(k: Kernel, bytes: number, name: Uint8Array): number {
  k.enter();
  const { words } = k;
  if (!Number.isInteger(bytes) || bytes < 0 || name.length > MAX_BLOCK_NAME_BYTES) return k.leave(EINVAL);
  if (name.length > 0 && linkTo(k, name) !== 0) return k.leave(EINVAL);
  const block = allocateBlock(words, DATA * 4 + bytes);
  if (block === 0) return k.leave(ENOMEM);
  words[block + REFERENCES] = 1;
  words[block + BYTES] = bytes;
  words[block + NEXT_NAMED] = 0;
  words[block + NAME_LENGTH] = name.length;
  k.bytes.set(name, (block + NAME) * 4);
  const data = (block + DATA) * 4;
  k.bytes.fill(0, data, data + bytes);
  if (name.length > 0) {
    words[block + NEXT_NAMED] = words[NAMED_BLOCKS];
    words[NAMED_BLOCKS] = block;
    words[block + REFERENCES]++; // the name's
  }
  return k.leave(block);
}

/** The block with this name, with one reference more; 0 where there is none. */
export function openBlock(k: Kernel, name: Uint8Array): number {
  k.enter();
  const link = linkTo(k, name);
  const block = link === 0 ? 0 : k.words[link];
  if (block !== 0) k.words[block + REFERENCES]++;
  return k.leave(block);
}

/** Takes the name away; the block lives on for who uses it. EINVAL where no block has this name. */
export function unlinkBlock(k: Kernel, name: Uint8Array): number {
  k.enter();
  const { words } = k;
  const link = linkTo(k, name);
  if (link === 0) return k.leave(EINVAL);
  const block = words[link];
  words[link] = words[block + NEXT_NAMED];
  words[block + NAME_LENGTH] = 0;
  release(k, block);
  return k.leave(DONE);
}

export function blockBytes(k: Kernel, block: number): number {
  return k.words[block + BYTES];
}

/** Counts one process more that uses the block. */
export function retainBlock(k: Kernel, block: number): void {
  k.enter();
  k.words[block + REFERENCES]++;
  k.leave(DONE);
}

/** One process less; the memory is given back after the last. */
export function releaseBlock(k: Kernel, block: number): void {
  k.enter();
  release(k, block);
  k.leave(DONE);
}

/** What is shown of a load or store of one number. */
export interface Access {
  readonly kind: number;
  /** See {@link announceShared}. */
  readonly id: number;
  readonly index: number;
  readonly value: Preview;
}

/** Copies bytes of the block into `target`; EINVAL beyond its end. `shown` is asked when they have been copied. */
export function readBlock(
  k: Kernel, block: number, offset: number, target: Uint8Array, shown?: () => readonly Access[],
): number {
  k.enter();
  if (offset < 0 || offset + target.length > k.words[block + BYTES]) return k.leave(EINVAL);
  const from = (block + DATA) * 4 + offset;
  target.set(k.bytes.subarray(from, from + target.length));
  if (shown && k.tracing) show(k, shown());
  return k.leave(DONE);
}

/** Copies `source` into the block; EINVAL beyond its end. */
export function writeBlock(
  k: Kernel, block: number, offset: number, source: Uint8Array, shown?: () => readonly Access[],
): number {
  k.enter();
  if (offset < 0 || offset + source.length > k.words[block + BYTES]) return k.leave(EINVAL);
  k.bytes.set(source, (block + DATA) * 4 + offset);
  if (shown && k.tracing) show(k, shown());
  return k.leave(DONE);
}

/**
 * Makes a process's copy of a part of the block and the block itself the same: what the process has changed since `twin`,
 * its memory of the last time, goes into the block, all else comes from it. Whole pieces of `grain` bytes are compared, so
 * that a number that two processes have changed is one of the two and no mixture. EINVAL beyond the block's end.
 */
export function mergeBlock(k: Kernel, block: number, offset: number, mine: Uint8Array, twin: Uint8Array, grain: number): number {
  k.enter();
  const { length } = mine;
  if (offset < 0 || offset + length > k.words[block + BYTES]) return k.leave(EINVAL);
  const from = (block + DATA) * 4 + offset;
  const shared = k.bytes.subarray(from, from + length);
  for (let start = 0; start < length; start += grain) {
    const end = Math.min(start + grain, length);
    if (isSame(mine, twin, start, end)) copy(shared, mine, start, end);
    else copy(mine, shared, start, end);
    copy(mine, twin, start, end);
  }
  return k.leave(DONE);
}

/**
 * Tells the trace of something that the program keeps in a block: a value or an array (`type` is a code of OBJECT_TYPES).
 * The answer is its number for later events, or ENFILE.
 */
export function announceShared(k: Kernel, type: number, length: number, name: string): number {
  k.enter();
  const at = allocateObject(k, type, length, name);
  if (at < 0) return k.leave(at);
  const id = k.words[at + OBJECT_ID];
  // It needs a number and nothing else of the kernel.
  releaseObject(k, at);
  return k.leave(id);
}

function show(k: Kernel, accesses: readonly Access[]): void {
  for (const { kind, id, index, value } of accesses) emit(k, kind, id, index, previewWord(k, value));
}

/** Where the address of the block with this name stands, or 0. */
function linkTo(k: Kernel, name: Uint8Array): number {
  const { words } = k;
  let link = NAMED_BLOCKS;
  for (; words[link] !== 0; link = words[link] + NEXT_NAMED) {
    const block = words[link];
    const start = (block + NAME) * 4;
    const known = k.bytes.subarray(start, start + words[block + NAME_LENGTH]);
    if (known.length === name.length && isSame(known, name, 0, name.length)) return link;
  }
  return 0;
}

function release(k: Kernel, block: number): void {
  if (--k.words[block + REFERENCES] === 0) freeBlock(k.words, block);
}

function isSame(a: Uint8Array, b: Uint8Array, start: number, end: number): boolean {
  for (let index = start; index < end; index++) if (a[index] !== b[index]) return false;
  return true;
}

function copy(from: Uint8Array, to: Uint8Array, start: number, end: number): void {
  for (let index = start; index < end; index++) to[index] = from[index];
}
