import type { Guest } from '../guest/guest';
import type { WorkerRequest } from '../protocol/control';

/** When spare workers are made after one was taken: when the one that is asked for now is likely to have started. */
const REFILL_MS = 30;
const DEAR_REFILL_MS = 400;

/** When more than the usual ones are taken back: the reader has turned to something else. */
const IDLE_MS = 60_000;

interface Spare {
  readonly worker: Worker;
  isReady: boolean;
  /** Resolves when it can begin, or is no longer a spare. */
  readonly ready: Promise<void>;
  readonly settle: () => void;
}

/** A worker that has served, or one that takes no time to load. */
function readyWorker(worker: Worker): Spare {
  return { worker, isReady: true, ready: Promise.resolve(), settle: () => undefined };
}

/** Idle workers of one language that have loaded their code and wait for their boot message. */
export class SpareWorkers {
  private readonly spares: Spare[] = [];
  private refill: ReturnType<typeof setTimeout> | undefined;
  private idle: ReturnType<typeof setTimeout> | undefined;
  /** What those that are ready run. */
  private script = '';
  /** Workers of runs that are over, until they have come back. */
  private readonly returning = new Set<Promise<unknown>>();

  constructor(
    private readonly guest: Guest,
    private readonly count: number,
  ) {}

  /** A worker for a program that was prepared for `script`. */
  take(script: string): Pick<Spare, 'worker' | 'isReady'> {
    if (script !== this.script) this.leave(0);
    this.script = script;
    // One that is loading serves too: its boot message waits for it.
    const at = Math.max(0, this.spares.findIndex(({ isReady }) => isReady));
    const [spare] = this.spares.splice(at, 1);
    spare?.settle();
    // Later: the worker that is asked for now has the cores first.
    this.refill ??= setTimeout(() => {
      this.refill = undefined;
      this.makeUpTo(this.count);
    }, this.areDear ? DEAR_REFILL_MS : REFILL_MS);
    this.watchIdleness();
    return spare ?? { worker: this.guest.createWorker(script), isReady: !this.areDear };
  }

  get size(): number {
    return this.spares.length;
  }

  /** Whether a worker that has served is worth waiting for. */
  get areDear(): boolean {
    return this.guest.keptWorkers !== undefined;
  }

  /** Resolves when so many (as many as are kept, at most) are ready to begin. Those of languages that load at once always are. */
  async ensure(count: number): Promise<void> {
    const { keptWorkers } = this.guest;
    if (keptWorkers === undefined) return;
    // To become clean takes a worker some 10 ms; to make one takes 300, and then there would be one too many.
    if (this.returning.size > 0) await Promise.all(this.returning);
    const wanted = Math.min(count, keptWorkers);
    this.makeUpTo(wanted);
    this.watchIdleness();
    await Promise.all(this.spares.slice(0, wanted).map(({ ready }) => ready));
  }

  /** Those of a run that is over come back until `back` resolves. */
  expect(back: Promise<unknown>): void {
    this.returning.add(back);
    void back.then(() => this.returning.delete(back));
  }

  giveBack(worker: Worker): void {
    worker.onmessage = null;
    worker.onerror = null;
    if (this.spares.length < (this.guest.keptWorkers ?? this.count)) {
      this.spares.push(readyWorker(worker));
      this.watchIdleness();
    } else {
      worker.terminate();
    }
  }

  dispose(): void {
    clearTimeout(this.refill);
    clearTimeout(this.idle);
    this.leave(0);
  }

  private makeUpTo(count: number): void {
    while (this.spares.length < count) this.spares.push(this.make());
  }

  private make(): Spare {
    const worker = this.guest.createWorker(this.script);
    let settle = (): void => undefined;
    const ready = new Promise<void>((resolve) => (settle = resolve));
    const spare: Spare = this.areDear ? { worker, isReady: false, ready, settle } : readyWorker(worker);
    worker.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
      if (data.type !== 'worker ready') return;
      spare.isReady = true;
      settle();
    };
    // One that fails while it waits is no spare: the next process gets a new one, whose error is its own.
    worker.onerror = (event) => {
      event.preventDefault();
      const at = this.spares.indexOf(spare);
      if (at >= 0) this.spares.splice(at, 1);
      worker.terminate();
      settle();
    };
    return spare;
  }

  /** They hold memory: those above the usual number go when none has been taken or come back for a while. */
  private watchIdleness(): void {
    if (!this.areDear) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.leave(this.count), IDLE_MS);
  }

  private leave(count: number): void {
    for (const { worker, settle } of this.spares.splice(count)) {
      worker.terminate();
      settle();
    }
  }
}
