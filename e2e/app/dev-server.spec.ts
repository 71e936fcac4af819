import { createServer } from 'vite';
import { projectRoot } from '../../scripts/paths.mjs';
import { expect, test } from '../support/app-test';
import { RunnerPage } from '../support/runner-page';

const JAVASCRIPT = `
import { Process, Queue, print } from 'weft';
function produce(q) {
  for (const item of [1, 2, 3]) q.put(item);
}
export function main() {
  const q = new Queue(1);
  new Process(produce, [q]).start();
  print(q.get() + q.get() + q.get());
}
`;
const PYTHON = `
from multiprocessing import Process, Queue
def produce(q):
    for item in 1, 2, 3:
        q.put(item)
if __name__ == '__main__':
    q = Queue(1)
    Process(target=produce, args=(q,)).start()
    print(q.get() + q.get() + q.get())
`;

test('under the server that reloads while one edits, programs of both languages run', async ({ browser }) => {
  // Workers load their parts module by module there, each of which is made when it is asked for.
  test.slow();
  const server = await createServer({ root: projectRoot, logLevel: 'error', server: { port: 0, hmr: false } });
  try {
    await server.listen();
    const context = await browser.newContext({ baseURL: server.resolvedUrls!.local[0] });
    const runner = await RunnerPage.open(await context.newPage());
    expect(await runner.run(JAVASCRIPT)).toMatchObject({ status: 0, lines: ['6'], stderr: '' });
    const python = { language: 'python', entry: 'main.py', files: [{ name: 'main.py', text: PYTHON }] } as const;
    expect(await runner.run(python)).toMatchObject({ status: 0, lines: ['6'], stderr: '' });
    await context.close();
  } finally {
    await server.close();
  }
});
