import { DONE, EBADF, ENOTCONN, ENOTSOCK } from '../../../protocol/errno';
import type { Handle } from '../../../kernel/handles';
import { OBJECT_TYPE } from '../../../kernel/layout';
import type { Kernel } from '../../../kernel/kernel';
import { mayWrite } from '../../../kernel/ipc/pipe';
import { bindSocket, createSocket, listenSocket, setReuse } from '../../../kernel/ipc/socket';
import { addressAt, hasSocketName, hostText, type SocketAddress } from '../../../kernel/ipc/socket-address';
import { acceptSocket, connectSocket, pairSockets } from '../../../kernel/ipc/socket-connect';
import { datagramIn, receiveDatagram, sendDatagram, type Datagram } from '../../../kernel/ipc/socket-datagram';
import { receiveHandles, receiveSocket, sendHandles, sendSocket, shutdownSocket } from '../../../kernel/ipc/socket-stream';
import {
  familyOf, isListening, isSocket, kindOf, SOCKET_CONNECTION, SOCKET_FLAGS, SOCKET_LOCAL, SOCKET_PARTNER, SOCKET_REMOTE,
  SocketFlag, SocketKind,
} from '../../../kernel/ipc/socket-words';
import { ObjectTypeCode } from '../../../protocol/words';
import type { NativeFunction, NativeModule } from '../interpreter/native-module';
import { deadlineAfter, kernelInTurn, kernelOf, type ProcessState } from '../process-state';

const textEncoder = new TextEncoder();
const O_RDONLY = 0;
const O_WRONLY = 1;
const O_RDWR = 2;
/** Handles that one message can bring, as on Linux. */
const MOST_HANDLES = 253;
const NOWHERE: SocketAddress = { host: 0, port: 0, path: new Uint8Array(0) };
/** Of a bytes object: its length. */
const SIZE_OFFSET = 8;

/**
 * What stdlib/_weft_socket.py takes from the kernel. A socket is given as its descriptor, looked up at each attempt: another
 * thread may have closed it meanwhile. Answers below 0 are errnos; an address is (text, port), the text a host's numbers or,
 * with port -1, the name of a local socket, a character for each of its bytes.
 */
export function socketCalls(process: ProcessState): Record<string, NativeFunction> {
  const find = (k: Kernel, fd: number): number => {
    const at = process.descriptors.objectOf(fd);
    if (at === 0) return process.descriptors.isOpen(fd) ? ENOTSOCK : EBADF;
    return isSocket(k, at) ? at : ENOTSOCK;
  };
  /** One operation on the socket of `fd`; what does not wait answers its outcome as a number. */
  const operate = (
    native: NativeModule, fd: number, operation: (k: Kernel, at: number) => number,
    finish = (outcome: number): number => native.fromInt(outcome),
  ): number => {
    const k = kernelOf(process);
    return process.stacks.operate(() => {
      const at = find(k, fd);
      return at < 0 ? at : operation(k, at);
    }, finish);
  };
  const deadline = (native: NativeModule, args: number, index: number): number =>
    deadlineAfter(kernelOf(process), native.number(args, index));
  const newDescriptor = (family: number, kind: number): number => {
    const k = kernelInTurn(process);
    const at = process.stacks.once(() => createSocket(k, family, kind));
    return at < 0 ? at : process.descriptors.open({ object: at, end: 0 }, O_RDWR);
  };
  const receive = (native: NativeModule, args: number, shape: (datagram: Datagram) => Uint8Array): number => {
    const most = native.int(args, 1);
    const until = deadline(native, args, 2);
    const peek = native.int(args, 3) !== 0;
    let isStream = true;
    return operate(native, native.int(args, 0), (k, at) => {
      isStream = kindOf(k, at) === SocketKind.Stream;
      return isStream ? receiveSocket(k, at, most, peek, until) : receiveDatagram(k, at, peek, until);
    }, (outcome) => {
      if (outcome !== DONE) return native.fromInt(outcome);
      const k = process.kernel!;
      const { bytes, source } = isStream ? { bytes: k.scratch.subarray(0, k.result), source: NOWHERE } : datagramIn(k);
      return native.fromBytes(shape({ bytes: bytes.subarray(0, most), source }));
    });
  };
  return {
    /** sock_new(family, kind): its descriptor. */
    sock_new: (native, args) => native.fromInt(newDescriptor(native.int(args, 0), native.int(args, 1))),
    /** sock_pair(family, kind): two descriptors in one number. */
    sock_pair(native, args) {
      const k = kernelInTurn(process);
      const [one, other] = process.descriptors.freeNumbers(2);
      const outcome = pairSockets(k, native.int(args, 0), native.int(args, 1), [one, other]);
      if (outcome !== DONE) return native.fromInt(outcome);
      for (const fd of [one, other]) process.descriptors.adoptOpened(k, fd, O_RDWR);
      return native.fromInt(one * 0x10000 + other);
    },
    /** sock_sort(fd): family and kind in one number. */
    sock_sort: (native, args) => operate(native, native.int(args, 0), (k, at) => familyOf(k, at) + kindOf(k, at) * 256),
    /** sock_is_listening(fd): 1 or 0. */
    sock_is_listening: (native, args) => operate(native, native.int(args, 0), (k, at) => (isListening(k, at) ? 1 : 0)),
    /** sock_bind(fd, address, port) */
    sock_bind(native, args) {
      const address = addressOf(native, args, 1);
      return operate(native, native.int(args, 0), (k, at) => bindSocket(k, at, address));
    },
    /** sock_is_named(address): whether there is a local socket of this name. */
    sock_is_named: (native, args) => native.fromBoolean(hasSocketName(kernelOf(process), pathOf(native.text(args, 0)))),
    /** sock_listen(fd, backlog) */
    sock_listen(native, args) {
      const backlog = native.int(args, 1);
      return operate(native, native.int(args, 0), (k, at) => listenSocket(k, at, backlog));
    },
    /** sock_reuse(fd, on): what it was; on -1 leaves it. */
    sock_reuse(native, args) {
      const on = native.int(args, 1);
      return operate(native, native.int(args, 0), (k, at) => {
        const was = (k.words[at + SOCKET_FLAGS] & SocketFlag.Reuses) !== 0 ? 1 : 0;
        if (on >= 0) setReuse(k, at, on === 1);
        return was;
      });
    },
    /** sock_accept(fd, seconds): the descriptor of the connection. */
    sock_accept(native, args) {
      const until = deadline(native, args, 1);
      let fd = 0;
      return operate(native, native.int(args, 0), (k, at) => {
        [fd] = process.descriptors.freeNumbers(1);
        return acceptSocket(k, at, fd, until);
      }, (outcome) => {
        if (outcome !== DONE) return native.fromInt(outcome);
        process.descriptors.adoptOpened(process.kernel!, fd, O_RDWR);
        return native.fromInt(fd);
      });
    },
    /** sock_connect(fd, address, port, seconds) */
    sock_connect(native, args) {
      const address = addressOf(native, args, 1);
      const until = deadline(native, args, 3);
      return operate(native, native.int(args, 0), (k, at) => connectSocket(k, at, address, until));
    },
    /** sock_shutdown(fd, how) */
    sock_shutdown(native, args) {
      const how = native.int(args, 1);
      return operate(native, native.int(args, 0), (k, at) => shutdownSocket(k, at, how !== 1, how !== 0));
    },
    /** sock_recv(fd, most, seconds, peek): bytes. */
    sock_recv: (native, args) => receive(native, args, (datagram) => datagram.bytes),
    /** sock_recvfrom(fd, most, seconds, peek): port in 4 bytes, length of the sender's address in 2, address, bytes. */
    sock_recvfrom: (native, args) => receive(native, args, withSource),
    /** sock_send(fd, bytes, seconds): how many. */
    sock_send(native, args) {
      const bytes = bytesAt(native, native.pointer(args, 1));
      const until = deadline(native, args, 2);
      return operate(native, native.int(args, 0), (k, at) => (
        kindOf(k, at) === SocketKind.Stream ? sendSocket(k, at, bytes, 0, bytes.length, until) : sendDatagram(k, at, undefined, bytes, until)
      ), (outcome) => native.fromInt(outcome === DONE ? process.kernel!.result : outcome));
    },
    /** sock_sendto(fd, bytes, address, port, seconds): how many. */
    sock_sendto(native, args) {
      const bytes = bytesAt(native, native.pointer(args, 1));
      const address = addressOf(native, args, 2);
      const until = deadline(native, args, 4);
      return operate(native, native.int(args, 0), (k, at) => (
        kindOf(k, at) === SocketKind.Stream ? sendSocket(k, at, bytes, 0, bytes.length, until) : sendDatagram(k, at, address, bytes, until)
      ), (outcome) => native.fromInt(outcome === DONE ? process.kernel!.result : outcome));
    },
    /** sock_send_fds(fd, bytes, seconds, *fds): how many bytes. */
    sock_send_fds(native, args, count) {
      const bytes = bytesAt(native, native.pointer(args, 1));
      const until = deadline(native, args, 2);
      const numbers = Array.from({ length: count - 3 }, (_, index) => native.int(args, 3 + index));
      return operate(native, native.int(args, 0), (k, at) => sendHandles(k, at, bytes, numbers, until),
        (outcome) => native.fromInt(outcome === DONE ? process.kernel!.result : outcome));
    },
    /** sock_recv_fds(fd, most, seconds, most descriptors): how many came in 1 byte, each in 2, bytes. */
    sock_recv_fds(native, args) {
      const most = native.int(args, 1);
      const until = deadline(native, args, 2);
      const room = Math.min(native.int(args, 3), MOST_HANDLES);
      const taken: Handle[] = [];
      return operate(native, native.int(args, 0), (k, at) => (
        receiveHandles(k, at, most, process.descriptors.freeNumbers(room), taken, until)
      ), (outcome) => {
        if (outcome !== DONE) return native.fromInt(outcome);
        const k = process.kernel!;
        const bytes = k.scratch.slice(0, k.result);
        for (const { number, object, end } of taken) process.descriptors.adoptOpened(k, number, modeOf(k, object, end));
        const answer = new Uint8Array(1 + taken.length * 2 + bytes.length);
        answer[0] = taken.length;
        taken.forEach(({ number }, index) => answer.set([number & 255, number >> 8], 1 + index * 2));
        answer.set(bytes, 1 + taken.length * 2);
        return native.fromBytes(answer);
      });
    },
    /** sock_name(fd, remote): the address as text and, behind a space, its port; or an errno. */
    sock_name(native, args) {
      const k = kernelOf(process);
      const at = find(k, native.int(args, 0));
      if (at < 0) return native.fromInt(at);
      const remote = native.int(args, 1) !== 0;
      const isConnected = kindOf(k, at) === SocketKind.Stream
        ? k.words[at + SOCKET_CONNECTION] !== 0
        : k.words[at + SOCKET_PARTNER] !== 0 || k.words[at + SOCKET_REMOTE] !== 0;
      if (remote && !isConnected) return native.fromInt(ENOTCONN);
      k.lock();
      const { host, port, path } = addressAt(k, at + (remote ? SOCKET_REMOTE : SOCKET_LOCAL), familyOf(k, at));
      k.unlock();
      return native.fromText(path === undefined ? `${hostText(host)} ${port}` : String.fromCharCode(...path));
    },
  };
}

/** The name of a local socket, of which each character is a byte. */
function pathOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function addressOf(native: NativeModule, args: number, index: number): SocketAddress {
  const text = native.text(args, index);
  const port = native.int(args, index + 1);
  if (port < 0) return { host: 0, port: 0, path: pathOf(text) };
  return { host: text.split('.').reduce((host, part) => ((host << 8) | Number(part)) >>> 0, 0), port, path: undefined };
}

/** A copy of a bytes object's bytes: the memory that they are in may move while the task waits. */
function bytesAt(native: NativeModule, object: number): Uint8Array {
  const { u8, u32 } = native.heap();
  const at = native.x.PyBytes_AsString(object);
  return u8.slice(at, at + u32[(object + SIZE_OFFSET) >> 2]);
}

function withSource({ bytes, source: { host, port, path } }: Datagram): Uint8Array {
  const address = path ?? textEncoder.encode(hostText(host));
  const answer = new Uint8Array(6 + address.length + bytes.length);
  const view = new DataView(answer.buffer);
  view.setInt32(0, path === undefined ? port : -1, true);
  view.setUint16(4, address.length, true);
  answer.set(address, 6);
  answer.set(bytes, 6 + address.length);
  return answer;
}

/** How a descriptor that came over a socket is open. */
function modeOf(k: Kernel, object: number, end: number): number {
  if (k.words[object + OBJECT_TYPE] !== ObjectTypeCode.pipe || mayWrite(k, object, 0)) return O_RDWR;
  return end === 0 ? O_RDONLY : O_WRONLY;
}
