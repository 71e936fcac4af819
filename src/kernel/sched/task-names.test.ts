import { expect, it } from 'vitest';
import { Signal, SignalActionCode, StartMethodCode } from '../../protocol/words';
import { TASK_CAUGHT_SIGNALS, TASK_GROUP, TASK_IGNORED_SIGNALS, TASK_NAME_WORDS, TASK_SESSION } from '../layout';
import { maskOf, setSignalAction } from '../signals';
import { STEPS_ONLY, VirtualMachine } from '../test-support/virtual-machine';
import { taskName } from './task-names';

it.each(['child', 'x'.repeat(500), '名'.repeat(100)])('the name %j of a forked process touches nothing else of its slot', (name) => {
  const machine = new VirtualMachine(STEPS_ONLY);
  let looked = false;
  machine.run(function* (main) {
    yield (k) => setSignalAction(k, Signal.SIGUSR1, SignalActionCode.catch);
    yield (k) => setSignalAction(k, Signal.SIGUSR2, SignalActionCode.ignore);
    const child = yield* main.process(name, function* () {
      yield 1;
    }, StartMethodCode.fork);
    const words = [TASK_CAUGHT_SIGNALS, TASK_IGNORED_SIGNALS, TASK_GROUP, TASK_SESSION];
    const of = (address: number): number[] => words.map((word) => machine.words[address + word]);
    expect(of(child.address)).toEqual(of(main.address));
    expect(of(child.address).slice(0, 2)).toEqual([maskOf(Signal.SIGUSR1), maskOf(Signal.SIGUSR2)]);
    const kept = taskName(main.k, child.address);
    expect(name.startsWith(kept)).toBe(true);
    expect(new TextEncoder().encode(kept).length).toBeLessThanOrEqual(TASK_NAME_WORDS * 4);
    looked = true;
    yield* main.join(child);
  });
  expect(looked).toBe(true);
});
