import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { clearEvent, createEvent, eventIsSet, setEvent, waitEvent } from './event';

function machineWithEvent() {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const [a, b, c] = Array.from({ length: 3 }, () => main.start());
  const at = main.do((k) => createEvent(k, 'event'));
  const wait = (task: SimulatedTask, deadline = FOREVER): number => task.do((k) => waitEvent(k, at, deadline));
  const set = (): number => main.do((k) => setEvent(k, at));
  const clear = (): number => main.do((k) => clearEvent(k, at));
  return { machine, main, a, b, c, at, wait, set, clear };
}

describe('event', () => {
  it('holds tasks until it is set, then lets all through and all who come later', () => {
    const { machine, a, b, c, at, wait, set } = machineWithEvent();
    expect([wait(a), wait(b)]).toEqual([PARKED, PARKED]);
    expect(a.blockReason).toBe('event');
    set();
    expect(eventIsSet(machine.page, at)).toBe(true);
    expect([wait(b), wait(a), wait(c)]).toEqual([DONE, DONE, DONE]);
  });

  it('lets those through who waited when it was set, though it has been cleared since', () => {
    const { a, b, wait, set, clear } = machineWithEvent();
    wait(a);
    set();
    clear();
    expect(wait(b)).toBe(PARKED);
    expect(wait(a)).toBe(DONE);
    expect(wait(a)).toBe(PARKED);
  });

  it('does not let a later waiter through for one that was killed before it had looked', () => {
    const { main, a, b, wait, set, clear } = machineWithEvent();
    wait(a);
    set();
    clear();
    wait(b);
    main.kill(a);
    expect(b.state).toBe('blocked');
  });

  it('is not waited for where one may not wait, or when the time is over', () => {
    const { machine, a, wait, set } = machineWithEvent();
    expect(wait(a, NO_WAIT)).toBe(EAGAIN);
    expect(wait(a, 10)).toBe(PARKED);
    machine.advance(10);
    expect(wait(a, 10)).toBe(ETIMEDOUT);
    set();
    expect(wait(a, NO_WAIT)).toBe(DONE);
  });
});
