import { TimeoutError, ValueError } from '../errors';
import { deadlineAfter, k } from '../runtime';

/** Where the answers to jobs go. */
export interface JobSet {
  settle(index: number, good: boolean, value: unknown): void;
}

/** What a result needs of its pool. */
interface Collector {
  collect(deadline: number, wanted: number): boolean;
  collectReady(): void;
}

interface Callbacks {
  readonly callback?: (value: unknown) => void;
  readonly errorCallback?: (error: unknown) => void;
}

/** The result of jobs that a pool does meanwhile. */
export class AsyncResult {
  private readonly values: unknown[] = [];
  private remaining: number;
  private failed = false;
  private error: unknown;
  private result: unknown;

  /** `whole` makes the result of what the `count` jobs answered. */
  constructor(
    private readonly pool: Collector,
    count: number,
    private readonly whole: (values: unknown[]) => unknown,
    private readonly callbacks: Callbacks,
  ) {
    this.remaining = count;
    if (count === 0) this.finish();
  }

  /**
   * The result, for which it waits at most `timeout` seconds (TimeoutError); what the function threw is
   * thrown here.
   */
  get(timeout?: number): unknown {
    this.wait(timeout);
    if (this.remaining > 0) throw new TimeoutError(`the pool's result is not there after ${timeout} seconds`);
    if (this.failed) throw this.error;
    return this.result;
  }

  /** Waits until the result is there, at most `timeout` seconds. */
  wait(timeout?: number): void {
    const deadline = deadlineAfter(timeout);
    while (this.remaining > 0) if (!this.pool.collect(deadline, this.remaining)) return;
  }

  ready(): boolean {
    this.pool.collectReady();
    return this.remaining === 0;
  }

  /** Whether there is a value, not an error; ValueError while neither is there. */
  successful(): boolean {
    if (!this.ready()) throw new ValueError('the result is not there yet: ask ready() first');
    return !this.failed;
  }

  /** For the pool: takes the answers in. Not named in the program's documentation. */
  readonly jobs: JobSet = {
    settle: (index, good, value) => {
      if (good) {
        this.values[index] = value;
      } else if (!this.failed) {
        this.failed = true;
        this.error = value;
      }
      if (--this.remaining === 0) this.finish();
    },
  };

  private finish(): void {
    const { callback, errorCallback } = this.callbacks;
    if (this.failed) {
      errorCallback?.(this.error);
    } else {
      this.result = this.whole(this.values);
      callback?.(this.result);
    }
  }
}

type Answer = { readonly good: boolean; readonly value: unknown };

/** Results of a pool one by one, in the order of the items or as they come. */
export class PoolIterator implements IterableIterator<unknown> {
  /** Answers that were not given out, by the index of their job. */
  private readonly answers = new Map<number, Answer>();
  /** Values of a chunk of which the first were given out. */
  private chunk: unknown[] = [];
  private given = 0;
  /** Where a loop over it stands: its turns come back there from the lines of its body. */
  private place: typeof k.place | undefined;

  constructor(
    private readonly pool: Collector,
    private readonly count: number,
    private readonly chunked: boolean,
    private readonly ordered: boolean,
  ) {}

  readonly jobs: JobSet = {
    settle: (index, good, value) => {
      this.answers.set(index, { good, value });
    },
  };

  [Symbol.iterator](): this {
    this.place = k.place;
    return this;
  }

  /**
   * The next result; waits for it at most `timeout` seconds (TimeoutError). Throws what the function threw
   * for it.
   */
  next(timeout?: number): IteratorResult<unknown, undefined> {
    if (this.place !== undefined) k.place = this.place;
    if (this.chunk.length > 0) return { done: false, value: this.chunk.shift() };
    if (this.given === this.count) return { done: true, value: undefined };
    const { good, value } = this.take(deadlineAfter(timeout), timeout);
    if (!good) throw value;
    if (!this.chunked) return { done: false, value };
    this.chunk = value as unknown[];
    return { done: false, value: this.chunk.shift() };
  }

  private take(deadline: number, timeout?: number): Answer {
    for (;;) {
      const index = this.ordered ? this.given : (this.answers.keys().next().value ?? -1);
      const answer = this.answers.get(index);
      if (answer !== undefined) {
        this.answers.delete(index);
        this.given++;
        return answer;
      }
      if (!this.pool.collect(deadline, 1)) {
        throw new TimeoutError(`the pool's next result is not there after ${timeout} seconds`);
      }
    }
  }
}
