import type { NativeClass } from '../interpreter/native-class';
import type { NativeFunction } from '../interpreter/native-module';
import type { ProcessState } from '../process-state';
import { cellCalls } from './cells';
import { coroutineCalls } from './coroutines';
import { errorCalls } from './errors';
import { fileLockCalls } from './file-locks';
import { greenletCalls } from './greenlets';
import { programObjectCalls } from './program-objects';
import { memoryCalls } from './memory';
import { processCalls } from './processes';
import { semaphoreCalls, semaphoreClass } from './semaphores';
import { sharedMemoryCalls } from './shared-memory';
import { signalCalls } from './signals';
import { socketCalls } from './sockets';
import { stepCalls } from './steps';
import { threadCalls } from './threads';
import { variableCalls } from './variables';

/** All functions of the Python module `_weft`. Their order is part of a memory image. */
export function calls(process: ProcessState): Record<string, NativeFunction> {
  return { ...cellCalls(process), ...threadCalls(process), ...semaphoreCalls(process), ...processCalls(process), ...signalCalls(process),
    ...programObjectCalls(process), ...sharedMemoryCalls(process), ...socketCalls(process), ...greenletCalls(process),
    ...coroutineCalls(process), ...errorCalls(), ...memoryCalls(process), ...fileLockCalls(process),
    ...stepCalls(process), ...variableCalls(process) };
}

/** All classes of it; their order is part of an image, too. */
export function classes(process: ProcessState): NativeClass[] {
  return [semaphoreClass(process)];
}
