import { DONE, EBADF, EINVAL } from '../../protocol/errno';
import type { Kernel } from '../kernel';
import { addOpen, allocateRecord, bytesAt, freeRecord, putBytes, RECORD_KIND, RecordKind, sizeOf } from './inode';
import { dropLocks } from './lock-records';

/**
 * An open file: an inode, how it was opened, and a position. It belongs to all handles that were made of it by `dup` or by a
 * fork: they have the position in common, as POSIX has it.
 */
const INODE = 1;
const FLAGS = 2;
/** Handles that are open on it. */
const HANDLES = 3;
/** float64: bytes from the start. */
const POSITION = 4;

const ACCESS_MODE = 3;
const O_RDONLY = 0;
const O_WRONLY = 1;
const O_APPEND = 1024;

/** Whether the object of a handle is an open file. */
export function isOpenFile(k: Kernel, object: number): boolean {
  return k.words[object + RECORD_KIND] === RecordKind.OpenFile;
}

/** An open file with no handle yet; 0 where there is no room. Callers of this and the next three hold the kernel lock. */
export function createOpenFile(k: Kernel, inode: number, flags: number): number {
  const file = allocateRecord(k, RecordKind.OpenFile);
  if (file === 0) return 0;
  k.words[file + INODE] = inode;
  k.words[file + FLAGS] = flags;
  addOpen(k, inode, 1);
  return file;
}

/** One handle more. */
export function keepOpenFile(k: Kernel, file: number): void {
  k.words[file + HANDLES]++;
}

/** One handle less; with the last one the file is closed. */
export function closeOpenFile(k: Kernel, file: number): void {
  if (--k.words[file + HANDLES] <= 0) discardOpenFile(k, file);
}

export function discardOpenFile(k: Kernel, file: number): void {
  const inode = k.words[file + INODE];
  dropLocks(k, inode, file);
  freeRecord(k, file);
  addOpen(k, inode, -1);
}

/** These are read without the lock: they change only by who has the file open. */
export function inodeOfOpenFile(k: Kernel, file: number): number {
  return k.words[file + INODE];
}
export function sizeOfOpenFile(k: Kernel, file: number): number {
  return sizeOf(k, k.words[file + INODE]);
}
export function mayRead(k: Kernel, file: number): boolean {
  return (k.words[file + FLAGS] & ACCESS_MODE) !== O_WRONLY;
}
export function mayWrite(k: Kernel, file: number): boolean {
  return (k.words[file + FLAGS] & ACCESS_MODE) !== O_RDONLY;
}
export function openFlags(k: Kernel, file: number): number {
  return k.words[file + FLAGS];
}
export function setOpenFlags(k: Kernel, file: number, flags: number): void {
  k.words[file + FLAGS] = flags;
}
export function positionOf(k: Kernel, file: number): number {
  return k.doubles[(file + POSITION) >> 1];
}
export function setPosition(k: Kernel, file: number, position: number): void {
  k.doubles[(file + POSITION) >> 1] = position;
}

/**
 * Reads at most `most` bytes into the kernel's scratch, from `position` or, without one, from the file's own, which moves on.
 * How many is in `k.result`. EBADF where it is open for writing only.
 */
export function readOpenFile(k: Kernel, file: number, most: number, position?: number): number {
  k.enter();
  if (!mayRead(k, file)) return k.leave(EBADF);
  const from = position ?? positionOf(k, file);
  const bytes = bytesAt(k, k.words[file + INODE], from, most);
  k.growScratch(bytes.length);
  k.scratch.set(bytes);
  k.result = bytes.length;
  if (position === undefined) setPosition(k, file, from + bytes.length);
  return k.leave(DONE);
}

/**
 * Writes at `position` or, without one, at the file's own, which moves on; at the end, whatever others have written meanwhile,
 * where the file is open to append. `k.result` is how many bytes. EBADF, ENOSPC.
 */
export function writeOpenFile(k: Kernel, file: number, source: Uint8Array, position?: number): number {
  k.enter();
  const flags = k.words[file + FLAGS];
  if (!mayWrite(k, file)) return k.leave(EBADF);
  const inode = k.words[file + INODE];
  const at = (flags & O_APPEND) !== 0 ? sizeOf(k, inode) : position ?? positionOf(k, file);
  k.result = source.length;
  const outcome = source.length === 0 ? DONE : putBytes(k, inode, at, source);
  if (outcome === DONE && position === undefined) setPosition(k, file, at + source.length);
  return k.leave(outcome);
}

/** Moves the position to `offset` from the start (0), the position (1) or the end (2); it is in `k.number`. EINVAL. */
export function seekOpenFile(k: Kernel, file: number, offset: number, from: number): number {
  k.enter();
  const base = from === 0 ? 0 : from === 1 ? positionOf(k, file) : sizeOf(k, k.words[file + INODE]);
  if (base + offset < 0) return k.leave(EINVAL);
  setPosition(k, file, base + offset);
  k.number = base + offset;
  return k.leave(DONE);
}
