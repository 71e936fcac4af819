/** What a program imports from 'weft'. */
export { Barrier } from './barrier';
export { Condition } from './condition';
export { cpuCount, input, print, printError, sleep } from './console';
export { Event } from './event';
export { heap } from './heap';
export { Lock, RLock, withLock } from './lock';
export { Pipe } from './pipe';
export { Pool } from './pool';
export { Process, activeChildren, currentProcess, parentProcess } from './process';
export { JoinableQueue, Queue, SimpleQueue } from './queue';
export { BoundedSemaphore, Semaphore } from './semaphore';
export { SharedArray, Value } from './shared';
export { Thread, currentThread } from './thread';
export { exit } from '../run-task';
export {
  BrokenBarrierError,
  BrokenPipeError,
  EOFError,
  Empty,
  Full,
  MemoryError,
  MessageTooLarge,
  OSError,
  ProcessDied,
  TimeoutError,
  ValueError,
} from '../errors';
