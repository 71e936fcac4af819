import { expect, test } from '../support/test';
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
