/** The page of the measurements by hand; offers them as `globalThis.bare`, each answering with a rate or with times. */
import { wrap, type Remote } from 'comlink';
import { BARE_WORDS, type BareTask } from './bare.worker';
import type { Square } from './comlink.worker';
import busy from '../programs/python/busy.py?raw';

function newWorker(): Worker {
  return new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' });
}

function answerOf(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}

/** Runs both sides, each on a fresh worker, and answers the rate of the one that reads the clock. */
async function twoSides(first: BareTask, second: BareTask): Promise<number> {
  const workers = [newWorker(), newWorker()];
  const answers = workers.map(answerOf);
  [first, second].forEach((task, index) => workers[index].postMessage(task, task.port ? [task.port] : []));
  const rates = await Promise.all(answers);
  for (const worker of workers) worker.terminate();
  return Math.max(...rates);
}

const newMemory = (): SharedArrayBuffer => new SharedArrayBuffer(BARE_WORDS * 4);

const bare = {
  /** Ints a second through a ring of 1024 under a futex mutex with two conditions. */
  ring(count: number): Promise<number> {
    const memory = newMemory();
    return twoSides({ role: 'producer', memory, count }, { role: 'consumer', memory, count });
  },

  /** Round trips a second of two workers that wait for one another on a word each. */
  pingPong(count: number): Promise<number> {
    const memory = newMemory();
    return twoSides({ role: 'pinger', memory, count }, { role: 'ponger', memory, count });
  },

  /** Messages of 1 KiB a second from worker to worker over a MessageChannel. */
  messages(count: number): Promise<number> {
    const { port1, port2 } = new MessageChannel();
    return twoSides({ role: 'message sender', port: port1, count }, { role: 'message receiver', port: port2, count });
  },

  /** Milliseconds from `new Worker` to its first message: the median of `count`, one after the other. */
  async spawn(count: number): Promise<number> {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const began = performance.now();
      const worker = newWorker();
      const answer = answerOf(worker);
      worker.postMessage({ role: 'spawn', count: 0 } satisfies BareTask);
      await answer;
      times.push(performance.now() - began);
      worker.terminate();
    }
    return times.sort((a, b) => a - b)[count >> 1];
  },

  /** Calls a second of a trivial function on two comlink workers in turn, all in flight. */
  async comlink(count: number): Promise<number> {
    const workers = [0, 1].map(() => new Worker(new URL('./comlink.worker.ts', import.meta.url), { type: 'module' }));
    const remotes = workers.map((worker): Remote<Square> => wrap<Square>(worker));
    const callAll = async (calls: number): Promise<number> => {
      const results = await Promise.all(Array.from({ length: calls }, (_, i) => remotes[i % 2](i)));
      return results.length;
    };
    await callAll(count / 5);
    const began = performance.now();
    await callAll(count);
    const seconds = (performance.now() - began) / 1000;
    for (const worker of workers) worker.terminate();
    return count / seconds;
  },

  /** Milliseconds that the same busy loop takes in plain Pyodide, in a worker. */
  async pyodide(): Promise<number> {
    const worker = new Worker(new URL('./pyodide.worker.ts', import.meta.url), { type: 'module' });
    const printed = new Promise<string>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    // The package's files lie beside this page.
    worker.postMessage({ folder: document.baseURI, text: busy });
    const { figure } = JSON.parse(await printed) as { figure: number };
    worker.terminate();
    return figure;
  },
};
export type Bare = typeof bare;

Object.assign(globalThis, { bare });
document.documentElement.dataset['ready'] = 'true';
