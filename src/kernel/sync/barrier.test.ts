import { describe, expect, it } from 'vitest';
import { DONE, EBROKEN, PARKED } from '../../protocol/errno';
import { Random } from '../test-support/random';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { sleepUntil } from '../time';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { abortBarrier, barrierState, createBarrier, LAST_TO_ARRIVE, openBarrier, resetBarrier, waitBarrier } from './barrier';

function machineWithBarrier(parties: number, tasks: number) {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const at = main.do((k) => createBarrier(k, parties, 'barrier'));
  return {
    machine, main, at,
    tasks: Array.from({ length: tasks }, () => main.start()),
    wait: (task: SimulatedTask, deadline = FOREVER): number => task.do((k) => waitBarrier(k, at, deadline)),
    open: (task: SimulatedTask): number => task.do((k) => openBarrier(k, at)),
    abort: (): number => main.do((k) => abortBarrier(k, at)),
    reset: (): number => main.do((k) => resetBarrier(k, at)),
    state: () => barrierState(machine.page, at),
  };
}

describe('barrier', () => {
  it('holds tasks until all have come, tells each its index, and has the last open it', () => {
    const { tasks: [a, b, c], wait, open, state } = machineWithBarrier(3, 3);
    expect([wait(b), b.kernel.result]).toEqual([PARKED, 0]);
    expect([wait(a), a.kernel.result]).toEqual([PARKED, 1]);
    expect(state()).toEqual({ parties: 3, waiting: 2, broken: false });
    expect([wait(c), c.kernel.result]).toEqual([LAST_TO_ARRIVE, 2]);
    expect(a.state).toBe('blocked');
    expect(open(c)).toBe(DONE);
    expect([wait(a), a.kernel.result]).toEqual([DONE, 1]);
    expect([wait(b), b.kernel.result]).toEqual([DONE, 0]);
    expect(state()).toEqual({ parties: 3, waiting: 0, broken: false });
  });

  it('of one task never holds anybody', () => {
    const { tasks: [a], wait, open } = machineWithBarrier(1, 1);
    for (let round = 0; round < 3; round++) expect([wait(a), open(a)]).toEqual([LAST_TO_ARRIVE, DONE]);
  });

  it('has who comes while the action runs wait for the next round', () => {
    const { tasks: [a, b, late], wait, open } = machineWithBarrier(2, 3);
    wait(a);
    wait(b);
    expect(wait(late)).toBe(PARKED);
    open(b);
    expect(late.state).toBe('ready');
    expect([wait(late), late.kernel.result]).toEqual([PARKED, 0]);
    expect(wait(a)).toBe(DONE);
    expect(wait(a)).toBe(LAST_TO_ARRIVE);
    expect(open(a)).toBe(DONE);
    expect(wait(late)).toBe(DONE);
  });

  it('is broken for all by a wait that times out or may not wait', () => {
    for (const deadline of [100, NO_WAIT]) {
      const { machine, tasks: [a, b, c], wait, state } = machineWithBarrier(3, 3);
      wait(a);
      expect(wait(b, deadline)).toBe(deadline === NO_WAIT ? EBROKEN : PARKED);
      machine.advance(100);
      if (deadline !== NO_WAIT) expect(wait(b, deadline)).toBe(EBROKEN);
      expect([wait(a), wait(c)]).toEqual([EBROKEN, EBROKEN]);
      expect(state()).toEqual({ parties: 3, waiting: 0, broken: true });
    }
  });

  it('is not broken by one whose time was over when the others came before it looked', () => {
    const { machine, tasks: [a, b], wait, open, state } = machineWithBarrier(2, 2);
    wait(a, 100);
    machine.advance(100);
    wait(b);
    open(b);
    expect(wait(a, 100)).toBe(DONE);
    expect(state().broken).toBe(false);
  });

  it('is broken by a latecomer whose time is over: the round that is about to open as well', () => {
    const { machine, tasks: [a, b, late], wait, open } = machineWithBarrier(2, 3);
    wait(a);
    wait(b);
    wait(late, 100);
    machine.advance(100);
    expect(wait(late, 100)).toBe(EBROKEN);
    expect([open(b), wait(a)]).toEqual([EBROKEN, EBROKEN]);
  });

  it('lets nobody through once it is aborted, until it is reset', () => {
    const { tasks: [a, b], wait, open, abort, reset } = machineWithBarrier(2, 2);
    wait(a);
    abort();
    expect([wait(a), wait(b)]).toEqual([EBROKEN, EBROKEN]);
    reset();
    expect([wait(a), wait(b), open(b), wait(a)]).toEqual([PARKED, LAST_TO_ARRIVE, DONE, DONE]);
  });

  it('breaks for those who wait when it is reset, and is whole for those who come', () => {
    const { tasks: [a, b, c], wait, open, reset, state } = machineWithBarrier(2, 3);
    wait(a);
    reset();
    expect([wait(b), wait(c), open(c), wait(b)]).toEqual([PARKED, LAST_TO_ARRIVE, DONE, DONE]);
    expect(wait(a)).toBe(EBROKEN);
    expect(state().broken).toBe(false);
  });

  it('gives the last to come the fate of the others when it is aborted or reset while the action runs', () => {
    for (const change of ['abort', 'reset'] as const) {
      const machine = machineWithBarrier(2, 3);
      const { tasks: [a, b, c], wait, open } = machine;
      wait(a);
      wait(b);
      machine[change]();
      if (change === 'reset') expect(wait(c)).toBe(PARKED);
      expect(open(b)).toBe(EBROKEN);
      expect(wait(a)).toBe(EBROKEN);
      // The action of the old round does not open the new one.
      if (change === 'reset') expect(c.state).toBe('blocked');
    }
  });

  it('tells a task how its own round ended, though the next has ended since', () => {
    const { tasks: [slow, b, c], wait, open, abort } = machineWithBarrier(2, 3);
    wait(slow);
    wait(b);
    open(b);
    wait(b);
    abort();
    expect(wait(b)).toBe(EBROKEN);
    expect(wait(c)).toBe(EBROKEN);
    expect(wait(slow)).toBe(DONE);
  });

  it('counts a task that was killed while it waited as arrived', () => {
    const { main, tasks: [a, b, c], wait, open } = machineWithBarrier(3, 3);
    wait(a);
    wait(b);
    main.kill(a);
    expect(wait(c)).toBe(LAST_TO_ARRIVE);
    open(c);
    expect(wait(b)).toBe(DONE);
  });

  it('leaves no trace in a task that sleeps next', () => {
    const { machine, tasks: [a, b], wait, open } = machineWithBarrier(2, 2);
    wait(a);
    wait(b);
    open(b);
    wait(a);
    expect(a.do((k) => sleepUntil(k, 50))).toBe(PARKED);
    machine.advance(50);
    expect(a.do((k) => sleepUntil(k, 50))).toBe(DONE);
  });

  it.each([1, 2, 3, 4])('serves many rounds of tasks that come in any order (seed %i)', (seed) => {
    const random = new Random(seed);
    const parties = 2 + random.below(4);
    const { machine, tasks, wait, open } = machineWithBarrier(parties, parties);
    const rounds = new Map(tasks.map((task) => [task, 0]));
    /** Who runs the action now. */
    let opener: SimulatedTask | undefined;
    for (let step = 0; step < 4000; step++) {
      machine.drainIfFull();
      const task = random.pick(tasks.filter(({ state }) => state !== 'blocked'));
      if (task === opener) {
        expect(open(task)).toBe(DONE);
        opener = undefined;
        rounds.set(task, rounds.get(task)! + 1);
      } else {
        const outcome = wait(task);
        if (outcome === LAST_TO_ARRIVE) opener = task;
        else if (outcome === DONE) rounds.set(task, rounds.get(task)! + 1);
        else expect(outcome).toBe(PARKED);
      }
      const done = [...rounds.values()];
      expect(Math.max(...done) - Math.min(...done)).toBeLessThanOrEqual(1);
    }
    expect(Math.min(...rounds.values())).toBeGreaterThan(100);
  });
});
