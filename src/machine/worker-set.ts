import type { Kernel } from '../kernel/kernel';
import { freeWorkerSlot } from '../kernel/task';
import type { WorkerBoot, WorkerRequest } from '../protocol/control';
import type { SpareWorkers } from './spare-workers';

/** How long a worker may take to clean up after the last process of a run. */
const RELEASE_PATIENCE_MS = 2000;

/**
 * How long the start of a process waits for a worker that is just being made clean, which takes some 10 ms; a new one takes
 * 300 ms.
 */
const CLEANING_PATIENCE_MS = 60;

/** What a worker is started for. */
export type WorkerStart = Pick<WorkerBoot, 'worker' | 'task' | 'tid' | 'carry'>;

/** The workers of one run, by their number in the machine's memory. */
export class WorkerSet {
  private readonly workers = new Map<number, Worker>();
  /** Numbers whose end was asked for before their start: the two requests come from different workers. */
  private readonly cancelled = new Set<number>();
  /** Whether a worker was taken away, which may still touch the machine's memory for a while. */
  private hasTerminated = false;
  /** Starts that wait for a worker which is being made clean, or for others to have loaded, in order. */
  private readonly waiting: { readonly start: WorkerStart; readonly program: number; readonly timer: ReturnType<typeof setTimeout> }[] = [];
  /** Workers of a run that is over, which are yet to say whether they are clean. */
  private readonly leaving = new Map<number, (isClean: boolean) => void>();
  /** Workers of processes that have been started, and are still loading. */
  private readonly loading = new Set<Worker>();
  /**
   * Workers that load at a time, where that takes long. More would only share the cores, with the page among them, and each
   * has its memory from the beginning: sixty-four at once left a page without an answer for a minute.
   */
  private readonly mostLoading = Math.max(2, navigator.hardwareConcurrency);

  constructor(
    private readonly spares: SpareWorkers,
    private readonly boot: (start: WorkerStart, program: number) => unknown,
    /** What the workers of a program run. */
    private readonly scriptOf: (program: number) => string,
    /** `program` is that of the worker which asks. */
    private readonly onRequest: (request: WorkerRequest, program: number) => void,
    private readonly onDeath: (worker: number, why: string) => void,
    /** Whether the process of this worker has ended, so that the worker is about to say that it is clean. */
    private readonly isServed: (worker: number) => boolean,
  ) {}

  get size(): number {
    return this.workers.size;
  }

  /** Gives the reserved number a worker, for a process of the program of this number. */
  start(start: WorkerStart, program: number): void {
    const { worker: number } = start;
    if (this.cancelled.delete(number)) return;
    if (this.spares.areDear && this.spares.size === 0 && (this.served() > this.waiting.length || this.loading.size >= this.mostLoading)) {
      const timer = setTimeout(() => this.startFirstWaiting(true), CLEANING_PATIENCE_MS);
      this.waiting.push({ start, program, timer });
      return;
    }
    this.startNow(start, program);
  }

  private served(): number {
    return [...this.workers.keys()].filter((number) => this.isServed(number)).length;
  }

  /** `byNew`: with a worker that is yet to load, if it may. */
  private startFirstWaiting(byNew: boolean): void {
    if (byNew && this.loading.size >= this.mostLoading) return;
    const first = this.waiting.shift();
    if (first === undefined) return;
    clearTimeout(first.timer);
    this.startNow(first.start, first.program);
  }

  private hasLoaded(worker: Worker): void {
    if (this.loading.delete(worker)) this.startFirstWaiting(true);
  }

  private startNow(start: WorkerStart, program: number): void {
    const { worker: number } = start;
    const { worker, isReady } = this.spares.take(this.scriptOf(program));
    if (!isReady) this.loading.add(worker);
    worker.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
      if (data.type === 'worker ready') this.hasLoaded(worker);
      else this.onRequest(data, program);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.hasLoaded(worker);
      this.onDeath(number, event.message || 'its script could not be loaded');
    };
    this.workers.set(number, worker);
    worker.postMessage(this.boot(start, program));
  }

  /**
   * Takes the worker away. The caller holds the kernel lock, so the worker is not in the middle of a change to the
   * kernel's memory; its task is ended already, so it will not begin another.
   */
  terminate(k: Kernel, number: number): void {
    const worker = this.workers.get(number);
    const waits = this.waiting.findIndex(({ start }) => start.worker === number);
    if (waits >= 0) clearTimeout(this.waiting.splice(waits, 1)[0].timer);
    else if (worker === undefined) this.cancelled.add(number);
    this.workers.delete(number);
    freeWorkerSlot(k, number);
    k.scheduler.ringAll(k);
    if (worker === undefined) return;
    worker.terminate();
    this.hasTerminated = true;
    this.hasLoaded(worker);
  }

  /** The worker has nothing of the run left in it: it may serve another task. The caller holds the kernel lock. */
  release(k: Kernel, number: number): void {
    const worker = this.workers.get(number);
    if (worker === undefined) return;
    this.workers.delete(number);
    freeWorkerSlot(k, number);
    this.spares.giveBack(worker);
    this.startFirstWaiting(false);
  }

  /**
   * Takes all away, when the machine has stopped for good. Resolves when that is done, with whether the machine's memory is free:
   * each worker that had it has said that it is clean.
   */
  async abandon(): Promise<boolean> {
    for (const { timer } of this.waiting.splice(0)) clearTimeout(timer);
    const workers = [...this.workers];
    this.workers.clear();
    const all = Promise.all(workers.map(([number, worker]) => {
      if (this.spares.areDear) return this.released(number, worker);
      worker.terminate();
      return Promise.resolve(false);
    }));
    this.spares.expect(all);
    const clean = await all;
    return !this.hasTerminated && clean.every(Boolean);
  }

  /** The run is over, and a worker of it has said that it is clean, or somebody that it is to go. */
  leave(number: number, isClean: boolean): void {
    this.leaving.get(number)?.(isClean);
  }

  /** The last process of a run has ended; its worker is about to say that it is clean. False where it does not. */
  private released(number: number, worker: Worker): Promise<boolean> {
    return new Promise((resolve) => {
      const leave = (isClean: boolean): void => {
        clearTimeout(timer);
        this.leaving.delete(number);
        if (isClean) this.spares.giveBack(worker);
        else worker.terminate();
        resolve(isClean);
      };
      const timer = setTimeout(leave, RELEASE_PATIENCE_MS, false);
      this.leaving.set(number, leave);
      worker.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
        if (data.type === 'release worker' || data.type === 'terminate worker') this.leave(data.worker, data.type === 'release worker');
      };
    });
  }
}
