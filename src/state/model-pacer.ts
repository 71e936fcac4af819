import { TraceBuilder } from '../trace/trace-builder';
import { ModelBuilder } from '../trace/model';
import type { TraceModel } from '../trace/trace';
import type { Program } from '../protocol/program';

/** Time and timers, handed in so that tests own them. */
export interface PageClock {
  /** Milliseconds; only differences mean something. */
  now(): number;
  /** Calls `action` once after `delayMs` unless the answer is called first. */
  after(delayMs: number, action: () => void): () => void;
}

export const browserClock: PageClock = {
  now: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

/** About eight pictures a second: smooth to look at, and the page keeps most of its time. */
const SHORTEST_INTERVAL_MS = 120;
/**
 * Building and drawing a model may take a quarter of the page's time, so large traces are shown less often.
 */
const BUILD_SHARE = 4;

/**
 * Turns the records of one run into models: at once at the end, and while it runs no more often than the page
 * can bear.
 */
export class ModelPacer {
  private readonly builder: TraceBuilder;
  private readonly models = new ModelBuilder();
  private cancelTimer: (() => void) | undefined;
  private lastBuild = -Infinity;
  private intervalMs = SHORTEST_INTERVAL_MS;

  constructor(
    program: Program,
    private readonly clock: PageClock,
    private readonly publish: (model: TraceModel) => void,
  ) {
    this.builder = new TraceBuilder({ clock: 'real', program });
  }

  /** Events so far, shown or not. */
  get length(): number {
    return this.builder.length;
  }

  append(records: Int32Array): void {
    this.builder.append(records);
    if (this.cancelTimer !== undefined) return;
    const sinceLast = this.clock.now() - this.lastBuild;
    if (sinceLast >= this.intervalMs) this.flush();
    else this.cancelTimer = this.clock.after(this.intervalMs - sinceLast, () => this.flush());
  }

  /** Publishes everything that was appended. */
  flush(): void {
    this.cancel();
    const begin = this.clock.now();
    this.publish(this.models.update(this.builder.snapshot()));
    this.lastBuild = this.clock.now();
    this.intervalMs = Math.max(SHORTEST_INTERVAL_MS, (this.lastBuild - begin) * BUILD_SHARE);
  }

  /** Publishes nothing more on its own. */
  cancel(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }
}
