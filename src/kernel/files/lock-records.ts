import { DONE, ENOLCK } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_BODY, OBJECT_ID } from '../layout';
import { allocateObject } from '../object-table';
import { emitFor } from '../trace-sink';
import { wakeAll } from '../wait-queue';
import { allocateRecord, freeRecord, INODE_LOCK, RecordKind } from './inode';

/**
 * Locks on files, which stop nobody but who asks for one: each is a record with a range of bytes. There are two families, which know
 * nothing of each other: those of open files (`flock`) and those of processes (`lockf`). A file that has ever been locked has an object
 * of the trace, a lock, in which its records and those who wait are kept. Callers hold the kernel lock.
 */

/** The object's first word stays 0: nobody owns the whole of it. Then the first record, and those who wait. */
const FIRST = OBJECT_BODY + 1;
const WAITERS = OBJECT_BODY + 2; // 2 words

/** The next record; whose it is: the address of an open file, or minus a pid; the task that took it; 1: nobody else may have it. */
const NEXT = 1;
const OWNER = 2;
const HOLDER = 3;
const EXCLUSIVE = 4;
/** float64 each: the first byte, and the one after the last. */
const START = 6;
const END = 8;

/** Bytes of a file that are locked, the last of them excluded. */
export interface LockRange {
  readonly start: number;
  readonly end: number;
}
interface LockedRange extends LockRange {
  readonly exclusive: boolean;
}

/** The object of the locks of a file; `name` is what it is called if it is new. ENFILE. */
export function lockObject(k: Kernel, inode: number, name: string): number {
  const known = k.words[inode + INODE_LOCK];
  if (known !== 0) return known;
  const object = allocateObject(k, ObjectTypeCode.lock, 0, name);
  if (object > 0) k.words[inode + INODE_LOCK] = object;
  return object;
}

/** The wait queue of who wants a lock on the file. */
export function lockWaiters(object: number): number {
  return object + WAITERS;
}

/** Who has a lock that keeps `owner` from one on `range`: the number of a task, or 0. */
export function holderOfConflict(k: Kernel, object: number, owner: number, range: LockRange, exclusive: boolean): number {
  const { words, doubles } = k;
  for (let at = words[object + FIRST]; at !== 0; at = words[at + NEXT]) {
    const isOther = words[at + OWNER] !== owner && words[at + OWNER] > 0 === owner > 0;
    if (!isOther || (!exclusive && words[at + EXCLUSIVE] === 0)) continue;
    if (doubles[(at + START) >> 1] < range.end && range.start < doubles[(at + END) >> 1]) return words[at + HOLDER];
  }
  return 0;
}

/** `owner` has, from here on, a lock on `range`, exclusive or not, or (undefined) none there. ENOLCK where there is no room. */
export function setLock(k: Kernel, object: number, owner: number, range: LockRange, exclusive: boolean | undefined, by: number = k.currentTid): number {
  const { words } = k;
  const had = recordsOf(k, object, owner);
  const left = had.flatMap((at) => outside(rangeOf(k, at), range));
  const has: readonly LockedRange[] = exclusive === undefined ? left : [...left, { ...range, exclusive }];
  const records = had.slice(0, has.length);
  while (records.length < has.length) {
    const record = allocateRecord(k, RecordKind.Lock);
    if (record === 0) {
      records.slice(had.length).forEach((at) => freeRecord(k, at));
      return ENOLCK;
    }
    records.push(record);
    words[record + OWNER] = owner;
    words[record + HOLDER] = by;
    words[record + NEXT] = words[object + FIRST];
    words[object + FIRST] = record;
  }
  had.slice(has.length).forEach((at) => drop(k, object, at));
  has.forEach((locked, index) => write(k, records[index], locked));
  if (had.length === 0 && has.length > 0) emitFor(k, EventKindCode.acquire, by, words[object + OBJECT_ID], 1, 0);
  if (had.length > 0 && has.length === 0) emitFor(k, EventKindCode.release, by, words[object + OBJECT_ID], 0, 0);
  if (had.length > 0) wakeAll(k, object + WAITERS);
  return DONE;
}

/** `owner` has no lock on the file any more, and who waits for one looks again: the file may have been closed under them. */
export function dropLocks(k: Kernel, inode: number, owner: number): void {
  const object = k.words[inode + INODE_LOCK];
  if (object === 0) return;
  const [first] = recordsOf(k, object, owner);
  // Whoever ends the process or closes the file, it is the holder's lock that goes.
  if (first !== undefined) setLock(k, object, owner, { start: 0, end: Infinity }, undefined, k.words[first + HOLDER]);
  wakeAll(k, object + WAITERS);
}

function recordsOf({ words }: Kernel, object: number, owner: number): number[] {
  const records: number[] = [];
  for (let at = words[object + FIRST]; at !== 0; at = words[at + NEXT]) if (words[at + OWNER] === owner) records.push(at);
  return records;
}

/** The parts of `locked` that are not in `range`. */
function outside(locked: LockedRange, range: LockRange): LockedRange[] {
  const before = { ...locked, end: Math.min(locked.end, range.start) };
  const after = { ...locked, start: Math.max(locked.start, range.end) };
  return [before, after].filter(({ start, end }) => start < end);
}

function rangeOf({ words, doubles }: Kernel, at: number): LockedRange {
  return { start: doubles[(at + START) >> 1], end: doubles[(at + END) >> 1], exclusive: words[at + EXCLUSIVE] === 1 };
}

function write({ words, doubles }: Kernel, at: number, { start, end, exclusive }: LockedRange): void {
  doubles[(at + START) >> 1] = start;
  doubles[(at + END) >> 1] = end;
  words[at + EXCLUSIVE] = exclusive ? 1 : 0;
}

function drop(k: Kernel, object: number, record: number): void {
  const { words } = k;
  let link = object + FIRST;
  while (words[link] !== record) link = words[link] + NEXT;
  words[link] = words[record + NEXT]!;
  freeRecord(k, record);
}
