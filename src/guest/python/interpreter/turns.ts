import { TaskEnded } from '../../../kernel/futex';
import { SUSPEND } from './suspendable';

/** How an interpreter that shares its worker with others gives the worker up. */
export interface WorkerShare {
  /** Nothing of this interpreter can go on now: another may. What is on the stack returns first. */
  yieldWorker(): void;
  /** A call from C is over, or its stack is about to be suspended. */
  afterCall(): void;
  /** Whether the worker has not looked at its messages for long. */
  isLoopTurnDue(): boolean;
  /** Resolves when it has, and the run still goes on; else never. */
  loopTurn(): Promise<void>;
}

/** Thrown out of a call that must let others go first: its stack is suspended, and it is done again when its turn has come. */
class NotYet extends Error {
  override name = 'NotYet';
}

/** What earlier tries of one call have come through. */
interface Tries {
  /** How often the call has asked for its turn; all were granted but the last, which it was suspended for. */
  asked: number;
  /** What it has done that must not be done again, in order. */
  readonly effects: unknown[];
  /** Of the current try: how often it has asked, and how many of the effects it has come by. */
  turn: number;
  effect: number;
  /** Goes on with the suspended stack. */
  resume?: (value: number) => void;
}

/**
 * Where all interpreters of a run are in one worker, a call that must wait for its turn cannot sleep: another interpreter of the
 * same worker is to have it. What calls into JavaScript is therefore tried; where it asks for a turn that has not come, its stack
 * is suspended, and it is tried again then. Nothing else of its interpreter runs meanwhile, for its task has kept CPU and GIL. A try
 * comes through the turns and the effects of the earlier ones without waiting for them or doing them again.
 */
export class Turns {
  private tries: Tries | undefined;
  /** What is to be tried again when the turn has come. */
  private again: (() => void) | undefined;

  constructor(private readonly share: WorkerShare, private readonly onCrash: (reason: unknown) => void) {}

  /** Whether an earlier try of the current call has come further. */
  get isReplaying(): boolean {
    return this.tries !== undefined && this.tries.turn < this.tries.asked;
  }

  /** How the stack goes on that is being suspended, where that has been settled by an earlier try. */
  get resume(): ((value: number) => void) | undefined {
    return this.tries?.resume;
  }

  /** A call from a stack: its answer, or SUSPEND; `suspend` is given the promise that the stack is to be suspended on then. */
  guard(call: () => number, suspend: (waiting: Promise<number>) => void): number {
    const tries: Tries = { asked: 0, effects: [], turn: 0, effect: 0 };
    let answer = SUSPEND;
    this.attempt(tries, () => {
      answer = call();
      if (tries.resume !== undefined && answer !== SUSPEND) tries.resume(answer);
    }, () => {
      if (tries.resume === undefined) suspend(new Promise<number>((resolve) => (tries.resume = resolve)));
    });
    this.share.afterCall();
    return answer;
  }

  /** The same for what is done with no stack running: `then` gets what it answers. */
  run<T>(deed: () => T, then: (value: T) => void): void {
    const tries: Tries = { asked: 0, effects: [], turn: 0, effect: 0 };
    let done: { readonly value: T } | undefined;
    this.attempt(tries, () => {
      done = undefined;
      done = { value: deed() };
    }, () => undefined, () => {
      if (done !== undefined) then(done.value);
    });
  }

  private attempt(tries: Tries, call: () => void, suspend: () => void, then = (): void => undefined): void {
    const outer = this.tries;
    this.tries = tries;
    tries.turn = tries.effect = 0;
    try {
      call();
    } catch (error) {
      if (error instanceof NotYet) {
        suspend();
        this.again = () => this.attempt(tries, call, suspend, then);
      } else if (error instanceof TaskEnded) {
        suspend();
      } else if (tries.resume !== undefined) {
        // Tried again, there is no stack to throw it to.
        this.onCrash(error);
        return;
      } else {
        throw error;
      }
      this.share.yieldWorker();
      return;
    } finally {
      this.tries = outer;
    }
    then();
  }

  /** The call asks for its turn. `came`: it was suspended for it, and it has come; `passed`: it had come in an earlier try. */
  ask(): 'anew' | 'came' | 'passed' {
    const { tries } = this;
    if (tries === undefined) return 'anew';
    const turn = tries.turn++;
    if (turn >= tries.asked) {
      tries.asked++;
      return 'anew';
    }
    return turn === tries.asked - 1 ? 'came' : 'passed';
  }

  /** The turn that was asked for has not come. */
  wait(): never {
    if (this.tries === undefined) throw new Error('an operation had to wait for its turn where no stack can be suspended');
    throw new NotYet();
  }

  /** What the call does between two turns, and not again when it is tried again. */
  once<T>(effect: () => T): T {
    const { tries } = this;
    if (tries === undefined) return effect();
    if (tries.effect === tries.effects.length) tries.effects.push(effect());
    return tries.effects[tries.effect++] as T;
  }

  /** Whether a call waits for its turn. */
  get isWaiting(): boolean {
    return this.again !== undefined;
  }

  /** The turn has come: the call is tried again. */
  goOn(): void {
    const { again } = this;
    this.again = undefined;
    again!();
  }

  /** Forgets what waits: the process is over. */
  reset(): void {
    this.again = undefined;
  }
}
