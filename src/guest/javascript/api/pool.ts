import {
  closePool,
  collectResult,
  createPool,
  poolIsOpen,
  submitJob,
  terminatePool,
} from '../../../kernel/ipc/pool';
import { NO_WAIT } from '../../../kernel/wait-queue';
import { DONE, ECLOSED, ENOMEM, PARKED } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { JOB_START, decodeAt, encodeAt } from '../codec/codec';
import { ProcessDied, ValueError } from '../errors';
import { previewOf } from '../preview';
import { program, targetNumber } from '../program';
import { block, k, refuseWhileLoading } from '../runtime';
import { AsyncResult, PoolIterator, type JobSet } from './async-result';
import { cpuCount } from './console';
import { KernelObject, makeObject } from './kernel-object';
import { Call, type Job, type JobAnswer, type PoolArguments } from './pool-worker';
import { PoolProcess } from './pool-process';
import { refuseMessage } from './refuse-message';
import { offer } from './offered';

export interface PoolSettings {
  /** Called once in each of its processes before the first job. */
  readonly initializer?: (...parameters: never[]) => unknown;
  readonly initArgs?: readonly unknown[];
  /** Jobs after which a process is replaced by a fresh one. */
  readonly maxTasksPerChild?: number;
}

export interface CallbackSettings {
  /**
   * Called with the result, in the task that submitted the job, the next time it is inside a call of the
   * pool.
   */
  readonly callback?: (value: unknown) => void;
  readonly errorCallback?: (error: unknown) => void;
}

export interface MapSettings extends CallbackSettings {
  /** Items that go to a process at once. */
  readonly chunkSize?: number;
}

type PoolFunction = (...parameters: never[]) => unknown;

export class Pool extends KernelObject {
  private readonly processes: PoolProcess[];
  private readonly workerArguments: PoolArguments;
  /** Jobs that are not answered, by number; a set has several. */
  private readonly waiting = new Map<number, { readonly set: JobSet; readonly index: number }>();
  private nextJob = 1;

  constructor(size: number = cpuCount(), settings: PoolSettings = {}) {
    refuseWhileLoading('starting the processes of a pool');
    if (!Number.isInteger(size) || size < 1) {
      throw new ValueError(`invalid size: ${String(size)} is not 1 or more processes`);
    }
    const { initializer, initArgs = [], maxTasksPerChild = 0 } = settings;
    if (!Number.isInteger(maxTasksPerChild) || maxTasksPerChild < 0) {
      throw new ValueError(`invalid maxTasksPerChild: ${String(maxTasksPerChild)} is not 1 or more`);
    }
    const initializerNumber =
      initializer === undefined ? -1 : targetNumber(initializer, 'the initializer of a Pool');
    const name = k.takeName();
    super(makeObject(ObjectTypeCode.pool, () => createPool(k, size, name)));
    this.workerArguments = [this.at, initializerNumber, initArgs, maxTasksPerChild];
    this.processes = Array.from({ length: size }, () => this.startProcess());
  }

  /** Has `fn(...args)` run by a process of the pool and waits for what it returns. */
  apply(fn: PoolFunction, args: readonly unknown[] = []): unknown {
    return this.applyAsync(fn, args).get();
  }

  applyAsync(fn: PoolFunction, args: readonly unknown[] = [], settings: CallbackSettings = {}): AsyncResult {
    const result = new AsyncResult(this, 1, (values) => values[0], settings);
    this.submit(result.jobs, 0, [this.numberOf(fn), Call.Spread, args]);
    return result;
  }

  /** `fn` of each item, in the order of the items. */
  map(fn: PoolFunction, items: Iterable<unknown>, settings?: MapSettings): unknown[] {
    return this.mapAsync(fn, items, settings).get() as unknown[];
  }

  mapAsync(fn: PoolFunction, items: Iterable<unknown>, settings?: MapSettings): AsyncResult {
    return this.submitChunks(fn, items, settings, Call.One, Call.EachOne);
  }

  /** As `map`, for functions of several arguments: each item is an array of them. */
  starmap(fn: PoolFunction, items: Iterable<readonly unknown[]>, settings?: MapSettings): unknown[] {
    return this.starmapAsync(fn, items, settings).get() as unknown[];
  }

  starmapAsync(fn: PoolFunction, items: Iterable<readonly unknown[]>, settings?: MapSettings): AsyncResult {
    return this.submitChunks(fn, items, settings, Call.Spread, Call.EachSpread);
  }

  /** Results one by one, in the order of the items. */
  imap(fn: PoolFunction, items: Iterable<unknown>, settings: MapSettings = {}): PoolIterator {
    return this.submitEach(fn, items, settings, true);
  }

  /** Results one by one, as they come. */
  imapUnordered(fn: PoolFunction, items: Iterable<unknown>, settings: MapSettings = {}): PoolIterator {
    return this.submitEach(fn, items, settings, false);
  }

  /** No more jobs; the processes end when those that are in it are done. */
  close(): void {
    if (poolIsOpen(k, this.at)) closePool(k, this.at);
  }

  /** Ends the processes at once; jobs that are not done are lost. */
  terminate(): void {
    terminatePool(k, this.at);
    for (const process of this.processes) process.terminate();
    for (const process of this.processes) process.join();
    this.fail(new ProcessDied('the pool was terminated before the job was done'));
  }

  /** Waits for the processes to end; the pool must be closed or terminated. */
  join(): void {
    if (poolIsOpen(k, this.at)) {
      throw new ValueError('the pool still takes jobs: close() or terminate() it before join()');
    }
    while (this.waiting.size > 0) this.collect(Infinity, this.waiting.size);
    for (const process of this.processes) process.join();
  }

  /**
   * Takes in one result, or finds out what became of the processes; waits until `deadline`, where none is
   * there for as many as are `wanted`. False where the time was over.
   */
  collect(deadline: number, wanted: number): boolean {
    this.tendProcesses();
    if (this.waiting.size === 0) return false;
    let outcome = collectResult(k, this.at, deadline, wanted);
    while (outcome === PARKED) {
      block();
      // Woken by the end of a process it may be, which leaves a result behind, or a job without one.
      this.tendProcesses();
      if (this.waiting.size === 0) return true;
      outcome = collectResult(k, this.at, deadline, wanted);
    }
    if (outcome !== DONE) return false;
    const job = k.scratchWords[1];
    const [good, value] = decodeAt(JOB_START) as JobAnswer;
    this.settle(job, good, value);
    return true;
  }

  /** Takes in all results that are there. */
  collectReady(): void {
    while (this.waiting.size > 0 && this.collect(NO_WAIT, 1));
  }

  private numberOf(fn: PoolFunction): number {
    if (!poolIsOpen(k, this.at)) throw new ValueError('the pool is closed: it takes no more jobs');
    return targetNumber(fn, 'a Pool');
  }

  private submitChunks(
    fn: PoolFunction,
    items: Iterable<unknown>,
    settings: MapSettings = {},
    one: number,
    each: number,
  ): AsyncResult {
    const target = this.numberOf(fn);
    const list = Array.isArray(items) ? (items as readonly unknown[]) : [...items];
    const chunk = chunkSizeOf(settings.chunkSize ?? Math.ceil(list.length / (this.processes.length * 4)));
    const whole = (values: unknown[]): unknown => (chunk === 1 ? values : values.flat(1));
    const result = new AsyncResult(this, Math.ceil(list.length / chunk), whole, settings);
    for (let start = 0, index = 0; start < list.length; start += chunk, index++) {
      this.submit(
        result.jobs,
        index,
        chunk === 1 ? [target, one, list[start]] : [target, each, list.slice(start, start + chunk)],
      );
    }
    return result;
  }

  private submitEach(
    fn: PoolFunction,
    items: Iterable<unknown>,
    settings: MapSettings,
    ordered: boolean,
  ): PoolIterator {
    const target = this.numberOf(fn);
    const chunk = chunkSizeOf(settings.chunkSize ?? 1);
    const list = [...items];
    const iterator = new PoolIterator(this, Math.ceil(list.length / chunk), chunk > 1, ordered);
    for (let start = 0, index = 0; start < list.length; start += chunk, index++) {
      const job: Job =
        chunk === 1
          ? [target, Call.One, list[start]]
          : [target, Call.EachOne, list.slice(start, start + chunk)];
      this.submit(iterator.jobs, index, job);
    }
    return iterator;
  }

  private submit(set: JobSet, index: number, job: Job): void {
    const number = this.nextJob++;
    const preview = k.tracing ? previewOfJob(job) : 0;
    for (;;) {
      const length = encodeAt(job, JOB_START);
      k.scratchWords[1] = number;
      const outcome = submitJob(k, this.at, length, preview);
      if (outcome === DONE) break;
      if (outcome === ECLOSED) throw new ValueError('the pool is closed: it takes no more jobs');
      // Room comes with the results of jobs that are under way.
      if (outcome !== ENOMEM || this.waiting.size === 0) refuseMessage(outcome, 'submit');
      this.collect(Infinity, 1);
    }
    this.waiting.set(number, { set, index });
  }

  private settle(job: number, good: boolean, value: unknown): void {
    const waiting = this.waiting.get(job);
    if (waiting === undefined) return;
    this.waiting.delete(job);
    waiting.set.settle(waiting.index, good, value);
  }

  private fail(error: Error): void {
    for (const job of [...this.waiting.keys()]) this.settle(job, false, error);
  }

  /** Replaces processes that have ended, and fails the jobs that they took with them. */
  private tendProcesses(): void {
    for (let index = 0; index < this.processes.length; index++) {
      if (this.processes[index].seemsEnded) this.replace(index, this.processes[index]);
    }
  }

  private replace(index: number, process: PoolProcess): void {
    if (process.isAlive()) return;
    const { exitcode, unfinishedJob } = process;
    const end = `${process.name} ended with status ${exitcode}`;
    if (unfinishedJob !== 0) {
      this.settle(unfinishedJob, false, new ProcessDied(`${end} in the middle of the job`));
    } else if (exitcode === 1) {
      this.fail(new ProcessDied(`${end} before it took a job: its initializer failed`));
    }
    if (poolIsOpen(k, this.at) || this.waiting.size > 0) this.processes[index] = this.startProcess();
  }

  private startProcess(): PoolProcess {
    const process = new PoolProcess(this.workerArguments);
    process.start();
    return process;
  }
}

/** `add(1, 2)`, and `square([ 1, 2 ])` for several items at once. */
function previewOfJob([target, call, argument]: Job): string {
  const parameters =
    call === Call.Spread ? (argument as unknown[]).map(previewOf).join(', ') : previewOf(argument);
  return `${program.functionOf(target).name}(${parameters})`;
}

function chunkSizeOf(size: number): number {
  if (!Number.isInteger(size) || size < 0) {
    throw new ValueError(`invalid chunkSize: ${String(size)} is not 1 or more`);
  }
  return Math.max(1, size);
}

offer({ Pool });
