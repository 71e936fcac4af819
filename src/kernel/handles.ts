import { DONE, EBADF, ENFILE } from '../protocol/errno';
import { ObjectTypeCode } from '../protocol/words';
import { dropLocks } from './files/lock-records';
import { closeOpenFile, inodeOfOpenFile, isOpenFile, keepOpenFile } from './files/open-file';
import { closePipeEnd, openPipeEnd } from './ipc/pipe';
import { closeSocket, keepSocket } from './ipc/socket';
import { isSocket } from './ipc/socket-words';
import type { Kernel } from './kernel';
import {
  FREE_HANDLE, HANDLES, HANDLE_END, HANDLE_HIGH, HANDLE_NEXT, HANDLE_NUMBER, HANDLE_OBJECT, HANDLE_WORDS, MAX_HANDLES,
  OBJECT_TYPE, TASK_HANDLES, TASK_PID, TASK_TID,
} from './layout';
import { findProcess } from './task-table';

/**
 * Open ends of pipes and sockets, and open files, by process: what file descriptors are. The kernel keeps them, not the guest, so that
 * they are closed however a process ends, and its peer sees the end of file. Linked from the process's slot.
 */

/** `end` of the object at address `object`, open under `number`. */
export interface Handle {
  readonly object: number;
  readonly end: number;
  readonly number: number;
}

/** Opens `end` of `object` in the current process under `number`; ENFILE where the table is full. */
export function openHandle(k: Kernel, object: number, end: number, number: number): number {
  k.enter();
  return k.leave(addHandle(k, findProcess(k, k.words[k.current + TASK_PID]), object, end, number));
}

/** Closes the handle `number` of the current process. EBADF where there is none. */
export function closeHandle(k: Kernel, number: number): number {
  k.enter();
  const { words } = k;
  const process = findProcess(k, words[k.current + TASK_PID]);
  let link = process + TASK_HANDLES;
  while (words[link] !== 0 && words[words[link] + HANDLE_NUMBER] !== number) link = words[link] + HANDLE_NEXT;
  const handle = words[link];
  if (handle === 0) return k.leave(EBADF);
  words[link] = words[handle + HANDLE_NEXT]!;
  dropProcessLocks(k, process, handle);
  freeHandle(k, handle);
  return k.leave(DONE);
}

/** Opens every handle of `from` in the new process `to`, as a fork does. Callers hold the kernel lock. */
export function inheritHandles(k: Kernel, from: number, to: number): void {
  const { words } = k;
  for (let handle = words[from + TASK_HANDLES]; handle !== 0; handle = words[handle + HANDLE_NEXT]!) {
    addHandle(k, to, words[handle + HANDLE_OBJECT], words[handle + HANDLE_END], words[handle + HANDLE_NUMBER]);
  }
}

/** Whether `count` more handles can be opened. Callers hold the kernel lock. */
export function hasFreeHandles(k: Kernel, count: number): boolean {
  const { words } = k;
  let free = MAX_HANDLES - words[HANDLE_HIGH];
  for (let handle = words[FREE_HANDLE]; handle !== 0 && free < count; handle = words[handle + HANDLE_NEXT]) free++;
  return free >= count;
}

/** Opens one handle in a process that is being started. Callers hold the kernel lock. */
export function addHandle(k: Kernel, process: number, object: number, end: number, number: number): number {
  return linkHandle(k, process + TASK_HANDLES, object, end, number);
}

/** The handle `number` of a process, or 0. Callers hold the kernel lock. */
export function findHandle(k: Kernel, process: number, number: number): number {
  const { words } = k;
  let handle = words[process + TASK_HANDLES];
  while (handle !== 0 && words[handle + HANDLE_NUMBER] !== number) handle = words[handle + HANDLE_NEXT];
  return handle;
}

/** Opens one handle more in the list whose first is in word `link`: of a process, or of what is on its way to a socket. */
export function linkHandle(k: Kernel, link: number, object: number, end: number, number: number): number {
  const { words } = k;
  let handle = words[FREE_HANDLE];
  if (handle !== 0) words[FREE_HANDLE] = words[handle + HANDLE_NEXT]!;
  else if (words[HANDLE_HIGH] < MAX_HANDLES) handle = HANDLES + words[HANDLE_HIGH]++ * HANDLE_WORDS;
  else return ENFILE;
  words[handle + HANDLE_OBJECT] = object;
  words[handle + HANDLE_END] = end;
  words[handle + HANDLE_NUMBER] = number;
  words[handle + HANDLE_NEXT] = words[link]!;
  words[link] = handle;
  openEnd(k, object, end);
  return DONE;
}

function openEnd(k: Kernel, object: number, end: number): void {
  if (isOpenFile(k, object)) keepOpenFile(k, object);
  else if (isSocket(k, object)) keepSocket(k, object);
  else if (k.words[object + OBJECT_TYPE] === ObjectTypeCode.pipe) openPipeEnd(k, object, end);
}

/** Closes all handles of a process that has ended. Callers hold the kernel lock. */
export function closeHandles(k: Kernel, process: number): void {
  const { words } = k;
  while (words[process + TASK_HANDLES] !== 0) {
    const handle = words[process + TASK_HANDLES];
    words[process + TASK_HANDLES] = words[handle + HANDLE_NEXT]!;
    dropProcessLocks(k, process, handle);
    freeHandle(k, handle);
  }
}

/** As POSIX has it: a process that closes a file, under whatever number, has no more locks of its own on it. */
function dropProcessLocks(k: Kernel, process: number, handle: number): void {
  const object = k.words[handle + HANDLE_OBJECT];
  if (isOpenFile(k, object)) dropLocks(k, inodeOfOpenFile(k, object), -k.words[process + TASK_TID]);
}

/** Closes a handle that is in no list any more. Callers hold the kernel lock. */
export function freeHandle(k: Kernel, handle: number): void {
  const { words } = k;
  const object = words[handle + HANDLE_OBJECT];
  const end = words[handle + HANDLE_END];
  // Before the object learns of it: a socket that goes may close handles that were on their way to it.
  words[handle + HANDLE_NEXT] = words[FREE_HANDLE]!;
  words[FREE_HANDLE] = handle;
  if (isOpenFile(k, object)) closeOpenFile(k, object);
  else if (isSocket(k, object)) closeSocket(k, object, (sent) => freeHandle(k, sent));
  else if (words[object + OBJECT_TYPE] === ObjectTypeCode.pipe) closePipeEnd(k, object, end);
}
