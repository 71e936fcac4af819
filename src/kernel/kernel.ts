import { NO_PLACE, type Place, type Tid } from '../protocol/ids';
import { TASK_STATES, TaskStateCode } from '../protocol/words';
import { releasePinned } from './ipc/chain';
import { lockMutex, lockMutexAsync, sleepForEver, unlockMutex, unlockMutexBriefly } from './futex';
import {
  GRAVE, KERNEL_LOCK, LOCK_OWNER, LOCK_OWNER_BITS, PANIC_BYTES, PANIC_LENGTH, PANIC_TEXT, RING_BELL, RUN_STATE, RunState, TASK_FLAGS,
  TASK_PINNED, TASK_PLACE, TASK_STATE, TASK_TID, TASK_WOKEN_FROM, TRACING, TaskFlag, VIRTUAL,
} from './layout';
import type { Scheduler } from './sched/scheduler';
import type { TextCache } from './text-cache';
import { hasHeadroom, ringBell, waitForHeadroom, waitForHeadroomAsync } from './trace-sink';

/** What the kernel asks of whoever owns the workers. Both are requests: the kernel does not wait for them. */
export interface Host {
  /** A task was started that needs a worker: `worker` is its number, `task` and `tid` are its first task's address and number. */
  startWorker(worker: number, task: number, tid: Tid): void;
  /** The tasks of this worker have been ended: take it away. */
  terminateWorker(worker: number): void;
  /** The ring of records is full, and nobody else drains it: undefined where a worker of its own does. */
  drainRing?(): void;
  /** The run stands still, for the `turn`th time that it does so or goes on: said once, by a worker that sleeps then. */
  standsStill?(turn: number): void;
}

/** A broken invariant of the kernel; the machine has stopped. */
export class KernelPanic extends Error {
  override name = 'KernelPanic';
}

const textEncoder = new TextEncoder();

/**
 * One worker's view of the machine's memory, and the task that it runs now. Every worker runs the kernel's code itself;
 * what they share is in `words`, under the kernel lock. Memory may be shared (many workers) or plain (one worker).
 */
export class Kernel {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  readonly doubles: Float64Array;
  readonly view: DataView;
  /** Messages on their way in and out of this worker. */
  scratch: Uint8Array;
  scratchWords: Int32Array;
  /** The view that `scratchPart` made last. */
  private part: Uint8Array = new Uint8Array(0);
  /** Constant in a run: whether every event is recorded. */
  readonly tracing: boolean;
  /** Constant in a run: whether time is virtual. */
  readonly virtual: boolean;

  /** Address of the task that runs on this worker now, or 0; set by the guest when it switches. */
  current = 0;
  currentTid = 0 as Tid;
  /** The task that this worker was made for; when it has ended so has the worker. */
  home = 0;
  homeTid = 0 as Tid;
  /** Where the current task's program is, set by the guest before each operation. */
  place: Place = NO_PLACE;
  /** A number that the last operation answered beside its outcome: an exit status, an index, a length. */
  result = 0;
  /** Byte of the memory at which the message lies that was taken last, or 0: it is in the scratch. See chainTake. */
  messageAt = 0;
  /** The number that the last load read. */
  number = 0;
  /** No task of this worker waits for an earlier time than this. Kept by `waitOn` and the scheduler. */
  earliestDeadline = Infinity;
  /** How often this worker looks for the kernel lock before it sleeps: set by its guest, see futex.ts. */
  lockLooks = 0;
  /** How often this worker looks for a wake-up before it sleeps, and how often it went to sleep: see sched/real-time.ts. */
  looks = 5000;
  sleeps = 0;
  /** The last stand of the run that its host was told of: see sched/pause.ts. */
  standTold = 0;
  /** Addresses of workers to be rung as soon as the kernel lock is free. */
  readonly toRing: number[] = [];
  private readonly homeIsEnded = (): boolean => this.home !== 0 && this.isEnded(this.home, this.homeTid);
  /** Texts interned by this worker. */
  readonly strings = new Map<string, number>();
  texts: TextCache | undefined;

  constructor(
    readonly memory: ArrayBufferLike,
    readonly worker: number,
    readonly scheduler: Scheduler,
    readonly host: Host,
  ) {
    this.words = new Int32Array(memory);
    this.bytes = new Uint8Array(memory);
    this.doubles = new Float64Array(memory);
    this.view = new DataView(memory);
    this.scratch = new Uint8Array(1 << 16);
    this.scratchWords = new Int32Array(this.scratch.buffer);
    this.tracing = this.words[TRACING] === 1;
    this.virtual = this.words[VIRTUAL] === 1;
  }

  /**
   * Says which task this worker was made for, before it dispatches for the first time: if the task has been ended by then, the
   * worker goes no further, and takes nothing of the one that has its number now.
   */
  serve(task: number, tid: Tid): void {
    this.home = task;
    this.homeTid = tid;
  }

  /** Makes `task` the current one of this worker. The first is the one that the worker was made for. */
  setCurrent(task: number): void {
    this.current = task;
    this.currentTid = this.words[task + TASK_TID] as Tid;
    if (this.home === 0) {
      this.home = task;
      this.homeTid = this.currentTid;
    }
  }

  /**
   * Begins an operation of the current task: takes the kernel lock, with room in the ring for what the operation will
   * record. A task that another has ended meanwhile goes no further: it does not return, so nothing that it would do
   * after its death is seen.
   */
  enter(): void {
    const { words, current } = this;
    // Looked at before the lock as well: a worker that is about to be taken away should not have it then.
    if (current !== 0 && this.isEnded(current, this.currentTid)) sleepForEver(words, GRAVE);
    this.lock();
    if (current === 0) return;
    this.goNoFurtherIfEnded(current, this.currentTid);
    const state = words[current + TASK_STATE];
    words[current + TASK_PLACE] = this.place;
    if (words[current + TASK_PINNED] !== 0) releasePinned(words, current);
    if (state !== TaskStateCode.running) this.panic(`task ${this.currentTid} began an operation in state ${TASK_STATES[state]}`);
  }

  /**
   * Does not return where `task`, which had the number `tid`, has been ended by another: the worker sleeps until it is
   * taken away. It may run on for seconds after the machine has asked the browser for that, when its slots are others'
   * already. The caller holds the kernel lock.
   */
  goNoFurtherIfEnded(task: number, tid: Tid): void {
    if (task === 0 || !this.isEnded(task, tid)) return;
    this.unlock();
    sleepForEver(this.words, GRAVE);
  }

  /**
   * Without the lock it may be told late, never wrongly: no other's number or end was ever in the slot of a task that lives. Plain
   * loads: an `Atomics.load` is a call of some 15 ns, and each operation asks twice.
   */
  private isEnded(task: number, tid: Tid): boolean {
    return this.words[task + TASK_STATE] >= TaskStateCode.zombie || this.words[task + TASK_TID] !== tid;
  }

  /** Ends an operation; `outcome` is passed through, so that a primitive can end with `return k.leave(DONE)`. */
  leave(outcome: number): number {
    const { words, current } = this;
    if (current !== 0) {
      // The wake-up, timeout or interruption that led to this attempt is settled now: see wait-queue.ts.
      words[current + TASK_WOKEN_FROM] = 0;
      words[current + TASK_FLAGS] &= ~(TaskFlag.TimedOut | TaskFlag.Interrupted);
    }
    // The program is likely to call again at once. In virtual time another goes on instead, and where the guest looks for the lock
    // before it sleeps, whoever sleeps has waited for long.
    if (this.virtual || this.lockLooks > 0) this.unlock();
    else {
      unlockMutexBriefly(words, KERNEL_LOCK);
      this.ringWoken();
    }
    return outcome;
  }

  /** When a wait of `seconds` that begins now ends: a deadline for an operation. Undefined: never; 0 and less: it may not wait. */
  deadlineAfter(seconds: number | undefined): number {
    if (seconds === undefined || seconds === Infinity) return Infinity;
    if (!(seconds > 0)) return -1;
    this.lock();
    const now = this.scheduler.now(this);
    this.unlock();
    return now + seconds * 1e9;
  }

  /** Takes the kernel lock for no task: the guest's carrier loop, the recorder. Blocks. */
  lock(): void {
    for (;;) {
      if (!lockMutex(this.words, KERNEL_LOCK, this.homeIsEnded, this.lockLooks)) sleepForEver(this.words, GRAVE);
      this.signLock();
      if (hasHeadroom(this)) return;
      this.unlock();
      if (this.host.drainRing !== undefined) this.host.drainRing();
      else waitForHeadroom(this);
    }
  }

  /** The same for a thread that may not block. */
  async lockAsync(): Promise<void> {
    for (;;) {
      await lockMutexAsync(this.words, KERNEL_LOCK);
      this.signLock();
      if (hasHeadroom(this) || this.words[RUN_STATE] !== RunState.Running) return;
      this.unlock();
      await waitForHeadroomAsync(this);
    }
  }

  unlock(): void {
    if (this.virtual) this.scheduler.elect(this);
    unlockMutex(this.words, KERNEL_LOCK);
    this.ringWoken();
  }

  private ringWoken(): void {
    while (this.toRing.length > 0) this.scheduler.ring(this, this.toRing.pop()!);
  }

  private signLock(): void {
    const turn = (this.words[LOCK_OWNER] >>> LOCK_OWNER_BITS) + 1;
    this.words[LOCK_OWNER] = (turn << LOCK_OWNER_BITS) | (this.worker + 1);
  }

  /** Makes room for a message of `bytes` bytes in `scratch`, keeping what is in it. */
  growScratch(bytes: number): void {
    if (bytes <= this.scratch.length) return;
    const grown = new Uint8Array(1 << (32 - Math.clz32(bytes - 1)));
    grown.set(this.scratch);
    this.scratch = grown;
    this.scratchWords = new Int32Array(grown.buffer);
  }

  /** The first `bytes` bytes of the scratch; good until the next call. Kept, for to make a view costs as much as to copy 1 KiB. */
  scratchPart(bytes: number): Uint8Array {
    if (this.part.length !== bytes || this.part.buffer !== this.scratch.buffer) this.part = this.scratch.subarray(0, bytes);
    return this.part;
  }

  /** Stops the machine: `fact` says which invariant is broken. The trace recorded so far is kept. Holds the lock or not. */
  panic(fact: string): never {
    const { words } = this;
    const text = textEncoder.encode(fact).subarray(0, PANIC_BYTES);
    this.bytes.set(text, PANIC_TEXT * 4);
    words[PANIC_LENGTH] = text.length;
    Atomics.store(words, RUN_STATE, RunState.Panicked);
    ringBell(words, RING_BELL);
    throw new KernelPanic(fact);
  }
}
