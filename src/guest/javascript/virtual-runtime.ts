import { EXECUTING_TID } from '../../kernel/layout';
import { Runtime } from './runtime';

/** Taken before the doors are closed. */
const { port1: here, port2: there } = new MessageChannel();

/** Loop turns between two looks at whether the task still lives. */
const MOST_TURNS = 4096;

/**
 * The runtime of a program in virtual time: what the program does of its own (turns of loops, calls of its functions) is
 * counted and settled before each operation of the kernel, and at the latest when the scheduler must be asked.
 */
export class VirtualRuntime extends Runtime {
  /** What `turns` was when it was last settled. */
  private granted = this.turns;

  /** The one place where an operation settles. Others may go first; then it begins when it is the task's turn again. */
  override enter(): void {
    if (this.scheduler.settle(this, this.takeTurns(), true)) this.scheduler.dispatch(this);
    super.enter();
  }

  override leave(outcome: number): number {
    const passedOn = super.leave(outcome);
    this.grant();
    return passedOn;
  }

  /** `place`: of the loop or function; the program's own marks go on from where they were. */
  override turn(place = this.place): void {
    const before = this.place;
    this.place = place;
    if (this.scheduler.settle(this, this.takeTurns(), false)) this.scheduler.dispatch(this);
    this.place = before;
    this.grant();
  }

  override look(): void {
    if (this.scheduler.settle(this, this.takeTurns(), true)) this.scheduler.dispatch(this);
    this.grant();
  }

  /** A wait of so many seconds begins when all has been paid that was done before it. */
  override deadlineAfter(seconds: number | undefined): number {
    this.turn();
    return super.deadlineAfter(seconds);
  }

  /** Nanoseconds of virtual time since the start of the run. */
  now(): number {
    this.turn();
    return this.scheduler.now(this);
  }

  /** Promises settle before a message comes. */
  override whenIdle(action: () => void): void {
    here.onmessage = action;
    there.postMessage(undefined);
  }

  private takeTurns(): number {
    const turns = this.granted - this.turns;
    this.granted = this.turns;
    return turns;
  }

  /** Allows as many turns as the task may do before the scheduler must be asked. The last of them asks. */
  private grant(): void {
    if (this.words[EXECUTING_TID] !== this.currentTid) return;
    this.granted = this.turns = Math.min(MOST_TURNS, this.scheduler.allowance(this)) - 1;
  }
}
