import { BlockReasonCode, TaskStateCode } from '../../protocol/words';
import { alarmOf } from '../alarms';
import { chainBytes } from '../ipc/chain';
import { someWatched, watchedBy } from '../ipc/pollers';
import { isListening } from '../ipc/socket-words';
import type { Kernel } from '../kernel';
import {
  CPU_TIME, INPUT_CHAIN, INPUT_CLOSED, INPUT_SINCE, INPUT_WAITERS, OPERATIONS, READER_MAY_CONNECT, RUN_QUEUE, TASK_BLOCK_REASON,
  TASK_DEADLINE, TASK_HIGH, TASK_READY_NEXT, TASK_STATE, VAIN_OPERATIONS, VAIN_WAITS, taskAddress,
} from '../layout';
import { wakeAll, wakeOne } from '../wait-queue';
import { hindmostCpu } from './cpus';
import { isStopped } from './run-queue';

/**
 * The reader types as fast as the reader types, and a run must not depend on that. So while a task waits for a line the others
 * go on with what they can do now, but no sleep ends: a line comes to the program at the moment at which nobody can do more, or,
 * where somebody computes on and on, when the wait has lasted so long; until there is a line the clock stands there.
 */
const PATIENCE = 100e6;
/**
 * A server that waits for a client may wake up now and then to look for other things (`serve_forever` twice a second). Once it has
 * done so this often and nothing else, it is taken to wait for the reader.
 */
const MOST_VAIN_WAITS = 20;
/** Operations of such a wait: to begin it, and to learn that its time is over. One that looks at several things has looked at each before. */
const OPERATIONS_OF_WAIT = 2;

/** Whether the clock stands until the reader's line is there. Callers hold the kernel lock. */
export function standsForReader(k: Kernel): boolean {
  const { words, doubles } = k;
  if (words[INPUT_WAITERS] === 0) return false;
  const cpu = hindmostCpu(k);
  return cpu === 0 ? !someoneIsReady(k) : doubles[(cpu + CPU_TIME) >> 1] >= timeForReader(k);
}

/** When the executing task must ask, because a task waits for the reader. */
export function timeForReader({ words, doubles }: Kernel): number {
  return words[INPUT_WAITERS] === 0 ? Infinity : doubles[INPUT_SINCE >> 1] + PATIENCE;
}

/** Wakes who waits for the reader, if there is something for them. */
export function serveReader(k: Kernel): boolean {
  if (chainBytes(k, INPUT_CHAIN) > 0) wakeOne(k, INPUT_WAITERS);
  else if (k.words[INPUT_CLOSED] === 1) wakeAll(k, INPUT_WAITERS);
  else return false;
  return true;
}

/**
 * Whether the clock stands until the reader comes as a client: nobody can do anything, some task waits for a client, and whoever
 * waits for a time does so only beside that. Callers hold the kernel lock.
 */
export function standsForClient(k: Kernel): boolean {
  const { words, doubles } = k;
  if (words[READER_MAY_CONNECT] === 0 || hindmostCpu(k) !== 0 || someoneIsReady(k)) return false;
  let operations = 0;
  let earliest = Infinity;
  let ofClients = Infinity;
  for (let index = 0; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    earliest = Math.min(earliest, alarmOf(k, task));
    if (words[task + TASK_STATE] !== TaskStateCode.blocked) continue;
    const deadline = doubles[(task + TASK_DEADLINE) >> 1];
    if (!awaitsClient(k, task)) {
      earliest = Math.min(earliest, deadline);
      continue;
    }
    operations += OPERATIONS_OF_WAIT + watchedBy(k, task);
    ofClients = Math.min(ofClients, deadline);
  }
  if (operations === 0 || earliest !== Infinity) return false;
  const isVain = words[OPERATIONS] - words[VAIN_OPERATIONS] <= operations;
  words[VAIN_OPERATIONS] = words[OPERATIONS];
  words[VAIN_WAITS] = isVain ? words[VAIN_WAITS] + 1 : 0;
  return ofClients === Infinity || words[VAIN_WAITS] >= MOST_VAIN_WAITS;
}

/** Whether some task waits for a client. Callers hold the kernel lock. */
export function someoneAwaitsClient(k: Kernel): boolean {
  for (let index = 1; index < k.words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (k.words[task + TASK_STATE] === TaskStateCode.blocked && awaitsClient(k, task)) return true;
  }
  return false;
}

function awaitsClient(k: Kernel, task: number): boolean {
  const reason = k.words[task + TASK_BLOCK_REASON];
  return reason === BlockReasonCode.accept
    || (reason === BlockReasonCode.select && someWatched(k, task, (object) => isListening(k, object)));
}

function someoneIsReady(k: Kernel): boolean {
  for (let task = k.words[RUN_QUEUE]; task !== 0; task = k.words[task + TASK_READY_NEXT]) if (!isStopped(k, task)) return true;
  return false;
}
