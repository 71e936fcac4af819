import type { Kernel } from '../kernel';
import { chainBytes } from './chain';
import { ATOMIC_WRITE_BYTES, channelOf, endIsOpen, mayComeFrom, PIPE_CAPACITY } from './pipe';
import { PollEvent } from './poll-event';
import {
  endOf, isListening, kindOf, SOCKET_CONNECTION, SOCKET_FLAGS, SOCKET_INBOX, SOCKET_PENDING, SocketFlag, SocketKind,
} from './socket-words';

/** What poll(2) says of the socket. Callers hold the kernel lock. */
export function socketReadiness(k: Kernel, at: number): number {
  const { words } = k;
  const isDeaf = (words[at + SOCKET_FLAGS] & SocketFlag.ReceivesNoMore) !== 0;
  if (isListening(k, at)) return words[at + SOCKET_PENDING] > 0 || isDeaf ? PollEvent.In : 0;
  if (kindOf(k, at) === SocketKind.Datagram) {
    return PollEvent.Out | (chainBytes(k, at + SOCKET_INBOX) > 0 || isDeaf ? PollEvent.In : 0);
  }
  const connection = words[at + SOCKET_CONNECTION];
  if (connection === 0) return PollEvent.Out | PollEvent.HangUp;
  const end = endOf(k, at);
  let ready = 0;
  if (isDeaf || chainBytes(k, channelOf(connection, end)) > 0 || !mayComeFrom(k, connection, 1 - end)) ready |= PollEvent.In;
  const room = PIPE_CAPACITY - chainBytes(k, channelOf(connection, 1 - end));
  // Who writes to nobody does not wait either.
  if (!endIsOpen(k, connection, 1 - end)) ready |= PollEvent.Out | PollEvent.HangUp;
  else if (room >= ATOMIC_WRITE_BYTES) ready |= PollEvent.Out;
  return ready;
}

/** The object whose changes concern who looks at the socket. */
export function watchedOf(k: Kernel, at: number): number {
  return k.words[at + SOCKET_CONNECTION] || at;
}
