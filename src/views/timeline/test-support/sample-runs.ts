import type { Trace } from '../../../trace/trace';
import { SimulatedRun, type Act } from './simulated-run';

const MS = 1e6;

/** A producer and a consumer with a queue of four between them; the consumer is the slower one. */
export function producerConsumer(items = 12, seed = 1): Trace {
  const run = new SimulatedRun(seed);
  const queue = run.object('queue', 'q', 4);
  return run.run('main', function* () {
    const producer = yield {
      act: 'spawn', name: 'producer', thread: false, line: 20,
      *body() {
        for (let item = 0; item < items; item++) {
          yield { act: 'work', for: 1.5 * MS, line: 8 };
          yield { act: 'put', on: queue, line: 9 };
        }
        yield { act: 'put', on: queue, line: 10 };
      },
    };
    const consumer = yield {
      act: 'spawn', name: 'consumer', thread: false, line: 21,
      *body() {
        for (let item = 0; item <= items; item++) {
          yield { act: 'get', on: queue, line: 15 };
          yield { act: 'work', for: 3 * MS, line: 16 };
          yield { act: 'print', text: `got ${item}`, line: 17 };
        }
      },
    };
    yield { act: 'join', task: producer, line: 22 };
    yield { act: 'sleep', for: 6 * MS, line: 23 };
    yield { act: 'join', task: consumer, line: 24 };
    yield { act: 'print', text: 'done', line: 25 };
  });
}

/** Threads of one process that fight for a lock, a process that dies of a signal, one that nobody collects. */
export function lockFight(seed = 2): Trace {
  const run = new SimulatedRun(seed);
  const lock = run.object('lock', 'lock');
  const gate = run.object('semaphore', 'permits', 2);
  const ready = run.object('event', 'ready');
  const worker = (line: number) => function* (): Generator<Act, void, number> {
    yield { act: 'await', on: ready, line };
    for (let round = 0; round < 6; round++) {
      yield { act: 'acquire', on: gate, line: line + 1 };
      yield { act: 'work', for: 1 * MS, line: line + 1 };
      yield { act: 'acquire', on: lock, line: line + 2 };
      yield { act: 'work', for: 2 * MS, line: line + 3 };
      yield { act: 'release', on: lock, line: line + 4 };
      yield { act: 'release', on: gate, line: line + 5 };
      yield { act: 'sleep', for: 0.7 * MS, line: line + 6 };
    }
  };
  return run.run('main', function* () {
    const threads: number[] = [];
    for (let index = 0; index < 4; index++) {
      threads.push(yield { act: 'spawn', name: `Thread-${index + 1}`, thread: true, body: worker(10), line: 30 });
    }
    yield {
      act: 'spawn', name: 'forgotten child', thread: false, line: 31,
      *body() {
        yield { act: 'work', for: 7 * MS, line: 4 };
        yield { act: 'die', status: 3 };
      },
    };
    const killed = yield {
      act: 'spawn', name: 'killed', thread: false, line: 32,
      *body() {
        yield { act: 'sleep', for: 9 * MS, line: 5 };
        yield { act: 'die', status: -9 };
      },
    };
    yield { act: 'work', for: 2 * MS, line: 33 };
    yield { act: 'set', on: ready, line: 34 };
    yield { act: 'join', task: killed, line: 35 };
    for (const task of threads) yield { act: 'join', task, line: 36 };
  });
}

/**
 * As many events as asked for, or a few more: producers and consumers around one queue that never rest. The less the
 * queue holds, the more they wait.
 */
export function longRun(events: number, tasks = 8, capacity = 64, seed = 3): Trace {
  const run = new SimulatedRun(seed);
  const queue = run.object('queue', 'jobs', capacity);
  const rounds = Math.ceil(events / tasks);
  return run.run('main', function* () {
    const started: number[] = [];
    for (let index = 0; index < tasks; index++) {
      const puts = index % 2 === 0;
      started.push(yield {
        act: 'spawn', name: puts ? `producer-${index}` : `consumer-${index}`, thread: index >= tasks / 2, line: 5,
        *body() {
          for (let round = 0; round < rounds; round++) {
            yield { act: 'work', for: 4e3 + 30e3 * run.random() ** 3, line: 8 };
            yield { act: puts ? 'put' : 'get', on: queue, line: 9 };
          }
        },
      });
    }
    for (const task of started) yield { act: 'join', task, line: 12 };
  });
}
