import { sleepOnWordAsync } from '../kernel/futex';
import type { Kernel } from '../kernel/kernel';
import { PAUSE_TURNS, RUN_STATE, RunState } from '../kernel/layout';
import { pauseState, tellersOf } from '../kernel/sched/pause';
import type { PauseState } from '../protocol/pause';
import type { StandingMemories } from './standing-memories';

/** How long it may take until the page notices that a paused run is over. */
const PAUSE_LOOK_MS = 100;

/**
 * Tells, once each, of the times that the run comes to stand still or goes on, until it is over; from then on the memory may be
 * another's. `change` does a deed with the kernel lock held, or not at all once the run is left.
 */
export async function watchPauses(
  k: Kernel, change: (deed: () => void) => Promise<void>, isLeft: () => boolean, memories: StandingMemories,
  tell: (state: PauseState | undefined) => void,
): Promise<void> {
  const { words } = k;
  const isOver = (): boolean => isLeft() || Atomics.load(words, RUN_STATE) !== RunState.Running;
  let wasPaused = false;
  for (let told = 0; !isOver(); ) {
    if (Atomics.load(words, PAUSE_TURNS) !== told) {
      let state: PauseState | undefined;
      let tellers: readonly number[] = [];
      // Together under the lock: while it was waited for the run may have gone on and come to stand again, which must not be told twice.
      await change(() => {
        told = words[PAUSE_TURNS];
        state = pauseState(k);
        if (state !== undefined) tellers = tellersOf(k);
      });
      const memory = await memories.of(told, tellers);
      if (isOver()) break;
      // It has gone on while they told: the next look says where to.
      if (Atomics.load(words, PAUSE_TURNS) !== told) continue;
      if (state !== undefined) tell({ ...state, ...(memory.length > 0 && { memory }) });
      else if (wasPaused) tell(undefined);
      wasPaused = state !== undefined;
    }
    await sleepOnWordAsync(words, PAUSE_TURNS, told, PAUSE_LOOK_MS);
  }
  if (wasPaused) tell(undefined);
}
