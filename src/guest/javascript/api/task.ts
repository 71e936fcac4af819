import { NO_WAIT } from '../../../kernel/wait-queue';
import { TASK_TID } from '../../../kernel/layout';
import { joinTask, startTask, type TaskOptions } from '../../../kernel/task';
import { DONE, EMSGSIZE, ENFILE, ESRCH } from '../../../protocol/errno';
import type { Tid } from '../../../protocol/ids';
import type { ReferenceReader, ReferenceWriter } from '../codec/tags';
import { MemoryError, MessageTooLarge, OSError, ValueError } from '../errors';
import { DESCRIBE, type Described } from '../inspect';
import { blocking, deadlineAfter, k, refuseWhileLoading } from '../runtime';

/** Says to a constructor: no new task, but the one with this number in this slot. */
export class AttachedTask {
  constructor(
    readonly address: number,
    readonly tid: number,
    readonly name: string,
    readonly daemon: boolean,
  ) {}
}

/** What Process and Thread have in common. */
export abstract class Task implements Described {
  readonly name: string;
  readonly daemon: boolean;
  /** Its slot and number; 0 before it is started. */
  protected address = 0;
  protected tid = 0;
  /** Its exit status once it is known to have ended. */
  protected status: number | undefined;

  protected constructor(name: string, daemon: boolean, attached?: AttachedTask) {
    this.name = name;
    this.daemon = daemon;
    if (attached !== undefined) {
      this.address = attached.address;
      this.tid = attached.tid;
    }
  }

  /** Waits until it has ended, at most `timeout` seconds; answers whether it has. */
  join(timeout?: number): boolean {
    if (k.loading) refuseWhileLoading('join');
    if (this.tid === 0) throw new ValueError(`${this.name} cannot be joined before it is started`);
    if (this.address === k.current && this.tid === k.currentTid) {
      throw new ValueError(`${this.name} cannot join itself`);
    }
    return this.joinUntil(deadlineAfter(timeout));
  }

  isAlive(): boolean {
    return this.tid !== 0 && !this.joinUntil(NO_WAIT);
  }

  [DESCRIBE](): string {
    const state = this.tid === 0 ? 'not started' : this.isAlive() ? 'running' : 'ended';
    return `<${this.constructor.name} ${this.name}, ${state}>`;
  }

  /** What a message says of it. */
  get slot(): AttachedTask {
    if (this.tid === 0) {
      throw new TypeError(`${this.name} cannot be sent to another task before it is started`);
    }
    return new AttachedTask(this.address, this.tid, this.name, this.daemon);
  }

  /** Starts it with the kernel; its arguments are in the scratch. */
  protected startWith(options: Omit<TaskOptions, 'name' | 'daemon' | 'ownWorker'>): void {
    const outcome = startTask(k, { ...options, name: this.name, daemon: this.daemon, ownWorker: true });
    if (outcome !== DONE) refuseStart(this.name, outcome);
    this.address = k.result;
    this.tid = k.words[this.address + TASK_TID];
  }

  protected joinUntil(deadline: number): boolean {
    if (this.status !== undefined) return true;
    const outcome = blocking(() => joinTask(k, this.address, this.tid as Tid, deadline));
    if (outcome === DONE) this.status = k.result;
    // It ended so long ago that its slot serves another; a thread, for a child process is kept until it is
    // joined.
    else if (outcome === ESRCH) this.status = 0;
    return this.status !== undefined;
  }
}

function refuseStart(name: string, outcome: number): never {
  if (outcome === ENFILE) {
    throw new OSError(`${name} cannot start: the machine runs as many processes and threads as it can`);
  }
  if (outcome === EMSGSIZE) throw new MessageTooLarge(`${name} cannot start: its arguments are too long`);
  throw new MemoryError(`${name} cannot start: the machine's memory has no room for its arguments`);
}

/** Names a task in a message, as a thing of the kind `code`. */
export function writeTask(code: number, task: Task, to: ReferenceWriter): void {
  const { address, tid, name, daemon } = task.slot;
  to.integer(code);
  to.integer(address);
  to.integer(tid);
  to.string(name);
  to.integer(daemon ? 1 : 0);
}

/** What {@link writeTask} named. */
export function readTask(from: ReferenceReader): AttachedTask {
  const address = from.integer();
  const tid = from.integer();
  const name = from.string();
  return new AttachedTask(address, tid, name, from.integer() === 1);
}
