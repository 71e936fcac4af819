import { RECORD_WORDS } from '../protocol/trace-events';
import { recordedSettings, type Program, type RunSettings } from '../protocol/program';
import { ModelBuilder } from '../trace/model';
import type { Trace, TraceModel } from '../trace/trace';
import { TraceBuilder, type EventWatcher } from '../trace/trace-builder';

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
/** Building and drawing a model may take a quarter of the page's time, so large traces are shown less often. */
const BUILD_SHARE = 4;
/** A program may write faster than the page can read: it reads for so long, then lets the reader have a turn. */
const SLICE_MS = 24;
const REST_MS = 16;
/** Once the run is over there is no more to come: what is left is read with hardly a rest. */
const LAST_SLICE_MS = 80;
/** Records read between two looks at the clock. */
const CHUNK_WORDS = 2048 * RECORD_WORDS;

export interface PacerEvents {
  publish(model: TraceModel): void;
  /** The records make no sense; what came before them stays, and what comes after is not read. */
  fail(error: unknown): void;
}

/**
 * Turns the records of one run into models: all of them at the end, and while it runs no more often than the page
 * can bear. Records that the page has no time for yet wait as they came, so Stop is always heard.
 */
export class ModelPacer {
  private readonly builder: TraceBuilder;
  private readonly models = new ModelBuilder();
  private pending: Int32Array[] = [];
  private pendingWords = 0;
  private cancelTimer: (() => void) | undefined;
  private lastPublished = -Infinity;
  private intervalMs = SHORTEST_INTERVAL_MS;
  private unpublished = false;
  private closed = false;
  private finished: (() => void) | undefined;

  constructor(
    program: Program,
    private readonly clock: PageClock,
    private readonly events: PacerEvents,
    settings: RunSettings,
    watcher?: EventWatcher,
  ) {
    const { clock: runClock } = settings;
    const recorded = runClock === 'virtual' && { settings: recordedSettings(settings, program.language) };
    this.builder = new TraceBuilder({ clock: runClock, program, ...recorded }, watcher);
  }

  /** Events so far, read or not; texts that are not read yet count as well. */
  get length(): number {
    return this.builder.length + this.pendingWords / RECORD_WORDS;
  }

  append(records: Int32Array): void {
    if (this.closed) return;
    for (let start = 0; start < records.length; start += CHUNK_WORDS) {
      this.pending.push(records.subarray(start, start + CHUNK_WORDS));
    }
    this.pendingWords += records.length;
    if (this.cancelTimer !== undefined) return;
    const wait = this.lastPublished + this.intervalMs - this.clock.now();
    if (wait <= 0) this.work();
    else this.schedule(wait);
  }

  /** Reads and publishes everything that was appended, at once; answers what was recorded. */
  flush(): Trace {
    this.read(Infinity);
    if (this.unpublished) this.publish();
    return this.builder.snapshot();
  }

  /** Reads and publishes everything that was appended; resolves when that is done. */
  finish(): Promise<void> {
    return new Promise((resolve) => {
      this.finished = resolve;
      this.cancel();
      this.work();
    });
  }

  /** Forgets what is not read yet: nobody wants to see it. */
  abandon(): void {
    this.closed = true;
    this.pending = [];
    this.pendingWords = 0;
  }

  /** Does nothing more on its own. */
  cancel(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private work(): void {
    const begin = this.clock.now();
    this.read(begin + (this.finished === undefined ? SLICE_MS : LAST_SLICE_MS));
    const last = this.pending.length === 0 && this.finished !== undefined;
    if (last || (this.unpublished && begin - this.lastPublished >= this.intervalMs)) this.publish();
    if (last) this.finished?.();
    else if (this.pending.length > 0) this.schedule(this.finished === undefined ? REST_MS : 0);
    else if (this.unpublished) this.schedule(this.lastPublished + this.intervalMs - this.clock.now());
  }

  private read(until: number): void {
    let taken = 0;
    try {
      while (taken < this.pending.length && (taken === 0 || this.clock.now() < until)) {
        const chunk = this.pending[taken++];
        this.pendingWords -= chunk.length;
        this.unpublished = true;
        this.builder.append(chunk);
      }
      this.pending.splice(0, taken);
    } catch (error) {
      this.abandon();
      this.events.fail(error);
    }
  }

  private publish(): void {
    const begin = this.clock.now();
    this.unpublished = false;
    this.events.publish(this.models.update(this.builder.snapshot()));
    this.lastPublished = this.clock.now();
    this.intervalMs = Math.max(SHORTEST_INTERVAL_MS, (this.lastPublished - begin) * BUILD_SHARE);
  }

  private schedule(delayMs: number): void {
    this.cancelTimer = this.clock.after(Math.max(0, delayMs), () => {
      this.cancelTimer = undefined;
      this.work();
    });
  }
}
