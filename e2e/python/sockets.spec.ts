import { expect, test } from '../support/test';
import { python } from './python-program';

test.describe('Python sockets', () => {
  test('have a server answer five clients at once, one process each', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import multiprocessing as mp, socket
def talk(connection):
    with connection:
        while data := connection.recv(100):
            connection.sendall(data.upper())
def serve(listener):
    for _ in range(5):
        connection, address = listener.accept()
        mp.Process(target=talk, args=(connection,)).start()
        connection.close()
def ask(address, number, barrier, q):
    with socket.create_connection(address) as s:
        s.sendall(b'hello ')
        first = s.recv(100)
        barrier.wait()          # all five are connected
        s.sendall(b'from %d' % number)
        q.put((first + s.recv(100)).decode())
if __name__ == '__main__':
    listener = socket.create_server(('127.0.0.1', 0))
    server = mp.Process(target=serve, args=(listener,)); server.start()
    barrier, q = mp.Barrier(5), mp.Queue()
    clients = [mp.Process(target=ask, args=(listener.getsockname(), n, barrier, q)) for n in range(5)]
    for c in clients: c.start()
    print(sorted(q.get() for _ in clients))
    for p in (*clients, server): p.join()
    print([p.exitcode for p in (*clients, server)])`));
    expect(status).toBe(0);
    expect(lines).toEqual([`['HELLO FROM 0', 'HELLO FROM 1', 'HELLO FROM 2', 'HELLO FROM 3', 'HELLO FROM 4']`, '[0, 0, 0, 0, 0, 0]']);
  });

  test('carry 200 connections that are open at once on one server', async ({ runner }) => {
    const { lines, stderr } = await runner.run(python(`
import selectors, socket, threading
listener = socket.create_server(('127.0.0.1', 0), backlog=250)
def serve():
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    most = 0
    while True:
        for key, _ in selector.select():
            if key.fileobj is listener:
                selector.register(listener.accept()[0], selectors.EVENT_READ)
                most = max(most, len(selector.get_map()) - 1)
            elif data := key.fileobj.recv(100):
                key.fileobj.sendall(data[::-1])
            else:
                selector.unregister(key.fileobj); key.fileobj.close()
                if len(selector.get_map()) == 1:
                    print('most', most)
                    return
server = threading.Thread(target=serve); server.start()
clients = [socket.create_connection(listener.getsockname()) for _ in range(200)]
for n, c in enumerate(clients): c.sendall(str(n).encode())
print(sum(int(c.recv(100)[::-1]) for c in clients))
for c in clients: c.close()
server.join()`));
    expect(lines, stderr).toEqual(['19900', 'most 200']);
  });

  test('say what is wrong as CPython does, with a sentence beside it', async ({ runner }) => {
    const { lines, stderr } = await runner.run(python(`
import errno, socket, threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
def attempt(name, deed):
    try: deed()
    except AuthenticationError as e: print(name, e, e.__notes__)
    except OSError as e: print(name, type(e).__name__, errno.errorcode.get(e.errno, e.errno), getattr(e, '__notes__', None))
listener = socket.create_server(('127.0.0.1', 8080))
attempt('in use', lambda: socket.socket().bind(('127.0.0.1', 8080)))
attempt('refused', lambda: socket.create_connection(('localhost', 81)))
attempt('beyond', lambda: socket.create_connection(('93.184.216.34', 80)))
attempt('name', lambda: socket.create_connection(('example.org', 80)))
attempt('long', lambda: socket.socket(socket.AF_UNIX).bind('/tmp/' + 'x' * 200))
attempt('no file', lambda: socket.socket(socket.AF_UNIX).connect('/tmp/nobody'))
with Listener(('127.0.0.1', 8081), authkey=b'secret') as guarded:
    server = threading.Thread(target=attempt, args=('server', guarded.accept))
    server.start()
    attempt('client', lambda: Client(('127.0.0.1', 8081), authkey=b'wrong'))
    server.join()
listener6 = socket.create_server(('::1', 8080), family=socket.AF_INET6)
client6 = socket.create_connection(('::1', 8080))
print(listener6.accept()[1][0], client6.getpeername())
nameless = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); nameless.bind('')
odd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); odd.bind(b'\\0\\xff\\xfe')
nameless.sendto(b'a long one', odd.getsockname())
print(nameless.getsockname(), odd.getsockname(), odd.recvmsg(6))`));
    expect(lines, stderr).toEqual([
      "in use OSError EADDRINUSE ['port 8080 of 127.0.0.1 has a socket already']",
      "refused ConnectionRefusedError ECONNREFUSED ['nobody listens on port 81 of 127.0.0.1']",
      "beyond OSError ENETUNREACH ['this machine has no network beyond itself']",
      "name gaierror -2 ['this machine has no network beyond itself']",
      "long OSError None ['the name of a local socket has at most 107 bytes, this one has 205']",
      'no file FileNotFoundError ENOENT None',
      "server digest received was wrong ['the authkey is not the same on both sides']",
      "client digest sent was rejected ['the authkey is not the same on both sides']",
      "::1 ('::1', 8080, 0, 0)",
      "b'\\x0000001' b'\\x00\\xff\\xfe' (b'a long', [], 32, b'\\x0000001')",
    ]);
  });

  test('are under socketserver, asyncio and managers of CPython itself', async ({ runner }) => {
    const { lines, stderr } = await runner.run(python(`
import asyncio, multiprocessing as mp, socket, socketserver, threading
from multiprocessing.connection import Client, Listener, wait
from multiprocessing.managers import BaseManager
class Upper(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile: self.wfile.write(line.upper())
def over_stream(address):
    with socket.create_connection(address) as s, s.makefile('rw') as f:
        f.write('line\\n'); f.flush()
        return f.readline()
async def streams():
    async def upper(reader, writer):
        writer.write((await reader.readline()).upper()); writer.close()
    server = await asyncio.start_server(upper, '127.0.0.1', 0)
    async with server:
        address = server.sockets[0].getsockname()
        async def ask(n):
            reader, writer = await asyncio.open_connection(*address)
            writer.write(b'from %d\\n' % n)
            line = await reader.readline(); writer.close()
            return line
        return await asyncio.gather(*map(ask, range(3)))
def send(address, key):
    with Client(address, authkey=key) as c: c.send({'pid': 'child'}); c.send_bytes(b'bytes')
if __name__ == '__main__':
    with socketserver.ThreadingTCPServer(('127.0.0.1', 0), Upper) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(repr(over_stream(server.server_address)))
        server.shutdown()
    print(asyncio.run(streams()))
    with Listener(authkey=b'key') as listener:
        p = mp.Process(target=send, args=(listener.address, b'key')); p.start()
        with listener.accept() as c: print(c.recv(), c.recv_bytes(), wait([c]) == [c])
        p.join()
        wrong = mp.Process(target=send, args=(listener.address, b'wrong')); wrong.start()
        try: listener.accept()
        except mp.AuthenticationError as e: print('wrong key:', e)
        wrong.join()
    with mp.Manager() as m:
        shared, lock = m.dict(), m.Lock()
        def add(n):
            with lock: shared['sum'] = shared.get('sum', 0) + n
        ps = [mp.Process(target=add, args=(n,)) for n in range(4)]
        for p in ps: p.start()
        for p in ps: p.join()
        print(shared, type(shared).__name__)`));
    expect(lines, stderr).toEqual([
      "'LINE\\n'", "[b'FROM 0\\n', b'FROM 1\\n', b'FROM 2\\n']", "{'pid': 'child'} b'bytes' True",
      'wrong key: digest received was wrong', "{'sum': 6} DictProxy",
    ]);
  });

  test('pass descriptors on, to processes of a pool and of the fork server', async ({ runner }) => {
    const { lines, stderr } = await runner.run(python(`
import multiprocessing as mp, os, socket
def answer(connection):
    with connection: connection.sendall(connection.recv(100) * 2)
    return 'answered'
def child(q): q.put((os.getppid(), mp.current_process().name))
if __name__ == '__main__':
    here, there = socket.socketpair()
    with mp.Pool(1) as pool:
        result = pool.apply_async(answer, (there,))
        here.sendall(b'ab'); print(here.recv(100), result.get())
    context = mp.get_context('forkserver')
    q = context.Queue()
    ps = [context.Process(target=child, args=(q,)) for _ in range(2)]
    for p in ps: p.start()
    got = [q.get() for _ in ps]
    for p in ps: p.join()
    print(len({ppid for ppid, _ in got}), got[0][0] != os.getpid(), sorted(name for _, name in got), [p.exitcode for p in ps])`));
    expect(lines, stderr).toEqual(["b'abab' answered", "1 True ['ForkServerProcess-2', 'ForkServerProcess-3'] [0, 0]"]);
  });
});

test.describe('Python greenlets', () => {
  test('switch, throw, end, and are not other threads', async ({ runner }) => {
    const { lines, stderr } = await runner.run(python(`
import threading
from greenlet import GreenletExit, getcurrent, greenlet
def one(n):
    n = other.switch(n + 1)
    try: other.switch(n + 1)
    except ValueError as e: return f'caught {e}', threading.current_thread().name
def two(n):
    while True:
        if n > 2: first.throw(ValueError(n))
        n = first.switch(n + 1)
first, other = greenlet(one), greenlet(two)
print(first.switch(0), first.dead, other.dead)
print(repr(other.throw(GreenletExit('enough'))), other.dead, getcurrent().parent)
failing = greenlet(lambda: 1 / 0)
try: failing.switch()
except ZeroDivisionError as e: print(e)`));
    expect(lines, stderr).toEqual([
      "('caught 3', 'MainThread') True False", "GreenletExit('enough') True None", 'division by zero',
    ]);
  });

  test('are what gevent waits, sleeps and talks with', async ({ runner }) => {
    const { lines, stderr } = await runner.run(python(`
import gevent
from gevent import monkey; monkey.patch_all()
import socket, time
from gevent.event import AsyncResult
from gevent.pool import Pool
from gevent.queue import Queue
order = []
def work(name, n):
    for i in range(n):
        order.append(name + str(i)); time.sleep(0.01)
    return name
gs = [gevent.spawn(work, name, 2) for name in 'ab']
print([g.value for g in gevent.joinall(gs)], order)
print(Pool(2).map(lambda x: x * x, range(4)))
q, result = Queue(1), AsyncResult()
gevent.spawn(lambda: [q.put(n) for n in range(3)]); gevent.spawn(lambda: result.set(sum(q.get() for _ in range(3))))
print(result.get())
def serve(listener):
    connection, _ = listener.accept()
    connection.sendall(connection.recv(10).upper())
listener = socket.create_server(('127.0.0.1', 0)); gevent.spawn(serve, listener)
client = socket.create_connection(listener.getsockname()); client.sendall(b'hi'); print(client.recv(10))
try:
    with gevent.Timeout(0.01): gevent.sleep(100)
except gevent.Timeout as e: print('timeout after', e)`));
    expect(lines, stderr).toEqual([
      "['a', 'b'] ['a0', 'b0', 'a1', 'b1']", '[0, 1, 4, 9]', '3', "b'HI'", 'timeout after 0.01 seconds',
    ]);
  });
});
