import { expect, test } from '../support/test';
import { EventKindCode } from '../../src/protocol/trace-events';
import { ObjectTypeCode } from '../../src/protocol/words';
import type { Tid } from '../../src/protocol/ids';
import { eventValue } from '../../src/trace/event-values';
import { localNameOf } from '../../src/trace/local-names';
import { buildModel } from '../../src/trace/model';
import { python } from './python-program';

test('the trace has the names that the program gives, its calls, and the line of each', async ({ runner }) => {
  await runner.run(python(`
import multiprocessing as mp
def worker(q, lock):
    with lock:
        q.put(3)
if __name__ == '__main__':
    q = mp.Queue()
    lock = mp.Lock()
    p = mp.Process(target=worker, args=(q, lock))
    p.start()
    q.get()
    p.join()`));
  const { objects, tasks } = await runner.model();
  expect(objects.filter(({ named }) => named).map(({ type, name }) => `${type} ${name}`)).toEqual(
    expect.arrayContaining(['queue q', 'lock lock']),
  );
  expect(tasks.map(({ name }) => name)).toEqual(expect.arrayContaining(['Process-1', 'QueueFeederThread']));
});

test('what spawned processes put into a queue is in the trace, too', async ({ runner }) => {
  await runner.run(python(`
import multiprocessing as mp
def worker(q):
    for n in range(3):
        q.put(n)
if __name__ == '__main__':
    mp.set_start_method('spawn')
    q = mp.Queue()
    p = mp.Process(target=worker, args=(q,))
    p.start()
    print(sorted(q.get() for _ in range(3)))
    p.join()`));
  const { kind } = await runner.trace();
  const count = (code: number): number => kind.filter((other) => other === code).length;
  expect([count(EventKindCode.put), count(EventKindCode.get)]).toEqual([3, 3]);
});

test('threads that wait for an inner lock of the library: what is acquired in the trace is released in it', async ({ runner }) => {
  await runner.run(python(`
import queue, threading, time
items = queue.Queue()
threads = [threading.Thread(target=items.put, args=(n,)) for n in range(3)]
with items.mutex:
    for thread in threads:
        thread.start()
    time.sleep(0.02)        # they wait for the mutex meanwhile
for thread in threads:
    thread.join()`));
  const { length, kind, detail, object, other, task } = await runner.trace();
  const held = new Map<number, number>();
  const acquired = new Map<number, number>();
  for (let i = 0; i < length; i++) {
    if (kind[i] === EventKindCode['object-new'] && detail[i] === ObjectTypeCode.lock) held.set(object[i], 0);
    if (!held.has(object[i])) continue;
    if (kind[i] === EventKindCode.acquire) {
      held.set(object[i], task[i]);
      acquired.set(object[i], (acquired.get(object[i]) ?? 0) + 1);
    }
    if (kind[i] === EventKindCode.release && other[i] === 1) held.set(object[i], 0);
  }
  // The locks that a condition makes for its waiters are acquired once and never released.
  const locks = [...held].filter(([lock]) => acquired.get(lock)! > 1);
  expect(locks.map(([, holder]) => holder)).toEqual([0]);
});

test('global variables are in the trace as they change, a forked child begins with copies, and calls are told', async ({ runner }) => {
  await runner.run(python(`
import multiprocessing as mp
counter = 0
items = ['a']
class Account:
    def __init__(self):
        self.balance = 5
account = Account()
def step(q):
    global counter
    counter += 1
    items.append('b')
    account.balance -= 1
    q.put(counter)
def down(n, path):
    if n == 0:
        q.put(path)
    else:
        below = {n: 0.5}
        down(n - 1, path + [n])
def child(q):
    step(q)
    mine = Account()
    for i in range(2):
        q.put(i)
        mine.balance = i
    q.put(i)
    del mine
    down(2, [])
if __name__ == '__main__':
    q = mp.SimpleQueue()
    counter = 6
    p = mp.Process(target=child, args=(q,))
    p.start()
    print(q.get(), counter, items)
    p.join()`));
  const trace = await runner.trace();
  const { objects, taskByTid } = buildModel(trace);
  const seen = (name: string, process: string): unknown[] => {
    const own = objects.find((each) => each.type === 'variable' && each.name === name && taskByTid.get(each.creator)?.name === process);
    return [...trace.kind.keys()].filter((event) => trace.kind[event] === EventKindCode.variable && trace.object[event] === own?.id)
      .map((event) => eventValue(trace, event));
  };
  expect(seen('counter', 'main')).toEqual([0, 6]);
  expect(seen('counter', 'Process-1')).toEqual([6, 7]);
  expect(seen('items', 'main')).toEqual(["['a']"]);
  expect(seen('items', 'Process-1')).toEqual(["['a']", "['a', 'b']"]);
  expect(seen('account', 'Process-1')).toEqual(['Account(balance=5)', 'Account(balance=4)']);
  const calls = [...trace.kind.keys()].filter((event) => trace.kind[event] === EventKindCode.calls).map((event) => eventValue(trace, event));
  expect(calls).toEqual(expect.arrayContaining(['<module>', 'step < child:22']));
  const model = buildModel(trace);
  const locals = [...trace.kind.keys()].filter((event) => trace.kind[event] === EventKindCode.local).flatMap((event) => {
    const name = localNameOf(model, event)!;
    return taskByTid.get(trace.task[event] as Tid)?.name === 'Process-1' ? [[trace.extra[event], name.of, name.name, eventValue(trace, event)]] : [];
  });
  const ofChild = (name: string): unknown[] => locals.filter(([depth, of, each]) => depth === 1 && of === 'child' && each === name).map((each) => each[3]);
  expect(ofChild('i')).toEqual([0, 1]);
  expect(ofChild('mine')).toEqual(['Account(balance=5)', 'Account(balance=0)', 'Account(balance=1)', undefined]);
  expect(locals).toEqual(expect.arrayContaining([
    [2, 'down', 'n', 2], [3, 'down', 'n', 1], [4, 'down', 'n', 0], [2, 'down', 'below', '{2: 0.5}'], [4, 'down', 'path', '[2, 1]'],
  ]));
});

test('the jobs of pools and executors are in the trace: given, taken up, done', async ({ runner }) => {
  const { lines } = await runner.run(python(`
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import Pool
def half(n):
    return n // 2 if n else 1 / n
if __name__ == '__main__':
    with Pool(2) as pool:
        print(pool.map(half, [2, 4, 6], chunksize=1), pool.apply(half, (8,)), list(pool.imap(half, [1, 3])))
        try:
            pool.apply(half, (0,))
        except ZeroDivisionError:
            print('no')
    for Executor in (ThreadPoolExecutor, ProcessPoolExecutor):
        with Executor(1) as executor:
            print(list(executor.map(half, [20, 40])))`));
  expect(lines).toEqual(['[1, 2, 3] 4 [0, 1]', 'no', '[10, 20]', '[10, 20]']);
  const trace = await runner.trace();
  const { objects } = buildModel(trace);
  const told = objects.filter(({ type }) => type === 'pool').map(({ id }) => (['job-submit', 'job-start', 'job-end'] as const).map((kind) => {
    return [...trace.kind.keys()].filter((event) => trace.kind[event] === EventKindCode[kind] && trace.object[event] === id)
      .map((event) => `${trace.other[event]} ${String(eventValue(trace, event))}${trace.detail[event] === 1 ? '!' : ''}`).sort();
  }));
  const given = ['1 half(2)', '2 half(4)', '3 half(6)', '4 half(8)', '5 half(1)', '6 half(3)', '7 half(0)'];
  expect(told).toEqual([
    [given, given, ['1 [1]', '2 [2]', '3 [3]', '4 4', '5 0', '6 1', '7 ZeroDivisionError!']],
    [['1 half(20)', '2 half(40)'], ['1 half(20)', '2 half(40)'], ['1 10', '2 20']],
    [['1 half(20)', '2 half(40)'], ['1 half(20)', '2 half(40)'], ['1 [10]', '2 [20]']],
  ]);
});
