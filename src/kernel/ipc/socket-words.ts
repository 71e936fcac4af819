import { ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_BODY, OBJECT_TYPE } from '../layout';

/** The words of a socket, counted from its slot: see socket.ts. */

/** Its family in bits 0 to 7, its kind in 8 to 15. Constant. */
export const SOCKET_SORT = OBJECT_BODY;
/** Bits of {@link SocketFlag}. */
export const SOCKET_FLAGS = OBJECT_BODY + 1;
export const SOCKET_OPEN = OBJECT_BODY + 2;
/** Address of its connection, or 0. */
export const SOCKET_CONNECTION = OBJECT_BODY + 3;
/** Where it is, and where the other side is: see socket-address.ts. 2 words each. */
export const SOCKET_LOCAL = OBJECT_BODY + 4;
export const SOCKET_REMOTE = OBJECT_BODY + 6;
/** Who waits for what comes: to accept it, or to receive it as a datagram. */
export const SOCKET_RECEIVERS = OBJECT_BODY + 8; // 2 words
/** Who waits for room: to connect, or to send a datagram. */
export const SOCKET_SENDERS = OBJECT_BODY + 10; // 2 words

// The words from here on are of one kind of socket each.
/** Of a socket of datagrams: its messages. */
export const SOCKET_INBOX = OBJECT_BODY + 12; // CHAIN_WORDS words
/** Of a listener: how many may wait to be accepted, how many do, the first and the last of them. */
export const SOCKET_BACKLOG = OBJECT_BODY + 12;
export const SOCKET_PENDING = OBJECT_BODY + 13;
export const SOCKET_FIRST_PENDING = OBJECT_BODY + 14;
export const SOCKET_LAST_PENDING = OBJECT_BODY + 15;
/** Of one that waits to be accepted: the next, or 0. */
export const SOCKET_NEXT_PENDING = OBJECT_BODY + 16;
/** Of a connected one: the socket at the other end, or 0; the handles that were sent to it; the bytes that it has received. */
export const SOCKET_PEER = OBJECT_BODY + 17;
export const SOCKET_HANDLES = OBJECT_BODY + 18;
export const SOCKET_RECEIVED = OBJECT_BODY + 19;
/** Of one of datagrams that was made in a pair: the other, or 0. */
export const SOCKET_PARTNER = OBJECT_BODY + 18;

/** Numbers as on Linux. */
export const SocketFamily = { Local: 1, Internet: 2 } as const;
export const SocketKind = { Stream: 1, Datagram: 2 } as const;

export const SocketFlag = {
  /** It may have an address where others have been. */
  Reuses: 1,
  /** Which end of its connection it stands on. */
  End: 2,
  Bound: 4,
  ReceivesNoMore: 8,
  SendsNoMore: 16,
} as const;

/** Whether the object at `at` is a socket of any kind. */
export function isSocket(k: Kernel, at: number): boolean {
  const type = k.words[at + OBJECT_TYPE];
  return type === ObjectTypeCode.socket || type === ObjectTypeCode.listener;
}
export function isListening(k: Kernel, at: number): boolean {
  return k.words[at + OBJECT_TYPE] === ObjectTypeCode.listener;
}
export function familyOf(k: Kernel, at: number): number {
  return k.words[at + SOCKET_SORT] & 255;
}
export function kindOf(k: Kernel, at: number): number {
  return k.words[at + SOCKET_SORT] >> 8;
}
/** The end of its connection that a connected socket stands on. */
export function endOf(k: Kernel, at: number): number {
  return (k.words[at + SOCKET_FLAGS] & SocketFlag.End) !== 0 ? 1 : 0;
}
