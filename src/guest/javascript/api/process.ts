import {
  TASK_FLAGS,
  TASK_HIGH,
  TASK_PARENT,
  TASK_PID,
  TASK_STATE,
  TASK_TID,
  TaskFlag,
  taskAddress,
} from '../../../kernel/layout';
import { killProcess } from '../../../kernel/task';
import { INIT_PID } from '../../../protocol/ids';
import { Signal, StartMethodCode, TaskStateCode } from '../../../protocol/words';
import { ValueError } from '../errors';
import { targetNumber } from '../program';
import { k, refuseWhileLoading } from '../runtime';
import { encodeStart } from '../start-message';
import { identity } from './identity';
import { offer } from './offered';
import { SendableCode, addSendable } from './sendable';
import { AttachedTask, Task, readTask, writeTask } from './task';

export interface TaskSettings {
  readonly name?: string;
  /** A daemon is ended with the process that started it; nobody waits for it. */
  readonly daemon?: boolean;
}

type Target = (...parameters: never[]) => unknown;

/** Processes that this worker has started, by number. */
const children = new Map<number, Process>();

export class Process extends Task {
  private readonly target: unknown;
  private readonly parameters: readonly unknown[];

  constructor(target: Target | AttachedTask, args: readonly unknown[] = [], settings: TaskSettings = {}) {
    if (target instanceof AttachedTask) {
      super(target.name, target.daemon, target);
      this.target = undefined;
      this.parameters = [];
      return;
    }
    requireArguments(target, args, 'a Process');
    super(settings.name ?? identity.nextName('Process', target.name), settings.daemon ?? isDaemon());
    this.target = target;
    this.parameters = args;
  }

  start(): void {
    refuseWhileLoading('starting a process');
    this.begin(targetNumber(this.target, 'a Process'), this.parameters);
  }

  /** Asks it to end, as the signal SIGTERM does. */
  terminate(): void {
    this.signal(Signal.SIGTERM);
  }

  /** Ends it, as the signal SIGKILL does. */
  kill(): void {
    this.signal(Signal.SIGKILL);
  }

  /** Its exit status, minus the signal that ended it, or null while it lives. */
  get exitcode(): number | null {
    return this.isAlive() || this.status === undefined ? null : this.status;
  }

  /** Its number, or null before it is started. */
  get pid(): number | null {
    return this.tid === 0 ? null : this.tid;
  }

  protected begin(target: number, parameters: readonly unknown[]): void {
    if (this.tid !== 0) {
      throw new ValueError(`${this.name} has been started already: make a new Process to run it again`);
    }
    if (isDaemon()) {
      throw new ValueError(
        'a daemon process cannot start processes: it may be ended at any moment, and they would be left',
      );
    }
    const names = { name: this.name, processName: this.name, parentName: identity.processName };
    const message = encodeStart(target, names, parameters);
    this.startWith({ ...message, method: StartMethodCode.spawn });
    children.set(this.tid, this);
  }

  private signal(signal: number): void {
    if (this.tid === 0) throw new ValueError(`${this.name} cannot be ended before it is started`);
    if (this.status === undefined) killProcess(k, this.address, this.tid, signal);
  }
}

export function currentProcess(): Process {
  const pid = k.words[k.current + TASK_PID];
  const address = addressOf(pid);
  return new Process(new AttachedTask(address, pid, identity.processName, isDaemonAt(address)));
}

/** The process that started this one, or null in the first and where that process has ended. */
export function parentProcess(): Process | null {
  const pid = k.words[addressOf(k.words[k.current + TASK_PID]) + TASK_PARENT];
  if (pid === INIT_PID) return null;
  const address = addressOf(pid);
  return new Process(new AttachedTask(address, pid, identity.parentName, isDaemonAt(address)));
}

/**
 * The processes that this one has started and that have not ended. Collects those that have, as Python does.
 */
export function activeChildren(): Process[] {
  const pid = k.words[k.current + TASK_PID];
  const found: Process[] = [];
  for (const address of tasks(
    (task) => (k.words[task + TASK_FLAGS] & TaskFlag.Process) !== 0 && k.words[task + TASK_PARENT] === pid,
  )) {
    const tid = k.words[address + TASK_TID];
    // Started by another thread of this process, it is known here by its number alone.
    const child =
      children.get(tid) ?? new Process(new AttachedTask(address, tid, `Process-${tid}`, isDaemonAt(address)));
    if (child.isAlive()) found.push(child);
  }
  return found;
}

/** Whether the process of this task is a daemon. */
export function isDaemon(): boolean {
  return isDaemonAt(addressOf(k.words[k.current + TASK_PID]));
}

function isDaemonAt(address: number): boolean {
  return (k.words[address + TASK_FLAGS] & TaskFlag.Daemon) !== 0;
}

/** Slots of tasks that have not been collected and for which `wanted` holds. */
export function tasks(wanted: (task: number) => boolean): number[] {
  const { words } = k;
  const found: number[] = [];
  k.lock();
  for (let index = 0; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    const state = words[task + TASK_STATE];
    if (state > TaskStateCode.free && state <= TaskStateCode.zombie && wanted(task)) found.push(task);
  }
  k.unlock();
  return found;
}

function addressOf(pid: number): number {
  return tasks((task) => k.words[task + TASK_TID] === pid)[0] ?? 0;
}

/** What Process and Thread are made of, or what is wrong with it. */
export function requireArguments(target: unknown, args: unknown, what: string): void {
  if (typeof target !== 'function') {
    throw new TypeError(`invalid target: ${what} takes a function of the program's top level`);
  }
  if (!Array.isArray(args)) {
    throw new TypeError(`invalid arguments: ${what} takes the arguments of its function as an array`);
  }
}

offer({ Process, activeChildren, currentProcess, parentProcess });
addSendable<Process>({
  code: SendableCode.Process,
  is: (value) => value instanceof Process,
  write: (value, to) => writeTask(SendableCode.Process, value, to),
  read: (from) => new Process(readTask(from)),
});
