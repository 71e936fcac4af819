import { expect, test } from '../support/test';
import { python } from './python-program';

test('tasks of asyncio are lanes of their thread, with what they wait for', async ({ runner }) => {
  const { lines, stderr } = await runner.run(python(`
import asyncio
async def fetch(n):
    await asyncio.sleep(0.01 * n)
    return n
async def produce(q):
    for n in range(3): await q.put(n)
async def consume(q):
    return [await q.get() for _ in range(3)]
async def main():
    q = asyncio.Queue(1)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(n)) for n in range(2)]
        group.create_task(produce(q), name='producer')
        consumer = group.create_task(consume(q), name='consumer')
    print([t.result() for t in tasks], consumer.result())
asyncio.run(main())`));
  expect(lines, stderr).toEqual(['[0, 1] [0, 1, 2]']);
  const { tasks, intervals } = await runner.model();
  const coroutines = tasks.filter(({ method }) => method === 'coroutine');
  expect(coroutines.map(({ name }) => name)).toEqual(expect.arrayContaining(['main', 'fetch', 'producer', 'consumer']));
  expect(new Set(coroutines.map(({ pid }) => pid))).toEqual(new Set([tasks[0]?.tid]));
  const reasons = coroutines.flatMap(({ tid }) => (intervals.get(tid) ?? []).map(({ reason }) => reason));
  expect(reasons).toEqual(expect.arrayContaining(['sleep', 'queue full', 'queue empty']));
  for (const { status } of coroutines) expect(status).toBe(0);
});
