import { DONE, ENOSPC } from '../../protocol/errno';
import type { Kernel } from '../kernel';
import { FILE_PAGES, FREE_FILE_RECORD, NEXT_INODE, PAGE_BYTES, PAGE_COUNT, PAGE_WORDS, START_TIME } from '../layout';
import { releaseObject } from '../object-table';
import { allocateBlock, freeBlock } from '../page-allocator';

/**
 * The files of the machine: one tree for all processes. A file (or folder, or link) is an inode, a record that has its bytes
 * in one block of pages; an open file (open-file.ts) is a record too. Records are cut out of pages, and used again.
 *
 * Callers of everything here hold the kernel lock.
 */

/** First word of a record, where an object of the object table has its type: handles are open on either. */
export const RecordKind = { Free: 0, Inode: -1, OpenFile: -2, Lock: -3 } as const;
export const RECORD_KIND = 0;
const RECORD_WORDS = 16;
const NEXT_FREE = 1;

const NUMBER = 1;
const MODE = 2;
/** Names that it has, and records of open files that refer to it: it goes when both are 0. */
const LINKS = 3;
const OPENS = 4;
/** Address of its block, or 0; bytes in it. */
const DATA = 5;
const SIZE = 6;
/** Address of the object of its locks, or 0: see lock-records.ts. */
export const INODE_LOCK = 7;
/** float64 each: milliseconds since the epoch. */
const READ_TIME = 8;
const WRITE_TIME = 10;
const CHANGE_TIME = 12;

const NANOSECONDS_A_MILLISECOND = 1e6;
const MOST_FILE_BYTES = 2 ** 30;
/** Files may take this part of the pages: the rest is for what processes send each other. */
const SHARE_OF_PAGES = 1 / 2;

const S_IFMT = 0o170000;
export const S_IFDIR = 0o040000;

export interface Attributes {
  readonly number: number;
  readonly mode: number;
  readonly links: number;
  readonly size: number;
  readonly readTime: number;
  readonly writeTime: number;
  readonly changeTime: number;
}

/** A record of `kind`, cleared; 0 where there is no room. */
export function allocateRecord(k: Kernel, kind: number): number {
  const { words } = k;
  if (words[FREE_FILE_RECORD] === 0) {
    const page = allocateBlock(words, PAGE_BYTES);
    if (page === 0) return 0;
    for (let at = page + PAGE_WORDS - RECORD_WORDS; at >= page; at -= RECORD_WORDS) freeRecord(k, at);
  }
  const at = words[FREE_FILE_RECORD];
  words[FREE_FILE_RECORD] = words[at + NEXT_FREE]!;
  words.fill(0, at, at + RECORD_WORDS);
  words[at + RECORD_KIND] = kind;
  return at;
}

export function freeRecord(k: Kernel, at: number): void {
  k.words[at + RECORD_KIND] = RecordKind.Free;
  k.words[at + NEXT_FREE] = k.words[FREE_FILE_RECORD]!;
  k.words[FREE_FILE_RECORD] = at;
}

/** A file of no bytes and no names; 0 where there is no room. */
export function createInode(k: Kernel, mode: number): number {
  const inode = allocateRecord(k, RecordKind.Inode);
  if (inode === 0) return 0;
  k.words[inode + NUMBER] = ++k.words[NEXT_INODE];
  k.words[inode + MODE] = mode;
  const now = clock(k);
  for (const time of [READ_TIME, WRITE_TIME, CHANGE_TIME]) k.doubles[(inode + time) >> 1] = now;
  return inode;
}

export function isFolder(k: Kernel, inode: number): boolean {
  return (k.words[inode + MODE] & S_IFMT) === S_IFDIR;
}
export function sizeOf(k: Kernel, inode: number): number {
  return k.words[inode + SIZE];
}

export function attributesOf(k: Kernel, inode: number): Attributes {
  const { words, doubles } = k;
  return {
    number: words[inode + NUMBER],
    mode: words[inode + MODE],
    links: words[inode + LINKS],
    size: words[inode + SIZE],
    readTime: doubles[(inode + READ_TIME) >> 1],
    writeTime: doubles[(inode + WRITE_TIME) >> 1],
    changeTime: doubles[(inode + CHANGE_TIME) >> 1],
  };
}

/** Changes what is given. */
export function setAttributes(k: Kernel, inode: number, { mode, readTime, writeTime }: Partial<Attributes>): void {
  const { words, doubles } = k;
  if (mode !== undefined) words[inode + MODE] = (words[inode + MODE] & S_IFMT) | (mode & ~S_IFMT);
  if (readTime !== undefined) doubles[(inode + READ_TIME) >> 1] = readTime;
  if (writeTime !== undefined) doubles[(inode + WRITE_TIME) >> 1] = writeTime;
  doubles[(inode + CHANGE_TIME) >> 1] = clock(k);
}

/** One name more, or (-1) one less. */
export function addLink(k: Kernel, inode: number, change: 1 | -1): void {
  k.words[inode + LINKS] += change;
  freeIfUnused(k, inode);
}

/** One open file more, or (-1) one less. */
export function addOpen(k: Kernel, inode: number, change: 1 | -1): void {
  k.words[inode + OPENS] += change;
  freeIfUnused(k, inode);
}

function freeIfUnused(k: Kernel, inode: number): void {
  const { words } = k;
  if (words[inode + LINKS] !== 0 || words[inode + OPENS] !== 0) return;
  resize(k, inode, 0);
  if (words[inode + INODE_LOCK] !== 0) releaseObject(k, words[inode + INODE_LOCK]);
  freeRecord(k, inode);
}

/** The bytes of a file from `position` on, at most `most`: a view, good until the next operation. */
export function bytesAt(k: Kernel, inode: number, position: number, most: number): Uint8Array {
  const start = k.words[inode + DATA] * 4;
  const end = Math.min(k.words[inode + SIZE], position + most);
  return k.bytes.subarray(start + Math.min(position, end), start + end);
}

/** Puts bytes at `position`, and zeros between the end and it. ENOSPC. */
export function putBytes(k: Kernel, inode: number, position: number, source: Uint8Array): number {
  const end = position + source.length;
  if (end > k.words[inode + SIZE] && resize(k, inode, end) !== DONE) return ENOSPC;
  k.bytes.set(source, k.words[inode + DATA] * 4 + position);
  touch(k, inode);
  return DONE;
}

/** Cuts a file off, or lengthens it with zeros. ENOSPC. */
export function resize(k: Kernel, inode: number, size: number): number {
  const { words, bytes } = k;
  const old = words[inode + SIZE];
  const block = words[inode + DATA];
  const had = capacity(block === 0 ? 0 : old);
  const needs = capacity(size);
  if (needs !== had) {
    if (size > MOST_FILE_BYTES || words[FILE_PAGES] + needs - had > words[PAGE_COUNT] * SHARE_OF_PAGES) return ENOSPC;
    const fresh = needs === 0 ? 0 : allocateBlock(words, needs * PAGE_BYTES);
    if (needs > 0 && fresh === 0) return ENOSPC;
    bytes.copyWithin(fresh * 4, block * 4, block * 4 + Math.min(old, size));
    if (block !== 0) freeBlock(words, block);
    words[inode + DATA] = fresh;
    words[FILE_PAGES] += needs - had;
  }
  if (size > old) bytes.fill(0, words[inode + DATA] * 4 + old, words[inode + DATA] * 4 + size);
  words[inode + SIZE] = size;
  touch(k, inode);
  return DONE;
}

/** Pages of a file of so many bytes: the allocator gives powers of two, so a file that grows is seldom copied. */
function capacity(bytes: number): number {
  return bytes === 0 ? 0 : 2 ** Math.ceil(Math.log2(Math.ceil(bytes / PAGE_BYTES)));
}

function touch(k: Kernel, inode: number): void {
  const now = clock(k);
  k.doubles[(inode + WRITE_TIME) >> 1] = now;
  k.doubles[(inode + CHANGE_TIME) >> 1] = now;
}

/** Of the machine, in milliseconds since the epoch. */
function clock(k: Kernel): number {
  return k.doubles[START_TIME >> 1] + k.scheduler.now(k) / NANOSECONDS_A_MILLISECOND;
}
