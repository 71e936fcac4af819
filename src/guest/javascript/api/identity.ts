/** Who this worker's task is, beside what the kernel knows of it. */
class Identity {
  /** Name of the task, and of its process where it is a thread. */
  name = 'main';
  processName = 'main';
  /** Name of the process that started this task's process, which may have ended since. */
  parentName = '';
  private readonly counts = { Process: 0, Thread: 0, PoolWorker: 0 };

  /** A name as Python gives it: `Process-2 (consumer)`, of a child of the second process `Process-2:1`. */
  nextName(kind: 'Process' | 'Thread' | 'PoolWorker', target: string): string {
    const own = /^\w+-([\d:]+)/.exec(this.name)?.[1];
    const number = `${own === undefined ? '' : `${own}:`}${++this.counts[kind]}`;
    return target === '' ? `${kind}-${number}` : `${kind}-${number} (${target})`;
  }
}
export const identity = new Identity();
