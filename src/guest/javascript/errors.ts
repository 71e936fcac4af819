import { offer } from './api/offered';

/** The exceptions of 'weft', named as in Python. */

/** `get` found nothing in the queue, and did not wait or waited long enough. */
export class Empty extends Error {
  override name = 'Empty';
}
/** `put` found no room in the queue, and did not wait or waited long enough. */
export class Full extends Error {
  override name = 'Full';
}
/** What was waited for did not come in time. */
export class TimeoutError extends Error {
  override name = 'TimeoutError';
}
/** The barrier was broken, aborted or reset while somebody waited, or is broken already. */
export class BrokenBarrierError extends Error {
  override name = 'BrokenBarrierError';
}
/** Nothing is left to read and nobody can write any more. */
export class EOFError extends Error {
  override name = 'EOFError';
}
/** Nobody can read any more what is sent. */
export class BrokenPipeError extends Error {
  override name = 'BrokenPipeError';
}
/** An argument or the state of an object does not allow what is asked. */
export class ValueError extends Error {
  override name = 'ValueError';
}
/** The machine cannot do what is asked: a table is full, a connection is closed. */
export class OSError extends Error {
  override name = 'OSError';
}
/** The machine's memory is full. */
export class MemoryError extends Error {
  override name = 'MemoryError';
}
/** A message is longer than the machine passes on. */
export class MessageTooLarge extends Error {
  override name = 'MessageTooLarge';
}
/** A process of a pool ended in the middle of a job. */
export class ProcessDied extends Error {
  override name = 'ProcessDied';
}

export const errorClasses = {
  Empty,
  Full,
  TimeoutError,
  BrokenBarrierError,
  EOFError,
  BrokenPipeError,
  ValueError,
  OSError,
  MemoryError,
  MessageTooLarge,
  ProcessDied,
};

offer(errorClasses);
