/**
 * The trace as it crosses memory: a ring of fixed records, written by whoever holds the kernel lock, so that the order
 * of records is the order in which things happened. The written format for people is docs/trace-format.md.
 *
 * A record is {@link RECORD_WORDS} 32-bit words:
 *
 * | word | field  | meaning                                                                              |
 * |------|--------|--------------------------------------------------------------------------------------|
 * | 0    | head   | kind (bits 0-7), detail (8-15), extra (16-31)                                        |
 * | 1    | task   | the task that the event is about                                                     |
 * | 2-3  | time   | float64, nanoseconds since the start of the run                                      |
 * | 4    | object | the object it is about, or 0                                                         |
 * | 5    | place  | file and line of the program's own text where the acting task was, or 0              |
 * | 6    | other  | a second task or a number: see each kind                                             |
 * | 7    | value  | 0 none; odd: the integer `value >> 1`; even: the interned text `value >> 1`          |
 *
 * A `string` record defines an interned text: `other` is its number, `object` its length in UTF-8 bytes; the bytes fill
 * as many following records as they need.
 */

export const RECORD_WORDS = 8;
export const RECORD_BYTES = RECORD_WORDS * 4;

/** Every kind of event with what its `detail`, `object`, `other` and `value` hold. Append only. */
export const EVENT_KINDS = [
  'none',
  /** Definition: `other` string id, `object` byte length; bytes follow. Not an event. */
  'string',
  /** Definition: `other` index of a file, `value` its name. Not an event. */
  'file',

  /** `task` creates `other`; `object` pid of the new task (its own number: a process); detail StartMethod; extra bit 0 daemon, bit 1 machinery (a library's own thread); value name. */
  'task-new',
  /** `task` became ready; detail ReadyCause; `other` the task that woke it (0: the machine or time); `object` what it waited on; place of the waker. */
  'task-ready',
  /** `task` runs; `other` the CPU it runs on. */
  'task-run',
  /** `task` is blocked on `object`; detail BlockReason; `other` the task it waits for (join, wait) or the holder, or 0; value timeout in µs or none. */
  'task-block',
  /** `task` ended; `other` exit status (negative: minus the signal); a process is a zombie until `task-reap`, a thread is dead; value: why, in words, or none. */
  'task-exit',
  /** `task` collected the exit status of `other`, which is dead now. */
  'task-reap',
  /** `task` has a new parent: `other`. */
  'task-adopt',
  'task-stop',
  'task-continue',
  /** The task `other` is now called `value`. */
  'task-name',
  /** `task` sends signal `detail` to `other`. */
  'signal-send',
  /** `task` takes signal `detail`; `other` is a code of DELIVERIES. */
  'signal-deliver',

  /** `task` made `object`; detail ObjectType; `other` capacity or initial value; value name. */
  'object-new',
  /** `object` is called `value`. */
  'object-name',
  /** `object` is machinery inside the object `other` (the pipe inside a queue). */
  'object-part',
  /** `task` closed `object`; detail: which end (0 all, 1 reading, 2 writing). */
  'object-close',

  /** `task` has `object` now; `other` the semaphore's value after, or the depth of recursion. */
  'acquire',
  /** `task` gave `object` back; `other` the semaphore's value after, or the depth of recursion left. */
  'release',
  /** An operation of `task` on `object` gave up; detail: minus its errno (bounded to 255); value: the operation's name. */
  'give-up',
  /** `task` notified `other` waiters of the condition `object`. */
  'notify',
  /** The event `object` was set. */
  'set',
  /** The event `object` was cleared. */
  'clear',
  /** `task` arrived at the barrier `object`; `other` how many wait there now. */
  'barrier-arrive',
  /** The barrier opened; `other` how many went through. */
  'barrier-open',
  'barrier-break',
  'barrier-reset',

  /** `task` put `value` into `object`; `other` items in it after. The nth put is the nth get. */
  'put',
  /** `task` took `value` out of `object`; `other` items in it after. */
  'get',
  /** `other` items of `object` are unfinished after this. */
  'task-done',
  /** `task` sent `value` on `object`, towards end `detail` (0 or 1); `other` bytes in the pipe after. The nth send towards an end is its nth receive. */
  'send',
  /** `task` received `value` on `object` at end `detail`; `other` bytes in the pipe after. */
  'receive',
  /** `task` read `value` from slot `other` of `object`. */
  'load',
  /** `task` wrote `value` into slot `other` of `object`. */
  'store',

  /** `task` gave job `other` to the pool `object`; value: what it is, in short. */
  'job-submit',
  /** `task` takes up job `other`. */
  'job-start',
  /** `task` finished job `other`; detail 0 with a result, 1 with an error; value: which, in short. */
  'job-end',

  /** `task` printed `value`; detail 1 stdout, 2 stderr. */
  'output',
  /** `task` read the line `value` from the reader. */
  'input',

  /** `task` begins the program-level operation `value` on `object`; what follows until its `return` is machinery. */
  'call',
  /** `task` is back from it; detail 0 normally, 1 with an exception; value: the result, in short. */
  'return',
  /** `task` is at `place`. */
  'line',

  /** Something found while running; detail FindingKind; value: a FindingData as JSON (protocol/findings.ts), or none. */
  'finding',
  /** A broken invariant stopped the machine; value: the fact. */
  'panic',
  /** The run ended; detail EndReason; `other` exit status; value: in virtual time the steps that all tasks did. Always the last record. */
  'run-end',
  /** For a search: `task` goes on where `other` could have; value: the steps of its turn, or none where a CPU was free. */
  'branch',

  /** The variable `object` of the program had `value` when `task` came to its next operation; recorded when it is another than before. */
  'variable',
  /** `task` is in these calls now: `value` names them, the innermost first, `put < work:12 < <module>:30`; `other`: how deep, where not all are named. */
  'calls',

  // Only where the run looks for data races:
  /** `task` has waited for the end of `other`, which has ended. */
  'task-join',
  /** `task` is about to read the variable `other`, which is called `value`. */
  'variable-read',
  /** `task` is about to write the variable `other`, which is called `value`. */
  'variable-write',

  /** A local variable of the program has the number `other` in the process of `task`; value: its function and name, `Shop.sell.total`. */
  'local-name',
  /** In the call of `task` at depth `extra` (1: the outermost) local variable `other` is `value` now; without a value: not there any more. */
  'local',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];
export const EventKindCode = Object.fromEntries(EVENT_KINDS.map((name, code) => [name, code])) as {
  readonly [Name in EventKind]: number;
};

/** Packs an integer into a record's value word; integers beyond 31 bits do not fit and answer undefined. */
export function valueOfInteger(integer: number): number | undefined {
  return (integer << 1) >> 1 === integer ? (integer << 1) | 1 : undefined;
}
/** Packs the number of an interned text into a record's value word. */
export function valueOfString(id: number): number {
  return id << 1;
}
export function valueIsInteger(value: number): boolean {
  return (value & 1) === 1;
}
