import { expect, test } from '../support/test';
import { python } from './python-program';

test.describe('Python threads', () => {
  test('wait for locks, each other and time, and keep their own locals', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import threading, queue, time
lock = threading.Lock()
local = threading.local()
seen = []
def work(i):
    local.value = i
    time.sleep(0.001)
    with lock:
        seen.append((local.value, threading.current_thread().name))
threads = [threading.Thread(target=work, args=(i,), name=f't{i}') for i in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(seen), threading.active_count())
q = queue.Queue(1)
consumer = threading.Thread(target=lambda: [print(q.get()) for _ in range(3)])
consumer.start()
for i in range(3): q.put(i)
consumer.join()`));
    expect(status).toBe(0);
    expect(lines).toEqual(["[(0, 't0'), (1, 't1'), (2, 't2')] 1", '0', '1', '2']);
  });

  test('take turns though each is in an endless loop', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import threading
turns = [0, 0]
done = threading.Event()
def spin(i):
    while not done.is_set():
        turns[i] += 1
        if min(turns) > 100: done.set()
threads = [threading.Thread(target=spin, args=(i,)) for i in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print('both')`));
    expect(lines).toEqual(['both']);
  });

  test('wait for the GIL, and are seen to', async ({ runner }) => {
    await runner.run(python(`
import threading
def count():
    n = 0
    while n < 300_000: n += 1
threads = [threading.Thread(target=count, name=f'counter {i}') for i in range(2)]
for t in threads: t.start()
for t in threads: t.join()`));
    const { tasks, intervals } = await runner.model();
    const reasons = tasks.flatMap(({ tid }) => (intervals.get(tid) ?? []).filter(({ state }) => state === 'blocked').map(({ reason }) => reason));
    expect(reasons).toContain('gil');
    expect(tasks.map(({ name }) => name)).toEqual(expect.arrayContaining(['counter 0', 'counter 1']));
  });

  test('two hundred at once', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import threading
gate = threading.Barrier(201)
threads = [threading.Thread(target=gate.wait) for _ in range(200)]
for t in threads: t.start()
gate.wait()
for t in threads: t.join()
print(threading.active_count())`));
    expect(lines).toEqual(['1']);
  });
});

for (const clock of ['virtual', 'real'] as const) {
  test(`Stop ends a Python program that is busy in ${clock} time`, async ({ runner }) => {
    const running = await runner.start(python(`
import threading
def spin():
    while True: pass
threading.Thread(target=spin).start()
print('ready')
spin()`), { clock });
    await running.printed('ready');
    expect((await running.stop()).reason).toBe('stopped');
    const { end, tasks } = await runner.model();
    expect(end).toEqual({ reason: 'stopped', status: -9 });
    expect(tasks.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
  });
}
