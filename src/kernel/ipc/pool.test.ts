import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, ECLOSED, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { readMessage, writeMessage } from '../test-support/messages';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { closePool, collectResult, createPool, finishJob, poolIsOpen, submitJob, takeJob, terminatePool } from './pool';

function machineWithPool() {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const [a, b] = [main.start(), main.start()];
  const at = main.do((k) => createPool(k, 2, 'pool'));
  /** The number of a job is the first word of its content. */
  const message = (k: SimulatedTask['kernel'], job: number, text: string): number => {
    const length = writeMessage(k, `....${text}`);
    k.scratchWords[1] = job;
    return length;
  };
  const content = (task: SimulatedTask): string =>
    `${task.kernel.scratchWords[1]}:${readMessage(task.kernel, task.kernel.result).slice(4)}`;
  return {
    machine, main, a, b,
    submit: (job: number, text: string) => main.do((k) => submitJob(k, at, message(k, job, text), text)),
    take: (task: SimulatedTask, deadline = FOREVER) => {
      const outcome = task.do((k) => takeJob(k, at, deadline));
      return outcome === DONE ? content(task) : outcome;
    },
    finish: (task: SimulatedTask, job: number, text: string, failed = false) =>
      task.do((k) => finishJob(k, at, failed, message(k, job, text), text)),
    collect: (deadline = FOREVER) => {
      const outcome = main.do((k) => collectResult(k, at, deadline));
      return outcome === DONE ? content(main) : outcome;
    },
    close: () => main.do((k) => closePool(k, at)),
    terminate: (by: SimulatedTask) => by.do((k) => terminatePool(k, at)),
    isOpen: () => poolIsOpen(machine.page, at),
  };
}

describe('pool', () => {
  it('gives each job to one process, in their order, and each result to the collector', () => {
    const { a, b, submit, take, finish, collect } = machineWithPool();
    expect([take(a), take(b)]).toEqual([PARKED, PARKED]);
    for (const job of [1, 2, 3]) expect(submit(job, `job ${job}`)).toBe(DONE);
    expect([a.state, b.state]).toEqual(['ready', 'ready']);
    expect([take(a), take(b), take(a)]).toEqual(['1:job 1', '2:job 2', '3:job 3']);
    expect(a.state).toBe('running');
    expect(collect()).toBe(PARKED);
    finish(b, 2, 'two');
    finish(a, 1, 'one', true);
    expect([collect(), collect(), collect(NO_WAIT)]).toEqual(['2:two', '1:one', EAGAIN]);
  });

  it('hands a job on that was meant for a process that is killed before it took it', () => {
    const { main, a, b, submit, take } = machineWithPool();
    take(a);
    take(b);
    submit(1, 'job');
    main.kill(a);
    expect(take(b)).toBe('1:job');
  });

  it('takes no more jobs once it is closed, and its processes end when those in it are taken', () => {
    const { a, b, submit, take, finish, collect, close, isOpen } = machineWithPool();
    submit(1, 'last');
    close();
    expect(isOpen()).toBe(false);
    expect(submit(2, 'late')).toBe(ECLOSED);
    expect([take(a), take(b), take(a)]).toEqual(['1:last', ECLOSED, ECLOSED]);
    finish(a, 1, 'done');
    expect(collect()).toBe('1:done');
  });

  it('wakes the processes that wait for jobs when it is closed', () => {
    const { a, b, take, close } = machineWithPool();
    take(a);
    take(b);
    close();
    expect([take(a), take(b)]).toEqual([ECLOSED, ECLOSED]);
  });

  it('forgets its jobs when it is terminated; results that are there can be had, others will not come', () => {
    const { a, b, submit, take, finish, collect, terminate } = machineWithPool();
    submit(1, 'one');
    submit(2, 'two');
    take(a);
    finish(a, 1, 'done');
    collect();
    expect(collect()).toBe(PARKED);
    terminate(b);
    expect(take(a)).toBe(ECLOSED);
    expect(collect()).toBe(ECLOSED);
    finish(a, 3, 'late');
    expect(collect()).toBe('3:late');
  });

  it('waits for a result no longer than it may', () => {
    const { machine, collect } = machineWithPool();
    expect(collect(10)).toBe(PARKED);
    machine.advance(10);
    expect(collect(10)).toBe(ETIMEDOUT);
  });
});
