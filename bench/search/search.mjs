// @ts-check
/** How many schedules of a program a search tries in a second. */
import { MachineSession } from '../../cli/machine-session.mjs';
import { PageRun } from '../../cli/page-run.mjs';
import { ensureBuilt } from '../../scripts/build.mjs';

const SCHEDULES = 120;
const WARM_UP = 20;

const PROGRAMS = [
  {
    title: 'Python, three threads', atLeast: 20, language: /** @type {const} */ ('python'), file: 'main.py',
    text: `import threading
lock, n = threading.Lock(), 0
def add():
    global n
    for _ in range(5):
        with lock: n += 1
threads = [threading.Thread(target=add) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print(n)
`,
  },
  {
    title: 'Python, three processes', atLeast: 5, language: /** @type {const} */ ('python'), file: 'main.py',
    text: `from multiprocessing import Process, Value
def add(value):
    for _ in range(5):
        with value.get_lock(): value.value += 1
if __name__ == '__main__':
    value = Value('i', 0)
    processes = [Process(target=add, args=(value,)) for _ in range(2)]
    for p in processes: p.start()
    for p in processes: p.join()
    print(value.value)
`,
  },
  {
    title: 'JavaScript, three threads', atLeast: 20, language: /** @type {const} */ ('javascript'), file: 'main.js',
    text: `import { Lock, Thread, heap, print } from 'weft';
const lock = new Lock();
function add() { for (let i = 0; i < 5; i++) { lock.acquire(); heap.n += 1; lock.release(); } }
export function main() {
  heap.n = 0;
  const threads = [1, 2].map(() => new Thread(add, []));
  for (const t of threads) t.start();
  for (const t of threads) t.join();
  print(heap.n);
}
`,
  },
];

/** @typedef {{ title: string, rate: number, atLeast: number }} SearchFigure */

/** @returns {Promise<SearchFigure[]>} */
export async function measureSearch() {
  await ensureBuilt();
  const session = await MachineSession.open();
  try {
    const pageRun = new PageRun(await session.takePage(() => undefined));
    /** @type {SearchFigure[]} */
    const figures = [];
    for (const { title, atLeast, language, file, text } of PROGRAMS) {
      const program = { language, entry: file, files: [{ name: file, text }] };
      /** @param {number} schedules */
      const search = async (schedules) => {
        const began = performance.now();
        const explored = await pageRun.explore(
          program, { clock: 'virtual', tracing: true, stdin: '' }, { schedules, preemptions: 2, seed: 1, comparesOutput: true }, '',
        );
        if (explored.outcome !== 'explored') throw new Error(`${title}: ${JSON.stringify(explored)}`);
        if (explored.result.found) throw new Error(`${title}: ${explored.sentences.join(' ')}`);
        return explored.result.tried / ((performance.now() - began) / 1000);
      };
      await search(WARM_UP);
      figures.push({ title, atLeast, rate: await search(SCHEDULES) });
    }
    return figures;
  } finally {
    await session.close();
  }
}

/** @param {readonly SearchFigure[]} figures */
export function searchReport(figures) {
  const lines = figures.map(({ title, rate, atLeast }) => (
    `  ${title.padEnd(28)} ${rate.toFixed(1).padStart(7)} a second   at least ${atLeast}   ${rate >= atLeast ? 'reached' : 'NOT REACHED'}`
  ));
  const reached = figures.filter(({ rate, atLeast }) => rate >= atLeast).length;
  return ['schedules that a search tries', ...lines, `${reached} of ${figures.length} targets reached`].join('\n');
}
