import type { StandingProcess } from '../protocol/pause';

/** How long workers may take to tell. One that was taken away meanwhile never does. */
const PATIENCE_MS = 250;

/** What the workers of a run tell of their processes' memory where the run stands, each for itself. */
export class StandingMemories {
  /** The last that each has told. */
  private readonly told = new Map<number, { readonly turn: number; readonly process: StandingProcess }>();
  private look: () => void = () => undefined;

  take(worker: number, turn: number, process: StandingProcess): void {
    this.told.set(worker, { turn, process });
    this.look();
  }

  /** What `tellers` have at this turn, by pid; of those that do not tell in time, nothing. */
  async of(turn: number, tellers: readonly number[]): Promise<readonly StandingProcess[]> {
    const isTold = (teller: number): boolean => this.told.get(teller)?.turn === turn;
    if (!tellers.every(isTold)) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MS);
        this.look = () => {
          if (!tellers.every(isTold)) return;
          clearTimeout(timer);
          resolve();
        };
      });
      this.look = () => undefined;
    }
    return tellers.filter(isTold).map((teller) => this.told.get(teller)!.process).sort((a, b) => a.pid - b.pid);
  }
}
