import { describe, expect, it } from 'vitest';
import { DONE, ECHILD, EINTR, EINVAL, ESRCH, ETIMEDOUT, PARKED } from '../protocol/errno';
import { INIT_PID } from '../protocol/ids';
import { DeliveryCode, ObjectTypeCode, Signal, SignalActionCode, StartMethodCode } from '../protocol/words';
import { expireAlarm, getAlarm, setAlarm } from './alarms';
import { createPipe } from './ipc/pipe';
import { readStream } from './ipc/stream';
import { TASK_FLAGS, TASK_PARENT, TaskFlag } from './layout';
import { openHandle } from './handles';
import { hasSignals } from './pending-signals';
import { beginSession, groupOf, setGroup } from './process-groups';
import { awaitSignal, maskOf, pauseForSignal, pendingSignals, setSignalAction, takeSignals } from './signals';
import { acquireLock, createLock, releaseLock } from './sync/lock';
import { AlsoWait, ChildStatus, joinTask, killPid, killThread, setSignalMask, waitChild } from './task';
import { SimulatedMachine, type SimulatedTask } from './test-support/simulated-machine';
import { sleepUntil } from './time';
import { FOREVER, NO_WAIT } from './wait-queue';

const { SIGUSR1, SIGUSR2, SIGTERM, SIGCHLD, SIGALRM, SIGSTOP, SIGCONT, SIGKILL } = Signal;
const fork = (by: SimulatedTask): SimulatedTask => by.start({ method: StartMethodCode.fork });
const act = (by: SimulatedTask, signal: number, action: keyof typeof SignalActionCode): number => (
  by.do((k) => setSignalAction(k, signal, SignalActionCode[action]))
);
const taken = (by: SimulatedTask): number => by.do((k) => (takeSignals(k), k.result));
const waitFor = (by: SimulatedTask, deadline = FOREVER, also = 0): number => by.do((k) => waitChild(k, 0, deadline, also));

function pair(): { machine: SimulatedMachine; main: SimulatedTask; child: SimulatedTask } {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  return { machine, main, child: fork(main) };
}

describe('a signal', () => {
  it('ends a process that has no handler for it; its parent gets minus the signal', () => {
    const { main, child } = pair();
    main.kill(child, SIGTERM);
    expect([child.state, child.status]).toEqual(['zombie', -SIGTERM]);
    expect([waitFor(main), main.kernel.result, main.kernel.number]).toEqual([DONE, child.tid, -SIGTERM]);
  });

  it('is pending where there is a handler, until it is taken; sent twice it is taken once', () => {
    const { machine, main, child } = pair();
    act(child, SIGUSR1, 'catch');
    machine.events();
    main.kill(child, SIGUSR1);
    main.kill(child, SIGUSR1);
    expect(child.do(hasSignals)).toBe(true);
    expect(taken(child)).toBe(maskOf(SIGUSR1));
    expect(child.do(hasSignals)).toBe(false);
    const shown = machine.events().filter(({ kind }) => kind.startsWith('signal'));
    expect(shown.map(({ kind, task, other, detail }) => [kind, task, other, detail])).toEqual([
      ['signal-send', main.tid, child.tid, SIGUSR1],
      ['signal-send', main.tid, child.tid, SIGUSR1],
      ['signal-deliver', child.tid, DeliveryCode.handler, SIGUSR1],
    ]);
  });

  it('that is ignored does nothing, as do by default those for children; SIGKILL and SIGSTOP cannot be', () => {
    const { main, child } = pair();
    expect(act(child, SIGTERM, 'ignore')).toBe(DONE);
    main.kill(child, SIGTERM);
    main.kill(child, SIGCHLD);
    expect(child.state).toBe('running');
    expect([SIGKILL, SIGSTOP, 0, 32].map((signal) => act(child, signal, 'catch'))).toEqual([EINVAL, EINVAL, EINVAL, EINVAL]);
    main.kill(child, SIGKILL);
    expect(child.state).toBe('zombie');
  });

  it('that nobody takes now waits until it is; then its default action ends the process', () => {
    const { main, child } = pair();
    child.do((k) => setSignalMask(k, maskOf(SIGTERM, SIGKILL)));
    main.kill(child, SIGTERM);
    expect(child.do((k) => (pendingSignals(k), k.result))).toBe(maskOf(SIGTERM));
    expect(child.state).toBe('running');
    child.do((k) => setSignalMask(k, 0));
    expect([child.state, child.status]).toEqual(['zombie', -SIGTERM]);
  });

  it('goes to the first thread of a process that takes it, and by its number to one thread', () => {
    const { main, child } = pair();
    const thread = child.startThread({ ownWorker: false });
    act(child, SIGUSR1, 'catch');
    child.do((k) => setSignalMask(k, maskOf(SIGUSR1)));
    expect(thread.do((k) => sleepUntil(k, 1e9))).toBe(PARKED);
    main.kill(child, SIGUSR1);
    expect([thread.state, thread.do((k) => sleepUntil(k, 1e9)), taken(thread)]).toEqual(['ready', EINTR, maskOf(SIGUSR1)]);
    act(child, SIGUSR2, 'catch');
    child.do((k) => killThread(k, thread.address, thread.tid, SIGUSR2));
    expect<unknown[]>([child.do(hasSignals), thread.do(hasSignals), taken(thread)]).toEqual([false, true, maskOf(SIGUSR2)]);
    expect(child.do((k) => killThread(k, main.address, main.tid, SIGUSR2))).toBe(ESRCH);
  });

  it('is inherited by a fork in its handlers, mask and ignoring; by a fresh interpreter in the ignoring alone', () => {
    const main = new SimulatedMachine().boot();
    act(main, SIGUSR1, 'catch');
    act(main, SIGUSR2, 'ignore');
    const forked = fork(main);
    const spawned = main.start({ method: StartMethodCode.spawn });
    for (const child of [forked, spawned]) {
      main.kill(child, SIGUSR2);
      main.kill(child, SIGUSR1);
    }
    expect([forked.state, spawned.state, spawned.status]).toEqual(['ready', 'zombie', -SIGUSR1]);
    expect(taken(forked)).toBe(maskOf(SIGUSR1));
  });
});

describe('a wait that a signal comes to', () => {
  const waits: [string, (task: SimulatedTask, main: SimulatedTask) => () => number][] = [
    ['sleep', (task) => () => task.do((k) => sleepUntil(k, 5e9))],
    ['lock', (task, main) => {
      const lock = main.do((k) => createLock(k, ObjectTypeCode.lock, 'l'));
      main.do((k) => acquireLock(k, lock, FOREVER));
      return () => task.do((k) => acquireLock(k, lock, 5e9));
    }],
    ['pipe empty', (task, main) => {
      const pipe = main.do((k) => createPipe(k, true, 'p'));
      main.do((k) => openHandle(k, pipe, 1, 4));
      task.do((k) => openHandle(k, pipe, 0, 3));
      return () => task.do((k) => readStream(k, pipe, 0, 10, 5e9));
    }],
    ['join', (task, main) => () => task.do((k) => joinTask(k, main.address, main.tid, 5e9))],
    ['wait', (task) => {
      fork(task);
      return () => task.do((k) => waitChild(k, 0, 5e9));
    }],
    ['signal', (task) => () => task.do((k) => awaitSignal(k, maskOf(SIGUSR2), 5e9))],
  ];
  it.each(waits)('is interrupted and goes on with the same deadline: %s', (reason, begin) => {
    const { machine, main, child } = pair();
    act(child, SIGUSR1, 'catch');
    const attempt = begin(child, main);
    expect([attempt(), child.blockReason]).toEqual([PARKED, reason]);
    main.kill(child, SIGUSR1);
    expect([child.state, attempt(), taken(child)]).toEqual(['ready', EINTR, maskOf(SIGUSR1)]);
    expect(attempt()).toBe(PARKED);
    machine.advance(5e9);
    expect(child.state).toBe('ready');
    expect([DONE, ETIMEDOUT]).toContain(attempt());
  });

  it('is not begun where a signal came after the guest last looked', () => {
    const { main, child } = pair();
    act(child, SIGUSR1, 'catch');
    main.kill(child, SIGUSR1);
    const sleep = (): number => child.do((k) => sleepUntil(k, FOREVER));
    expect([sleep(), taken(child), sleep()]).toEqual([EINTR, maskOf(SIGUSR1), PARKED]);
  });

  it('takes what it waited for where that came first, and the signal stays', () => {
    const { main, child } = pair();
    act(child, SIGUSR1, 'catch');
    const lock = main.do((k) => createLock(k, ObjectTypeCode.lock, 'l'));
    main.do((k) => acquireLock(k, lock, FOREVER));
    const attempt = (): number => child.do((k) => acquireLock(k, lock, FOREVER));
    expect(attempt()).toBe(PARKED);
    main.do((k) => releaseLock(k, lock));
    main.kill(child, SIGUSR1);
    expect<unknown[]>([attempt(), child.do(hasSignals)]).toEqual([DONE, true]);
  });

  it('gives a wake-up on that it did not use, when the signal ends it', () => {
    const { main, child } = pair();
    const other = fork(main);
    const lock = main.do((k) => createLock(k, ObjectTypeCode.lock, 'l'));
    main.do((k) => acquireLock(k, lock, FOREVER));
    const attempt = (task: SimulatedTask): number => task.do((k) => acquireLock(k, lock, FOREVER));
    expect([attempt(child), attempt(other)]).toEqual([PARKED, PARKED]);
    main.do((k) => releaseLock(k, lock));
    main.kill(child, SIGTERM);
    expect([child.state, other.state, attempt(other)]).toEqual(['zombie', 'ready', DONE]);
  });
});

describe('waiting for a signal', () => {
  it('takes one that is pending at once, the lowest first, without its action', () => {
    const { main, child } = pair();
    child.do((k) => setSignalMask(k, maskOf(SIGUSR1, SIGUSR2)));
    main.kill(child, SIGUSR2);
    main.kill(child, SIGUSR1);
    const attempt = (): unknown[] => [child.do((k) => awaitSignal(k, maskOf(SIGUSR1, SIGUSR2), NO_WAIT)), child.kernel.result, child.kernel.number];
    expect([attempt(), attempt()]).toEqual([[DONE, SIGUSR1, main.tid], [DONE, SIGUSR2, main.tid]]);
  });

  it('is woken by a signal that would end the process otherwise', () => {
    const { main, child } = pair();
    const attempt = (): number => child.do((k) => awaitSignal(k, maskOf(SIGTERM), FOREVER));
    expect([attempt(), child.blockReason]).toEqual([PARKED, 'signal']);
    main.kill(child, SIGTERM);
    expect([attempt(), child.kernel.result]).toEqual([DONE, SIGTERM]);
    main.kill(child, SIGTERM);
    expect(child.state).toBe('zombie');
  });

  it('of any kind ends when a handler is to run', () => {
    const { main, child } = pair();
    act(child, SIGUSR1, 'catch');
    expect(child.do((k) => pauseForSignal(k))).toBe(PARKED);
    main.kill(child, SIGUSR1);
    expect([child.do((k) => pauseForSignal(k)), taken(child)]).toEqual([EINTR, maskOf(SIGUSR1)]);
    main.kill(child, SIGUSR1);
    expect(child.do((k) => pauseForSignal(k))).toBe(EINTR);
  });
});

describe('a child that ends', () => {
  it('sends SIGCHLD, which interrupts its parent where that has a handler', () => {
    const { machine, main, child } = pair();
    act(main, SIGCHLD, 'catch');
    expect(main.do((k) => sleepUntil(k, FOREVER))).toBe(PARKED);
    machine.events();
    child.exit(3);
    expect([main.do((k) => sleepUntil(k, FOREVER)), taken(main)]).toEqual([EINTR, maskOf(SIGCHLD)]);
    expect(machine.events().filter(({ kind }) => kind === 'signal-send').map(({ task, other }) => [task, other])).toEqual([[child.tid, main.tid]]);
    expect([waitFor(main, NO_WAIT), main.kernel.result, main.kernel.number]).toEqual([DONE, child.tid, 3]);
  });

  it('leaves no zombie where SIGCHLD is ignored; who waits for it learns that there is none', () => {
    const { machine, main, child } = pair();
    act(main, SIGCHLD, 'ignore');
    expect(waitFor(main)).toBe(PARKED);
    machine.events();
    child.exit(2);
    expect([child.state, waitFor(main)]).toEqual(['dead', ECHILD]);
    expect(machine.events().some(({ kind, task, other }) => kind === 'task-reap' && task === INIT_PID && other === child.tid)).toBe(true);
    expect(main.do((k) => killPid(k, child.tid, 0))).toBe(ESRCH);
  });

  it('whose own children live hands them to init, also when it is killed', () => {
    const { main, child } = pair();
    const grandchild = fork(child);
    main.kill(child);
    expect([grandchild.state, grandchild.kernel.words[grandchild.address + TASK_PARENT]]).toEqual(['ready', INIT_PID]);
    expect(waitFor(main)).toBe(DONE);
    grandchild.exit();
    expect([grandchild.state, waitFor(main)]).toEqual(['dead', ECHILD]);
  });
});

describe('stopping', () => {
  it('is told to a parent that asks, once, and so is going on', () => {
    const { main, child } = pair();
    const both = AlsoWait.Stopped | AlsoWait.Continued;
    const isStopped = (): boolean => (child.kernel.words[child.address + TASK_FLAGS] & TaskFlag.Stopped) !== 0;
    expect(waitFor(main, FOREVER, both)).toBe(PARKED);
    main.kernel.setCurrent(main.address);
    child.do((k) => killPid(k, child.tid, SIGSTOP));
    expect([isStopped(), waitFor(main, FOREVER, both), main.kernel.number]).toEqual([true, DONE, ChildStatus.Stopped + SIGSTOP]);
    expect(waitFor(main, NO_WAIT, both)).not.toBe(DONE);
    main.kill(child, SIGCONT);
    expect([isStopped(), waitFor(main, NO_WAIT, both), main.kernel.number]).toEqual([false, DONE, ChildStatus.Continued]);
    main.kill(child, SIGSTOP);
    main.kill(child, SIGKILL);
    expect([waitFor(main), main.kernel.number]).toEqual([DONE, -SIGKILL]);
  });
});

describe('an alarm', () => {
  it('rings once or again and again, and says what is left of it', () => {
    const { machine, child } = pair();
    act(child, SIGALRM, 'catch');
    child.do((k) => setAlarm(k, 2, 0.5));
    machine.advance(1e9);
    child.do((k) => getAlarm(k));
    expect([child.kernel.number, child.kernel.result]).toEqual([1, 0.5e6]);
    expect(child.do((k) => expireAlarm(k, k.home, machine.time))).toBe(2e9);
    // Several times that have passed are told once.
    machine.advance(2.2e9);
    expect([child.do((k) => expireAlarm(k, k.home, machine.time)), taken(child)]).toEqual([3.5e9, maskOf(SIGALRM)]);
    child.do((k) => setAlarm(k, 0, 0));
    expect(child.do((k) => expireAlarm(k, k.home, 1e12))).toBe(Infinity);
  });

  it('ends a process that has no handler for it', () => {
    const { machine, child } = pair();
    child.do((k) => setAlarm(k, 1, 0));
    machine.advance(1e9);
    child.do((k) => expireAlarm(k, k.home, machine.time));
    expect([child.state, child.status]).toEqual(['zombie', -SIGALRM]);
  });
});

describe('process groups', () => {
  it('are a parent\'s until a process leads one; signals go to all in one', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const [a, b, c] = [fork(main), fork(main), fork(main)];
    expect(main.do((k) => setGroup(k, a.tid, 0))).toBe(DONE);
    expect(main.do((k) => setGroup(k, b.tid, a.tid))).toBe(DONE);
    expect([b.do((k) => groupOf(k, 0)), b.kernel.result, b.kernel.number]).toEqual([DONE, a.tid, INIT_PID]);
    expect(c.do((k) => beginSession(k))).toBe(DONE);
    expect(main.do((k) => killPid(k, -Number(a.tid), SIGTERM))).toBe(DONE);
    expect([a.state, b.state, c.state]).toEqual(['zombie', 'zombie', 'running']);
    expect(main.do((k) => killPid(k, -1, SIGKILL))).toBe(DONE);
    expect([c.state, main.state]).toEqual(['zombie', 'running']);
    expect(main.do((k) => killPid(k, -77, SIGTERM))).toBe(ESRCH);
    main.do((k) => killPid(k, 0, SIGTERM));
    expect(main.status).toBe(-SIGTERM);
  });
});
