import { TASK_FLAGS, TaskFlag } from '../../../kernel/layout';
import { StartMethodCode } from '../../../protocol/words';
import { ValueError } from '../errors';
import { targetNumber } from '../program';
import { k, refuseWhileLoading } from '../runtime';
import { encodeStart } from '../start-message';
import { identity } from './identity';
import { offer } from './offered';
import { requireArguments, type TaskSettings } from './process';
import { SendableCode, addSendable } from './sendable';
import { AttachedTask, Task, readTask, writeTask } from './task';

type Target = (...parameters: never[]) => unknown;

export class Thread extends Task {
  private readonly target: unknown;
  private readonly parameters: readonly unknown[];

  constructor(target: Target | AttachedTask, args: readonly unknown[] = [], settings: TaskSettings = {}) {
    if (target instanceof AttachedTask) {
      super(target.name, target.daemon, target);
      this.target = undefined;
      this.parameters = [];
      return;
    }
    requireArguments(target, args, 'a Thread');
    super(settings.name ?? identity.nextName('Thread', target.name), settings.daemon ?? isDaemonThread());
    this.target = target;
    this.parameters = args;
  }

  start(): void {
    refuseWhileLoading('starting a thread');
    if (this.tid !== 0) {
      throw new ValueError(`${this.name} has been started already: make a new Thread to run it again`);
    }
    // The handles are those of its process, which has them open.
    const { processName, parentName } = identity;
    const names = { name: this.name, processName, parentName };
    const { argumentBytes } = encodeStart(targetNumber(this.target, 'a Thread'), names, this.parameters);
    this.startWith({ argumentBytes, method: StartMethodCode.thread });
  }

  /** Its number, or null before it is started. */
  get ident(): number | null {
    return this.tid === 0 ? null : this.tid;
  }
}

/** The thread that runs this: in a process without threads its first, which is called as the process is. */
export function currentThread(): Thread {
  return new Thread(new AttachedTask(k.current, k.currentTid, identity.name, isDaemonThread()));
}

function isDaemonThread(): boolean {
  const flags = k.words[k.current + TASK_FLAGS];
  return (flags & TaskFlag.Process) === 0 && (flags & TaskFlag.Daemon) !== 0;
}

offer({ Thread, currentThread });
addSendable<Thread>({
  code: SendableCode.Thread,
  is: (value) => value instanceof Thread,
  write: (value, to) => writeTask(SendableCode.Thread, value, to),
  read: (from) => new Thread(readTask(from)),
});
