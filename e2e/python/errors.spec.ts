import { expect, test } from '../support/test';
import { python } from './python-program';

test.describe('what goes wrong in Python', () => {
  test('an exception of a child comes to its parent with the traceback of both', async ({ runner }) => {
    const { lines, stderr, status } = await runner.run(python(`
import multiprocessing as mp
def inner(n): return 1 / n
def job(n): return inner(n)
if __name__ == '__main__':
    with mp.Pool(1) as pool:
        try:
            pool.apply(job, (0,))
        except ZeroDivisionError as error:
            remote = str(error.__cause__)
            print(type(error.__cause__).__name__, 'in inner' in remote, 'ZeroDivisionError: division by zero' in remote)
        pool.map(job, [0])`));
    expect(lines).toEqual(['RemoteTraceback True True']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/RemoteTraceback: \n"""\nTraceback \(most recent call last\):[^]*in inner[^]*"""\n\nThe above exception was the direct cause/);
    expect(stderr.trimEnd().endsWith('ZeroDivisionError: division by zero')).toBe(true);
  });

  test('what cannot be pickled stops a spawn where it starts, and no fork', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import multiprocessing as mp
if __name__ == '__main__':
    def local(): print('ran')
    for method in ('spawn', 'fork'):
        process = mp.get_context(method).Process(target=lambda: print('a lambda ran'))
        try:
            process.start()
            process.join()
            print(method, process.exitcode)
        except Exception as error:
            print(method, type(error).__name__, '<lambda>' in str(error), process.is_alive())
    queue = mp.Queue()
    queue.put(lambda: 0)
    queue.put('the next')
    print(queue.get())`));
    expect(lines).toEqual(['spawn PicklingError True False', 'a lambda ran', 'fork 0', 'the next']);
    expect(status).toBe(0);
  });

  test('errors have Linux\'s numbers, names and texts, whoever makes them, and the class that belongs to the number', async ({ runner }) => {
    const { lines, stderr } = await runner.run(python(`
import errno, os, pickle, socket
def show(what, *args):
    try:
        what(*args)
    except OSError as error:
        again = pickle.loads(pickle.dumps(error))
        named = OSError(error.errno, error.strerror)
        same = type(again) is type(named) is type(error) and os.strerror(error.errno) == error.strerror
        print(type(error).__name__, errno.errorcode[error.errno], error, same)
def buffered():
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with open(reader, 'rb'), open(writer, 'wb', 1000) as file:
        try:
            file.write(bytes(10 ** 6))
        except BlockingIOError as error:
            print(error)
        os.read(reader, 10 ** 6)
def refused():
    with socket.socket() as client:
        client.connect(('127.0.0.1', 9))
def taken():
    with socket.create_server(('127.0.0.1', 90)), socket.socket() as second:
        second.bind(('127.0.0.1', 90))
def at_once():
    left, right = socket.socketpair()
    left.setblocking(False)
    left.recv(1)
def broken():
    reader, writer = os.pipe()
    os.close(reader)
    os.write(writer, b'x')
for what in (os.wait, refused, taken, at_once, broken):
    show(what)
show(open, 'nowhere')
show(os.mkdir, '/tmp')
show(os.listdir, '/proc/self/nowhere')
show(os.kill, 999, 9)
show(os.read, 99, 1)
buffered()
print(errno.ENOENT, errno.EWOULDBLOCK, errno.errorcode[98], os.strerror(110), os.strerror(4711))
os.rename('one', 'another')`));
    expect(lines).toEqual([
      'ChildProcessError ECHILD [Errno 10] No child processes True',
      'ConnectionRefusedError ECONNREFUSED [Errno 111] Connection refused True',
      'OSError EADDRINUSE [Errno 98] Address already in use True',
      'BlockingIOError EAGAIN [Errno 11] Resource temporarily unavailable True',
      'BrokenPipeError EPIPE [Errno 32] Broken pipe True',
      "FileNotFoundError ENOENT [Errno 2] No such file or directory: 'nowhere' True",
      "FileExistsError EEXIST [Errno 17] File exists: '/tmp' True",
      "FileNotFoundError ENOENT [Errno 2] No such file or directory: '/proc/self/nowhere' True",
      'ProcessLookupError ESRCH [Errno 3] No such process True',
      'OSError EBADF [Errno 9] Bad file descriptor True',
      '[Errno 11] write could not complete without blocking',
      '2 11 EADDRINUSE Connection timed out Unknown error 4711',
    ]);
    expect(stderr).toContain("FileNotFoundError: [Errno 2] No such file or directory: 'one' -> 'another'");
  });

  for (const clock of ['real', 'virtual'] as const) {
    test(`Ctrl-C, killed workers and initializers that raise are what they are in CPython: ${clock} time`, async ({ runner }) => {
      const { lines, stderr, status } = await runner.run(python(`
import os, signal, sys, time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import Process
def naps(): time.sleep(1000)
def catches():
    try: naps()
    except KeyboardInterrupt: sys.exit(7)
def interrupted(target):
    child = Process(target=target, name=target.__name__)
    child.start()
    time.sleep(0.3)
    os.kill(child.pid, signal.SIGINT)
    child.join()
    return child.exitcode
def dies(n):
    os.kill(os.getpid(), signal.SIGKILL)
def init(): raise ValueError('no good')
if __name__ == '__main__':
    print(interrupted(naps), interrupted(catches))
    for task, initializer in ((dies, None), (abs, init)):
        with ProcessPoolExecutor(1, initializer=initializer) as pool:
            try: pool.submit(task, 1).result()
            except BrokenProcessPool as error: print(error)
            try: pool.submit(abs, 1)
            except BrokenProcessPool as error: print('again:', error)
    child = Process(target=time.sleep, args=(1,))
    child.start()
    os.kill(os.getpid(), signal.SIGINT)
    child.join()`), { clock });
      expect(lines).toEqual([
        '1 7',
        'A process in the process pool was terminated abruptly while the future was running or pending.',
        expect.stringMatching(/^again: A child process terminated abruptly, the process pool is not usable anymore/),
        'A process in the process pool was terminated abruptly while the future was running or pending.',
        expect.stringMatching(/^again: A child process terminated abruptly, the process pool is not usable anymore/),
      ]);
      expect(stderr).toMatch(/^Process naps:\nTraceback[^]*\nKeyboardInterrupt\n/);
      expect(stderr).toContain('ValueError: no good');
      expect(stderr.trimEnd().endsWith('KeyboardInterrupt')).toBe(true);
      expect(status).toBe(-2);
    });
  }

  test('exit codes say how a process ended', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import multiprocessing as mp, sys, os
def leave(code): sys.exit(code)
def at_once(): os._exit(9)
def raises(): raise SystemExit
if __name__ == '__main__':
    cases = [(leave, (None,)), (leave, (0,)), (leave, (7,)), (leave, (256 + 3,)), (leave, ('in words',)), (leave, (True,)),
             (at_once, ()), (raises, ())]
    codes = []
    for target, args in cases:
        process = mp.Process(target=target, args=args)
        process.start()
        process.join()
        codes.append(process.exitcode)
    print(codes)`));
    expect(lines).toEqual(['[0, 0, 7, 3, 1, 1, 9, 0]']);
  });

  test('daemons: no children of their own, no change after the start, ended with their parent', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import multiprocessing as mp, threading, time
def parent_of_one():
    try:
        mp.Process(target=print).start()
    except AssertionError as error:
        print(error)
def sleeps():
    print('sleeps', flush=True)
    time.sleep(1000)
if __name__ == '__main__':
    process = mp.Process(target=parent_of_one, daemon=True)
    process.start()
    process.join()
    try:
        process.daemon = False
    except AssertionError as error:
        print(error)
    thread = threading.Thread(target=time.sleep, args=(1000,), daemon=True)
    thread.start()
    try:
        thread.daemon = False
    except RuntimeError as error:
        print(error)
    ready = mp.Event()
    mp.Process(target=lambda: (ready.set(), time.sleep(1000)), daemon=True).start()
    ready.wait()
    print('the end')`));
    expect(lines).toEqual([
      'daemonic processes are not allowed to have children', 'process has already started',
      'cannot set daemon status of active thread', 'the end',
    ]);
    expect(status).toBe(0);
    const { tasks } = await runner.model();
    expect(tasks.filter(({ daemon, tid, pid }) => daemon && tid === pid).map((task) => task.status)).toEqual([0, -15]);
  });

  test('closed queues refuse', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import multiprocessing as mp, queue
q = mp.Queue()
q.put(1)
print(q.get())
q.close()
for call in (lambda: q.put(2), lambda: q.get()):
    try:
        call()
    except ValueError as error:
        print(error)
q.join_thread()
q.cancel_join_thread()
try:
    mp.Queue().join_thread()
except AssertionError as error:
    print('not closed', error)
s = mp.SimpleQueue()
s.close()
try:
    s.put(1)
except OSError as error:
    print(error)
q = queue.Queue()
q.put(1)
q.shutdown()
print(q.get())
for call in (q.get, lambda: q.put(2)):
    try:
        call()
    except queue.ShutDown:
        print('shut down')
j = mp.JoinableQueue()
try:
    j.task_done()
except ValueError as error:
    print(error)`));
    expect(lines.map((line) => line.replace(/ at 0x.*/, ''))).toEqual([
      '1', 'Queue <multiprocessing.queues.Queue object', 'Queue <multiprocessing.queues.Queue object',
      'not closed Queue <multiprocessing.queues.Queue object', 'handle is closed', '1', 'shut down', 'shut down',
      'task_done() called too many times',
    ]);
  });

  test('memory that is not there is a MemoryError, a table that is full an OSError', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import errno, os
try:
    big = bytearray(6_000_000_000)
except (MemoryError, OverflowError) as error:
    print(type(error).__name__)
try:
    [0] * 1_500_000_000
except MemoryError:
    print('MemoryError')
ends = []
try:
    while True: ends.append(os.pipe())
except OSError as error:
    print(errno.errorcode[error.errno])
for pair in ends:
    for end in pair: os.close(end)
os.close(os.pipe()[0])
print('goes on')`));
    expect(lines[0]).toMatch(/^(MemoryError|OverflowError)$/);
    expect(lines.slice(1)).toEqual(['MemoryError', 'EMFILE', 'goes on']);
    expect(status).toBe(0);
  });

  test('a fork for whose copy there is no memory is an OSError; its parent goes on', async ({ runner }) => {
    await runner.run(python('print()'));
    // A browser without room for another copy.
    for (const worker of runner.page.workers().filter((each) => each.url().includes('python'))) {
      await worker.evaluate(() => {
        const { SharedArrayBuffer: Buffer } = globalThis;
        globalThis.SharedArrayBuffer = new Proxy(Buffer, {
          construct(type, [bytes]: [number]) {
            if (bytes > 2 ** 24) throw new RangeError('Array buffer allocation failed');
            return new type(bytes);
          },
        });
      });
    }
    const { lines, status } = await runner.run(python(`
import errno, multiprocessing as mp, os
def start():
    mp.Process(target=print).start()
for fork in (os.fork, start):
    try:
        fork()
    except OSError as error:
        print(errno.errorcode[error.errno], error.strerror)
print(mp.active_children(), 'goes on')`));
    expect(lines).toEqual(['ENOMEM Cannot allocate memory', 'ENOMEM Cannot allocate memory', '[] goes on']);
    expect(status).toBe(0);
  });

  test('a process more than there may be is an OSError; the others go on', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import errno, os, signal
children = []
try:
    while True:
        pid = os.fork()
        if pid == 0:
            signal.pause()
        children.append(pid)
except OSError as error:
    print(type(error).__name__, errno.errorcode[error.errno], len(children))
for pid in children: os.kill(pid, signal.SIGKILL)
print({os.waitpid(pid, 0)[1] for pid in children})
pid = os.fork()
if pid == 0: os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`));
    expect(lines).toEqual(['BlockingIOError EAGAIN 103', '{9}', '7']);
    expect(status).toBe(0);
  });

  test('an interpreter that crashes is a dead process with a sentence; its parent goes on', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import multiprocessing as mp, ctypes
def crash(): ctypes.string_at(0xfffffff0)
if __name__ == '__main__':
    process = mp.Process(target=crash)
    process.start()
    process.join()
    print('exit code', process.exitcode)`));
    expect(lines).toEqual(['exit code -11']);
    expect(status).toBe(0);
    const { tasks } = await runner.model();
    expect(tasks.find(({ name }) => name === 'Process-1')?.ending).toContain('memory access out of bounds');
  });

  test('a network beyond the machine is refused in a sentence', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import urllib.request
try:
    urllib.request.urlopen('http://example.com/')
except OSError as error:
    print(error)`));
    expect(lines.join(' ')).toContain('network');
  });
});
