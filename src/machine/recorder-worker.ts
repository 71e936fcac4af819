import { proxy, wrap, type Remote } from 'comlink';
import type { Recorder } from './recorder.worker';

/**
 * A worker that sleeps collects no garbage, and holds what it has seen: after so many memories another takes its place. A browser
 * has room for some 250 of them (64 MiB each of 16 GiB of addresses).
 */
const MOST_MEMORIES = 32;

/** The worker that records, of one run after another. */
export class RecorderWorker {
  /** Those that the present worker has seen; a memory may serve several runs. */
  private memories = new WeakSet<SharedArrayBuffer>();
  private memoryCount = 0;
  private started: Promise<Remote<Recorder>> | undefined;
  private worker: Worker | undefined;
  /** Rejects when the worker dies, with what it died of. */
  private death: Promise<never> = new Promise(() => undefined);

  /** How many workers this is. */
  get size(): number {
    return this.worker === undefined ? 0 : 1;
  }

  /**
   * Resolves when it can record. Rejects where the browser or the page around refuses workers: without a recorder a program
   * would wait for room in the ring for ever, and nobody would know why.
   */
  ready(): Promise<Remote<Recorder>> {
    return (this.started ??= this.start());
  }

  /**
   * Delivers all records of a run, and resolves when it has ended. Records and the recorder's answer come through two
   * ports, whose order is not defined: the answer says how many deliveries there are. Rejects where the worker dies.
   */
  async record(memory: SharedArrayBuffer, deliver: (records: Int32Array) => void): Promise<void> {
    const recorder = await this.ready();
    let delivered = 0;
    let expected = Infinity;
    let complete = (): void => undefined;
    const receive = (records: Int32Array): void => {
      deliver(records);
      if (++delivered === expected) complete();
    };
    expected = await Promise.race([recorder.record(memory, proxy(receive)), this.death]);
    if (delivered < expected) await new Promise<void>((resolve) => (complete = resolve));
    if (!this.memories.has(memory)) this.memoryCount++;
    this.memories.add(memory);
    if (this.memoryCount >= MOST_MEMORIES) this.renew();
  }

  dispose(): void {
    this.worker?.terminate();
  }

  private renew(): void {
    this.worker?.terminate();
    this.memories = new WeakSet();
    this.memoryCount = 0;
    this.started = this.start();
    // Where it cannot be, the next run says so.
    this.started.catch(() => undefined);
  }

  private async start(): Promise<Remote<Recorder>> {
    const worker = new Worker(new URL('./recorder.worker.ts', import.meta.url), { type: 'module', name: 'weft recorder' });
    this.worker = worker;
    const recorder = wrap<Recorder>(worker);
    const refused = new Promise<never>((_, reject) => {
      worker.onerror = (event) => reject(new Error(`no worker could be started: ${event.message || 'this page refuses them'}`));
    });
    try {
      await Promise.race([recorder.ready(), refused]);
      this.awaitDeath(worker);
      return recorder;
    } catch (error) {
      // The next run tries again.
      this.started = undefined;
      this.worker = undefined;
      worker.terminate();
      throw error;
    }
  }

  private awaitDeath(worker: Worker): void {
    this.death = new Promise((_, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        worker.terminate();
        this.started = this.worker = undefined;
        reject(new Error(event.message || 'the browser took it away'));
      };
    });
    // Nobody may be recording.
    this.death.catch(() => undefined);
  }
}
