import { DONE, ENOSPC } from '../../protocol/errno';
import type { Kernel } from '../kernel';
import { addLink, bytesAt, putBytes, resize, sizeOf } from './inode';

/**
 * A folder is a file of entries: the address of an inode, the length of the name in bytes, the name, filled up to a whole word.
 * They are in the order in which they were made. Callers of everything here hold the kernel lock.
 */
const INODE = 0;
const NAME_BYTES = 4;
const NAME = 8;

const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder();

interface Entry {
  /** In bytes, of the folder's. */
  readonly at: number;
  readonly length: number;
  readonly inode: number;
  readonly name: Uint8Array;
}

/** The inode of this name, or 0. */
export function findEntry(k: Kernel, folder: number, name: string): number {
  return entryOf(k, folder, name)?.inode ?? 0;
}

/** Gives `inode` a name, which is free. ENOSPC. */
export function addEntry(k: Kernel, folder: number, name: string, inode: number): number {
  const bytes = textEncoder.encode(name);
  const entry = new Uint8Array(lengthOf(bytes.length));
  const view = new DataView(entry.buffer);
  view.setInt32(INODE, inode, true);
  view.setInt32(NAME_BYTES, bytes.length, true);
  entry.set(bytes, NAME);
  if (putBytes(k, folder, sizeOf(k, folder), entry) !== DONE) return ENOSPC;
  addLink(k, inode, 1);
  return DONE;
}

/** Takes a name away. Where it was the last, and nobody has it open, the inode is gone. */
export function removeEntry(k: Kernel, folder: number, name: string): void {
  const entry = entryOf(k, folder, name);
  if (entry === undefined) return;
  const size = sizeOf(k, folder);
  const bytes = bytesAt(k, folder, 0, size);
  bytes.copyWithin(entry.at, entry.at + entry.length);
  resize(k, folder, size - entry.length);
  addLink(k, entry.inode, -1);
}

/** Lets a name stand for another inode. */
export function replaceEntry(k: Kernel, folder: number, name: string, inode: number): void {
  const entry = entryOf(k, folder, name);
  if (entry === undefined) return;
  const bytes = bytesAt(k, folder, entry.at, NAME);
  k.words[(bytes.byteOffset + INODE) >> 2] = inode;
  addLink(k, inode, 1);
  addLink(k, entry.inode, -1);
}

export function entryNames(k: Kernel, folder: number): string[] {
  return [...entries(k, folder)].map(({ name }) => textDecoder.decode(name.slice()));
}

function entryOf(k: Kernel, folder: number, name: string): Entry | undefined {
  const wanted = textEncoder.encode(name);
  for (const entry of entries(k, folder)) {
    if (entry.name.length === wanted.length && wanted.every((byte, index) => entry.name[index] === byte)) return entry;
  }
  return undefined;
}

function* entries(k: Kernel, folder: number): Generator<Entry> {
  const size = sizeOf(k, folder);
  const bytes = bytesAt(k, folder, 0, size);
  for (let at = 0; at < size; ) {
    const word = (bytes.byteOffset + at) >> 2;
    const nameBytes = k.words[word + 1];
    const length = lengthOf(nameBytes);
    yield { at, length, inode: k.words[word], name: bytes.subarray(at + NAME, at + NAME + nameBytes) };
    at += length;
  }
}

function lengthOf(nameBytes: number): number {
  return NAME + Math.ceil(nameBytes / 4) * 4;
}
