import { describe, expect, it } from 'vitest';
import type { Tid } from '../../protocol/ids';
import type { PauseState, StopWish } from '../../protocol/pause';
import type { VirtualSettings } from '../../protocol/program';
import { ObjectTypeCode } from '../../protocol/words';
import { createQueue, getQueue, putQueue } from '../ipc/queue';
import { writeMessage } from '../test-support/messages';
import type { RecordedEvent } from '../test-support/ring-reader';
import { STEPS_ONLY, VirtualMachine, choicesOf, turnsOf, type Script } from '../test-support/virtual-machine';
import { FOREVER } from '../wait-queue';
import { answer, changeStop, pauseState } from './pause';

/** Four workers that take from a queue what main puts into it, computing between. */
const script: Script = function* (main) {
  const queue = yield (k) => createQueue(k, ObjectTypeCode.queue, 2, 'q');
  const take: Script = function* () {
    for (let i = 0; i < 4; i++) {
      yield (k) => getQueue(k, queue, FOREVER);
      yield 7;
    }
  };
  const takers = [
    yield* main.thread('a', take), yield* main.process('b', take), yield* main.thread('c', take), yield* main.thread('d', take),
  ];
  for (let i = 0; i < 16; i++) {
    yield (k) => putQueue(k, queue, writeMessage(k, String(i)), String(i), FOREVER);
    yield 3;
  }
  yield* main.sleep(5_000);
  for (const taker of takers) yield* main.join(taker);
};

function locked<Result>(machine: VirtualMachine, act: () => Result): Result {
  machine.page.lock();
  const result = act();
  machine.page.unlock();
  return result;
}
const stateOf = (machine: VirtualMachine): PauseState | undefined => locked(machine, () => pauseState(machine.page));
const goOn = (machine: VirtualMachine, wish: StopWish): RecordedEvent[] => {
  locked(machine, () => changeStop(machine.page, wish));
  return machine.goOn();
};
/** Answers each question as `choose` says, up to the end. */
function conduct(settings: VirtualSettings, choose: (state: PauseState, question: number) => Tid): RecordedEvent[] {
  const machine = new VirtualMachine(settings);
  let events = machine.run(script);
  for (let question = 0, state = stateOf(machine); state !== undefined; question++, state = stateOf(machine)) {
    const tid = choose(state, question);
    expect(locked(machine, () => answer(machine.page, tid))).toBe(true);
    events = machine.goOn();
  }
  expect(events.at(-1)?.kind).toBe('run-end');
  return events;
}

const SETTINGS: VirtualSettings[] = (['round-robin', 'fifo', 'random', 'pct'] as const).flatMap(
  (policy) => [1, 2, 3].map((cpus) => ({ policy, cpus, seed: 3, quantum: 0.02 })),
);

describe.each(SETTINGS)('a run by $policy on $cpus CPUs', (settings) => {
  it('is the same where it is stopped at each step, and at each switch', () => {
    const whole = new VirtualMachine(settings).run(script);
    for (const wish of [{ afterSteps: 1 }, { atSwitch: true }, { afterSteps: 5, atSwitch: true }]) {
      const machine = new VirtualMachine({ ...settings, stop: { atStep: 1 } });
      let events = machine.run(script);
      let last = 0;
      let stops = 0;
      for (let state = stateOf(machine); state !== undefined; state = stateOf(machine), stops++) {
        expect(state.step).toBeGreaterThanOrEqual(last);
        last = state.step;
        events = goOn(machine, wish);
      }
      expect(stops).toBeGreaterThan(5);
      expect(events).toEqual(whole);
    }
  });

  it('stands at the same point when it is run again to that step, and to that time', () => {
    for (const at of [1, 9, 30, 77]) {
      const [one, other] = [0, 1].map(() => {
        const machine = new VirtualMachine({ ...settings, stop: { atStep: at } });
        return { events: machine.run(script), state: stateOf(machine), machine };
      });
      expect(one.state?.cause).toBe('step');
      expect(other.state).toEqual(one.state);
      expect(other.events).toEqual(one.events);
      const timed = new VirtualMachine({ ...settings, stop: { atTime: one.state!.time } });
      timed.run(script);
      expect(stateOf(timed)).toMatchObject({ cause: 'time', time: one.state!.time });
    }
  });
});

describe('a paused run', () => {
  it('stops when the page wishes, at a line, and tells whose turn it is', () => {
    const machine = new VirtualMachine({ cpus: 1, stop: { now: true } });
    machine.run(script);
    expect(stateOf(machine)).toMatchObject({ cause: 'wish', step: 0, choices: [{ name: 'main' }] });
    goOn(machine, { lines: [3] });
    expect(stateOf(machine)).toMatchObject({ cause: 'line', choices: [{ name: 'main', place: 3 }, { name: 'a' }] });
    const events = goOn(machine, { lines: [] });
    expect(events.at(-1)?.kind).toBe('run-end');
  });

  it('ends when the page ends it', () => {
    const machine = new VirtualMachine({ cpus: 1, stop: { atStep: 5 } });
    machine.run(script);
    locked(machine, () => changeStop(machine.page, { now: true }));
    expect(machine.goOn().at(-1)?.kind).not.toBe('run-end');
    expect(machine.ended).toBe(false);
  });
});

describe('the manual policy', () => {
  it.each([1, 2])('does what the reader says, and its choices replay it event by event: %d CPUs', (cpus) => {
    // Starts cost nothing: all are there at once, and two CPUs are too few for them.
    const settings: VirtualSettings = { ...STEPS_ONLY, policy: 'manual', cpus };
    for (let round = 0; round < 8; round++) {
      let asked = 0;
      const events = conduct(settings, ({ cause, choices }, question) => {
        asked++;
        expect(cause).toBe('question');
        expect(choices.length).toBeGreaterThan(1);
        return choices[(question * (round + 1) + round) % choices.length].tid;
      });
      expect(asked).toBeGreaterThan(4);
      const again = new VirtualMachine({ ...settings, policy: 'replay', replay: choicesOf(events) }).run(script);
      expect(again).toEqual(events);
    }
  });

  it('lets a task go on for ever where that is the answer, and gives way at once where it is not', () => {
    const stay = conduct({ policy: 'manual', cpus: 1 }, ({ choices: [first] }) => first.tid);
    expect(turnsOf(stay).filter(({ steps }) => steps >= 0)).toEqual([]);
    const leave = conduct({ policy: 'manual', cpus: 1 }, ({ choices }) => choices.at(-1)!.tid);
    expect(turnsOf(leave).filter(({ steps }) => steps >= 0).length).toBeGreaterThan(3);
  });

  it('refuses an answer that is no choice, and one to no question', () => {
    const machine = new VirtualMachine({ policy: 'manual', cpus: 1 });
    machine.run(script);
    expect(locked(machine, () => answer(machine.page, 99 as Tid))).toBe(false);
    expect(stateOf(machine)?.cause).toBe('question');
    const other = new VirtualMachine({ policy: 'fifo', stop: { now: true } });
    other.run(script);
    expect(locked(other, () => answer(other.page, 2 as Tid))).toBe(false);
  });

  it('begins where the choices that it was given end', () => {
    const events = conduct({ policy: 'manual', cpus: 1 }, ({ choices }, question) => choices[question % choices.length].tid);
    const list = choicesOf(events);
    for (let length = 2; length < list.length; length += 4) {
      const machine = new VirtualMachine({ policy: 'manual', cpus: 1, replay: list.slice(0, length) });
      const begun = machine.run(script);
      expect(choicesOf(begun).slice(0, length - 1)).toEqual(list.slice(0, length - 1));
    }
  });
});
