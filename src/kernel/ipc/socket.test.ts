import { describe, expect, it } from 'vitest';
import {
  DONE, EADDRINUSE, EADDRNOTAVAIL, EAGAIN, EBADF, ECONNREFUSED, EINVAL, EISCONN, ENETUNREACH, ENOENT, ENOTCONN, EPIPE,
  ETIMEDOUT, PARKED,
} from '../../protocol/errno';
import { findHandle } from '../handles';
import type { Kernel } from '../kernel';
import { HANDLE_OBJECT, OBJECT_HIGH } from '../layout';
import { freeBytes } from '../page-allocator';
import { machineWithSockets, path, port } from '../test-support/socket-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { PIPE_CAPACITY } from './pipe';
import { PollEvent, pollStreams, type PollEntry } from './poll';
import { bindSocket, listenSocket } from './socket';
import { addressAt, addressText, hasSocketName, LOOPBACK_HOST, unlinkSocketName } from './socket-address';
import { connectSocket, pairSockets } from './socket-connect';
import { shutdownSocket } from './socket-stream';
import { familyOf, SOCKET_LOCAL, SOCKET_REMOTE, SocketFamily, SocketKind } from './socket-words';

describe('an address', () => {
  it('is one socket\'s, unless all that have it may share it and none listens', () => {
    const { server, client, bind, listen, close } = machineWithSockets();
    const listener = listen(server, port(80));
    expect(bind(client, port(80))[1]).toBe(EADDRINUSE);
    expect(bind(client, port(80), true)[1]).toBe(EADDRINUSE);
    expect(bind(client, port(80, 0))[1]).toBe(EADDRINUSE);
    expect(bind(client, port(80, LOOPBACK_HOST + 1))[1]).toBe(DONE);
    close(server, listener);
    expect(bind(client, port(80))[1]).toBe(DONE);
  });

  it('may be had again with SO_REUSEADDR while connections of its last listener live on, and only then', () => {
    const { server, client, open, bind, connect, accept, close } = machineWithSockets();
    const [listener] = bind(server, port(80), true);
    server.do((k) => listenSocket(k, listener, 1));
    connect(client, port(80));
    expect(accept(server, listener)).toBeGreaterThan(0);
    close(server, listener);
    expect(bind(server, port(80))[1]).toBe(EADDRINUSE);
    const [again, outcome] = bind(server, port(80), true);
    expect(outcome).toBe(DONE);
    expect(server.do((k) => listenSocket(k, again, 1))).toBe(DONE);
    expect(open(server)).toBeGreaterThan(0);
  });

  it('may be shared by two that do not listen, of which one may begin to', () => {
    const { server, client, bind } = machineWithSockets();
    const [one] = bind(server, port(80), true);
    const [other, outcome] = bind(client, port(80), true);
    expect(outcome).toBe(DONE);
    expect(server.do((k) => listenSocket(k, one, 1))).toBe(DONE);
    expect(client.do((k) => listenSocket(k, other, 1))).toBe(EADDRINUSE);
  });

  it('is on this machine, and each socket has one', () => {
    const { server, open, bind } = machineWithSockets();
    expect(bind(server, port(80, 0x08080808))[1]).toBe(EADDRNOTAVAIL);
    const [at] = bind(server, port(80));
    expect(server.do((k) => bindSocket(k, at, port(81)))).toBe(EINVAL);
    const local = open(server, SocketFamily.Local);
    expect(server.do((k) => bindSocket(k, local, port(80)))).toBe(EINVAL);
    expect(server.do((k) => listenSocket(k, local, 1))).toBe(EINVAL);
  });

  it('is chosen where the program leaves it open', () => {
    const { server, client, bind, listen } = machineWithSockets();
    const texts = [bind(server, port(0))[0], bind(client, port(0))[0], listen(server, port(0, 0))]
      .map((at) => addressText(server.kernel, at + SOCKET_LOCAL, SocketFamily.Internet));
    expect(texts).toEqual(['127.0.0.1:32768', '127.0.0.1:32769', '0.0.0.0:32770']);
  });

  it('that is a name outlives its socket until it is unlinked', () => {
    const { machine, server, client, bind, listen, connect, close } = machineWithSockets();
    const free = freeBytes(machine.words);
    const listener = listen(server, path('/tmp/a'));
    expect(bind(client, path('/tmp/a'))[1]).toBe(EADDRINUSE);
    expect(connect(client, path('/tmp/b'))[1]).toBe(ENOENT);
    expect(connect(client, path('/tmp/a'))[1]).toBe(DONE);
    close(server, listener);
    expect(connect(client, path('/tmp/a'))[1]).toBe(ECONNREFUSED);
    expect(hasSocketName(client.kernel, path('/tmp/a').path!)).toBe(true);
    expect(bind(client, path('/tmp/a'))[1]).toBe(EADDRINUSE);
    expect(client.do((k) => unlinkSocketName(k, path('/tmp/a').path!))).toBe(DONE);
    expect(client.do((k) => unlinkSocketName(k, path('/tmp/a').path!))).toBe(ENOENT);
    expect(bind(client, path('/tmp/a'))[1]).toBe(DONE);
    client.exit();
    server.do((k) => unlinkSocketName(k, path('/tmp/a').path!));
    expect(freeBytes(machine.words)).toBe(free);
  });

  it('that begins with a 0 byte is no file, and goes with its socket', () => {
    const { server, client, listen, connect, close } = machineWithSockets();
    const listener = listen(server, path('\0a'));
    expect(connect(client, path('\0a'))[1]).toBe(DONE);
    close(server, listener);
    expect(connect(client, path('\0a'))[1]).toBe(ENOENT);
    expect(listen(server, path('\0a'))).toBeGreaterThan(0);
  });
});

describe('connect and accept', () => {
  it('meet, and each side knows both addresses', () => {
    const { server, client, listen, accept, connect } = machineWithSockets();
    const listener = listen(server, port(80, 0));
    const [at, outcome] = connect(client, port(80));
    expect(outcome).toBe(DONE);
    const accepted = accept(server, listener);
    const text = (where: number): string => addressText(server.kernel, where, SocketFamily.Internet);
    expect([at + SOCKET_LOCAL, at + SOCKET_REMOTE, accepted + SOCKET_LOCAL, accepted + SOCKET_REMOTE].map(text))
      .toEqual(['127.0.0.1:32768', '127.0.0.1:80', '127.0.0.1:80', '127.0.0.1:32768']);
    expect(client.do((k) => connectSocket(k, at, port(80), FOREVER))).toBe(EISCONN);
  });

  it('are refused where nobody listens, and beyond the machine', () => {
    const { server, client, bind, connect, accept, open } = machineWithSockets();
    expect(connect(client, port(80))[1]).toBe(ECONNREFUSED);
    const [bound] = bind(server, port(80));
    expect(connect(client, port(80))[1]).toBe(ECONNREFUSED);
    expect(connect(client, port(80, 0x08080808))[1]).toBe(ENETUNREACH);
    expect(accept(server, bound)).toBe(EINVAL);
    const at = open(client);
    expect(client.do((k) => connectSocket(k, at, path('/a'), FOREVER))).toBe(EINVAL);
  });

  it('wait for each other: an accept for who comes, a connect for room in the backlog', () => {
    const { machine, server, client, client2, listen, accept, connect, close } = machineWithSockets();
    const listener = listen(server, port(80), 0);
    expect(accept(server, listener)).toBe(PARKED);
    expect(server.blockReason).toBe('accept');
    connect(client, port(80));
    const [at, outcome] = connect(client2, port(80));
    expect(outcome).toBe(PARKED);
    expect(client2.blockReason).toBe('connect');
    expect(accept(server, listener)).toBeGreaterThan(0);
    expect(client2.state).toBe('ready');
    expect(client2.do((k) => connectSocket(k, at, port(80), FOREVER))).toBe(DONE);
    expect(accept(server, listener)).toBeGreaterThan(0);
    expect(accept(server, listener, NO_WAIT)).toBe(EAGAIN);
    expect(accept(server, listener, 10)).toBe(PARKED);
    machine.advance(10);
    expect(accept(server, listener, 10)).toBe(ETIMEDOUT);
    close(server, listener);
  });

  it('serves clients in the order in which they came, to whichever process accepts', () => {
    const { main, server, client, client2, listen, accept, connect, numbers } = machineWithSockets();
    const listener = listen(server, port(80));
    const worker = main.start({ handles: [{ object: listener, end: 0, number: numbers.get(listener)! }] });
    expect([accept(server, listener), accept(worker, listener)]).toEqual([PARKED, PARKED]);
    const [first] = connect(client, port(80));
    const [second] = connect(client2, port(80));
    const remoteOf = (at: number): string => addressText(server.kernel, at + SOCKET_REMOTE, SocketFamily.Internet);
    const localOf = (at: number): string => addressText(server.kernel, at + SOCKET_LOCAL, SocketFamily.Internet);
    expect(remoteOf(accept(server, listener))).toBe(localOf(first));
    expect(remoteOf(accept(worker, listener))).toBe(localOf(second));
  });

  it('has the next acceptor go on where one is killed that had been woken', () => {
    const { main, server, client, listen, accept, connect, numbers } = machineWithSockets();
    const listener = listen(server, port(80));
    const worker = main.start({ handles: [{ object: listener, end: 0, number: numbers.get(listener)! }] });
    accept(server, listener);
    accept(worker, listener);
    connect(client, port(80));
    expect([server.state, worker.state]).toEqual(['ready', 'blocked']);
    main.kill(server);
    expect(worker.state).toBe('ready');
    expect(accept(worker, listener)).toBeGreaterThan(0);
  });

  it('ends for all who wait when the listener goes, and those who were not accepted see the end', () => {
    const { server, client, client2, listen, connect, receive } = machineWithSockets();
    listen(server, port(80), 0);
    const [at] = connect(client, port(80));
    const [waiting] = connect(client2, port(80));
    server.exit();
    expect(client2.do((k) => connectSocket(k, waiting, port(80), FOREVER))).toBe(ECONNREFUSED);
    expect(receive(client, at)).toBe('');
  });

  it('leaves nothing behind, however often', () => {
    const { machine, server, client, listen, accept, connect, send, receive, close } = machineWithSockets();
    const free = freeBytes(machine.words);
    const listener = listen(server, port(80));
    for (let round = 0; round < 500; round++) {
      const [at] = connect(client, port(80));
      const accepted = accept(server, listener);
      send(client, at, 'question');
      receive(server, accepted);
      send(server, accepted, 'answer that nobody reads');
      close(client, at);
      close(server, accepted);
    }
    close(server, listener);
    expect(machine.words[OBJECT_HIGH]).toBeLessThan(10);
    expect(freeBytes(machine.words)).toBe(free);
  });
});

describe('a connected socket', () => {
  it('sends both ways, and waits for what comes', () => {
    const { server, client, pair, send, receive } = machineWithSockets();
    const [at, accepted] = pair();
    expect(receive(server, accepted)).toBe(PARKED);
    expect(server.blockReason).toBe('receive');
    send(client, at, 'hello');
    expect(receive(server, accepted, 3, true)).toBe('hel');
    expect(receive(server, accepted, 2)).toBe('he');
    expect(receive(server, accepted)).toBe('llo');
    send(server, accepted, 'HELLO');
    expect(receive(client, at)).toBe('HELLO');
    expect(receive(client, at, 100, false, NO_WAIT)).toBe(EAGAIN);
    expect(receive(client, at, 100, true, NO_WAIT)).toBe(EAGAIN);
  });

  it('sees the end when the last handle of the other side is closed, in whichever process that is', () => {
    const { main, server, client, pair, send, receive, close, numbers } = machineWithSockets();
    const [at, accepted] = pair();
    const worker = main.start({ handles: [{ object: accepted, end: 0, number: numbers.get(accepted)! }] });
    send(worker, accepted, 'last words');
    close(server, accepted);
    expect(receive(client, at)).toBe('last words');
    expect(receive(client, at)).toBe(PARKED);
    main.kill(worker);
    expect(receive(client, at)).toBe('');
    expect(send(client, at, 'x')).toBe(EPIPE);
    expect(send(client, at, '')).toBe(DONE);
  });

  it('may end one direction and go on in the other', () => {
    const { server, client, pair, send, receive } = machineWithSockets();
    const [at, accepted] = pair();
    expect(receive(server, accepted)).toBe(PARKED);
    expect(client.do((k) => shutdownSocket(k, at, false, true))).toBe(DONE);
    expect(receive(server, accepted)).toBe('');
    expect(send(client, at, 'x')).toBe(EPIPE);
    send(server, accepted, 'answer');
    expect(client.do((k) => shutdownSocket(k, at, true, false))).toBe(DONE);
    expect(receive(client, at)).toBe('answer');
    expect(receive(client, at)).toBe('');
  });

  it('wakes its own readers when it is told to receive no more', () => {
    const { client, pair, receive } = machineWithSockets();
    const [at] = pair();
    const reader = client.startThread();
    expect(receive(reader, at)).toBe(PARKED);
    client.do((k) => shutdownSocket(k, at, true, true));
    expect(receive(reader, at)).toBe('');
  });

  it('makes who sends too much wait for who receives', () => {
    const { server, client, pair, send, receive } = machineWithSockets();
    const [at, accepted] = pair();
    expect([send(client, at, 'x'.repeat(100_000)), client.kernel.result]).toEqual([DONE, PIPE_CAPACITY]);
    expect(send(client, at, 'y')).toBe(PARKED);
    expect(client.blockReason).toBe('pipe full');
    receive(server, accepted, 1);
    expect(send(client, at, 'y')).toBe(DONE);
  });

  it('does not move bytes before it is connected', () => {
    const { client, open, send, receive } = machineWithSockets();
    const [internet, local] = [open(client), open(client, SocketFamily.Local)];
    expect([receive(client, internet), send(client, internet, 'x'), send(client, local, 'x')]).toEqual([ENOTCONN, EPIPE, ENOTCONN]);
    expect(client.do((k) => shutdownSocket(k, internet, true, true))).toBe(ENOTCONN);
  });

  it('comes in pairs', () => {
    const { client, send, receive, close, numbers } = machineWithSockets();
    expect(client.do((k) => pairSockets(k, SocketFamily.Local, SocketKind.Stream, [20, 21]))).toBe(DONE);
    const [one, other] = client.do((k) => [20, 21].map((number) => socketOf(k, client.address, number)));
    numbers.set(one, 20);
    send(client, one, 'to the other');
    expect(receive(client, other)).toBe('to the other');
    expect(addressAt(client.kernel, one + SOCKET_LOCAL, familyOf(client.kernel, one)).path).toHaveLength(0);
    close(client, one);
    expect(receive(client, other)).toBe('');
    expect(close(client, one)).toBe(EBADF);
  });
});

describe('poll of sockets', () => {
  const look = (task: ReturnType<typeof machineWithSockets>['client'], object: number, events: number, deadline = FOREVER) => {
    const entry: PollEntry = { object, end: 0, events, ready: 0 };
    const outcome = task.do((k) => pollStreams(k, [entry], deadline));
    return outcome === DONE ? entry.ready : outcome;
  };

  it('sees who has connected, what has come, and the end', () => {
    const { server, client, listen, accept, connect, send, close } = machineWithSockets();
    const listener = listen(server, port(80));
    expect(look(server, listener, PollEvent.In)).toBe(PARKED);
    const [at] = connect(client, port(80));
    expect(look(server, listener, PollEvent.In)).toBe(PollEvent.In);
    const accepted = accept(server, listener);
    expect(look(server, accepted, PollEvent.In)).toBe(PARKED);
    send(client, at, 'x');
    expect(look(server, accepted, PollEvent.In | PollEvent.Out)).toBe(PollEvent.In | PollEvent.Out);
    close(client, at);
    expect(look(server, accepted, PollEvent.In)).toBe(PollEvent.In | PollEvent.HangUp);
  });

  it('waits for room, and sees an end of one direction', () => {
    const { server, client, pair, send, receive } = machineWithSockets();
    const [at, accepted] = pair();
    send(client, at, 'x'.repeat(PIPE_CAPACITY));
    expect(look(client, at, PollEvent.Out)).toBe(PARKED);
    receive(server, accepted, PIPE_CAPACITY);
    expect(look(client, at, PollEvent.Out)).toBe(PollEvent.Out);
    expect(look(server, accepted, PollEvent.In)).toBe(PARKED);
    client.do((k) => shutdownSocket(k, at, false, true));
    expect(look(server, accepted, PollEvent.In)).toBe(PollEvent.In);
    expect(look(client, at, PollEvent.In, NO_WAIT)).toBe(EAGAIN);
  });
});

function socketOf(k: Kernel, process: number, number: number): number {
  return k.words[findHandle(k, process, number) + HANDLE_OBJECT];
}
