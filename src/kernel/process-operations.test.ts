import { describe, expect, it } from 'vitest';
import { DONE, ESRCH } from '../protocol/errno';
import { ObjectTypeCode } from '../protocol/words';
import { createSemaphore, freeSemaphore } from './sync/semaphore';
import { exitProcess, joinTask, killPid, renameTask } from './task';
import { SimulatedMachine } from './test-support/simulated-machine';
import { FOREVER } from './wait-queue';

describe('a process', () => {
  it('ends whole when one of its threads exits it, with that status', () => {
    const main = new SimulatedMachine().boot();
    const child = main.start();
    const thread = child.startThread({ ownWorker: false });
    thread.do((k) => exitProcess(k, 3, 'why'));
    expect([child.state, thread.state]).toEqual(['zombie', 'dead']);
    expect(main.do((k) => [joinTask(k, child.address, child.tid, FOREVER), k.result])).toEqual([DONE, 3]);
  });

  it('is signalled by its number, and signal 0 only asks whether it is there', () => {
    const main = new SimulatedMachine().boot();
    const child = main.start();
    expect(main.do((k) => killPid(k, child.tid, 0))).toBe(DONE);
    expect(child.state).toBe('ready');
    expect(main.do((k) => killPid(k, child.tid, 15))).toBe(DONE);
    expect(child.state).toBe('zombie');
    expect(main.do((k) => killPid(k, 99, 15))).toBe(ESRCH);
  });
});

describe('a task', () => {
  it('is called by its new name', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    machine.events();
    main.do((k) => renameTask(k, 'worker-1'));
    expect(machine.events().find(({ kind }) => kind === 'task-name')).toMatchObject({ other: main.tid, value: 'worker-1' });
  });
});

describe('the slot of a semaphore', () => {
  it('serves another object once it has been given back', () => {
    const main = new SimulatedMachine().boot();
    const make = (): number => main.do((k) => createSemaphore(k, ObjectTypeCode.lock, 1, 1, ''));
    const first = make();
    main.do((k) => freeSemaphore(k, first));
    expect(make()).toBe(first);
  });
});
