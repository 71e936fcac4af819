import { DONE, EEXIST, EINVAL, EISDIR, ENOENT, ENOSPC, ENOTDIR, ENOTEMPTY } from '../../protocol/errno';
import { addHandle } from '../handles';
import type { Kernel } from '../kernel';
import { FILE_PLACES, TASK_PID } from '../layout';
import { findProcess } from '../task-table';
import { addEntry, entryNames, findEntry, removeEntry, replaceEntry } from './folder';
import { addLink, addOpen, attributesOf, bytesAt, createInode, isFolder, resize, S_IFDIR, setAttributes, sizeOf, type Attributes } from './inode';
import { createOpenFile, discardOpenFile } from './open-file';

/** What processes do with files by name. Folders and files are given by the addresses of their inodes. */

const FOLDER_MODE = S_IFDIR | 0o777;

/** The folder that lies at `path` in every process; made when it is asked for the first time. ENOSPC. */
export function placeOfFiles(k: Kernel, path: string): number {
  k.enter();
  const { words } = k;
  if (words[FILE_PLACES] === 0) {
    const places = createInode(k, FOLDER_MODE);
    if (places === 0) return k.leave(ENOSPC);
    addLink(k, places, 1);
    words[FILE_PLACES] = places;
  }
  const known = findEntry(k, words[FILE_PLACES], path);
  return k.leave(known === 0 ? make(k, words[FILE_PLACES], path, FOLDER_MODE) : known);
}

/** The inode of `name`, or ENOENT. */
export function lookUp(k: Kernel, folder: number, name: string): number {
  k.enter();
  return k.leave(findEntry(k, folder, name) || ENOENT);
}

/** A new file, folder or link, of no bytes. EEXIST, ENOSPC. */
export function makeFile(k: Kernel, folder: number, name: string, mode: number): number {
  k.enter();
  return k.leave(findEntry(k, folder, name) === 0 ? make(k, folder, name, mode) : EEXIST);
}

/** A name goes; the file with it, when nobody has it open any more. ENOENT, EISDIR. */
export function unlinkFile(k: Kernel, folder: number, name: string): number {
  k.enter();
  const inode = findEntry(k, folder, name);
  if (inode === 0) return k.leave(ENOENT);
  if (isFolder(k, inode)) return k.leave(EISDIR);
  removeEntry(k, folder, name);
  return k.leave(DONE);
}

/** ENOENT, ENOTDIR, ENOTEMPTY. */
export function removeFolder(k: Kernel, folder: number, name: string): number {
  k.enter();
  const inode = findEntry(k, folder, name);
  if (inode === 0) return k.leave(ENOENT);
  if (!isFolder(k, inode)) return k.leave(ENOTDIR);
  if (sizeOf(k, inode) > 0) return k.leave(ENOTEMPTY);
  removeEntry(k, folder, name);
  return k.leave(DONE);
}

/** Gives a file another name, in the place of what has it, in one step. ENOENT, EISDIR, ENOTDIR, ENOTEMPTY, ENOSPC. */
export function renameFile(k: Kernel, folder: number, name: string, newFolder: number, newName: string): number {
  k.enter();
  const inode = findEntry(k, folder, name);
  if (inode === 0) return k.leave(ENOENT);
  const there = findEntry(k, newFolder, newName);
  if (there === inode) return k.leave(DONE);
  if (there === 0) {
    if (addEntry(k, newFolder, newName, inode) !== DONE) return k.leave(ENOSPC);
  } else {
    if (isFolder(k, there) !== isFolder(k, inode)) return k.leave(isFolder(k, there) ? EISDIR : ENOTDIR);
    if (isFolder(k, there) && sizeOf(k, there) > 0) return k.leave(ENOTEMPTY);
    replaceEntry(k, newFolder, newName, inode);
  }
  removeEntry(k, folder, name);
  return k.leave(DONE);
}

export function listFolder(k: Kernel, folder: number): string[] {
  k.enter();
  const names = entryNames(k, folder);
  k.leave(DONE);
  return names;
}

export function fileAttributes(k: Kernel, inode: number): Attributes {
  k.enter();
  const attributes = attributesOf(k, inode);
  k.leave(DONE);
  return attributes;
}

/** Changes what is given. EINVAL, ENOSPC. */
export function changeFile(k: Kernel, inode: number, changes: Partial<Attributes>): number {
  k.enter();
  if (changes.size !== undefined) {
    if (!(changes.size >= 0)) return k.leave(EINVAL);
    const outcome = resize(k, inode, changes.size);
    if (outcome !== DONE) return k.leave(outcome);
  }
  setAttributes(k, inode, changes);
  return k.leave(DONE);
}

/** All bytes of a file: of a link its target. */
export function wholeFile(k: Kernel, inode: number): Uint8Array {
  k.enter();
  const bytes = bytesAt(k, inode, 0, Infinity).slice();
  k.leave(DONE);
  return bytes;
}

/** Opens a file under `number` in the current process; the address of the open file. ENFILE, ENOSPC. */
export function openFile(k: Kernel, inode: number, flags: number, number: number): number {
  k.enter();
  const file = createOpenFile(k, inode, flags);
  if (file === 0) return k.leave(ENOSPC);
  const outcome = addHandle(k, findProcess(k, k.words[k.current + TASK_PID]), file, 0, number);
  if (outcome !== DONE) discardOpenFile(k, file);
  return k.leave(outcome === DONE ? file : outcome);
}

function make(k: Kernel, folder: number, name: string, mode: number): number {
  const inode = createInode(k, mode);
  if (inode === 0) return ENOSPC;
  // Held, so that it does not go before it has its name.
  addOpen(k, inode, 1);
  const outcome = addEntry(k, folder, name, inode);
  addOpen(k, inode, -1);
  return outcome === DONE ? inode : ENOSPC;
}
