import { DONE, EBADF, EINVAL, ENFILE, ENOTCONN, EPIPE } from '../../protocol/errno';
import { findHandle, freeHandle, hasFreeHandles, linkHandle, type Handle } from '../handles';
import type { Kernel } from '../kernel';
import { HANDLE_END, HANDLE_NEXT, HANDLE_NUMBER, HANDLE_OBJECT, TASK_HANDLES, TASK_PID } from '../layout';
import { findProcess } from '../task-table';
import { wakeAll } from '../wait-queue';
import { chainBytes, chainLook } from './chain';
import { channelOf, endWriting, readersOf } from './pipe';
import { wakePollers } from './pollers';
import {
  endOf, familyOf, isListening, kindOf, SOCKET_CONNECTION, SOCKET_FLAGS, SOCKET_HANDLES, SOCKET_PEER, SOCKET_RECEIVED,
  SOCKET_RECEIVERS, SocketFamily, SocketFlag, SocketKind,
} from './socket-words';
import { giveBytes, takeBytes } from './stream';

/**
 * Bytes between connected sockets. With bytes a socket may send handles: copies of its process's that are open on their way.
 * They arrive with the first of the bytes that they were sent with, and a read ends before the first byte of the next such
 * group. A handle on its way has the position of that byte, counted from the first that its receiver got, as its number.
 */

/** Waits for bytes and takes at most `most` into scratch; `k.result` is how many, 0 at the end. `peek`: they stay. ENOTCONN. */
export function receiveSocket(k: Kernel, at: number, most: number, peek: boolean, deadline: number): number {
  k.enter();
  if (peek) return k.leave(lookAtBytes(k, at, most, deadline));
  const outcome = receive(k, at, most, deadline);
  if (outcome === DONE) for (const handle of arrived(k, at)) freeHandle(k, handle);
  return k.leave(outcome);
}

/**
 * The same, and opens the handles that have come with the first byte in the current process under the `numbers`, as many as
 * there are; the others are closed. They are added to `taken`.
 */
export function receiveHandles(
  k: Kernel, at: number, most: number, numbers: readonly number[], taken: Handle[], deadline: number,
): number {
  k.enter();
  const { words } = k;
  const outcome = receive(k, at, most, deadline);
  if (outcome !== DONE) return k.leave(outcome);
  const process = findProcess(k, words[k.current + TASK_PID]);
  arrived(k, at).forEach((handle, index) => {
    if (index >= numbers.length) {
      freeHandle(k, handle);
      return;
    }
    words[handle + HANDLE_NUMBER] = numbers[index];
    words[handle + HANDLE_NEXT] = words[process + TASK_HANDLES]!;
    words[process + TASK_HANDLES] = handle;
    taken.push({ object: words[handle + HANDLE_OBJECT], end: words[handle + HANDLE_END], number: numbers[index] });
  });
  return k.leave(DONE);
}

/** Waits for room and sends, all of at most 4,096 bytes, else what fits; `k.result` is how many. EPIPE, ENOTCONN, ENOMEM. */
export function sendSocket(
  k: Kernel, at: number, source: Uint8Array, offset: number, length: number, deadline: number,
): number {
  k.enter();
  return k.leave(send(k, at, source, offset, length, deadline));
}

/** The same with copies of the current process's handles of these numbers. EBADF where one is not open, EINVAL without a byte. */
export function sendHandles(k: Kernel, at: number, source: Uint8Array, numbers: readonly number[], deadline: number): number {
  k.enter();
  const { words } = k;
  const process = findProcess(k, words[k.current + TASK_PID]);
  const handles = numbers.map((number) => findHandle(k, process, number));
  if (handles.includes(0)) return k.leave(EBADF);
  if (source.length === 0) return k.leave(EINVAL);
  if (!hasFreeHandles(k, handles.length)) return k.leave(ENFILE);
  const peer = words[at + SOCKET_PEER];
  const connection = words[at + SOCKET_CONNECTION];
  const position = peer === 0 ? 0 : words[peer + SOCKET_RECEIVED] + chainBytes(k, channelOf(connection, endOf(k, peer)));
  const outcome = send(k, at, source, 0, source.length, deadline);
  if (outcome !== DONE) return k.leave(outcome);
  let link = peer + SOCKET_HANDLES;
  while (words[link] !== 0) link = words[link] + HANDLE_NEXT;
  for (const handle of handles) {
    linkHandle(k, link, words[handle + HANDLE_OBJECT], words[handle + HANDLE_END], position | 0);
    link = words[link] + HANDLE_NEXT;
  }
  return k.leave(DONE);
}

/** Nothing is received (`reading`) or sent (`writing`) any more, by any process that has the socket. ENOTCONN. */
export function shutdownSocket(k: Kernel, at: number, reading: boolean, writing: boolean): number {
  k.enter();
  const { words } = k;
  const connection = kindOf(k, at) === SocketKind.Stream ? words[at + SOCKET_CONNECTION] : 0;
  if (connection === 0 && !isListening(k, at)) return k.leave(ENOTCONN);
  const flags = (reading ? SocketFlag.ReceivesNoMore : 0) | (writing ? SocketFlag.SendsNoMore : 0);
  words[at + SOCKET_FLAGS] |= flags;
  if (connection !== 0) {
    if (writing) endWriting(k, connection, endOf(k, at));
    if (reading) wakeAll(k, readersOf(connection, endOf(k, at)));
    wakePollers(k, connection);
  }
  wakeAll(k, at + SOCKET_RECEIVERS);
  wakePollers(k, at);
  return k.leave(DONE);
}

function send(k: Kernel, at: number, source: Uint8Array, offset: number, length: number, deadline: number): number {
  const { words } = k;
  const connection = words[at + SOCKET_CONNECTION];
  if (connection === 0) return familyOf(k, at) === SocketFamily.Internet ? EPIPE : ENOTCONN;
  if ((words[at + SOCKET_FLAGS] & SocketFlag.SendsNoMore) !== 0) return EPIPE;
  if (length === 0) {
    k.result = 0;
    return DONE;
  }
  return giveBytes(k, connection, endOf(k, at), source, offset, length, deadline);
}

function receive(k: Kernel, at: number, most: number, deadline: number): number {
  const { words } = k;
  const connection = words[at + SOCKET_CONNECTION];
  if (connection === 0) return ENOTCONN;
  if (isAtEnd(k, at)) {
    k.result = 0;
    return DONE;
  }
  const outcome = takeBytes(k, connection, endOf(k, at), Math.min(most, untilNextHandles(k, at)), deadline);
  if (outcome === DONE) words[at + SOCKET_RECEIVED] = (words[at + SOCKET_RECEIVED] + k.result) | 0;
  return outcome;
}

function lookAtBytes(k: Kernel, at: number, most: number, deadline: number): number {
  const connection = k.words[at + SOCKET_CONNECTION];
  if (connection === 0) return ENOTCONN;
  const end = endOf(k, at);
  const there = chainBytes(k, channelOf(connection, end));
  // Nothing to look at: it waits, or sees the end, as one who takes does.
  if (there === 0) return receive(k, at, most, deadline);
  k.result = Math.min(there, most);
  k.growScratch(k.result);
  chainLook(k, channelOf(connection, end), k.scratch, k.result);
  return DONE;
}

/** Whether it was told to receive no more, and has received what was there. */
function isAtEnd(k: Kernel, at: number): boolean {
  return (k.words[at + SOCKET_FLAGS] & SocketFlag.ReceivesNoMore) !== 0
    && chainBytes(k, channelOf(k.words[at + SOCKET_CONNECTION], endOf(k, at))) === 0;
}

/** How many bytes may be read before the first byte that handles of a later group came with. */
function untilNextHandles(k: Kernel, at: number): number {
  const { words } = k;
  for (let handle = words[at + SOCKET_HANDLES]; handle !== 0; handle = words[handle + HANDLE_NEXT]) {
    const distance = (words[handle + HANDLE_NUMBER] - words[at + SOCKET_RECEIVED]) | 0;
    if (distance > 0) return distance;
  }
  return Infinity;
}

/** Takes the handles out of the socket's list whose byte has been received. */
function arrived(k: Kernel, at: number): number[] {
  const { words } = k;
  const handles: number[] = [];
  for (let handle = words[at + SOCKET_HANDLES]; handle !== 0; handle = words[at + SOCKET_HANDLES]) {
    if (((words[handle + HANDLE_NUMBER] - words[at + SOCKET_RECEIVED]) | 0) >= 0) break;
    words[at + SOCKET_HANDLES] = words[handle + HANDLE_NEXT];
    handles.push(handle);
  }
  return handles;
}
