import { EventKindCode } from '../../src/protocol/trace-events';
import type { ObjectId } from '../../src/protocol/ids';
import { expect, test } from '../support/test';
import { python } from './python-program';

test.describe('a switch of threads', () => {
  test('leaves exceptions, generators and with blocks as they were', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import sys, threading
step = threading.Barrier(2)
seen = {}
class Guard:
    def __enter__(self):
        step.wait()
        return threading.current_thread().name
    def __exit__(self, kind, error, traceback):
        step.wait()
        seen[threading.current_thread().name, 'exit'] = str(error)
        return True
def numbers(name):
    for i in range(3):
        step.wait()
        yield f'{name}{i}'
def work(name):
    try:
        raise KeyError(name)
    except KeyError as error:
        step.wait()
        assert sys.exception() is error
        try:
            raise ValueError(name) from error
        except ValueError as inner:
            step.wait()
            assert inner.__cause__ is error and inner.__context__ is error
        assert sys.exception() is error
        step.wait()
    assert sys.exception() is None
    seen[name, 'numbers'] = list(numbers(name))
    with Guard() as me:
        assert me == name
        raise RuntimeError(name)
threads = [threading.Thread(target=work, args=(name,), name=name) for name in 'ab']
for thread in threads: thread.start()
for thread in threads: thread.join()
print(sorted(seen.items()))`));
    expect(lines).toEqual([
      "[(('a', 'exit'), 'a'), (('a', 'numbers'), ['a0', 'a1', 'a2']), (('b', 'exit'), 'b'), (('b', 'numbers'), ['b0', 'b1', 'b2'])]",
    ]);
    expect(status).toBe(0);
  });

  test('comes in the middle of a deep recursion, which ends as CPython ends it', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import threading
def down(n, then):
    return then() if n == 0 else down(n - 1, then) + 1
step = threading.Barrier(3)
results = []
def work(depth):
    results.append(down(depth, lambda: step.wait() and 0 or 0))
def endless():
    try:
        down(-1, None)
    except RecursionError as error:
        results.append(str(error))
    step.wait()
threads = [threading.Thread(target=work, args=(depth,)) for depth in (900, 400)] + [threading.Thread(target=endless)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(sorted(map(str, results)))`));
    expect(lines).toEqual(["['400', '900', 'maximum recursion depth exceeded']"]);
  });

  test('finds the frames of the others where they were, as the garbage collector does', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import gc, sys, threading, traceback
inside = threading.Semaphore(0)
go_on = threading.Event()
def deep(n):
    if n: return max([n], key=lambda value: deep(n - 1) or value)
    inside.release()
    go_on.wait()
threads = [threading.Thread(target=deep, args=(5 * i,)) for i in range(4)]
for thread in threads: thread.start()
for thread in threads: inside.acquire()
for _ in range(20):
    cycles = [[] for _ in range(2000)]
    for cycle in cycles: cycle.append(cycle)
    del cycles, cycle
    gc.collect(0)
    gc.collect()
stacks = [traceback.extract_stack(frame) for frame in sys._current_frames().values()]
print(sorted(sum(frame.name == 'deep' for frame in stack) for stack in stacks))
go_on.set()
for thread in threads: thread.join()`));
    expect(lines).toEqual(['[0, 1, 6, 11, 16]']);
    expect(status).toBe(0);
  });

  test('does not come while a thread writes: no thread is left waiting for the lock of the output', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import sys, threading
sys.setswitchinterval(0.000001)
def work():
    for i in range(300): print(i)
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print('all')`));
    expect(lines).toHaveLength(4 * 300 + 1);
    expect(lines.at(-1)).toBe('all');
  });

  test('comes while a thread has a lock of C\'s: others wait for it, and go on when they can', async ({ runner }) => {
    const program = python(`
import os, sys, threading
lines = []
readers = [threading.Thread(target=lambda: lines.append(sys.stdin.readline().strip())) for _ in range(3)]
for thread in readers: thread.start()
for thread in readers: thread.join()
print(sorted(lines))

# Into a pipe that is full: who writes has the lock of the buffer meanwhile.
reading, writing = os.pipe()
file = os.fdopen(writing, 'wb', buffering=8192)
def write(letter):
    for _ in range(50): file.write(letter * 4096)
    file.flush()
writers = [threading.Thread(target=write, args=(letter,)) for letter in (b'a', b'b', b'c')]
for thread in writers: thread.start()
got = b''
while len(got) < 3 * 50 * 4096: got += os.read(reading, 10000)
for thread in writers: thread.join()
print(len(got), {chr(letter): got.count(bytes([letter])) for letter in b'abc'})`);
    for (const clock of ['real', 'virtual'] as const) {
      const { lines } = await runner.run(program, { clock, stdin: 'one\ntwo\nthree\n' });
      expect(lines, clock).toEqual([`['one', 'three', 'two']`, `614400 {'a': 204800, 'b': 204800, 'c': 204800}`]);
      const { objects, trace } = await runner.model();
      const locks = new Set(objects.filter(({ type, name }) => type === 'lock' && name === '_io').map(({ id }) => id));
      const waits = [...trace.kind].filter((kind, event) => kind === EventKindCode['task-block'] && locks.has(trace.object[event] as ObjectId));
      expect(waits.length, clock).toBeGreaterThan(0);
    }
  });

  test('comes as often as sys.setswitchinterval says', async ({ runner }) => {
    const switches = async (interval: number): Promise<number> => {
      await runner.run(python(`
import sys, threading
sys.setswitchinterval(${interval})
assert abs(sys.getswitchinterval() - ${interval}) < 1e-9
def spin():
    n = 0
    while n < 1_000_000: n += 1
threads = [threading.Thread(target=spin) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()`));
      const { tasks, intervals } = await runner.model();
      const waits = tasks.flatMap(({ tid }) => (intervals.get(tid) ?? []).filter(({ state, reason }) => state === 'blocked' && reason === 'gil'));
      return waits.length;
    };
    const [rarely, often] = [await switches(1000), await switches(0.0005)];
    expect(often).toBeGreaterThan(rarely + 5);
  });

  test('lets _thread.interrupt_main stop a main thread that is busy', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import _thread, threading
started = threading.Event()
def interrupt():
    started.wait()
    _thread.interrupt_main()
threading.Thread(target=interrupt).start()
try:
    started.set()
    while True: pass
except KeyboardInterrupt:
    print('interrupted')`));
    expect(lines).toEqual(['interrupted']);
    expect(status).toBe(0);
  });
});
