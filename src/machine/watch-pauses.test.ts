import { describe, expect, it } from 'vitest';
import { changeStop } from '../kernel/sched/pause';
import { STEPS_ONLY, VirtualMachine, type Script } from '../kernel/test-support/virtual-machine';
import type { PauseState } from '../protocol/pause';
import { StandingMemories } from './standing-memories';
import { watchPauses } from './watch-pauses';

const script: Script = function* () {
  for (let step = 0; step < 50; step++) yield 1;
};
const LOOKS = 10;

describe('watchPauses', () => {
  it('tells a stand once, also where the run went on and came to stand again while the lock was waited for', async () => {
    const machine = new VirtualMachine({ ...STEPS_ONLY, stop: { atStep: 10 } });
    machine.run(script);
    let hasGoneOn = false;
    const change = (deed: () => void): Promise<void> => {
      machine.page.lock();
      if (!hasGoneOn) changeStop(machine.page, { afterSteps: 10 });
      machine.page.unlock();
      if (!hasGoneOn) machine.goOn();
      hasGoneOn = true;
      deed();
      return Promise.resolve();
    };
    const told: (PauseState | undefined)[] = [];
    let looks = 0;
    await watchPauses(machine.page, change, () => ++looks > LOOKS, new StandingMemories(), (state) => told.push(state));
    expect(told.map((state) => state?.step)).toEqual([20, undefined]);
  });
});
