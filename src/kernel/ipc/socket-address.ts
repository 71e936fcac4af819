import { DONE, EADDRINUSE, EADDRNOTAVAIL, EINVAL, ENOENT, ENOMEM } from '../../protocol/errno';
import type { Kernel } from '../kernel';
import { LOCAL_NAMES, NEXT_PORT, OBJECTS, OBJECT_HIGH, OBJECT_WORDS } from '../layout';
import { allocateBlock, freeBlock } from '../page-allocator';
import {
  familyOf, isListening, isSocket, kindOf, SOCKET_CONNECTION, SOCKET_FLAGS, SOCKET_LOCAL, SocketFamily, SocketFlag, SocketKind,
} from './socket-words';

/**
 * Where sockets are. An address of the internet family is two words: a host of the loopback (or 0: all) and a port. Of a
 * local socket the first word is the address of its name, or 0.
 *
 * A name is a file to programs: it stays when its socket has gone, until it is unlinked. (A name that begins with a 0
 * byte is none, and goes with its socket.) It is kept by its place in the list of names, and by each socket that has it as
 * its own or the other side's address.
 */
export interface SocketAddress {
  readonly host: number;
  readonly port: number;
  /** Of a local socket, which has neither. */
  readonly path: Uint8Array | undefined;
}

export const ANY_ADDRESS: SocketAddress = { host: 0, port: 0, path: undefined };
export const LOOPBACK_HOST = 0x7f000001;
/** Longest name of a local socket in bytes, as on Linux. */
export const MAX_PATH_BYTES = 108;

/** Ports that are given to who asks for none, as on Linux. */
const FIRST_PORT = 32_768;
const LAST_PORT = 60_999;

// A name: the next, how many keep it, its socket (0: gone), its length in bytes, the bytes.
const NEXT = 0;
const KEEPERS = 1;
const OWNER = 2;
const LENGTH = 3;
const BYTES = 4;

/** `wanted` with what it leaves open filled in; EADDRNOTAVAIL, EADDRINUSE where no port is free, EINVAL. */
export function chooseAddress(k: Kernel, at: number, wanted: SocketAddress): SocketAddress | number {
  if (familyOf(k, at) === SocketFamily.Local) {
    if (wanted.path === undefined || wanted.path.length === 0 || wanted.path.length > MAX_PATH_BYTES) return EINVAL;
    return wanted;
  }
  if (wanted.path !== undefined) return EINVAL;
  if (wanted.host !== 0 && !isLoopback(wanted.host)) return EADDRNOTAVAIL;
  if (wanted.port !== 0) return wanted;
  const { words } = k;
  for (let tries = FIRST_PORT; tries <= LAST_PORT; tries++) {
    const port = Math.max(words[NEXT_PORT], FIRST_PORT);
    words[NEXT_PORT] = port === LAST_PORT ? FIRST_PORT : port + 1;
    const address = { ...wanted, port };
    if (!isTaken(k, at, address)) return address;
  }
  return EADDRINUSE;
}

/** Whether another has the address already, in a way that keeps the socket `at` from having it. */
export function isTaken(k: Kernel, at: number, { host, port, path }: SocketAddress): boolean {
  if (path !== undefined) return findName(k, path) !== 0;
  const { words } = k;
  const reuses = words[at + SOCKET_FLAGS] & SocketFlag.Reuses;
  return someSocket(k, (other) => {
    if (other === at || !isHere(k, other, at, port)) return false;
    const otherHost = words[other + SOCKET_LOCAL];
    if (host !== 0 && otherHost !== 0 && host !== otherHost) return false;
    return (words[other + SOCKET_FLAGS] & reuses) === 0 || (kindOf(k, at) === SocketKind.Stream && isListening(k, other));
  });
}

/** Whether a socket other than `at` listens at its address. */
export function isListenedTo(k: Kernel, at: number): boolean {
  const { words } = k;
  if (familyOf(k, at) === SocketFamily.Local) return false;
  const host = words[at + SOCKET_LOCAL];
  return someSocket(k, (other) => {
    if (other === at || !isListening(k, other) || !isHere(k, other, at, words[at + SOCKET_LOCAL + 1])) return false;
    const otherHost = words[other + SOCKET_LOCAL];
    return host === 0 || otherHost === 0 || host === otherHost;
  });
}

/** The socket that an address leads from the socket `from`, or 0: the listener or, for datagrams, who has the address. */
export function findSocket(k: Kernel, from: number, { host, port, path }: SocketAddress): number {
  const { words } = k;
  const wanted = (at: number): boolean => (
    kindOf(k, at) === kindOf(k, from) && (kindOf(k, from) === SocketKind.Datagram || isListening(k, at))
  );
  if (path !== undefined) {
    const name = findName(k, path);
    const owner = name === 0 ? 0 : words[name + OWNER];
    return owner !== 0 && wanted(owner) ? owner : 0;
  }
  const target = host === 0 ? LOOPBACK_HOST : host;
  let found = 0;
  someSocket(k, (at) => {
    const bound = (words[at + SOCKET_FLAGS] & SocketFlag.Bound) !== 0;
    if (!bound || !isHere(k, at, from, port) || !wanted(at)) return false;
    // One that is for this host goes before one that is for all.
    if (words[at + SOCKET_LOCAL] === target) found = at;
    else if (words[at + SOCKET_LOCAL] === 0) found ||= at;
    return words[at + SOCKET_LOCAL] === target;
  });
  return found;
}

/** Writes an address, which is free, into the two words at `where`; the name of a local one belongs to `owner`. ENOMEM. */
export function keepAddress(k: Kernel, where: number, { host, port, path }: SocketAddress, owner: number): number {
  const { words } = k;
  if (path === undefined) {
    words[where] = host;
    words[where + 1] = port;
    return DONE;
  }
  const name = allocateBlock(words, (BYTES * 4) + MAX_PATH_BYTES);
  if (name === 0) return ENOMEM;
  words[name + KEEPERS] = 2; // the list of names, and the socket
  words[name + OWNER] = owner;
  words[name + LENGTH] = path.length;
  k.bytes.set(path, (name + BYTES) * 4);
  words[name + NEXT] = words[LOCAL_NAMES];
  words[LOCAL_NAMES] = name;
  words[where] = name;
  return DONE;
}

/** Copies an address between two pairs of words. */
export function copyAddress(k: Kernel, from: number, to: number, family: number): void {
  const { words } = k;
  words[to] = words[from]!;
  words[to + 1] = words[from + 1]!;
  if (family === SocketFamily.Local && words[from] !== 0) words[words[from] + KEEPERS]++;
}

/** Forgets the address in the two words at `where` of the socket `owner`, which goes. */
export function dropAddress(k: Kernel, where: number, family: number, owner: number): void {
  const { words } = k;
  const name = words[where];
  if (family !== SocketFamily.Local || name === 0) return;
  if (words[name + OWNER] === owner) {
    words[name + OWNER] = 0;
    if (k.bytes[(name + BYTES) * 4] === 0) unlink(k, name);
  }
  drop(k, name);
}

/** The name of a local socket is free again; its socket lives on for who is connected. ENOENT. */
export function unlinkSocketName(k: Kernel, path: Uint8Array): number {
  k.enter();
  const name = findName(k, path);
  if (name === 0) return k.leave(ENOENT);
  unlink(k, name);
  return k.leave(DONE);
}

/** Whether there is a local socket's name `path`; it may have lost its socket. Takes the kernel lock. */
export function hasSocketName(k: Kernel, path: Uint8Array): boolean {
  if (Atomics.load(k.words, LOCAL_NAMES) === 0) return false;
  k.lock();
  const name = findName(k, path);
  k.unlock();
  return name !== 0;
}

/** What is in the two words at `where`; a path of no bytes where a local socket has no address. */
export function addressAt(k: Kernel, where: number, family: number): SocketAddress {
  const { words } = k;
  if (family !== SocketFamily.Local) return { host: words[where], port: words[where + 1], path: undefined };
  const name = words[where];
  const at = (name + BYTES) * 4;
  return { host: 0, port: 0, path: name === 0 ? new Uint8Array(0) : k.bytes.slice(at, at + words[name + LENGTH]) };
}

/** The same for people: `127.0.0.1:8080`, the name of a file. */
export function addressText(k: Kernel, where: number, family: number): string {
  const { host, port, path } = addressAt(k, where, family);
  return path === undefined ? `${hostText(host)}:${port}` : new TextDecoder().decode(path).replace(/^\0/, '@');
}

export function hostText(host: number): string {
  return [24, 16, 8, 0].map((shift) => (host >>> shift) & 255).join('.');
}

export function isLoopback(host: number): boolean {
  return host >>> 24 === 127;
}

/** Whether the socket has this port, in the family and of the kind of `like`. */
function isHere(k: Kernel, at: number, like: number, port: number): boolean {
  const { words } = k;
  if (familyOf(k, at) !== SocketFamily.Internet || kindOf(k, at) !== kindOf(k, like) || words[at + SOCKET_LOCAL + 1] !== port) return false;
  return (words[at + SOCKET_FLAGS] & SocketFlag.Bound) !== 0 || words[at + SOCKET_CONNECTION] !== 0;
}

/** Programs have few objects, and ask for few addresses: a loop over all is cheap. */
function someSocket(k: Kernel, test: (at: number) => boolean): boolean {
  const end = OBJECTS + k.words[OBJECT_HIGH] * OBJECT_WORDS;
  for (let at = OBJECTS; at < end; at += OBJECT_WORDS) if (isSocket(k, at) && test(at)) return true;
  return false;
}

/** Whether there is such a name, with its socket or without. Callers hold the kernel lock. */
export function hasName(k: Kernel, path: Uint8Array): boolean {
  return findName(k, path) !== 0;
}

function findName(k: Kernel, path: Uint8Array): number {
  const { words } = k;
  for (let name = words[LOCAL_NAMES]; name !== 0; name = words[name + NEXT]) {
    if (words[name + LENGTH] !== path.length) continue;
    const at = (name + BYTES) * 4;
    if (path.every((byte, index) => k.bytes[at + index] === byte)) return name;
  }
  return 0;
}

function unlink(k: Kernel, name: number): void {
  const { words } = k;
  let link = LOCAL_NAMES;
  while (words[link] !== 0 && words[link] !== name) link = words[link] + NEXT;
  if (words[link] === 0) return; // it has been unlinked before
  words[link] = words[name + NEXT]!;
  drop(k, name);
}

function drop(k: Kernel, name: number): void {
  if (--k.words[name + KEEPERS] === 0) freeBlock(k.words, name);
}
