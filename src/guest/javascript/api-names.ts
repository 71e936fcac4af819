/**
 * What a program can import from 'weft', for the page: the worker has the things themselves (a test compares
 * the two).
 */

/**
 * Classes and functions whose result is an object of the kernel that carries the name of the program's
 * variable.
 */
export const NAMED_OBJECTS = [
  'Lock',
  'RLock',
  'Semaphore',
  'BoundedSemaphore',
  'Condition',
  'Event',
  'Barrier',
  'Queue',
  'JoinableQueue',
  'SimpleQueue',
  'Pipe',
  'Value',
  'SharedArray',
  'Pool',
] as const;

/**
 * The modules of the API (api/NAME.ts) that a worker has only where its program imports something of them, with what they
 * offer. Every worker has the others.
 */
export const API_PARTS: Readonly<Record<string, readonly string[]>> = {
  barrier: ['Barrier'],
  condition: ['Condition'],
  event: ['Event'],
  heap: ['heap'],
  lock: ['Lock', 'RLock', 'withLock'],
  pipe: ['Pipe'],
  pool: ['Pool'],
  queue: ['JoinableQueue', 'Queue', 'SimpleQueue'],
  semaphore: ['BoundedSemaphore', 'Semaphore'],
  shared: ['SharedArray', 'Value'],
  thread: ['Thread', 'currentThread'],
};

export const API_NAMES = [
  ...NAMED_OBJECTS,
  'Process',
  'Thread',
  'currentProcess',
  'currentThread',
  'parentProcess',
  'activeChildren',
  'heap',
  'withLock',
  'sleep',
  'print',
  'printError',
  'input',
  'exit',
  'cpuCount',
  'Empty',
  'Full',
  'TimeoutError',
  'BrokenBarrierError',
  'EOFError',
  'BrokenPipeError',
  'ValueError',
  'OSError',
  'MemoryError',
  'MessageTooLarge',
  'ProcessDied',
] as const;
