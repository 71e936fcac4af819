import { DONE, EADDRINUSE, EINVAL, EOPNOTSUPP } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { HANDLE_NEXT, OBJECT_ID, OBJECT_TYPE, OBJECT_WORDS } from '../layout';
import { allocateHidden, releaseObject, showObject } from '../object-table';
import { announceServer } from '../programs-beside';
import { emit } from '../trace-sink';
import { forgetQueues, wakeAll } from '../wait-queue';
import { chainFree } from './chain';
import { closePipeEnd } from './pipe';
import { wakePollers } from './pollers';
import {
  addressText, ANY_ADDRESS, chooseAddress, dropAddress, isListenedTo, isTaken, keepAddress, type SocketAddress,
} from './socket-address';
import {
  endOf, familyOf, isListening, kindOf, SOCKET_BACKLOG, SOCKET_CONNECTION, SOCKET_FIRST_PENDING, SOCKET_FLAGS, SOCKET_HANDLES,
  SOCKET_INBOX, SOCKET_LOCAL, SOCKET_NEXT_PENDING, SOCKET_OPEN, SOCKET_PARTNER, SOCKET_PEER, SOCKET_RECEIVERS, SOCKET_REMOTE, SOCKET_SENDERS,
  SOCKET_SORT, SocketFamily, SocketFlag, SocketKind,
} from './socket-words';

/**
 * Sockets of the machine's own network, from which nothing comes and to which nothing goes: local ones (names of files)
 * and those of the internet family on the loopback. A socket that is connected stands on an end of a connection, which is
 * a pipe of its own kind (pipe.ts); one that listens holds those who have connected and wait to be accepted; one of
 * datagrams holds its messages.
 *
 * A socket is counted by its handles, of all processes; with the last it is gone.
 */

/** Most that can wait to be accepted, as on Linux. */
const MOST_PENDING = 4096;

/** A new socket; its address, EINVAL or ENFILE. It is gone unless a handle is opened on it. */
export function createSocket(k: Kernel, family: number, kind: number): number {
  k.enter();
  return k.leave(makeSocket(k, family, kind));
}

/** The same for callers that hold the kernel lock. */
export function makeSocket(k: Kernel, family: number, kind: number): number {
  if (family !== SocketFamily.Local && family !== SocketFamily.Internet) return EINVAL;
  if (kind !== SocketKind.Stream && kind !== SocketKind.Datagram) return EINVAL;
  const at = allocateHidden(k, ObjectTypeCode.socket);
  if (at > 0) k.words[at + SOCKET_SORT] = family | (kind << 8);
  return at;
}

/** Gives the socket an address. EINVAL where it has one, EADDRINUSE, EADDRNOTAVAIL. */
export function bindSocket(k: Kernel, at: number, address: SocketAddress): number {
  k.enter();
  const { words } = k;
  if ((words[at + SOCKET_FLAGS] & SocketFlag.Bound) !== 0) return k.leave(EINVAL);
  return k.leave(bindTo(k, at, address));
}

/** Lets up to `backlog` others connect before they are accepted. Again: only changes that number. */
export function listenSocket(k: Kernel, at: number, backlog: number): number {
  k.enter();
  const { words } = k;
  if (kindOf(k, at) !== SocketKind.Stream) return k.leave(EOPNOTSUPP);
  if (words[at + SOCKET_CONNECTION] !== 0) return k.leave(EINVAL);
  if ((words[at + SOCKET_FLAGS] & SocketFlag.Bound) === 0) {
    if (familyOf(k, at) === SocketFamily.Local) return k.leave(EINVAL);
    const outcome = bindTo(k, at, ANY_ADDRESS);
    if (outcome !== DONE) return k.leave(outcome);
  }
  words[at + SOCKET_BACKLOG] = Math.min(Math.max(backlog, 0), MOST_PENDING);
  if (words[at + OBJECT_TYPE] !== ObjectTypeCode.listener) {
    // Several may have the same address by SO_REUSEADDR; one may listen there.
    if (isListenedTo(k, at)) return k.leave(EADDRINUSE);
    words[at + OBJECT_TYPE] = ObjectTypeCode.listener;
    showObject(k, at, words[at + SOCKET_BACKLOG], addressText(k, at + SOCKET_LOCAL, familyOf(k, at)));
    announceServer(k);
  }
  wakeAll(k, at + SOCKET_SENDERS);
  wakePollers(k, at);
  return k.leave(DONE);
}

/** SO_REUSEADDR. */
export function setReuse(k: Kernel, at: number, reuses: boolean): number {
  k.enter();
  const { words } = k;
  if (reuses) words[at + SOCKET_FLAGS] |= SocketFlag.Reuses;
  else words[at + SOCKET_FLAGS] &= ~SocketFlag.Reuses;
  return k.leave(DONE);
}

/** Callers hold the kernel lock. */
export function bindTo(k: Kernel, at: number, wanted: SocketAddress): number {
  const { words } = k;
  const address = chooseAddress(k, at, wanted);
  if (typeof address === 'number') return address;
  if (isTaken(k, at, address)) return EADDRINUSE;
  const outcome = keepAddress(k, at + SOCKET_LOCAL, address, at);
  if (outcome !== DONE) return outcome;
  words[at + SOCKET_FLAGS] |= SocketFlag.Bound;
  if (kindOf(k, at) === SocketKind.Datagram) {
    showObject(k, at, 0, addressText(k, at + SOCKET_LOCAL, familyOf(k, at)));
    announceServer(k);
  }
  return DONE;
}

/** One more handle on the socket. Callers hold the kernel lock. */
export function keepSocket(k: Kernel, at: number): void {
  k.words[at + SOCKET_OPEN]++;
}

/**
 * One handle less; with the last the socket is gone, and `drop` is called for each handle that was on its way to it.
 * Callers hold the kernel lock.
 */
export function closeSocket(k: Kernel, at: number, drop: (handle: number) => void): void {
  if (--k.words[at + SOCKET_OPEN] <= 0) endSocket(k, at, drop);
}

/** A socket that no handle was opened on goes again. Callers hold the kernel lock. */
export function discardSocket(k: Kernel, at: number): void {
  endSocket(k, at, () => undefined);
}

function endSocket(k: Kernel, at: number, drop: (handle: number) => void): void {
  const { words } = k;
  const isDatagram = kindOf(k, at) === SocketKind.Datagram;
  if (isListening(k, at) || (isDatagram && (words[at + SOCKET_FLAGS] & SocketFlag.Bound) !== 0)) {
    emit(k, EventKindCode['object-close'], words[at + OBJECT_ID], 0, 0);
  }
  const pending = isListening(k, at) ? words[at + SOCKET_FIRST_PENDING] : 0;
  if (isDatagram) {
    chainFree(k, at + SOCKET_INBOX);
    const partner = words[at + SOCKET_PARTNER];
    if (partner !== 0) words[partner + SOCKET_PARTNER] = 0;
  }
  if (!isDatagram && words[at + SOCKET_CONNECTION] !== 0) disconnect(k, at, drop);
  // Who waits here waits to connect, or another thread of its process closed the descriptor under it.
  wakeAll(k, at + SOCKET_RECEIVERS);
  wakeAll(k, at + SOCKET_SENDERS);
  wakePollers(k, at);
  dropAddress(k, at + SOCKET_LOCAL, familyOf(k, at), at);
  dropAddress(k, at + SOCKET_REMOTE, familyOf(k, at), at);
  forgetQueues(k, at, OBJECT_WORDS);
  releaseObject(k, at);
  for (let next = pending; next !== 0; ) {
    const socket = next;
    next = words[socket + SOCKET_NEXT_PENDING];
    endSocket(k, socket, drop);
  }
}

function disconnect(k: Kernel, at: number, drop: (handle: number) => void): void {
  const { words } = k;
  if (words[at + SOCKET_PEER] !== 0) words[words[at + SOCKET_PEER] + SOCKET_PEER] = 0;
  let handle = words[at + SOCKET_HANDLES];
  words[at + SOCKET_HANDLES] = 0;
  closePipeEnd(k, words[at + SOCKET_CONNECTION], endOf(k, at));
  while (handle !== 0) {
    const next = words[handle + HANDLE_NEXT];
    drop(handle);
    handle = next;
  }
}
