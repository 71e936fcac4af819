import { DONE, ECONNREFUSED, EDESTADDRREQ, EINVAL, EMSGSIZE, ENETUNREACH, ENOENT, ENOMEM, EPIPE } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_ID } from '../layout';
import { emit, numberValue } from '../trace-sink';
import { park, passOn, waitOn, wakeOne } from '../wait-queue';
import { chainBytes, chainPeek, chainPush, chainShift } from './chain';
import { wakePollers } from './pollers';
import { bindTo } from './socket';
import {
  addressAt, ANY_ADDRESS, findSocket, hasName, isLoopback, LOOPBACK_HOST, type SocketAddress,
} from './socket-address';
import {
  familyOf, SOCKET_FLAGS, SOCKET_INBOX, SOCKET_LOCAL, SOCKET_PARTNER, SOCKET_RECEIVERS, SOCKET_REMOTE, SOCKET_SENDERS,
  SocketFamily, SocketFlag,
} from './socket-words';

/**
 * Messages between sockets of datagrams. One is, in the receiver's chain: the value that the trace shows, the sender's host
 * and port, the length of the sender's name and the name, padded to a word, and the bytes.
 */

const VALUE = 0;
const HOST = 1;
const PORT = 2;
const PATH_LENGTH = 3;
const HEAD_BYTES = 16;

/** Longest message, as of UDP over IPv4. */
export const MAX_DATAGRAM_BYTES = 65_507;
/** So many bytes may lie at a receiver: then those to a local socket wait, and those of the internet family are lost. */
const INBOX_BYTES = 212_992;

/** What {@link receiveDatagram} has taken. */
export interface Datagram {
  readonly bytes: Uint8Array;
  readonly source: SocketAddress;
}

/**
 * Sends one message to `to`, or where the socket was connected to; `k.result` is its length. Nobody hears of one that is
 * lost. EMSGSIZE, EDESTADDRREQ, ENETUNREACH, ECONNREFUSED and ENOENT (local sockets), ENOMEM.
 */
export function sendDatagram(k: Kernel, at: number, to: SocketAddress | undefined, bytes: Uint8Array, deadline: number): number {
  k.enter();
  const { words } = k;
  if ((words[at + SOCKET_FLAGS] & SocketFlag.SendsNoMore) !== 0) return k.leave(EPIPE);
  if (bytes.length > MAX_DATAGRAM_BYTES) return k.leave(EMSGSIZE);
  const isLocal = familyOf(k, at) === SocketFamily.Local;
  const target = receiverOf(k, at, to);
  if (target < 0) return k.leave(target);
  if (!isLocal && (words[at + SOCKET_FLAGS] & SocketFlag.Bound) === 0) {
    const outcome = bindTo(k, at, { ...ANY_ADDRESS, host: LOOPBACK_HOST });
    if (outcome !== DONE) return k.leave(outcome);
  }
  k.result = bytes.length;
  if (target === 0) return k.leave(DONE);
  const isFull = chainBytes(k, target + SOCKET_INBOX) + bytes.length > INBOX_BYTES;
  if (isFull && !isLocal) return k.leave(DONE);
  if (isFull) return waitOn(k, target + SOCKET_SENDERS, BlockReasonCode['pipe full'], target, deadline);
  if (!push(k, at, target, bytes)) {
    passOn(k, target + SOCKET_SENDERS);
    return k.leave(ENOMEM);
  }
  k.result = bytes.length;
  emit(k, EventKindCode.send, words[target + OBJECT_ID], chainBytes(k, target + SOCKET_INBOX), numberValue(k, bytes.length));
  wakeOne(k, target + SOCKET_RECEIVERS);
  wakePollers(k, target);
  return k.leave(DONE);
}

/**
 * Waits for a message and takes it; `peek`: it stays. It is in scratch: see {@link datagramIn}. What does not fit the
 * reader's room is the reader's to cut.
 */
export function receiveDatagram(k: Kernel, at: number, peek: boolean, deadline: number): number {
  k.enter();
  const { words } = k;
  if (chainBytes(k, at + SOCKET_INBOX) === 0) {
    if ((words[at + SOCKET_FLAGS] & SocketFlag.ReceivesNoMore) !== 0) return k.leave(EINVAL);
    return k.leave(park(k, at + SOCKET_RECEIVERS, BlockReasonCode.receive, at, deadline));
  }
  if (peek) {
    k.result = chainPeek(k, at + SOCKET_INBOX);
    wakeOne(k, at + SOCKET_RECEIVERS);
    return k.leave(DONE);
  }
  k.result = chainShift(k, at + SOCKET_INBOX);
  const left = chainBytes(k, at + SOCKET_INBOX);
  emit(k, EventKindCode.receive, words[at + OBJECT_ID], left, k.scratchWords[VALUE]);
  wakeOne(k, at + SOCKET_SENDERS);
  if (left > 0) wakeOne(k, at + SOCKET_RECEIVERS);
  return k.leave(DONE);
}

/** The message that is in scratch after {@link receiveDatagram}. */
export function datagramIn(k: Kernel): Datagram {
  const { scratch, scratchWords } = k;
  const length = scratchWords[PATH_LENGTH];
  const begin = HEAD_BYTES + ((length + 3) & ~3);
  const hasPath = scratchWords[PORT] < 0;
  return {
    bytes: scratch.subarray(begin, k.result),
    source: {
      host: scratchWords[HOST], port: Math.max(scratchWords[PORT], 0),
      path: hasPath ? scratch.slice(HEAD_BYTES, HEAD_BYTES + length) : undefined,
    },
  };
}

/** Where the message goes: a socket, 0 for nobody, or why it cannot be sent. */
function receiverOf(k: Kernel, at: number, to: SocketAddress | undefined): number {
  const { words } = k;
  const family = familyOf(k, at);
  if (to === undefined) {
    if (words[at + SOCKET_PARTNER] !== 0) return words[at + SOCKET_PARTNER];
    const isAimed = words[at + SOCKET_REMOTE] !== 0;
    if (!isAimed) return EDESTADDRREQ;
    to = addressAt(k, at + SOCKET_REMOTE, family);
  }
  if ((to.path === undefined) !== (family === SocketFamily.Internet)) return EINVAL;
  if (to.path === undefined && to.host !== 0 && !isLoopback(to.host)) return ENETUNREACH;
  const target = findSocket(k, at, to);
  if (to.path !== undefined) return target !== 0 ? target : hasName(k, to.path) ? ECONNREFUSED : ENOENT;
  return target !== 0 && hears(k, target, at) ? target : 0;
}

/** One that is connected hears only the socket that it is connected to. */
function hears(k: Kernel, target: number, from: number): boolean {
  const { words } = k;
  const port = words[target + SOCKET_REMOTE + 1];
  return port === 0 || port === words[from + SOCKET_LOCAL + 1];
}

function push(k: Kernel, at: number, target: number, bytes: Uint8Array): boolean {
  const { host, port, path } = addressAt(k, at + SOCKET_LOCAL, familyOf(k, at));
  const pathBytes = path?.length ?? 0;
  const begin = HEAD_BYTES + ((pathBytes + 3) & ~3);
  k.growScratch(begin + bytes.length + 4);
  const { scratch, scratchWords } = k;
  scratchWords[VALUE] = k.tracing ? numberValue(k, bytes.length) : 0;
  scratchWords[HOST] = host === 0 ? LOOPBACK_HOST : host;
  scratchWords[PORT] = path === undefined ? port : -1;
  scratchWords[PATH_LENGTH] = pathBytes;
  if (path !== undefined) scratch.set(path, HEAD_BYTES);
  scratch.set(bytes, begin);
  return chainPush(k, target + SOCKET_INBOX, begin + bytes.length);
}
