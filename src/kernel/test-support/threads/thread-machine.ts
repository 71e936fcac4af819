import { StartMethodCode } from '../../../protocol/words';
import { sleepOnWordAsync } from '../../futex';
import { Kernel } from '../../kernel';
import { EXIT_STATUS, RING_BELL, RUN_STATE, RunState } from '../../layout';
import { createMemory } from '../../machine-memory';
import { realTime } from '../../sched/real-time';
import { endLostWorker, freeWorkerSlot, startTask } from '../../task';
import { replayStates } from '../model/replay-states';
import { RingReader, type RecordedEvent } from '../ring-reader';
import type { FirstRole, ThreadBoot, ThreadRequest } from './stress-thread';
import { startThread, type Thread, type ThreadBundle } from './threads.mjs';

export interface StressResult {
  readonly status: number;
  readonly events: readonly RecordedEvent[];
  /** What threads failed with. */
  readonly errors: readonly string[];
  readonly threads: number;
  /** What in the events cannot follow what came before. */
  readonly mistakes: readonly string[];
}

/** Does for Node's threads what the machine does for workers: gives the kernel its workers, and drains the ring. */
export async function runOnThreads(bundle: ThreadBundle, first: FirstRole, tracing: boolean): Promise<StressResult> {
  const memory = createMemory({ shared: true, tracing, bytes: 16 << 20 }) as SharedArrayBuffer;
  const words = new Int32Array(memory);
  const reader = new RingReader(memory);
  const threads = new Map<number, Thread>();
  const ended: Promise<unknown>[] = [];
  const errors: string[] = [];
  const events: RecordedEvent[] = [];
  let count = 0;
  const start = (worker: number): void => {
    count++;
    const boot: ThreadBoot = { memory, worker, first };
    threads.set(worker, startThread<ThreadBoot, ThreadRequest>(bundle, boot, onRequest, (error) => {
      errors.push(String(error));
      void withLock(() => endLostWorker(page, worker, String(error)));
    }));
  };
  // Under the kernel lock, as everywhere: so the thread is not in the middle of a change.
  const terminate = (worker: number): void => {
    ended.push(threads.get(worker)!.terminate());
    threads.delete(worker);
    freeWorkerSlot(page, worker);
    realTime.ringAll(page);
  };
  const page = new Kernel(memory, -1, realTime, { startWorker: start, terminateWorker: terminate });
  const withLock = async (change: () => void): Promise<void> => {
    await page.lockAsync();
    change();
    page.unlock();
  };
  const onRequest = (request: ThreadRequest): void => {
    if (request.type === 'start') start(request.worker);
    else void withLock(() => terminate(request.worker));
  };

  startTask(page, { method: StartMethodCode.initial, name: 'main', daemon: false, ownWorker: true, argumentBytes: 0 });
  for (;;) {
    const bell = Atomics.load(words, RING_BELL);
    const over = Atomics.load(words, RUN_STATE) !== RunState.Running;
    for (const event of reader.drain()) events.push(event);
    if (over) break;
    await sleepOnWordAsync(words, RING_BELL, bell, 5);
  }
  await Promise.all([...ended, ...[...threads.values()].map((thread) => thread.terminate())]);
  return { status: words[EXIT_STATUS], events, errors, threads: count, mistakes: replayStates(events, words) };
}
