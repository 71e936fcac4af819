import { describe, expect, it } from 'vitest';
import { DONE, ECHILD, EINVAL, EMSGSIZE, ENFILE, ENOMEM, ESRCH, ETIMEDOUT, PARKED } from '../protocol/errno';
import { INIT_PID } from '../protocol/ids';
import { ObjectTypeCode, Signal, StartMethodCode } from '../protocol/words';
import { createPipe, receivePipe, sendPipe } from './ipc/pipe';
import { createQueue, getQueue } from './ipc/queue';
import {
  LIVE_TASKS, MAX_HANDLES, MAX_MESSAGE_BYTES, MAX_TASKS, MAX_WORKERS, RUN_STATE, RunState, TASK_PARENT, TASK_PID,
  taskAddress,
} from './layout';
import { freeBytes } from './page-allocator';
import { acquireLock, createLock, lockOwner } from './sync/lock';
import { joinTask, killProcess, takeArguments, waitChild } from './task';
import { readMessage, writeMessage } from './test-support/messages';
import { SimulatedMachine, type SimulatedTask } from './test-support/simulated-machine';
import { FOREVER, NO_WAIT } from './wait-queue';

const join = (by: SimulatedTask, target: SimulatedTask, deadline = FOREVER): number =>
  by.do((k) => joinTask(k, target.address, target.tid, deadline));
const waitFor = (by: SimulatedTask, pid = 0, deadline = FOREVER): number => by.do((k) => waitChild(k, pid, deadline));
const parentOf = (task: SimulatedTask): number => task.kernel.words[task.address + TASK_PARENT];
const pidOf = (task: SimulatedTask): number => task.kernel.words[task.address + TASK_PID];

describe('starting a task', () => {
  it('gives it a number of its own, a process as its pid too, a thread with the pid of its process', () => {
    const main = new SimulatedMachine().boot();
    const thread = main.startThread();
    const child = main.start();
    expect([main.tid, thread.tid, child.tid]).toEqual([2, 3, 4]);
    expect([main, thread, child].map(pidOf)).toEqual([2, 2, 4]);
    expect([main, child].map(parentOf)).toEqual([INIT_PID, 2]);
    const grandchild = thread.start();
    expect(parentOf(grandchild)).toBe(2);
  });

  it('makes it ready and asks for a worker, but not for a thread that its process\'s worker carries', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const carried = main.startThread({ ownWorker: false });
    const other = main.startThread();
    expect(machine.requests).toEqual(['start 0', 'start 1']);
    expect([carried.state, other.state]).toEqual(['ready', 'ready']);
    expect(carried.kernel).toBe(main.kernel);
    expect(other.kernel).not.toBe(main.kernel);
  });

  it('hands its arguments over once, and gives back what nobody took', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const free = freeBytes(machine.words);
    const withArguments = (text: string): SimulatedTask => main.start({ argumentBytes: writeMessage(main.kernel, text) });
    const child = withArguments('x'.repeat(70_000));
    const length = child.do((k) => takeArguments(k));
    expect(readMessage(child.kernel, length)).toBe('x'.repeat(70_000));
    expect(child.do((k) => takeArguments(k))).toBe(0);
    const unborn = withArguments('never taken');
    main.kill(unborn);
    expect(freeBytes(machine.words)).toBe(free);
  });

  it('records it with its name, its kind and who started it', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    machine.events();
    const child = main.start({ name: 'worker 1', daemon: true });
    const thread = child.startThread({ name: 'reader' });
    const born = machine.events().filter(({ kind }) => kind === 'task-new');
    expect(born.map(({ task, object, other, value, detail, extra }) => [task, object, other, value, detail, extra])).toEqual([
      [main.tid, child.tid, child.tid, 'worker 1', StartMethodCode.spawn, 1],
      [child.tid, child.tid, thread.tid, 'reader', StartMethodCode.thread, 0],
    ]);
  });

  it('answers ENFILE where the table of workers is full, and starts again when one is free', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const children = Array.from({ length: MAX_WORKERS - 1 }, () => main.start());
    const last = machine.words[LIVE_TASKS];
    expect(main.do((k) => machine.tryStart(k, {}))).toBe(ENFILE);
    expect(machine.words[LIVE_TASKS]).toBe(last);
    main.kill(children[100]);
    expect(main.do((k) => machine.tryStart(k, {}))).toBe(ENFILE);
    machine.freeEndedWorkers();
    expect(main.do((k) => machine.tryStart(k, {}))).toBe(DONE);
  });

  it('answers ENFILE where the table of tasks is full, and starts again when one has ended', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const threads = Array.from({ length: MAX_TASKS - 2 }, () => main.startThread({ ownWorker: false }));
    const start = (): number => main.do((k) => machine.tryStart(k, { method: StartMethodCode.thread, ownWorker: false }));
    expect(start()).toBe(ENFILE);
    threads[17].exit();
    expect([start(), start()]).toEqual([DONE, ENFILE]);
  });

  it('does nothing by halves where its arguments or its handles find no room', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const pipe = main.do((k) => createPipe(k, true, 'pipe'));
    main.start({ handles: Array.from({ length: MAX_HANDLES - 1 }, (_, number) => ({ object: pipe, end: 0, number })) });
    const before = machine.words.slice();
    const refused = (options: Parameters<SimulatedMachine['tryStart']>[1], outcome: number): void => {
      expect(main.do((k) => machine.tryStart(k, options))).toBe(outcome);
      expect(machine.words[LIVE_TASKS]).toBe(before[LIVE_TASKS]);
      expect(freeBytes(machine.words)).toBe(freeBytes(before));
    };
    main.kernel.growScratch(1 << 25);
    refused({ argumentBytes: freeBytes(machine.words) }, ENOMEM);
    refused({ argumentBytes: MAX_MESSAGE_BYTES + 1 }, EMSGSIZE);
    refused({ handles: [{ object: pipe, end: 1, number: 1 }, { object: pipe, end: 1, number: 2 }] }, ENFILE);
    const child = main.start({ handles: [{ object: pipe, end: 1, number: 1 }] });
    expect(child.do((k) => sendPipe(k, pipe, 1, writeMessage(k, 'x'), '', NO_WAIT))).toBe(DONE);
  });
});

describe('the end of a task', () => {
  it('leaves a process a zombie until its parent collects it, and a thread dead at once', () => {
    const main = new SimulatedMachine().boot();
    const [child, thread] = [main.start(), main.startThread()];
    child.exit(3);
    thread.exit();
    expect([child.state, thread.state]).toEqual(['zombie', 'dead']);
    expect([join(main, child), main.kernel.result]).toEqual([DONE, 3]);
    expect(child.state).toBe('dead');
    expect([join(main, thread), main.kernel.result]).toEqual([DONE, 0]);
  });

  it('wakes all who join it, and each gets its status', () => {
    const main = new SimulatedMachine().boot();
    const [child, t1, t2] = [main.start(), main.startThread(), main.startThread()];
    expect([join(main, child), join(t1, child), join(t2, child, 10)]).toEqual([PARKED, PARKED, PARKED]);
    expect(main.blockReason).toBe('join');
    child.exit(7);
    for (const task of [t2, main, t1]) expect([join(task, child, 10), task.kernel.result]).toEqual([DONE, 7]);
  });

  it('is not waited for past the deadline', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const child = main.start();
    expect(join(main, child, 10)).toBe(PARKED);
    machine.advance(10);
    expect(join(main, child, 10)).toBe(ETIMEDOUT);
    child.exit();
    expect(join(main, child, NO_WAIT)).toBe(DONE);
  });

  it('can be joined until its slot serves another task', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const first = main.startThread({ ownWorker: false });
    first.exit(5);
    for (let i = 0; i < MAX_TASKS - 3; i++) main.startThread({ ownWorker: false }).exit();
    expect([join(main, first), main.kernel.result]).toEqual([DONE, 5]);
    expect(main.startThread({ ownWorker: false }).address).toBe(first.address);
    expect(join(main, first)).toBe(ESRCH);
  });

  it('of a process ends its threads with it, also those that wait', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const child = main.start();
    const [waits, runs] = [child.startThread(), child.startThread()];
    const queue = child.do((k) => createQueue(k, ObjectTypeCode.queue, 0, 'q'));
    waits.do((k) => getQueue(k, queue, FOREVER));
    runs.do((k) => createQueue(k, ObjectTypeCode.queue, 0, 'q'));
    machine.requests.length = 0;
    child.exit(2);
    expect([waits.state, runs.state, child.state]).toEqual(['dead', 'dead', 'zombie']);
    expect(machine.requests.toSorted()).toEqual(['terminate 1', 'terminate 2', 'terminate 3']);
    expect(machine.words[LIVE_TASKS]).toBe(1);
  });

  it('hands the children of a process to init, which collects those that end', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const parent = main.start();
    const [zombie, orphan] = [parent.start(), parent.start()];
    zombie.exit(1);
    machine.events();
    parent.exit();
    expect([zombie.state, orphan.state, parentOf(orphan)]).toEqual(['dead', 'ready', INIT_PID]);
    orphan.exit(9);
    expect(orphan.state).toBe('dead');
    const family = machine.events().filter(({ kind }) => kind === 'task-adopt' || kind === 'task-reap');
    expect(family.map(({ kind, task, other }) => [kind, task, other])).toEqual([
      ['task-reap', INIT_PID, zombie.tid], ['task-adopt', orphan.tid, INIT_PID], ['task-reap', INIT_PID, orphan.tid],
    ]);
    expect(parent.state).toBe('zombie');
  });

  it('that nobody but its parent collects: another process that joins leaves it a zombie', () => {
    const main = new SimulatedMachine().boot();
    const [child, sibling] = [main.start(), main.start()];
    child.exit(4);
    expect([join(sibling, child), sibling.kernel.result]).toEqual([DONE, 4]);
    expect(child.state).toBe('zombie');
  });
});

describe('waiting for children', () => {
  it('collects whichever has ended, one at a time', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const [a, b] = [main.start(), main.start()];
    expect(waitFor(main)).toBe(PARKED);
    expect(main.blockReason).toBe('wait');
    b.exit(2);
    expect([waitFor(main), main.kernel.result]).toEqual([DONE, b.tid]);
    expect(waitFor(main)).toBe(PARKED);
    a.exit(1);
    expect([waitFor(main), main.kernel.result]).toEqual([DONE, a.tid]);
    expect(waitFor(main)).toBe(ECHILD);
  });

  it('waits for the one that is named, and for no child of another', () => {
    const main = new SimulatedMachine().boot();
    const [a, b] = [main.start(), main.start()];
    expect(waitFor(a)).toBe(ECHILD);
    expect(waitFor(main, b.tid)).toBe(PARKED);
    a.exit();
    expect(waitFor(main, b.tid)).toBe(PARKED);
    b.exit();
    expect(waitFor(main, b.tid)).toBe(DONE);
    expect([waitFor(main, b.tid), waitFor(main, a.tid)]).toEqual([ECHILD, DONE]);
  });

  it('has several threads of a process wait, and each child is collected once', () => {
    const main = new SimulatedMachine().boot();
    const [thread, a] = [main.startThread(), main.start()];
    waitFor(main);
    waitFor(thread);
    a.exit();
    expect([waitFor(thread), waitFor(main)]).toEqual([DONE, ECHILD]);
  });
});

describe('killing a process', () => {
  it('gives it minus the signal as its status', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const child = main.start();
    machine.events();
    expect(main.kill(child, Signal.SIGTERM)).toBe(DONE);
    expect([join(main, child), main.kernel.result]).toEqual([DONE, -Signal.SIGTERM]);
    expect(machine.events().filter(({ kind }) => kind.startsWith('signal') || kind === 'task-exit')).toMatchObject([
      { kind: 'signal-send', task: main.tid, other: child.tid, detail: Signal.SIGTERM },
      { kind: 'signal-deliver', task: child.tid, detail: Signal.SIGTERM },
      { kind: 'task-exit', task: child.tid, other: -Signal.SIGTERM },
    ]);
  });

  it('takes it out of the queue that it waits in', () => {
    const main = new SimulatedMachine().boot();
    const child = main.start();
    const lock = main.do((k) => createLock(k, ObjectTypeCode.lock, 'lock'));
    main.do((k) => acquireLock(k, lock, FOREVER));
    child.do((k) => acquireLock(k, lock, FOREVER));
    main.kill(child);
    expect(child.state).toBe('zombie');
    expect(lockOwner(main.kernel, lock)).toBe(main.tid);
  });

  it('reaches a zombie without effect, and nobody once it is collected', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const child = main.start();
    child.exit(6);
    expect(main.kill(child)).toBe(DONE);
    expect(child.status).toBe(6);
    join(main, child);
    machine.events();
    expect(main.kill(child)).toBe(ESRCH);
    expect(machine.events()).toEqual([]);
  });

  it('refuses init, and a number that is no process', () => {
    const main = new SimulatedMachine().boot();
    const thread = main.startThread();
    expect(main.do((k) => killProcess(k, taskAddress(0), INIT_PID, Signal.SIGKILL))).toBe(EINVAL);
    expect(main.kill(thread)).toBe(ESRCH);
    expect(main.do((k) => killProcess(k, main.address, 77, Signal.SIGKILL))).toBe(ESRCH);
  });

  it('ends the killer as well where it kills its own process', () => {
    const main = new SimulatedMachine().boot();
    const child = main.start();
    const thread = child.startThread();
    expect(thread.kill(child, Signal.SIGTERM)).toBe(DONE);
    expect([thread.state, child.state, child.status]).toEqual(['dead', 'zombie', -Signal.SIGTERM]);
    expect([join(main, child), main.kernel.result]).toEqual([DONE, -Signal.SIGTERM]);
  });

  it('lets one that waits for its end of a pipe see the end of the file', () => {
    const main = new SimulatedMachine().boot();
    const pipe = main.do((k) => createPipe(k, true, 'pipe'));
    const reader = main.start({ handles: [{ object: pipe, end: 0, number: 0 }] });
    const writer = main.start({ handles: [{ object: pipe, end: 1, number: 1 }] });
    reader.do((k) => receivePipe(k, pipe, 0, FOREVER));
    main.kill(writer);
    expect(reader.state).toBe('ready');
  });

  it('lets a task that has been ended do nothing any more', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const child = main.start();
    const queue = child.do((k) => createQueue(k, ObjectTypeCode.queue, 0, 'q'));
    main.kill(child);
    machine.events();
    // On plain memory nobody can sleep for ever: the attempt to is an error.
    expect(() => child.do((k) => getQueue(k, queue, NO_WAIT))).toThrow();
    expect(machine.events()).toEqual([]);
    expect(main.do((k) => getQueue(k, queue, NO_WAIT))).toBeLessThan(0);
  });
});

describe('the end of the run', () => {
  it('is recorded once, last, with the first process\'s status, when the last task has ended', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const orphan = main.start();
    main.exit(5);
    expect(machine.words[RUN_STATE]).toBe(RunState.Running);
    orphan.exit(1);
    expect(machine.words[RUN_STATE]).toBe(RunState.Ended);
    const events = machine.events();
    expect(events.filter(({ kind }) => kind === 'run-end')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ kind: 'run-end', other: 5, detail: 0 });
  });

  it('leaves nothing behind: numbers of tasks go on, pages and slots are free', () => {
    const machine = new SimulatedMachine();
    const free = freeBytes(machine.words);
    const main = machine.boot();
    for (let i = 0; i < 600; i++) {
      const child = main.start({ argumentBytes: writeMessage(main.kernel, 'arguments') });
      child.startThread();
      child.exit();
      expect(join(main, child)).toBe(DONE);
      machine.freeEndedWorkers();
    }
    expect(main.start().tid - main.tid).toBe(1201);
    main.exit();
    machine.drainIfFull();
    expect(freeBytes(machine.words)).toBe(free);
  });
});
