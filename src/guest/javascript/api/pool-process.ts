import { TASK_JOB, TASK_STATE, TASK_TID } from '../../../kernel/layout';
import { TaskStateCode } from '../../../protocol/words';
import { k } from '../runtime';
import { POOL_WORKER } from '../start-message';
import { identity } from './identity';
import { Process } from './process';

/** A process of a pool: takes jobs until there are none. */
export class PoolProcess extends Process {
  constructor(private readonly job: readonly unknown[]) {
    super(poolTarget, [], { name: identity.nextName('PoolWorker', ''), daemon: true });
  }

  override start(): void {
    this.begin(POOL_WORKER, this.job);
  }

  /** Whether it is worth asking, under the kernel lock, whether it still lives. */
  get seemsEnded(): boolean {
    return (
      this.status === undefined && Atomics.load(k.words, this.address + TASK_STATE) >= TaskStateCode.zombie
    );
  }

  /** Number of the job that it was in when it ended, or 0. */
  get unfinishedJob(): number {
    return k.words[this.address + TASK_TID] === this.tid ? k.words[this.address + TASK_JOB] : 0;
  }
}

function poolTarget(): void {
  // Never called: its worker runs the pool's jobs.
}
