import { DONE } from '../../protocol/errno';
import { closeHandle, openHandle } from '../handles';
import { bindSocket, createSocket, listenSocket, setReuse } from '../ipc/socket';
import { LOOPBACK_HOST, type SocketAddress } from '../ipc/socket-address';
import { acceptSocket, connectSocket } from '../ipc/socket-connect';
import { receiveSocket, sendSocket } from '../ipc/socket-stream';
import { SocketFamily, SocketKind } from '../ipc/socket-words';
import { FOREVER } from '../wait-queue';
import { SimulatedMachine, type SimulatedTask } from './simulated-machine';

/** An address of the loopback. */
export function port(number: number, host = LOOPBACK_HOST): SocketAddress {
  return { host, port: number, path: undefined };
}

/** The name of a local socket. */
export function path(name: string): SocketAddress {
  return { host: 0, port: 0, path: new TextEncoder().encode(name) };
}

/** A machine with a server and clients, and what a guest does with sockets; handles are numbered from 3 in each process. */
export function machineWithSockets() {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const [server, client, client2] = [main.start(), main.start(), main.start()];
  let number = 3;
  const numbers = new Map<number, number>();
  const open = (task: SimulatedTask, family: number = SocketFamily.Internet, kind: number = SocketKind.Stream): number => {
    const at = task.do((k) => createSocket(k, family, kind));
    numbers.set(at, number);
    task.do((k) => openHandle(k, at, 0, number++));
    return at;
  };
  const familyOf = (address: SocketAddress): number => (address.path === undefined ? SocketFamily.Internet : SocketFamily.Local);
  const bind = (task: SimulatedTask, address: SocketAddress, reuse = false): [number, number] => {
    const at = open(task, familyOf(address));
    if (reuse) task.do((k) => setReuse(k, at, true));
    return [at, task.do((k) => bindSocket(k, at, address))];
  };
  const listen = (task: SimulatedTask, address: SocketAddress, backlog = 5): number => {
    const [at, outcome] = bind(task, address);
    const listening = outcome === DONE ? task.do((k) => listenSocket(k, at, backlog)) : outcome;
    if (listening !== DONE) throw new Error(`cannot listen: ${listening}`);
    return at;
  };
  const accept = (task: SimulatedTask, at: number, deadline = FOREVER): number => task.do((k) => {
    const outcome = acceptSocket(k, at, number, deadline);
    if (outcome !== DONE) return outcome;
    numbers.set(k.result, number++);
    return k.result;
  });
  const connect = (task: SimulatedTask, address: SocketAddress, deadline = FOREVER): [number, number] => {
    const at = open(task, familyOf(address));
    return [at, task.do((k) => connectSocket(k, at, address, deadline))];
  };
  /** A connected pair: the client's socket and the server's. */
  const pair = (address = port(80)): [number, number] => {
    const listener = listen(server, address);
    const [at] = connect(client, address);
    const accepted = accept(server, listener);
    close(server, listener);
    return [at, accepted];
  };
  const send = (task: SimulatedTask, at: number, text: string, deadline = FOREVER): number => {
    const bytes = new TextEncoder().encode(text);
    return task.do((k) => sendSocket(k, at, bytes, 0, bytes.length, deadline));
  };
  /** What was received, or the outcome where that is nothing. */
  const receive = (task: SimulatedTask, at: number, most = 100, peek = false, deadline = FOREVER): string | number => {
    const outcome = task.do((k) => receiveSocket(k, at, most, peek, deadline));
    return outcome === DONE ? new TextDecoder().decode(task.kernel.scratch.slice(0, task.kernel.result)) : outcome;
  };
  const close = (task: SimulatedTask, at: number): number => task.do((k) => closeHandle(k, numbers.get(at)!));
  return { machine, main, server, client, client2, open, bind, listen, accept, connect, pair, send, receive, close, numbers };
}
