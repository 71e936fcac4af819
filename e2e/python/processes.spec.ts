import { EventKindCode } from '../../src/protocol/trace-events';
import { expect, test } from '../support/test';
import { python } from './python-program';

test.describe('Python processes', () => {
  test('are copies of their parent by fork, and fresh interpreters by spawn', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import multiprocessing as mp
data = {'x': 1}
def child(q, n):
    data['x'] += n
    q.put((__name__, data['x']))
if __name__ == '__main__':
    print(mp.get_start_method())
    data['x'] = 40
    for method in ('fork', 'spawn'):
        ctx = mp.get_context(method)
        q = ctx.Queue()
        p = ctx.Process(target=child, args=(q, 2))
        p.start()
        print(method, q.get())
        p.join()
    print(data['x'], p.exitcode)`));
    expect(status).toBe(0);
    expect(lines).toEqual(['fork', "fork ('__main__', 42)", "spawn ('__mp_main__', 3)", '40 0']);
  });

  test('end with exit codes, signals and tracebacks', async ({ runner }) => {
    const { lines, stderr } = await runner.run(python(`
import multiprocessing as mp, os, sys, time
def leave(): sys.exit(3)
def at_once(): os._exit(4)
def fail(): raise ValueError('boom')
def spin():
    while True: pass
codes = []
for target in (leave, at_once, fail):
    p = mp.Process(target=target); p.start(); p.join(); codes.append(p.exitcode)
p = mp.Process(target=spin); p.start(); p.terminate(); p.join(); codes.append(p.exitcode)
p = mp.Process(target=time.sleep, args=(1000,)); p.start(); p.kill(); p.join(); codes.append(p.exitcode)
print(codes, mp.active_children())`));
    expect(lines).toEqual(['[3, 4, 1, -15, -9] []']);
    expect(stderr).toContain('Process Process-3:\nTraceback (most recent call last):');
    expect(stderr).toContain('ValueError: boom');
  });

  test('use pools, pipes, joinable queues, conditions and executors', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import multiprocessing as mp
from concurrent.futures import ProcessPoolExecutor
def square(x): return x * x
def echo(conn):
    conn.send(conn.recv() * 2)
def drain(q):
    while q.get() is not None: q.task_done()
    q.task_done()
def waiter(condition, ready, q):
    with condition:
        ready.set()
        condition.wait()
        q.put('woken')
if __name__ == '__main__':
    with mp.Pool(2) as pool:
        print(pool.map(square, range(5)), pool.apply_async(square, (9,)).get())
    a, b = mp.Pipe()
    p = mp.Process(target=echo, args=(b,)); p.start()
    a.send('x' * 100_000); print(len(a.recv())); p.join()
    q = mp.JoinableQueue()
    p = mp.Process(target=drain, args=(q,)); p.start()
    for item in (1, 2, None): q.put(item)
    q.join(); p.join(); print('joined')
    c, e, q = mp.Condition(), mp.Event(), mp.Queue()
    p = mp.Process(target=waiter, args=(c, e, q)); p.start()
    e.wait()
    with c: c.notify()
    print(q.get()); p.join()
    with ProcessPoolExecutor(2) as executor:
        print(list(executor.map(square, range(3))))`));
    expect(lines).toEqual(['[0, 1, 4, 9, 16] 81', '200000', 'joined', 'woken', '[0, 1, 4]']);
  });

  test('are copies also where the parent has grown, and have its folders', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import multiprocessing as mp, os, tempfile
big = bytearray(80 << 20)
folder = tempfile.mkdtemp()
def child(conn):
    with open(folder + '/x', 'w') as file: file.write('hello')
    conn.send((open(folder + '/x').read(), len(big)))
if __name__ == '__main__':
    a, b = mp.Pipe()
    p = mp.Process(target=child, args=(b,)); p.start()
    print(a.recv()); p.join(); print(p.exitcode)`));
    expect(lines).toEqual(["('hello', 83886080)", '0']);
  });
});

test.describe('many Python processes', () => {
  test('twelve at once, each with threads of its own', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import multiprocessing as mp, threading
def work(gate, queue, n):
    parts = []
    threads = [threading.Thread(target=parts.append, args=(n,)) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    gate.wait()
    queue.put(sum(parts))
if __name__ == '__main__':
    gate, queue = mp.Barrier(13), mp.Queue()
    processes = [mp.Process(target=work, args=(gate, queue, n)) for n in range(12)]
    for process in processes: process.start()
    gate.wait()
    print(sorted(queue.get() for _ in processes))
    for process in processes: process.join()
    print({process.exitcode for process in processes})`));
    expect(lines).toEqual(['[0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33]', '{0}']);
    expect(status).toBe(0);
  });

  test('set_start_method chooses once, and a context beside it', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import multiprocessing as mp
def name(q): q.put(__name__)
if __name__ == '__main__':
    mp.set_start_method('spawn')
    try:
        mp.set_start_method('fork')
    except RuntimeError as error:
        print(error)
    try:
        mp.get_context('none')
    except ValueError as error:
        print(error)
    for context in (mp, mp.get_context('fork')):
        q = context.Queue()
        process = context.Process(target=name, args=(q,))
        process.start()
        print(context.get_start_method(), q.get())
        process.join()
    mp.set_start_method('fork', force=True)
    print(mp.get_start_method())`));
    expect(lines).toEqual([
      'context has already been set', "cannot find context for 'none'", 'spawn __mp_main__', 'fork __main__', 'fork',
    ]);
  });

  test('wait for locks on files, which go when the file is closed or its process ends', async ({ runner }) => {
    const program = python(`
import errno, fcntl, multiprocessing as mp, os, signal, threading, time
path = '/tmp/locked'

def count(name, turns):
    for _ in range(turns):
        with open(path, 'r+') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            value = int(file.read())
            time.sleep(0.001)
            file.seek(0)
            file.write(str(value + 1))

def refused(call, *args):
    try:
        call(*args)
    except OSError as error:
        return f'{type(error).__name__} {errno.errorcode[error.errno]}'
    return 'granted'

if __name__ == '__main__':
    with open(path, 'w') as file: file.write('0')
    children = [mp.Process(target=count, args=(f'child {n}', 5)) for n in range(3)]
    for child in children: child.start()
    for child in children: child.join()
    print(open(path).read())

    file = open(path, 'r+')
    fcntl.flock(file, fcntl.LOCK_EX)
    other = open(path, 'r+')
    print(refused(fcntl.flock, other, fcntl.LOCK_EX | fcntl.LOCK_NB), refused(fcntl.flock, file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB))
    print(refused(fcntl.flock, other, 77), refused(fcntl.flock, 999, fcntl.LOCK_SH))
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        fcntl.lockf(other, fcntl.LOCK_EX, 4, 10)
        os.write(writing, b'.')
        signal.pause()
    os.read(reading, 1)
    print(refused(fcntl.lockf, other, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 13), refused(fcntl.lockf, other, fcntl.LOCK_EX | fcntl.LOCK_NB, 0, 14))
    got = []
    signal.signal(signal.SIGALRM, lambda *args: (got.append('alarm'), os.kill(pid, signal.SIGTERM)))
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    fcntl.lockf(other, fcntl.LOCK_EX)
    print(got, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    # A thread waits while another of its process has the lock through another open file.
    def later():
        time.sleep(0.5)
        print('gives it up')
        file.close()
    threading.Thread(target=later).start()
    fcntl.flock(other, fcntl.LOCK_EX)
    print('has it')
    os.lseek(other.fileno(), 0, os.SEEK_SET)
    print(refused(os.lockf, other.fileno(), os.F_TEST, 5))
    try:
        fcntl.lockf(other, 64)
    except ValueError as error:
        print(error)`);
    for (const clock of ['real', 'virtual'] as const) {
      expect((await runner.run(program, { clock })).lines, clock).toEqual([
        '15',
        'BlockingIOError EAGAIN granted',
        'OSError EINVAL OSError EBADF',
        'BlockingIOError EAGAIN granted',
        '[\'alarm\'] -15',
        'gives it up',
        'has it',
        'granted',
        'unrecognized lockf argument',
      ]);
      const { objects, trace: { kind, object } } = await runner.model();
      const lock = objects.find(({ type, name }) => type === 'lock' && name === 'locked')!;
      const waits = [...kind].filter((code, event) => code === EventKindCode['task-block'] && object[event] === lock.id).length;
      // The parent's and its thread's are sure. How often children meet in real time depends on the machine.
      expect(waits, clock).toBeGreaterThanOrEqual(clock === 'real' ? 2 : 4);
    }
  });

  test('one that is killed before it has begun does not live on in the next', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import multiprocessing as mp
def never(q): q.put('the killed one')
def after(q, n): q.put(n)
if __name__ == '__main__':
    q = mp.SimpleQueue()
    seen = []
    for n in range(15):
        killed = mp.Process(target=never, args=(mp.SimpleQueue(),))
        killed.start()
        killed.kill()
        killed.join()
        process = mp.Process(target=after, args=(q, n))
        process.start()
        seen.append(q.get())
        process.join()
    print(seen == list(range(15)))`));
    expect(lines).toEqual(['True']);
    expect(status).toBe(0);
  });

  test('processes share their files: names, contents, and the position of a descriptor that a fork has copied', async ({ runner }) => {
    const { lines, stderr, status } = await runner.run(python(`
import multiprocessing as mp, os, tempfile
def log(number):
    with open('log.txt', 'a') as file:
        for count in range(40):
            print(number, count, file=file, flush=True)
def attempt(what, *args):
    try:
        return what(*args)
    except OSError as error:
        return errno_of(error)
def errno_of(error): return os.strerror(error.errno)
if __name__ == '__main__':
    children = [mp.get_context(method).Process(target=log, args=(method,)) for method in ('fork', 'spawn', 'forkserver', 'fork')]
    for child in children: child.start()
    for child in children: child.join()
    written = open('log.txt').read().splitlines()
    print(len(written), sorted(set(line.split()[0] for line in written)))
    fd = os.open('shared', os.O_RDWR | os.O_CREAT)
    os.write(fd, b'parent ')
    if os.fork() == 0:
        os.write(fd, b'child ')
        os.mkdir('made')
        os.rename('log.txt', 'made/log')
        os._exit(0)
    os.wait()
    os.write(fd, b'parent')
    print(open('shared').read(), os.listdir('made'), os.path.exists('log.txt'))
    print(attempt(os.rmdir, 'made'), attempt(os.mkdir, 'shared'), attempt(os.unlink, 'gone'), attempt(os.open, 'shared', os.O_CREAT | os.O_EXCL))
    os.unlink('shared')
    if os.fork() == 0:
        os.ftruncate(fd, 9)
        os._exit(0)
    os.wait()
    print(os.pread(fd, 100, 0), os.fstat(fd).st_nlink, os.path.exists('shared'))
    with tempfile.TemporaryFile() as big:
        print(attempt(big.write, bytes(200 << 20)))`));
    expect(lines).toEqual([
      "160 ['fork', 'forkserver', 'spawn']",
      "parent child parent ['log'] False",
      'Directory not empty File exists No such file or directory File exists',
      "b'parent ch' 0 False",
      'No space left on device',
    ]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
