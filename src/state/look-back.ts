import type { PauseState } from '../protocol/pause';
import type { PageClock } from './model-pacer';

/** Where a run stood, and how many events it had recorded by then. */
export interface Stand {
  readonly pause: PauseState;
  readonly events: number;
}

/**
 * The last stands up to one, that one included, found by running it again elsewhere; undefined where they cannot be had.
 * `signal` ends the looking.
 */
export type FindStands = (until: Stand, signal: AbortSignal) => Promise<readonly Stand[] | undefined>;

/** A reader who goes on at once is not looking back. */
const SETTLED_MS = 200;
/** With fewer stands than these behind the one that is shown, those before them are looked for. */
const FEW = 24;

/**
 * The steps that lie behind a run which stands still, so that going back over them needs no run: in virtual time what a run
 * had recorded at each of them is known once it has been gone through step by step, by the reader or, while the reader looks at
 * where it stands, by another machine.
 */
export class LookBack {
  /** One behind the other, no step between two of them; the last is where the run itself stands. */
  private stands: readonly Stand[] = [];
  private looking: AbortController | undefined;
  private cancelTimer: (() => void) | undefined;

  constructor(
    private readonly find: FindStands,
    private readonly clock: PageClock,
  ) {}

  /** The run has come to stand; `follows`: at the very next step. */
  note(stand: Stand, follows: boolean): void {
    const { step } = stand.pause;
    const before = this.stands.filter(({ pause }) => pause.step < step);
    const isNext = follows || before.length < this.stands.length;
    if (!isNext) this.rest();
    this.stands = isNext ? [...before, stand] : [stand];
    this.lookSoon(stand);
  }

  /** The stand one step before `pause`, where it is known. */
  before(pause: PauseState): Stand | undefined {
    const at = this.indexOf(pause);
    if (at <= 0) return undefined;
    this.lookSoon(this.stands[at - 1]);
    return this.stands[at - 1];
  }

  /** The stand one step after `pause`; undefined where that is the last one. */
  after(pause: PauseState): Stand | undefined {
    const at = this.indexOf(pause);
    return at < 0 ? undefined : this.stands[at + 1];
  }

  /** Whether the run itself stands there. */
  isLast(stand: Stand): boolean {
    return this.stands.at(-1) === stand;
  }

  /** Looks no further. */
  rest(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.looking?.abort();
    this.looking = undefined;
  }

  private indexOf({ step }: PauseState): number {
    return this.stands.findIndex(({ pause }) => pause.step === step);
  }

  private lookSoon(shown: Stand): void {
    const [first] = this.stands;
    if (first.pause.step === 0 || this.stands.indexOf(shown) >= FEW || this.looking !== undefined) return;
    this.cancelTimer?.();
    this.cancelTimer = this.clock.after(SETTLED_MS, () => {
      this.cancelTimer = undefined;
      void this.look();
    });
  }

  private async look(): Promise<void> {
    const [first] = this.stands;
    const looking = new AbortController();
    this.looking = looking;
    const found = await this.find(first, looking.signal);
    if (this.looking !== looking) return;
    this.looking = undefined;
    const [known] = this.stands;
    // The run may have been taken back meanwhile, to one of those that were looked for.
    const isBehind = found?.some(({ pause }) => pause.step === known.pause.step) === true;
    if (isBehind) this.stands = [...found.filter(({ pause }) => pause.step < known.pause.step), ...this.stands];
  }
}
