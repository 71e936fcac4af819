import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, ECLOSED, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { TASK_JOB } from '../layout';
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
    collect: (deadline = FOREVER, wanted = 1, by = main) => {
      const outcome = by.do((k) => collectResult(k, at, deadline, wanted));
      return outcome === DONE ? content(by) : outcome;
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

  it('wakes one that needs several results when they are all there', () => {
    const { main, a, submit, take, finish, collect } = machineWithPool();
    for (const job of [1, 2, 3]) submit(job, 'job');
    expect(collect(FOREVER, 3)).toBe(PARKED);
    for (const job of [1, 2]) {
      take(a);
      finish(a, job, 'done');
      expect(main.state).toBe('blocked');
    }
    take(a);
    finish(a, 3, 'done');
    expect(main.state).toBe('ready');
    expect([collect(), collect(), collect()]).toEqual(['1:done', '2:done', '3:done']);
  });

  it('wakes one that needs several results when those that are there are long', () => {
    const { main, a, submit, take, finish, collect } = machineWithPool();
    for (const job of [1, 2]) submit(job, 'job');
    expect(collect(FOREVER, 2)).toBe(PARKED);
    take(a);
    finish(a, 1, 'x'.repeat(100_000));
    expect(main.state).toBe('ready');
  });

  it('wakes who waits for results when a process ends, and knows the job that it took along', () => {
    const { machine, main, a, b, submit, take, finish, collect } = machineWithPool();
    const other = main.start();
    for (const job of [1, 2]) submit(job, 'job');
    take(a);
    take(b);
    finish(b, 2, 'done');
    collect();
    expect(collect()).toBe(PARKED);
    other.kill(a);
    expect(main.state).toBe('ready');
    expect([a, b].map(({ address }) => machine.words[address + TASK_JOB])).toEqual([1, 0]);
    expect(collect()).toBe(PARKED);
  });

  it('wakes one that wants several results when so many are there, and counts those that another has taken', () => {
    const { main, a, b, finish, collect } = machineWithPool();
    expect(collect(FOREVER, 3)).toBe(PARKED);
    finish(a, 1, 'one');
    finish(a, 2, 'two');
    expect(main.state).toBe('blocked');
    expect(collect(FOREVER, 3, b)).toBe('1:one');
    finish(a, 3, 'three');
    expect(main.state).toBe('ready');
    expect([collect(FOREVER, 3), collect(FOREVER, 2)]).toEqual(['2:two', '3:three']);
  });

  it('waits for a result no longer than it may', () => {
    const { machine, collect } = machineWithPool();
    expect(collect(10)).toBe(PARKED);
    machine.advance(10);
    expect(collect(10)).toBe(ETIMEDOUT);
  });
});
