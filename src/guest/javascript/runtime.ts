import { DONE, ENOMEM, PARKED } from '../../protocol/errno';
import { TaskStateCode } from '../../protocol/words';
import { sleepForEver } from '../../kernel/futex';
import { Kernel, type Host } from '../../kernel/kernel';
import { GRAVE, TASK_STATE, TASK_TID } from '../../kernel/layout';
import { MemoryError, OSError, ValueError } from './errors';

/** Turns of loops between two looks at whether the task still lives: about 10 µs of an empty loop. */
const TURNS = 4096;

/**
 * The kernel as a JavaScript program's worker has it, and the object that the marks in its text write to
 * (instrument/marker.ts). The program itself has no name for it.
 */
export class Runtime extends Kernel {
  /** Loop turns left until the next {@link turn}. */
  turns = TURNS;
  /** What the next object is called; taken by its constructor. */
  name = '';
  /** While the program's files are loaded: what is made now is shared by all tasks of the run. */
  loading = false;
  private readonly items = new Map<string, number>();

  /**
   * A loop has made many turns. A task that was ended goes no further, though nothing in its loop calls the
   * kernel.
   */
  turn(): void {
    this.turns = TURNS;
    const { words, current } = this;
    const state = Atomics.load(words, current + TASK_STATE);
    if (state >= TaskStateCode.zombie || words[current + TASK_TID] !== this.currentTid) {
      sleepForEver(words, GRAVE);
    }
  }

  /**
   * The program is about to look at the machine's memory without an operation: whether a queue is empty, an
   * event set.
   */
  look(): void {
    // In real time it sees what is there.
  }

  /**
   * Calls `action` when this worker has nothing left to do. In real time never: others execute while its task's promise
   * waits.
   */
  whenIdle(_action: () => void): void {
    // See VirtualRuntime.
  }

  /** Passes `value` on, after which the program is at `place`. */
  at<T>(value: T, place: Kernel['place']): T {
    this.place = place;
    return value;
  }

  /** Passes `value` on, after which the next object is called `name`. */
  as<T>(value: T, name: string): T {
    this.name = name;
    return value;
  }

  /** The name of one more object of the list `list`: `forks[3]`. */
  item(list: string): string {
    const index = this.items.get(list) ?? 0;
    this.items.set(list, index + 1);
    return `${list}[${index}]`;
  }

  takeName(): string {
    const { name } = this;
    this.name = '';
    return name;
  }
}

/** Makes the runtime of a worker in virtual time, and gives its program the virtual clock. */
export interface VirtualClock {
  make(memory: ArrayBufferLike, worker: number, host: Host): Runtime;
  /** The task is known: its program is about to be loaded. */
  begin(): void;
}

/** Where the worker's script has virtual time (virtual.ts). */
export let virtualClock: VirtualClock | undefined;

export function offerVirtualClock(clock: VirtualClock): void {
  virtualClock = clock;
}

/** This worker's runtime; set once, before anything of the program runs. */
export let k: Runtime;

export function setRuntime(runtime: Runtime): void {
  k = runtime;
}

/** The task is on a wait queue: sleeps until it may attempt its operation again. */
export function block(): void {
  k.scheduler.dispatch(k);
}

/**
 * Attempts an operation until it has an outcome. For operations that are not called often: it costs a
 * closure.
 */
export function blocking(operation: () => number): number {
  let outcome = operation();
  while (outcome === PARKED) {
    block();
    outcome = operation();
  }
  return outcome;
}

/** How an operation waits: `block: false` not at all, `timeout` at most so many seconds. */
export interface WaitOptions {
  readonly block?: boolean;
  readonly timeout?: number;
}

/** The deadline of an operation that begins now. */
export function deadlineOf(options: WaitOptions | undefined): number {
  if (options === undefined) return Infinity;
  // As in Python, `get(false)` is tempting; it would wait for ever.
  if (typeof options !== 'object') {
    throw new TypeError(
      `invalid options: write { block: false } or { timeout: seconds }, not ${String(options)}`,
    );
  }
  if (options.block === false) return -1;
  return deadlineAfter(options.timeout);
}

export function deadlineAfter(timeout: number | null | undefined): number {
  if (timeout === undefined || timeout === null) return Infinity;
  if (typeof timeout !== 'number' || Number.isNaN(timeout)) {
    throw new TypeError(`invalid timeout: ${String(timeout)} is not a number of seconds`);
  }
  return k.deadlineAfter(timeout);
}

/**
 * For operations that make no sense while the program's files are loaded, which happens once in each process
 * and thread.
 */
export function refuseWhileLoading(what: string): void {
  if (!k.loading) return;
  throw new OSError(
    `${what} at the program's top level would happen once in every process and thread: call it in main`,
  );
}

/** The address that an operation that makes an object answered, or the program's exception. */
export function madeObject(at: number, what: string): number {
  if (at > 0) return at;
  if (at === ENOMEM) throw new MemoryError(`no room for a ${what}: the machine's memory is full`);
  throw new OSError(
    `too many objects: the machine's table of locks, queues, pipes and so on has no room for a ${what}`,
  );
}

/** For outcomes that no mistake of the program explains. */
export function requireDone(outcome: number, what: string): void {
  if (outcome === DONE) return;
  if (outcome === ENOMEM) throw new MemoryError(`${what}: the machine's memory is full`);
  throw new ValueError(`${what} failed (${outcome})`);
}
