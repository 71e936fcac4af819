import {
  DONE, ECONNREFUSED, EINVAL, EISCONN, ENETUNREACH, ENFILE, ENOENT,
} from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import { addHandle, hasFreeHandles } from '../handles';
import type { Kernel } from '../kernel';
import { OBJECT_ID, TASK_PID } from '../layout';
import { allocateObject } from '../object-table';
import { findProcess } from '../task-table';
import { emit, textValue } from '../trace-sink';
import { park, passOn, waitOn, wakeOne } from '../wait-queue';
import { openPipeEnd, PIPE_CAPACITY } from './pipe';
import { wakePollers } from './pollers';
import { bindTo, discardSocket, makeSocket } from './socket';
import {
  addressText, ANY_ADDRESS, copyAddress, dropAddress, findSocket, hasName, isLoopback, LOOPBACK_HOST,
  type SocketAddress,
} from './socket-address';
import {
  familyOf, isListening, kindOf, SOCKET_BACKLOG, SOCKET_CONNECTION, SOCKET_FIRST_PENDING, SOCKET_FLAGS, SOCKET_LAST_PENDING,
  SOCKET_LOCAL, SOCKET_NEXT_PENDING, SOCKET_PARTNER, SOCKET_PEER, SOCKET_PENDING, SOCKET_RECEIVERS, SOCKET_REMOTE,
  SOCKET_SENDERS, SocketFamily, SocketFlag, SocketKind,
} from './socket-words';

/** How sockets come to be connected. */

/**
 * Connects to who listens at `address`; waits while as many as the backlog allows wait there already. A socket of datagrams
 * only notes where it sends. ECONNREFUSED, ENOENT (no such name), ENETUNREACH (not on this machine), EISCONN, EINVAL, ENFILE.
 */
export function connectSocket(k: Kernel, at: number, address: SocketAddress, deadline: number): number {
  k.enter();
  const { words } = k;
  const family = familyOf(k, at);
  if ((address.path === undefined) !== (family === SocketFamily.Internet)) return k.leave(EINVAL);
  if (family === SocketFamily.Internet && address.host !== 0 && !isLoopback(address.host)) return k.leave(ENETUNREACH);
  if (isListening(k, at)) return k.leave(EINVAL);
  const target = findSocket(k, at, address);
  if (kindOf(k, at) === SocketKind.Datagram) return k.leave(aim(k, at, address, target));
  if (words[at + SOCKET_CONNECTION] !== 0) return k.leave(EISCONN);
  if (target === 0) return k.leave(address.path === undefined || hasName(k, address.path) ? ECONNREFUSED : ENOENT);
  if (words[target + SOCKET_PENDING] > words[target + SOCKET_BACKLOG]) {
    return waitOn(k, target + SOCKET_SENDERS, BlockReasonCode.connect, target, deadline);
  }
  const outcome = connectTo(k, at, target);
  if (outcome !== DONE) passOn(k, target + SOCKET_SENDERS);
  return k.leave(outcome);
}

/**
 * Takes the socket of the first who has connected, or waits for one, and opens a handle on it in the current process under
 * `number`; `k.result` is its address. EINVAL where the socket does not listen, ENFILE.
 */
export function acceptSocket(k: Kernel, at: number, number: number, deadline: number): number {
  k.enter();
  const { words } = k;
  if (!isListening(k, at) || (words[at + SOCKET_FLAGS] & SocketFlag.ReceivesNoMore) !== 0) return k.leave(EINVAL);
  const socket = words[at + SOCKET_FIRST_PENDING];
  if (socket === 0) return k.leave(park(k, at + SOCKET_RECEIVERS, BlockReasonCode.accept, at, deadline));
  const outcome = addHandle(k, findProcess(k, words[k.current + TASK_PID]), socket, 0, number);
  if (outcome !== DONE) {
    passOn(k, at + SOCKET_RECEIVERS);
    return k.leave(outcome);
  }
  const next = words[socket + SOCKET_NEXT_PENDING];
  words[at + SOCKET_FIRST_PENDING] = next;
  if (next === 0) words[at + SOCKET_LAST_PENDING] = 0;
  words[socket + SOCKET_NEXT_PENDING] = 0;
  const left = --words[at + SOCKET_PENDING];
  emit(k, EventKindCode.get, words[at + OBJECT_ID], left, connectionValue(k, socket));
  wakeOne(k, at + SOCKET_SENDERS);
  k.result = socket;
  return k.leave(DONE);
}

/** Two sockets that are connected, open in the current process under two numbers. EINVAL, ENFILE. */
export function pairSockets(k: Kernel, family: number, kind: number, numbers: readonly [number, number]): number {
  k.enter();
  if (!hasFreeHandles(k, 2)) return k.leave(ENFILE);
  const one = makeSocket(k, family, kind);
  if (one < 0) return k.leave(one);
  const other = makeSocket(k, family, kind);
  const outcome = other < 0 ? other : kind === SocketKind.Stream ? join(k, one, other, '') : DONE;
  if (outcome !== DONE) {
    discardSocket(k, one);
    if (other > 0) discardSocket(k, other);
    return k.leave(outcome);
  }
  if (kind === SocketKind.Datagram) {
    k.words[one + SOCKET_PARTNER] = other;
    k.words[other + SOCKET_PARTNER] = one;
  }
  const process = findProcess(k, k.words[k.current + TASK_PID]);
  addHandle(k, process, one, 0, numbers[0]);
  addHandle(k, process, other, 0, numbers[1]);
  return k.leave(DONE);
}

/** Makes the connection, and the socket at its other end, which waits to be accepted. */
function connectTo(k: Kernel, at: number, listener: number): number {
  const { words } = k;
  const family = familyOf(k, at);
  if (family === SocketFamily.Internet && (words[at + SOCKET_FLAGS] & SocketFlag.Bound) === 0) {
    const outcome = bindTo(k, at, { ...ANY_ADDRESS, host: LOOPBACK_HOST });
    if (outcome !== DONE) return outcome;
  }
  const socket = makeSocket(k, family, SocketKind.Stream);
  if (socket < 0) return socket;
  const outcome = join(k, at, socket, addressText(k, listener + SOCKET_LOCAL, family));
  if (outcome !== DONE) {
    discardSocket(k, socket);
    return outcome;
  }
  words[socket + SOCKET_FLAGS] |= words[listener + SOCKET_FLAGS] & SocketFlag.Reuses;
  copyAddress(k, listener + SOCKET_LOCAL, at + SOCKET_REMOTE, family);
  copyAddress(k, listener + SOCKET_LOCAL, socket + SOCKET_LOCAL, family);
  copyAddress(k, at + SOCKET_LOCAL, socket + SOCKET_REMOTE, family);
  if (family === SocketFamily.Internet) {
    // One that listens on all hosts is met on one of them.
    words[at + SOCKET_REMOTE] ||= LOOPBACK_HOST;
    words[socket + SOCKET_LOCAL] ||= LOOPBACK_HOST;
    words[socket + SOCKET_REMOTE] ||= LOOPBACK_HOST;
    words[at + SOCKET_LOCAL] ||= LOOPBACK_HOST;
  }
  const last = words[listener + SOCKET_LAST_PENDING];
  if (last === 0) words[listener + SOCKET_FIRST_PENDING] = socket;
  else words[last + SOCKET_NEXT_PENDING] = socket;
  words[listener + SOCKET_LAST_PENDING] = socket;
  const waiting = ++words[listener + SOCKET_PENDING];
  emit(k, EventKindCode.put, words[listener + OBJECT_ID], waiting, connectionValue(k, socket));
  wakeOne(k, listener + SOCKET_RECEIVERS);
  wakePollers(k, listener);
  wakePollers(k, at);
  return DONE;
}

/** Sets two sockets on the ends of a new connection. */
function join(k: Kernel, one: number, other: number, name: string): number {
  const { words } = k;
  const connection = allocateObject(k, ObjectTypeCode.connection, PIPE_CAPACITY, name);
  if (connection < 0) return connection;
  [one, other].forEach((socket, end) => {
    openPipeEnd(k, connection, end);
    words[socket + SOCKET_CONNECTION] = connection;
    if (end === 1) words[socket + SOCKET_FLAGS] |= SocketFlag.End;
  });
  words[one + SOCKET_PEER] = other;
  words[other + SOCKET_PEER] = one;
  return DONE;
}

/** What the trace shows of a connection that waits. */
function connectionValue(k: Kernel, socket: number): number {
  const family = familyOf(k, socket);
  return k.tracing && family === SocketFamily.Internet ? textValue(k, addressText(k, socket + SOCKET_REMOTE, family)) : 0;
}

/** Notes where a socket of datagrams sends from here on. */
function aim(k: Kernel, at: number, address: SocketAddress, target: number): number {
  const family = familyOf(k, at);
  if (family === SocketFamily.Local) {
    if (target === 0) return hasName(k, address.path!) ? ECONNREFUSED : ENOENT;
    dropAddress(k, at + SOCKET_REMOTE, family, at);
    copyAddress(k, target + SOCKET_LOCAL, at + SOCKET_REMOTE, family);
    return DONE;
  }
  if ((k.words[at + SOCKET_FLAGS] & SocketFlag.Bound) === 0) {
    const outcome = bindTo(k, at, { ...ANY_ADDRESS, host: LOOPBACK_HOST });
    if (outcome !== DONE) return outcome;
  }
  k.words[at + SOCKET_REMOTE] = address.host || LOOPBACK_HOST;
  k.words[at + SOCKET_REMOTE + 1] = address.port;
  return DONE;
}
