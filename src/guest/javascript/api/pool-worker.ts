import { finishJob, takeJob } from '../../../kernel/ipc/pool';
import { DONE, EMSGSIZE, PARKED } from '../../../protocol/errno';
import { JOB_START, decodeAt, encodeAt } from '../codec/codec';
import { MemoryError, MessageTooLarge } from '../errors';
import { summaryOf } from '../report';
import { previewOf } from '../preview';
import { program } from '../program';
import { block, k } from '../runtime';
import { POOL_WORKER, ownTargets } from '../start-message';

/** What the processes of a pool are started with. */
export type PoolArguments = [
  pool: number,
  initializer: number,
  initArgs: readonly unknown[],
  maxTasks: number,
];

/**
 * A job: number of the function, how the function is called, and with what. One item and many are answered by
 * one value and by an array.
 */
export type Job = [target: number, call: number, argument: unknown];
export const Call = { Spread: 0, One: 1, EachOne: 2, EachSpread: 3 } as const;

/** The answer to a job: true and its value, or false and the error. */
export type JobAnswer = [good: boolean, value: unknown];

/** What a process of a pool does: takes jobs until there are none, or `maxTasks` of them (0: any number). */
export function runPoolWorker([pool, initializer, initArgs, maxTasks]: PoolArguments): void {
  if (initializer >= 0) program.functionOf(initializer)(...initArgs);
  for (let done = 0; maxTasks === 0 || done < maxTasks; done++) {
    let outcome = takeJob(k, pool, Infinity);
    while (outcome === PARKED) {
      block();
      outcome = takeJob(k, pool, Infinity);
    }
    if (outcome !== DONE) return;
    const job = k.scratchWords[1];
    answer(pool, job, attempt());
  }
}

/** Does the job in the scratch. */
function attempt(): JobAnswer {
  try {
    const [target, call, argument] = decodeAt(JOB_START) as Job;
    return [true, perform(program.functionOf(target), call, argument)];
  } catch (error) {
    return [false, error];
  }
}

function perform(target: (...parameters: unknown[]) => unknown, call: number, argument: unknown): unknown {
  switch (call) {
    case Call.One:
      return target(argument);
    case Call.Spread:
      return target(...(argument as unknown[]));
    case Call.EachOne:
      return (argument as unknown[]).map((item) => target(item));
    default:
      return (argument as unknown[][]).map((items) => target(...items));
  }
}

function answer(pool: number, job: number, result: JobAnswer): void {
  const outcome = hand(pool, job, result);
  if (outcome === DONE) return;
  const error =
    outcome === EMSGSIZE
      ? new MessageTooLarge('the result of a job is too long: return less')
      : new MemoryError("the machine's memory has no room for the result of a job");
  // Where there is no room for that either the process ends with its job undone, which the pool finds out.
  if (hand(pool, job, [false, error]) !== DONE) throw error;
}

function hand(pool: number, job: number, result: JobAnswer): number {
  let [good, value] = result;
  let length: number;
  try {
    length = encodeAt(result, JOB_START);
  } catch (error) {
    // What a job answers or throws must be sendable; that it is not is the answer then.
    good = false;
    value = error;
    length = encodeAt([false, error], JOB_START);
  }
  k.scratchWords[1] = job;
  const preview = !k.tracing ? 0 : good ? previewOf(value) : summaryOf(value);
  return finishJob(k, pool, !good, length, preview);
}

ownTargets.set(POOL_WORKER, (...parameters: unknown[]) => runPoolWorker(parameters as unknown as PoolArguments));
