import { describe, expect, it } from 'vitest';
import {
  DONE, EAGAIN, EBADF, ECONNREFUSED, EDESTADDRREQ, EINVAL, EMSGSIZE, ENETUNREACH, ENOENT, EPIPE, PARKED,
} from '../../protocol/errno';
import { closeHandle, findHandle, openHandle, type Handle } from '../handles';
import { HANDLE_HIGH, HANDLE_OBJECT } from '../layout';
import { machineWithSockets, path, port } from '../test-support/socket-machine';
import type { SimulatedTask } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { createPipe } from './pipe';
import { bindSocket } from './socket';
import type { SocketAddress } from './socket-address';
import { connectSocket } from './socket-connect';
import { datagramIn, MAX_DATAGRAM_BYTES, receiveDatagram, sendDatagram } from './socket-datagram';
import { receiveHandles, sendHandles } from './socket-stream';
import { SocketFamily, SocketKind } from './socket-words';
import { readStream, writeStream } from './stream';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function machineWithDatagrams() {
  const sockets = machineWithSockets();
  const open = (task: SimulatedTask, address?: SocketAddress, family: number = SocketFamily.Internet): number => {
    const at = sockets.open(task, family, SocketKind.Datagram);
    if (address !== undefined) expect(task.do((k) => bindSocket(k, at, address))).toBe(DONE);
    return at;
  };
  const send = (task: SimulatedTask, at: number, text: string, to?: SocketAddress): number =>
    task.do((k) => sendDatagram(k, at, to, encode(text), FOREVER));
  const receive = (task: SimulatedTask, at: number, peek = false): [string, SocketAddress] | number => {
    const outcome = task.do((k) => receiveDatagram(k, at, peek, FOREVER));
    if (outcome !== DONE) return outcome;
    const { bytes, source } = datagramIn(task.kernel);
    return [new TextDecoder().decode(bytes.slice()), source];
  };
  return { ...sockets, open, send, receive };
}

describe('datagrams', () => {
  it('arrive whole, with the address that they came from', () => {
    const { server, client, open, send, receive } = machineWithDatagrams();
    const at = open(server, port(53));
    expect(receive(server, at)).toBe(PARKED);
    const from = open(client);
    expect([send(client, from, 'first', port(53)), send(client, from, 'second', port(53))]).toEqual([DONE, DONE]);
    expect(receive(server, at, true)).toEqual(['first', port(32_768)]);
    expect(receive(server, at)).toEqual(['first', port(32_768)]);
    expect(receive(server, at)).toEqual(['second', port(32_768)]);
    expect(send(server, at, 'answer', port(32_768))).toBe(DONE);
    expect(receive(client, from)).toEqual(['answer', port(53)]);
  });

  it('go where the socket was connected to, and only that is heard', () => {
    const { server, client, client2, open, send, receive } = machineWithDatagrams();
    const at = open(server, port(53));
    const from = open(client);
    expect(send(client, from, 'where to?')).toBe(EDESTADDRREQ);
    client.do((k) => connectSocket(k, from, port(53), FOREVER));
    expect(send(client, from, 'question')).toBe(DONE);
    expect(receive(server, at)).toEqual(['question', port(32_768)]);
    send(client2, open(client2), 'from a third', port(32_768));
    expect(client.do((k) => receiveDatagram(k, from, false, NO_WAIT))).toBe(EAGAIN);
  });

  it('are lost where nobody has the address, and refused where local', () => {
    const { server, client, open, send, close } = machineWithDatagrams();
    expect(send(client, open(client), 'x', port(53))).toBe(DONE);
    expect(send(client, open(client), 'x', port(53, 0x08080808))).toBe(ENETUNREACH);
    expect(client.do((k) => sendDatagram(k, open(client), port(53), new Uint8Array(MAX_DATAGRAM_BYTES + 1), FOREVER))).toBe(EMSGSIZE);
    const local = open(client, undefined, SocketFamily.Local);
    expect(send(client, local, 'x', path('/tmp/d'))).toBe(ENOENT);
    const at = open(server, path('/tmp/d'), SocketFamily.Local);
    expect(send(client, local, 'x', path('/tmp/d'))).toBe(DONE);
    close(server, at);
    expect(send(client, local, 'x', path('/tmp/d'))).toBe(ECONNREFUSED);
  });

  it('to a full local socket wait for its reader', () => {
    const { server, client, open, receive } = machineWithDatagrams();
    const at = open(server, path('/tmp/d'), SocketFamily.Local);
    const from = open(client, undefined, SocketFamily.Local);
    const one = (): number => client.do((k) => sendDatagram(k, from, path('/tmp/d'), new Uint8Array(60_000), FOREVER));
    expect([one(), one(), one(), one()]).toEqual([DONE, DONE, DONE, PARKED]);
    receive(server, at);
    expect(one()).toBe(DONE);
  });
});

describe('handles over sockets', () => {
  function machineWithPipe() {
    const sockets = machineWithSockets();
    const { client, pair } = sockets;
    const [at, accepted] = pair(path('/tmp/s'));
    const pipe = client.do((k) => createPipe(k, true, 'pipe'));
    client.do((k) => openHandle(k, pipe, 0, 100));
    client.do((k) => openHandle(k, pipe, 1, 101));
    const give = (text: string, numbers: readonly number[]): number => client.do((k) => sendHandles(k, at, encode(text), numbers, FOREVER));
    const take = (numbers: readonly number[], most = 100): [string, Handle[]] | number => {
      const taken: Handle[] = [];
      const outcome = sockets.server.do((k) => receiveHandles(k, accepted, most, numbers, taken, FOREVER));
      const { scratch, result } = sockets.server.kernel;
      return outcome === DONE ? [new TextDecoder().decode(scratch.slice(0, result)), taken] : outcome;
    };
    return { ...sockets, at, accepted, pipe, give, take };
  }

  it('are the receiver\'s own, and keep what they are open on', () => {
    const { server, client, pipe, give, take } = machineWithPipe();
    expect(give('x', [101])).toBe(DONE);
    client.do((k) => closeHandle(k, 101));
    expect(take([50])).toEqual(['x', [{ object: pipe, end: 1, number: 50 }]]);
    server.do((k) => writeStream(k, pipe, 1, encode('through'), 0, 7, FOREVER));
    expect([client.do((k) => readStream(k, pipe, 0, 100, FOREVER)), client.kernel.result]).toEqual([DONE, 7]);
    server.do((k) => closeHandle(k, 50));
    expect([client.do((k) => readStream(k, pipe, 0, 100, FOREVER)), client.kernel.result]).toEqual([DONE, 0]);
  });

  it('come with the byte that they were sent with, whatever lies around it', () => {
    const { client, at, pipe, send, give, take } = machineWithPipe();
    send(client, at, 'before');
    give('one', [100, 101]);
    send(client, at, 'between');
    give('two', [100]);
    expect(take([50])).toEqual(['before', []]);
    expect(take([50, 51])).toEqual(['onebetween', [{ object: pipe, end: 0, number: 50 }, { object: pipe, end: 1, number: 51 }]]);
    expect(take([52, 53])).toEqual(['two', [{ object: pipe, end: 0, number: 52 }]]);
  });

  it('are closed where nobody takes them', () => {
    const { machine, server, client, accepted, pipe, give, take, receive, close } = machineWithPipe();
    const read = (): number[] => [client.do((k) => readStream(k, pipe, 0, 100, NO_WAIT)), client.kernel.result];
    give('x', [101, 101]);
    give('y', [101]);
    give('z', [101]);
    client.do((k) => closeHandle(k, 101));
    expect(take([50])).toEqual(['x', [{ object: pipe, end: 1, number: 50 }]]);
    expect(receive(server, accepted)).toBe('y');
    server.do((k) => closeHandle(k, 50));
    expect(read()[0]).toBe(EAGAIN);
    close(server, accepted);
    expect(read()).toEqual([DONE, 0]);
    expect(machine.words[HANDLE_HIGH]).toBeLessThan(12);
  });

  it('are refused where there is none, no byte, or nobody at the other end', () => {
    const { server, client, accepted, give, close } = machineWithPipe();
    expect([give('x', [77]), give('', [100])]).toEqual([EBADF, EINVAL]);
    close(server, accepted);
    expect(give('x', [100])).toBe(EPIPE);
    expect(client.kernel.words[findHandle(client.kernel, client.address, 100) + HANDLE_OBJECT]).toBeGreaterThan(0);
  });
});
