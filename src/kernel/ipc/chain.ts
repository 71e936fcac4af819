import { allocateBlock, freeBlock, freeBytes, isPinned, pinBlock, unpinBlock } from '../page-allocator';
import { PAGE_BYTES, TASK_PINNED } from '../layout';
import type { Kernel } from '../kernel';

/**
 * A chain of pages that bytes are written to at one end and read from at the other: what pipes, queues and arguments
 * keep their contents in. It grows and shrinks a page at a time. Callers hold the kernel lock.
 *
 * The first word of a page links it to the next. Whole messages are a word of length and the bytes, padded to a word, so
 * that in a chain that holds messages alone every message begins at a word. The bytes of longer ones begin at a multiple of 8
 * of the memory: the engine copies to and from shared memory word by word where both sides are at such a place, else byte by
 * byte, at five times the cost.
 */

export const CHAIN_WORDS = 6;
/** Address of the first page, or 0. */
const HEAD_PAGE = 0;
/** Byte offset in the first page of the next byte to read. */
const HEAD_OFFSET = 1;
const TAIL_PAGE = 2;
const TAIL_OFFSET = 3;
/** Bytes in the chain, lengths and padding of messages included. */
const BYTES = 4;

/** The link, and an unused word: what goes on in another page is at a multiple of 8 there as well. */
const LINK_BYTES = 8;
/** Up to this many words (of messages) and bytes (of streams) a loop is faster than `set` with its new view. */
const LOOP_WORDS = 32;
const LOOP_BYTES = 64;
/**
 * A message of up to so many bytes, its length included, is not parted between two pages: the rest of the page is left
 * unused, and its first word says so. Two parts are copied at twice the cost, and every fourth message of 1 KiB would be.
 */
const LARGEST_WHOLE = PAGE_BYTES / 3;
const ON_NEXT_PAGE = -1;
/** In the place of a length: it is in the next word. See {@link alignTail}. */
const ON_NEXT_WORD = -2;

export function chainBytes(k: Kernel, chain: number): number {
  return k.words[chain + BYTES];
}

/** Whether `length` more bytes find room in the machine's memory. */
export function chainHasRoom(k: Kernel, length: number): boolean {
  return bytesFor(length) <= freeBytes(k.words);
}

/** Appends bytes. The caller has asked {@link chainHasRoom}. */
export function chainWrite(k: Kernel, chain: number, source: Uint8Array, offset: number, length: number): void {
  const { words } = k;
  words[chain + BYTES] += length;
  while (length > 0) {
    let room = PAGE_BYTES - words[chain + TAIL_OFFSET];
    if (words[chain + TAIL_PAGE] === 0 || room === 0) {
      appendPage(k, chain);
      room = PAGE_BYTES - LINK_BYTES;
    }
    const part = Math.min(room, length);
    const at = words[chain + TAIL_PAGE] * 4 + words[chain + TAIL_OFFSET];
    copyBytes(source, offset, k.bytes, at, part);
    words[chain + TAIL_OFFSET] += part;
    offset += part;
    length -= part;
  }
}

/** Takes `length` bytes out, which are there, into `target`. */
export function chainRead(k: Kernel, chain: number, target: Uint8Array, offset: number, length: number): void {
  const { words } = k;
  words[chain + BYTES] -= length;
  while (length > 0) {
    if (words[chain + HEAD_OFFSET] === PAGE_BYTES) dropPage(k, chain);
    const part = Math.min(PAGE_BYTES - words[chain + HEAD_OFFSET], length);
    const at = words[chain + HEAD_PAGE] * 4 + words[chain + HEAD_OFFSET];
    copyBytes(k.bytes, at, target, offset, part);
    words[chain + HEAD_OFFSET] += part;
    offset += part;
    length -= part;
  }
  if (words[chain + BYTES] === 0) rewind(k, chain);
}

/** Copies the first `length` bytes, which are there and stay, into `target`. */
export function chainLook(k: Kernel, chain: number, target: Uint8Array, length: number): void {
  peekBytes(k, { page: k.words[chain + HEAD_PAGE], offset: k.words[chain + HEAD_OFFSET] }, target, length);
}

/** Few bytes are copied one by one: to make a view of them would cost more. */
export function copyBytes(source: Uint8Array, from: number, target: Uint8Array, at: number, length: number): void {
  if (length > LOOP_BYTES) target.set(source.subarray(from, from + length), at);
  else for (let i = 0; i < length; i++) target[at + i] = source[from + i];
}

/** Appends one message: `length` bytes of the kernel's scratch. False where the machine's memory has no room. */
export function chainPush(k: Kernel, chain: number, length: number): boolean {
  const { words } = k;
  const size = 4 + ((length + 3) & ~3);
  if (size > LOOP_WORDS * 4) return pushLong(k, chain, length, size);
  if (words[chain + TAIL_PAGE] === 0 || words[chain + TAIL_OFFSET] + size > PAGE_BYTES) {
    if (!chainHasRoom(k, size)) return false;
    beginPage(k, chain);
  }
  const at = tailOf(words, chain);
  const { scratchWords } = k;
  words[at] = length;
  for (let i = 1; i < size >> 2; i++) words[at + i] = scratchWords[i - 1]!;
  words[chain + TAIL_OFFSET] += size;
  words[chain + BYTES] += size;
  return true;
}

function pushLong(k: Kernel, chain: number, length: number, size: number): boolean {
  const { words } = k;
  alignTail(words, chain);
  const room = words[chain + TAIL_PAGE] === 0 ? 0 : PAGE_BYTES - words[chain + TAIL_OFFSET];
  if (size > room) {
    if (!chainHasRoom(k, size)) return false;
    if (size <= LARGEST_WHOLE || room === 0) {
      beginPage(k, chain);
      alignTail(words, chain);
    }
    if (size > LARGEST_WHOLE) {
      lengthWords[0] = length;
      chainWrite(k, chain, lengthBytes, 0, 4);
      chainWrite(k, chain, k.scratch, 0, size - 4);
      return true;
    }
  }
  const at = tailOf(words, chain);
  words[at] = length;
  k.bytes.set(k.scratchPart(size - 4), (at + 1) * 4);
  words[chain + TAIL_OFFSET] += size;
  words[chain + BYTES] += size;
  return true;
}

/** The next message begins on a new page. */
function beginPage(k: Kernel, chain: number): void {
  const { words } = k;
  if (words[chain + TAIL_PAGE] !== 0 && words[chain + TAIL_OFFSET] < PAGE_BYTES) words[tailOf(words, chain)] = ON_NEXT_PAGE;
  appendPage(k, chain);
}

/** What is written next, behind its length, begins at a multiple of 8. */
function alignTail(words: Int32Array, chain: number): void {
  const offset = words[chain + TAIL_OFFSET];
  if (offset % 8 !== 0 || offset === PAGE_BYTES || words[chain + TAIL_PAGE] === 0) return;
  words[tailOf(words, chain)] = ON_NEXT_WORD;
  words[chain + TAIL_OFFSET] = offset + 4;
}

/** Takes the first message, which is there, into the kernel's scratch; its length in bytes. */
export function chainShift(k: Kernel, chain: number): number {
  const { words } = k;
  const at = firstMessage(k, chain);
  const length = words[at];
  const size = 4 + ((length + 3) & ~3);
  if (words[chain + HEAD_OFFSET] + size > PAGE_BYTES) {
    chainRead(k, chain, lengthBytes, 0, 4);
    k.growScratch(size - 4);
    chainRead(k, chain, k.scratch, 0, size - 4);
    return length;
  }
  const count = (size >> 2) - 1;
  if (count <= LOOP_WORDS) {
    const { scratchWords } = k;
    for (let i = 0; i < count; i++) scratchWords[i] = words[at + 1 + i]!;
  } else {
    k.scratch.set(k.bytes.subarray((at + 1) * 4, at * 4 + size));
  }
  words[chain + HEAD_OFFSET] += size;
  if ((words[chain + BYTES] -= size) === 0) rewind(k, chain);
  return length;
}

/**
 * Takes the first message, which is there, for the current task, which reads it when it has let the kernel lock go: the
 * page is pinned until the task's next operation ({@link releasePinned}) or its end. A task that is ended meanwhile reads
 * on, maybe what others write: nothing of that is seen, for its next operation does not return.
 *
 * Answers the message's length; `k.messageAt` is the byte at which it lies, or 0 where it was copied into the scratch: it
 * was short, or in parts.
 */
export function chainTake(k: Kernel, chain: number): number {
  const { words } = k;
  const at = firstMessage(k, chain);
  const length = words[at];
  const size = 4 + ((length + 3) & ~3);
  if (size <= LOOP_WORDS * 4 || words[chain + HEAD_OFFSET] + size > PAGE_BYTES) {
    k.messageAt = 0;
    return chainShift(k, chain);
  }
  const page = words[chain + HEAD_PAGE];
  pinBlock(words, page);
  words[k.current + TASK_PINNED] = page;
  k.messageAt = (at + 1) * 4;
  words[chain + HEAD_OFFSET] += size;
  if ((words[chain + BYTES] -= size) === 0) rewind(k, chain);
  return length;
}

/** `task` no longer reads the message that it took last. Callers hold the kernel lock. */
export function releasePinned(words: Int32Array, task: number): void {
  const page = words[task + TASK_PINNED];
  if (page === 0) return;
  words[task + TASK_PINNED] = 0;
  unpinBlock(words, page);
}

/** Address of the first message, which is there: of its length. */
function firstMessage(k: Kernel, chain: number): number {
  const { words } = k;
  for (;;) {
    const offset = words[chain + HEAD_OFFSET];
    const at = words[chain + HEAD_PAGE] + (offset >> 2);
    const length = offset === PAGE_BYTES ? ON_NEXT_PAGE : words[at];
    if (length >= 0) return at;
    if (length === ON_NEXT_PAGE) dropPage(k, chain);
    else words[chain + HEAD_OFFSET] = offset + 4;
  }
}

function tailOf(words: Int32Array, chain: number): number {
  return words[chain + TAIL_PAGE] + (words[chain + TAIL_OFFSET] >> 2);
}

/** Copies the first message, which is there and stays, into the kernel's scratch; its length in bytes. */
export function chainPeek(k: Kernel, chain: number): number {
  const { words } = k;
  firstMessage(k, chain);
  const reader = { page: words[chain + HEAD_PAGE], offset: words[chain + HEAD_OFFSET] };
  peekBytes(k, reader, lengthBytes, 4);
  const padded = (lengthWords[0] + 3) & ~3;
  k.growScratch(padded);
  peekBytes(k, reader, k.scratch, padded);
  return lengthWords[0];
}

/**
 * Puts one message of `length` bytes of the kernel's scratch in the place of all that the chain holds. False where the
 * machine's memory has no room, and nothing is changed.
 */
export function chainReplace(k: Kernel, chain: number, length: number): boolean {
  const { words } = k;
  let own = 0;
  for (let page = words[chain + HEAD_PAGE]; page !== 0; page = words[page]) own += PAGE_BYTES;
  if (bytesFor(length + 8) > freeBytes(words) + own) return false;
  if (own === PAGE_BYTES) {
    words[chain + BYTES] = 0;
    rewind(k, chain);
  } else {
    chainFree(k, chain);
  }
  return chainPush(k, chain, length);
}

/** Gives all pages back. */
export function chainFree(k: Kernel, chain: number): void {
  const { words } = k;
  let page = words[chain + HEAD_PAGE];
  while (page !== 0) {
    const next = words[page];
    freeBlock(words, page);
    page = next;
  }
  for (let i = 0; i < CHAIN_WORDS; i++) words[chain + i] = 0;
}

/** Free memory that surely holds `length` bytes in pages: a link in each, and one page that is begun. */
function bytesFor(length: number): number {
  return length + PAGE_BYTES + (length >> 8);
}

const lengthBytes = new Uint8Array(4);
const lengthWords = new Int32Array(lengthBytes.buffer);

function peekBytes(k: Kernel, reader: { page: number; offset: number }, target: Uint8Array, length: number): void {
  for (let done = 0; done < length; ) {
    if (reader.offset === PAGE_BYTES) {
      reader.page = k.words[reader.page];
      reader.offset = LINK_BYTES;
    }
    const part = Math.min(PAGE_BYTES - reader.offset, length - done);
    const at = reader.page * 4 + reader.offset;
    target.set(k.bytes.subarray(at, at + part), done);
    reader.offset += part;
    done += part;
  }
}

function appendPage(k: Kernel, chain: number): void {
  const { words } = k;
  const page = allocateBlock(words, PAGE_BYTES);
  if (page === 0) k.panic(`page allocator has no page for a chain though ${freeBytes(words)} bytes are free`);
  words[page] = 0;
  if (words[chain + TAIL_PAGE] === 0) {
    words[chain + HEAD_PAGE] = page;
    words[chain + HEAD_OFFSET] = LINK_BYTES;
  } else {
    words[words[chain + TAIL_PAGE]] = page;
  }
  words[chain + TAIL_PAGE] = page;
  words[chain + TAIL_OFFSET] = LINK_BYTES;
}

function dropPage(k: Kernel, chain: number): void {
  const { words } = k;
  const page = words[chain + HEAD_PAGE];
  words[chain + HEAD_PAGE] = words[page]!;
  words[chain + HEAD_OFFSET] = LINK_BYTES;
  freeBlock(words, page);
}

/** An empty chain keeps its last page and starts it anew: a queue that runs empty often would else allocate each time. */
function rewind(k: Kernel, chain: number): void {
  const { words } = k;
  if (words[chain + HEAD_PAGE] !== words[chain + TAIL_PAGE]) dropPage(k, chain);
  if (isPinned(words, words[chain + HEAD_PAGE])) {
    words[chain + HEAD_OFFSET] = words[chain + TAIL_OFFSET]!;
    return;
  }
  words[chain + HEAD_OFFSET] = LINK_BYTES;
  words[chain + TAIL_OFFSET] = LINK_BYTES;
}
