/**
 * The small vocabularies that cross every boundary as numbers: task states, reasons to wait, kinds of object, ways to
 * start a task. A name here is the word used in the trace on disk, in the docs and, through the catalogue, on the page.
 * Numbers are part of the memory and ring formats: append, never renumber.
 */

export const TASK_STATES = ['free', 'new', 'ready', 'running', 'blocked', 'stopped', 'zombie', 'dead'] as const;
export type TaskState = (typeof TASK_STATES)[number];
export const TaskStateCode = codesOf(TASK_STATES);

/** Why a task is blocked. */
export const BLOCK_REASONS = [
  'none', 'gil', 'lock', 'semaphore', 'condition', 'event', 'barrier', 'queue full', 'queue empty', 'pipe full',
  'pipe empty', 'accept', 'receive', 'join', 'wait', 'sleep', 'input', 'pool', 'unfinished', 'connect', 'select', 'signal', 'await',
  'program',
] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];
export const BlockReasonCode = codesOf(BLOCK_REASONS);

/** Why a task became ready. */
export const READY_CAUSES = ['started', 'woken', 'timed out', 'interrupted', 'preempted', 'continued'] as const;
export type ReadyCause = (typeof READY_CAUSES)[number];
export const ReadyCauseCode = codesOf(READY_CAUSES);

export const OBJECT_TYPES = [
  'none', 'lock', 'rlock', 'semaphore', 'bounded semaphore', 'condition', 'event', 'barrier', 'queue', 'joinable queue',
  'simple queue', 'pipe', 'value', 'array', 'pool', 'heap', 'gil', 'socket', 'listener', 'connection', 'future', 'file',
  'variable',
] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];
export const ObjectTypeCode = codesOf(OBJECT_TYPES);

/** How a task came to be. `initial` is the program's first process. */
export const START_METHODS = ['thread', 'fork', 'spawn', 'forkserver', 'initial', 'coroutine'] as const;
export type StartMethod = (typeof START_METHODS)[number];
export const StartMethodCode = codesOf(START_METHODS);

/** Why a run ended. */
export const END_REASONS = ['finished', 'stopped', 'timeout', 'panic', 'stuck', 'step limit'] as const;
export type EndReason = (typeof END_REASONS)[number];
export const EndReasonCode = codesOf(END_REASONS);

/** What a finding is about. */
export const FINDING_KINDS = [
  'deadlock', 'asleep for ever', 'child never joined', 'queue never drained', 'lock held by the dead', 'data race',
  'lost update', 'worker died', 'never ends', 'replay parted',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];
export const FindingKindCode = codesOf(FINDING_KINDS);

/** Who decides, in virtual time, which ready task goes next: see docs/scheduling.md. */
export const POLICIES = ['fifo', 'round-robin', 'priority', 'random', 'pct', 'replay', 'manual'] as const;
export type PolicyName = (typeof POLICIES)[number];
export const PolicyCode = codesOf(POLICIES);

/** Signal numbers as on Linux. */
export const Signal = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10,
  SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGSTKFLT: 16, SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19,
  SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28,
  SIGIO: 29, SIGPWR: 30, SIGSYS: 31,
} as const;

/** What a process does on a signal: its default action, nothing, or code of its own. */
export const SIGNAL_ACTIONS = ['default', 'ignore', 'catch'] as const;
export const SignalActionCode = codesOf(SIGNAL_ACTIONS);

/** How a signal was taken: by the default action, by a handler, by being ignored, or by a call that waits for it. */
export const DELIVERIES = ['default', 'handler', 'ignored', 'awaited'] as const;
export const DeliveryCode = codesOf(DELIVERIES);

/** What one step of a program's own code is, in virtual time: a loop turn or a call; or a line, or a bytecode, too. */
export const STEP_KINDS = ['call', 'line', 'bytecode'] as const;
export type StepKind = (typeof STEP_KINDS)[number];
export const StepKindCode = codesOf(STEP_KINDS);

function codesOf<const Names extends readonly string[]>(names: Names): { readonly [Name in Names[number]]: number } {
  return Object.fromEntries(names.map((name, code) => [name, code])) as { [Name in Names[number]]: number };
}
