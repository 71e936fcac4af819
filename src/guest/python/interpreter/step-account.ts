import type { Interpreter } from './boot';

/**
 * How many checks of the evaluation loop (a loop turn, a call) pass between two ticks. Below CPython's own 50, to which the
 * loop sets the counter before it ticks: that tells its tick from those of C functions that ask for signals.
 */
export const CHECKS_PER_TICK = 49;
/** The most checks that a task is granted at a time. */
const MOST_GRANTED = 80 * CHECKS_PER_TICK;
/** Items of an iterator written in C that cost as much as a loop turn of the program, in virtual time. */
const ITEMS_PER_STEP = 5;
/** The clock of checks while nothing is counted: it does not come to 0 meanwhile. */
const NEVER = 0x3fffffff;

/**
 * CPython's clock of checks, a word in its memory that the evaluation loop counts down to its next tick, and the account that
 * virtual time keeps with it: how many steps the running task may do before the scheduler must be asked, and how many it has
 * done and not been charged for.
 */
export class StepAccount {
  private readonly clock: number;
  private allowance = 0;
  /** Steps done and not charged up to the moment at which the clock was last set, and what it was set to. */
  private carried = 0;
  private granted = 0;
  /** Of the items that C's iterators have given: how many have been charged. */
  private chargedItems = 0;
  /** By how many checks C's iterators had set the clock forward when it was last set. */
  private skippedBefore = 0;
  private counting = true;

  constructor(private readonly interpreter: Interpreter) {
    this.clock = interpreter.x._Py_emscripten_signal_clock.value >> 2;
  }

  /** False while something runs that is none of the program's doing. */
  get isCounting(): boolean {
    return this.counting;
  }

  /** Of a tick: whether the evaluation loop is between two bytecodes. Otherwise a C function has asked for signals. */
  get isBetweenBytecodes(): boolean {
    return this.counting && this.left > CHECKS_PER_TICK;
  }

  /** From here on the evaluation loop ticks. */
  enableTicks(): void {
    const { native, x } = this.interpreter;
    this.rewind();
    native.heap().i32[x.Py_EMSCRIPTEN_SIGNAL_HANDLING.value >> 2] = 1;
  }

  /** Real time counts nothing: the next tick comes after as many checks as always. */
  rewind(): void {
    this.left = CHECKS_PER_TICK;
  }

  /** A process begins: what C's iterators have given before is not charged to it. */
  begin(): void {
    this.carried = 0;
    this.chargedItems = this.interpreter.iteration.count;
  }

  /** Allows the running task as many steps before the scheduler must be asked. */
  grant(allowance: number): void {
    this.allowance = Math.min(MOST_GRANTED, allowance);
    this.arm();
  }

  /** At a tick, when all that the clock was set to is done: whether the task has done all that it may. Else it goes on. */
  isSpent(): boolean {
    // The check that ticks finds the clock at 0 and does not count it down: it is one more.
    this.carried += this.granted + 1 - this.takeSkipped();
    this.granted = 0;
    return this.carried + this.openItems() >= this.allowance;
  }

  /** The steps since the last time, at a tick. */
  takeSpent(): number {
    const steps = this.carried + this.takeItems();
    this.carried = 0;
    return steps;
  }

  /** The steps since the last time, at any other moment. */
  take(): number {
    const { left } = this;
    const steps = this.granted - left - this.takeSkipped() + this.carried;
    this.granted = left;
    this.carried = 0;
    this.allowance -= steps;
    return steps + this.takeItems();
  }

  /** Runs Python code that costs the program nothing, and in which nobody loses a CPU. */
  uncounted(run: () => void): void {
    const { iteration } = this.interpreter;
    const { left } = this;
    const { count, skipped } = iteration;
    this.left = NEVER;
    this.counting = false;
    try {
      run();
    } finally {
      this.counting = true;
      this.left = left;
      this.chargedItems = (this.chargedItems + iteration.count - count) | 0;
      this.skippedBefore = (this.skippedBefore + iteration.skipped - skipped) | 0;
    }
  }

  /** No more than a tick's checks at a time: by the clock's value a tick tells whether it is between bytecodes. */
  arm(): void {
    this.skippedBefore = this.interpreter.iteration.skipped;
    this.granted = this.left = Math.max(0, Math.min(CHECKS_PER_TICK, this.allowance - this.carried - 1));
  }

  /** What the clock shows: checks until the next tick. */
  private get left(): number {
    return this.interpreter.native.heap().i32[this.clock];
  }

  private set left(checks: number) {
    this.interpreter.native.heap().i32[this.clock] = checks;
  }

  /** What C's iterators have given and is not charged yet, in steps. */
  private openItems(): number {
    return Math.floor(((this.interpreter.iteration.count - this.chargedItems) >>> 0) / ITEMS_PER_STEP);
  }

  private takeItems(): number {
    const steps = this.openItems();
    this.chargedItems = (this.chargedItems + steps * ITEMS_PER_STEP) | 0;
    return steps;
  }

  /** Checks by which the clock was set forward since the last time. */
  private takeSkipped(): number {
    const { skipped } = this.interpreter.iteration;
    const since = (skipped - this.skippedBefore) | 0;
    this.skippedBefore = skipped;
    return since;
  }
}
