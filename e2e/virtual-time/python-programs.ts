/** Python programs that do something of every kind: what they do under the virtual clock must be the same each time. */
export const PYTHON_PROGRAMS: readonly { readonly name: string; readonly text: string }[] = Object.entries({
  'threads that print in turns': `
import threading, time
def say(name):
    for i in range(5):
        print(name, i); time.sleep(0.01 * (name + 1))
threads = [threading.Thread(target=say, args=(n,)) for n in range(3)]
for t in threads: t.start()
for t in threads: t.join()
`,
  'processes that compute': `
from multiprocessing import Process
def primes(start, end):
    print(start, sum(all(n % d for d in range(2, int(n ** 0.5) + 1)) for n in range(max(start, 2), end)))
if __name__ == '__main__':
    processes = [Process(target=primes, args=(n * 500, n * 500 + 500)) for n in range(4)]
    for p in processes: p.start()
    for p in processes: p.join()
`,
  'a producer and consumers': `
from multiprocessing import Process, Queue
def consume(q, name):
    while (item := q.get()) is not None: print(name, item)
if __name__ == '__main__':
    q = Queue(3)
    consumers = [Process(target=consume, args=(q, n)) for n in 'ab']
    for c in consumers: c.start()
    for i in range(12): q.put(i)
    for c in consumers: q.put(None)
    for c in consumers: c.join()
`,
  'a spawned process': `
import multiprocessing as mp, random
def child(pipe):
    pipe.send((mp.current_process().name, random.random()))
if __name__ == '__main__':
    context = mp.get_context('spawn')
    here, there = context.Pipe()
    p = context.Process(target=child, args=(there,))
    p.start(); print(here.recv()); p.join(); print(p.exitcode)
`,
  'a pool': `
from multiprocessing import Pool
def square(x): return x * x
if __name__ == '__main__':
    with Pool(3) as pool:
        print(pool.map(square, range(20), chunksize=2))
        print(sorted(pool.imap_unordered(square, range(6))))
`,
  'executors': `
from concurrent.futures import ThreadPoolExecutor, as_completed
import time
def work(n): time.sleep(0.1 * (5 - n)); return n
with ThreadPoolExecutor(3) as pool:
    for future in as_completed([pool.submit(work, n) for n in range(5)]): print(future.result())
`,
  'a condition, an event and a barrier': `
import threading
condition, event, barrier, items = threading.Condition(), threading.Event(), threading.Barrier(3), []
def wait(n):
    event.wait()
    with condition:
        condition.wait_for(lambda: items); print(n, items.pop())
    barrier.wait(); print('through', n)
threads = [threading.Thread(target=wait, args=(n,)) for n in range(3)]
for t in threads: t.start()
event.set()
for i in range(3):
    with condition: items.append(i); condition.notify()
for t in threads: t.join()
`,
  'threads that compute, under one GIL': `
import threading
total = 0
def add(n):
    global total
    for i in range(n): total += i % 7
threads = [threading.Thread(target=add, args=(60000,)) for _ in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(total)
`,
  'shared numbers': `
from multiprocessing import Process, Value, Array
def add(value, array, n):
    for i in range(50):
        with value.get_lock(): value.value += 1
        array[n] += i
if __name__ == '__main__':
    value, array = Value('i', 0), Array('d', 3)
    processes = [Process(target=add, args=(value, array, n)) for n in range(3)]
    for p in processes: p.start()
    for p in processes: p.join()
    print(value.value, list(array))
`,
  'chance and time': `
import random, time, uuid, os, datetime, secrets, tempfile
print(random.random(), random.sample(range(100), 5), uuid.uuid4(), os.urandom(4).hex(), secrets.token_hex(4))
print(time.time(), time.monotonic(), datetime.datetime.now(), {'x', 'y', 'zz'}, id(random), hash('weft'))
time.sleep(5); print(time.perf_counter(), time.process_time())
`,
  'a deadlock': `
import threading, time
a, b = threading.Lock(), threading.Lock()
def take(first, second):
    with first:
        time.sleep(0.01)
        with second: print('never')
for pair in ((a, b), (b, a)): threading.Thread(target=take, args=pair).start()
`,
  'timeouts and an uncaught exception': `
import queue, threading, time
q = queue.Queue()
def late(): time.sleep(0.2); q.put('late'); raise ValueError('after that')
threading.Thread(target=late).start()
for _ in range(4):
    try: print(q.get(timeout=0.06))
    except queue.Empty: print('empty', round(time.monotonic(), 3))
`,
  'a fork, a pipe and signals': `
import os, signal, time
r, w = os.pipe()
signal.signal(signal.SIGUSR1, lambda number, frame: os.write(w, b'usr1 '))
signal.signal(signal.SIGALRM, lambda number, frame: print('alarm', round(time.monotonic(), 2)))
parent = os.getpid()
pid = os.fork()
if pid == 0:
    time.sleep(0.5); os.kill(parent, signal.SIGUSR1); os._exit(3)
signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)
end = time.monotonic() + 1
while time.monotonic() < end: pass
print(os.read(r, 100), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
signal.setitimer(signal.ITIMER_REAL, 0); time.sleep(1)
`,
  'a coroutine': `
import asyncio
async def say(name, delay):
    for i in range(3): await asyncio.sleep(delay); print(name, i, asyncio.get_running_loop().time() < 2)
async def main(): await asyncio.gather(say('a', 0.1), say('b', 0.15), asyncio.to_thread(print, 'thread'))
asyncio.run(main())
`,
}).map(([name, text]) => ({ name, text }));
