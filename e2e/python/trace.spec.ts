import { expect, test } from '../support/test';
import { EventKindCode } from '../../src/protocol/trace-events';
import { ObjectTypeCode } from '../../src/protocol/words';
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
