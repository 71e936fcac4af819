import { DONE } from '../../../protocol/errno';
import { acquireSemaphore, createSemaphore, releaseSemaphore, semaphoreValue } from '../../../kernel/sync/semaphore';
import { markPart } from '../../../kernel/program-objects';
import type { NativeFunction } from '../interpreter/native-module';
import { wholeOf } from './whole';
import { deadlineAfter, kernelInTurn, kernelOf, type ProcessState } from '../process-state';

/** Semaphores between processes: their addresses are good in every process. */
export function semaphoreCalls(process: ProcessState): Record<string, NativeFunction> {
  return {
    /** sem_new(type, value, maximum, name): its address, or an errno. */
    sem_new(native, args) {
      const k = kernelInTurn(process);
      const at = createSemaphore(k, native.int(args, 0), native.int(args, 1), native.int(args, 2), native.text(args, 3));
      const whole = wholeOf(process);
      if (at > 0 && whole !== 0) markPart(k, at, whole);
      return native.fromInt(at);
    },
    /** sem_acquire(address, seconds): whether it was acquired. */
    sem_acquire(native, args) {
      const k = kernelOf(process);
      const at = native.int(args, 0);
      const deadline = deadlineAfter(k, native.number(args, 1));
      return process.stacks.operate(() => acquireSemaphore(k, at, deadline), (outcome) => native.fromBoolean(outcome === DONE));
    },
    /** sem_release(address): whether it was; not where it would be above its maximum. */
    sem_release: (native, args) => native.fromBoolean(releaseSemaphore(kernelInTurn(process), native.int(args, 0), 1) === DONE),
    sem_value: (native, args) => native.fromInt(semaphoreValue(kernelInTurn(process), native.int(args, 0))),
  };
}
