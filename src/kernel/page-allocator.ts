import {
  FREE_LISTS, FREE_PAGES, MAX_ORDER, PAGE_BYTES, PAGE_COUNT, PAGE_TABLE, PAGE_WORDS, pageArea,
} from './layout';

/**
 * Memory for messages, arguments and shared values, in blocks of 2^order pages: a buddy allocator (Knowlton 1965).
 * A block of order n is split into two of order n - 1, and two free buddies are joined again, so that a large array
 * finds room after many small messages have come and gone. Callers hold the kernel lock.
 *
 * The page table holds for the first page of each block `order << 1 | free`; for other pages it is not read. The first
 * two words of a free block link it to its neighbours in the list of its order.
 *
 * Who reads a block without the kernel lock pins it before: a block that is given back meanwhile is free when the last
 * reader has let it go.
 */

/** In the page table: given back, but pinned; and from this bit on, by how many. */
const GIVEN_BACK = 1 << 7;
const PIN = 1 << 8;

/** Makes `words` one free area. Once, before the machine runs. */
export function formatPages(words: Int32Array): void {
  const { count } = pageArea(words.length);
  words[PAGE_COUNT] = count;
  words[FREE_PAGES] = 0;
  let page = 0;
  while (page < count) {
    let order = MAX_ORDER;
    while (order > 0 && (page % (1 << order) !== 0 || page + (1 << order) > count)) order--;
    pushFree(words, page, order);
    words[FREE_PAGES] += 1 << order;
    page += 1 << order;
  }
}

/** Address of a block of at least `bytes` bytes, not cleared; 0 where there is no room. */
export function allocateBlock(words: Int32Array, bytes: number): number {
  const order = orderOf(bytes);
  let from = order;
  while (from <= MAX_ORDER && words[FREE_LISTS + from] === 0) from++;
  if (from > MAX_ORDER) return 0;
  const page = words[FREE_LISTS + from] - 1;
  removeFree(words, page, from);
  while (from > order) {
    from--;
    pushFree(words, page + (1 << from), from);
  }
  words[PAGE_TABLE + page] = order << 1;
  words[FREE_PAGES] -= 1 << order;
  return pageArea(words.length).first + page * PAGE_WORDS;
}

/** Gives back a block that `allocateBlock` returned. */
export function freeBlock(words: Int32Array, address: number): void {
  const count = words[PAGE_COUNT];
  let page = pageOf(words, address);
  if (words[PAGE_TABLE + page] >= PIN) {
    words[PAGE_TABLE + page] |= GIVEN_BACK;
    return;
  }
  let order = words[PAGE_TABLE + page] >> 1;
  words[FREE_PAGES] += 1 << order;
  while (order < MAX_ORDER) {
    const buddy = page ^ (1 << order);
    if (buddy + (1 << order) > count || words[PAGE_TABLE + buddy] !== ((order << 1) | 1)) break;
    removeFree(words, buddy, order);
    page = Math.min(page, buddy);
    order++;
  }
  pushFree(words, page, order);
}

/** Keeps the block at `address` from being used for anything else until {@link unpinBlock}. */
export function pinBlock(words: Int32Array, address: number): void {
  words[PAGE_TABLE + pageOf(words, address)] += PIN;
}

export function unpinBlock(words: Int32Array, address: number): void {
  const entry = PAGE_TABLE + pageOf(words, address);
  words[entry] -= PIN;
  if (words[entry] >= PIN || (words[entry] & GIVEN_BACK) === 0) return;
  words[entry] &= ~GIVEN_BACK;
  freeBlock(words, address);
}

export function isPinned(words: Int32Array, address: number): boolean {
  return words[PAGE_TABLE + pageOf(words, address)] >= PIN;
}

/** Bytes that are free, in blocks of any size. */
export function freeBytes(words: Int32Array): number {
  return words[FREE_PAGES] * PAGE_BYTES;
}

function pageOf(words: Int32Array, address: number): number {
  return (address - pageArea(words.length).first) / PAGE_WORDS;
}

function orderOf(bytes: number): number {
  const pages = Math.max(1, Math.ceil(bytes / PAGE_BYTES));
  // `clz32` looks at 32 bits only: a size beyond them must not come out small.
  return pages > 1 << MAX_ORDER ? MAX_ORDER + 1 : 32 - Math.clz32(pages - 1);
}

const NEXT = 0;
const PREVIOUS = 1;

function pushFree(words: Int32Array, page: number, order: number): void {
  const { first } = pageArea(words.length);
  const at = first + page * PAGE_WORDS;
  const head = words[FREE_LISTS + order];
  words[PAGE_TABLE + page] = (order << 1) | 1;
  words[at + NEXT] = head;
  words[at + PREVIOUS] = 0;
  if (head !== 0) words[first + (head - 1) * PAGE_WORDS + PREVIOUS] = page + 1;
  words[FREE_LISTS + order] = page + 1;
}

function removeFree(words: Int32Array, page: number, order: number): void {
  const { first } = pageArea(words.length);
  const at = first + page * PAGE_WORDS;
  const next = words[at + NEXT];
  const previous = words[at + PREVIOUS];
  if (previous === 0) words[FREE_LISTS + order] = next;
  else words[first + (previous - 1) * PAGE_WORDS + NEXT] = next;
  if (next !== 0) words[first + (next - 1) * PAGE_WORDS + PREVIOUS] = previous;
  // Whoever merges reads the table for the state of a buddy: a block in use, or the second half of one, is not free.
  words[PAGE_TABLE + page] = order << 1;
}
