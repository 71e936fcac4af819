import { DONE } from '../../protocol/errno';
import type { Tid } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import {
  BLOCK_REASONS, ReadyCauseCode, Signal, StartMethodCode, TASK_STATES, TaskStateCode, type BlockReason, type TaskState,
} from '../../protocol/words';
import { Kernel, type Host } from '../kernel';
import {
  LAST_TIME, MINIMUM_MEMORY_BYTES, RING_HEAD, RING_RECORDS, RING_TAIL, TASK_BLOCK_REASON, TASK_DEADLINE, TASK_HIGH,
  TASK_STATE, TASK_STATUS, TASK_TID, TASK_WAIT_NEXT, TASK_WORKER, taskAddress,
} from '../layout';
import { createMemory } from '../machine-memory';
import type { Scheduler } from '../sched/scheduler';
import { exitTask, freeWorkerSlot, killProcess, startTask, type TaskOptions } from '../task';
import { emitFor } from '../trace-sink';
import { endWait } from '../wait-queue';
import { RingReader, type RecordedEvent } from './ring-reader';

export interface SimulationOptions {
  readonly shared?: boolean;
  readonly tracing?: boolean;
  readonly bytes?: number;
}

/**
 * A machine whose workers all live in this thread. An operation of the kernel never blocks by itself, so a test can let
 * any task do its next step at any moment: every interleaving of whole operations can be had, the same each time.
 * Time is a number that the test moves.
 */
export class SimulatedMachine {
  readonly memory: ArrayBufferLike;
  readonly words: Int32Array;
  /** The page's view of the kernel, for what is done for no task. */
  readonly page: Kernel;
  /** What the kernel asked of its host: `start 3`, `terminate 3`. */
  readonly requests: string[] = [];
  /** Nanoseconds since the start of the run. */
  time = 0;
  private readonly kernels = new Map<number, Kernel>();
  private readonly reader: RingReader;
  private drained: RecordedEvent[] = [];
  private readonly host: Host = {
    startWorker: (worker) => this.requests.push(`start ${worker}`),
    terminateWorker: (worker) => this.requests.push(`terminate ${worker}`),
  };
  private readonly scheduler: Scheduler = {
    reconsider: () => undefined,
    keepCpu: () => false,
    awaitTurn: () => undefined,
    hasTurn: () => true,
    now: (k) => (k.doubles[LAST_TIME >> 1] = this.time),
    makeReady: () => undefined,
    ring: () => undefined,
    stopRunning: () => undefined,
    noteDeadline: () => undefined,
    settle: () => false,
    charge: () => undefined,
    allowance: () => Infinity,
    elect: () => undefined,
    ringAll: () => undefined,
    preempt: () => false,
    dispatch: () => {
      throw new Error('a simulated worker is given its next task by the test');
    },
  };

  constructor(options: SimulationOptions = {}) {
    const { shared = false, tracing = true, bytes = MINIMUM_MEMORY_BYTES } = options;
    this.memory = createMemory({ shared, tracing, bytes });
    this.words = new Int32Array(this.memory);
    this.reader = new RingReader(this.memory);
    this.page = new Kernel(this.memory, -1, this.scheduler, this.host);
  }

  /** The program's first process. */
  boot(): SimulatedTask {
    return this.start(this.page, { method: StartMethodCode.initial, name: 'main' });
  }

  /** A view of the task at `address`, on the kernel of its worker. */
  taskAt(address: number): SimulatedTask {
    const worker = this.words[address + TASK_WORKER];
    let kernel = this.kernels.get(worker);
    if (kernel === undefined) this.kernels.set(worker, (kernel = new Kernel(this.memory, worker, this.scheduler, this.host)));
    return new SimulatedTask(this, kernel, address);
  }

  start(k: Kernel, options: Partial<TaskOptions>): SimulatedTask {
    const outcome = this.tryStart(k, options);
    if (outcome !== DONE) throw new Error(`startTask answered ${outcome}`);
    return this.taskAt(k.result);
  }

  /** Starts a task with defaults for what a test does not care about; the outcome. */
  tryStart(k: Kernel, options: Partial<TaskOptions>): number {
    return startTask(k, {
      method: StartMethodCode.spawn, name: '', daemon: false, ownWorker: true, argumentBytes: 0, ...options,
    });
  }

  /** Does what the page does when a worker is to be taken away: its number may be used again. */
  freeEndedWorkers(): void {
    for (const request of this.requests.splice(0)) {
      const [verb, worker] = request.split(' ');
      if (verb !== 'terminate') continue;
      freeWorkerSlot(this.page, Number(worker));
      this.kernels.delete(Number(worker));
    }
  }

  /** Moves time on and ends the waits whose deadline has passed. */
  advance(nanoseconds: number): void {
    this.time += nanoseconds;
    for (let index = 0; index < this.words[TASK_HIGH]; index++) {
      const task = taskAddress(index);
      if (this.words[task + TASK_STATE] !== TaskStateCode.blocked) continue;
      if (this.page.doubles[(task + TASK_DEADLINE) >> 1] <= this.time) endWait(this.page, task, ReadyCauseCode['timed out']);
    }
  }

  /** Tids of the tasks in the wait queue at `queue`, first to last. */
  waiting(queue: number): number[] {
    const tids: number[] = [];
    for (let task = this.words[queue]; task !== 0; task = this.words[task + TASK_WAIT_NEXT]) tids.push(this.words[task + TASK_TID]);
    return tids;
  }

  /** Events since the last call. */
  events(): RecordedEvent[] {
    return [...this.drained.splice(0), ...this.reader.drain()];
  }

  /** Drains before the ring is full: there is no recorder, and a writer without room would wait for one. */
  drainIfFull(): void {
    if (((this.words[RING_HEAD] - this.words[RING_TAIL]) | 0) > RING_RECORDS >> 1) this.drained.push(...this.reader.drain());
  }
}

export class SimulatedTask {
  readonly tid: Tid;

  constructor(
    readonly machine: SimulatedMachine,
    readonly kernel: Kernel,
    readonly address: number,
  ) {
    this.tid = kernel.words[address + TASK_TID] as Tid;
  }

  /** Lets the task do one operation: it is given its worker if it was ready. */
  do<T>(operation: (k: Kernel) => T): T {
    const { kernel, address } = this;
    this.machine.drainIfFull();
    if (kernel.words[address + TASK_STATE] === TaskStateCode.ready) {
      kernel.words[address + TASK_STATE] = TaskStateCode.running;
      emitFor(kernel, EventKindCode['task-run'], this.tid, 0, kernel.worker, 0);
    }
    kernel.setCurrent(address);
    return operation(kernel);
  }

  /** Starts a process, or what `options` say. */
  start(options: Partial<TaskOptions> = {}): SimulatedTask {
    return this.do((k) => this.machine.start(k, options));
  }
  startThread(options: Partial<TaskOptions> = {}): SimulatedTask {
    return this.start({ method: StartMethodCode.thread, ...options });
  }
  exit(status = 0): void {
    this.do((k) => exitTask(k, status, ''));
  }
  kill(victim: SimulatedTask, signal: number = Signal.SIGKILL): number {
    return this.do((k) => killProcess(k, victim.address, victim.tid, signal));
  }

  get state(): TaskState {
    return TASK_STATES[this.kernel.words[this.address + TASK_STATE]];
  }
  get blockReason(): BlockReason {
    return BLOCK_REASONS[this.kernel.words[this.address + TASK_BLOCK_REASON]];
  }
  get status(): number {
    return this.kernel.words[this.address + TASK_STATUS];
  }
}
