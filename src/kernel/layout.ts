/**
 * The memory map: every word of the machine's memory, its meaning and what guards it.
 *
 * Addresses are indexes of 32-bit words. Unless a line says otherwise a word is guarded by the kernel lock. Words that
 * are read without it are marked "atomic".
 *
 * | region  | starts at     | holds                                                        |
 * |---------|---------------|--------------------------------------------------------------|
 * | header  | 0             | the kernel lock, counters, the state of the run              |
 * | workers | WORKERS       | one slot a worker: its sleep word, its ready tasks           |
 * | tasks   | TASKS         | one slot a task                                              |
 * | objects | OBJECTS       | one slot a lock, queue, pipe, ...                            |
 * | handles | HANDLES       | open ends of pipes, by process                               |
 * | ring    | RING          | trace records on their way to the recorder                   |
 * | pages   | pages of `memory` after the ring | messages, arguments, shared values: see page-allocator.ts |
 */

import { RECORD_WORDS } from '../protocol/trace-events';

export const MAGIC_VALUE = 0x57454654; // "WEFT"

// --- header -----------------------------------------------------------------------------------------------------
export const MAGIC = 0;
/** Atomic. Bit 0: held; bit 1: somebody sleeps on it. See futex.ts. */
export const KERNEL_LOCK = 1;
/**
 * Who has the kernel lock or had it last (number + 1, bits 0 to 9), and how often it was taken (the rest): a lock that is
 * held while this stands still is held by the dead.
 */
export const LOCK_OWNER = 2;
export const LOCK_OWNER_BITS = 10;
/** Atomic. A {@link RunState}. */
export const RUN_STATE = 3;
export const NEXT_TID = 4;
export const NEXT_OBJECT_ID = 5;
export const NEXT_STRING_ID = 6;
/** 1: every event is recorded; 0: only those that must be shown. Constant in a run. */
export const TRACING = 7;
/** Atomic. Records written since the start, modulo 2^32. */
export const RING_HEAD = 8;
/** Atomic. Records drained since the start, modulo 2^32; writers out of room sleep on it. */
export const RING_TAIL = 9;
/** Atomic. The recorder sleeps on it; raised when the ring is half full and when the run has ended. */
export const RING_BELL = 10;
/** Tasks that have not ended. The run is over when it falls to 0. */
export const LIVE_TASKS = 11;
/** Exit status of the program's first process, for the end of the run. */
export const EXIT_STATUS = 12;
export const FREE_TASK_HEAD = 13;
export const FREE_TASK_TAIL = 14;
export const FREE_OBJECT = 15;
/** Highest object slot ever used, so that loops over objects end there. */
export const OBJECT_HIGH = 16;
/** Number of pages, and of those that are free: see page-allocator.ts. */
export const PAGE_COUNT = 17;
export const FREE_PAGES = 18;
/** Task table high-water mark, for loops over tasks. */
export const TASK_HIGH = 19;
/** Tasks that wait in `input`, and the lines that the reader gave: a message chain as in ipc/chain.ts. */
export const INPUT_WAITERS = 20; // 2 words
export const INPUT_CHAIN = 22; // CHAIN_WORDS words
export const INPUT_CLOSED = 28;
/** A code of END_REASONS: why the run ends when its last task does. */
export const END_REASON = 29;
/** Tasks that wait for any of several streams. */
export const POLLERS = 34; // 2 words
export const FREE_HANDLE = 36;
export const HANDLE_HIGH = 37;
/** Drawn by each task that comes to a wait queue: the order of arrival, modulo 2^32. */
export const NEXT_WAIT_TICKET = 39;
/** Atomic. Never rung: workers whose tasks have been ended by others sleep on it. */
export const GRAVE = 38;
/** float64 at a word index that is even: milliseconds since the epoch at the start of the run. Constant in a run. */
export const START_TIME = 30;
/**
 * float64: nanoseconds of the last event, so that time never runs backwards between workers. In virtual time also written
 * without the lock, by the worker whose task executes.
 */
export const LAST_TIME = 32;
/** First free block of each order. */
export const FREE_LISTS = 40; // MAX_ORDER + 1 words
export const MAX_ORDER = 15;
/** First block of shared memory that has a name: see ipc/shared-block.ts. */
export const NAMED_BLOCKS = 56;
/** First name of a local socket, and the port that is tried first when one is to be chosen: see ipc/socket-address.ts. */
export const LOCAL_NAMES = 57;
export const NEXT_PORT = 58;
/** First free record of the files: see files/inode.ts. */
export const FREE_FILE_RECORD = 59;
/** UTF-8 bytes of the panic message, its length first. */
export const PANIC_LENGTH = 60;
export const PANIC_TEXT = 61;
export const PANIC_BYTES = 1024;

export const RunState = { Booting: 0, Running: 1, Ended: 2, Panicked: 3 } as const;

/** The folder of the places at which files lie (or 0), the pages that all files have, and the number of the next file. */
export const FILE_PLACES = 317;
export const FILE_PAGES = 318;
export const NEXT_INODE = 319;

const HEADER_WORDS = 1024;

// --- virtual time -----------------------------------------------------------------------------------------------
// Not used in real time. "Executing": also written without the lock, by the worker whose task executes; nobody else does.
/** 1 in virtual time, 0 in real time. Constant in a run, as is all up to RANDOM_STATE. */
export const VIRTUAL = 320;
export const CPU_COUNT = 321;
/** A code of POLICIES. */
export const POLICY = 322;
/** What random numbers come from: the program's own. */
export const SEED = 323;
/** State of the policy's random numbers. */
export const RANDOM_STATE = 324;
/** Atomic: workers look whether it is theirs. Address of the one task that may execute now, or 0; and its number. */
export const EXECUTING = 325;
export const EXECUTING_TID = 326;
/** Ready tasks that have no CPU, in the order of the times since which they are ready; linked by TASK_READY_NEXT. */
export const RUN_QUEUE = 327;
/** float64: the time from which on the executing task must ask before an operation; -Infinity: before the next. */
export const HORIZON = 328;
/** float64, executing: steps and operations done in the run; and the number of them at which it must ask. */
export const STEPS = 330;
export const STEP_STOP = 332;
/** float64, constant: more than this the program may not do. */
export const STEP_LIMIT = 334;
/** Executing: kernel operations done in the run; the number at which it must ask; and how many it may do. */
export const OPERATIONS = 336;
export const OPERATION_STOP = 337;
export const OPERATION_LIMIT = 338;
/** How many of PCT_CHANGES have happened. */
export const PCT_CHANGED = 339;
/** float64, constant: nanoseconds of a quantum. */
export const QUANTUM = 340;
/** float64: no blocked task has an earlier deadline. */
export const NEXT_DEADLINE = 342;
/** float64: what the operation that is done now costs beyond a kernel call; charged at the next settling. */
export const OWED = 344;
/** float64 each, constant: the cost model. */
export const COST_STEP = 346;
export const COST_CALL = 348;
export const COST_SWITCH = 350;
export const COST_WAKE = 352;
export const COST_THREAD = 354;
export const COST_FORK = 356;
export const COST_SPAWN = 358;
/** Address of the list to be replayed, its length in choices, and the next choice. */
export const REPLAY_LIST = 360;
export const REPLAY_LENGTH = 361;
export const REPLAY_NEXT = 362;
/** 1 once program and list have parted. */
export const REPLAY_PARTED = 363;
/** Numbers of the steps at which PCT lowers a priority, rising; how many there are. */
export const PCT_COUNT = 364;
export const PCT_CHANGES = 366; // 16 words
/** Hashes of the names that go first under the policy `priority`; how many there are. */
export const PRIORITY_COUNT = 365;
export const PRIORITY_NAMES = 382; // 16 words
/** float64: the time up to which the executing task may do its own code without asking. */
export const RUN_AHEAD = 398;
/** float64: since when a task waits for the reader. */
export const INPUT_SINCE = 542;
/** Number of the last variable of which a load or store was seen: see program-objects.ts. */
export const LAST_VARIABLE = 536;
/** 1: loads and stores of variables are recorded, and what puts them in order. Constant in a run, in real time too. */
export const WATCHING = 541;
/** A code of STEP_KINDS. Constant in a run. */
export const STEP_KIND = 540;
/** The virtual CPUs: one slot each. */
export const CPUS = 400; // 128 words
/** How many branches may still be recorded once a replay's list has ended: see sched/branches.ts. -1: it is no search's. */
export const BRANCHES_LEFT = 530;
/** 1: a reader may connect to a server that waits. Constant. How many waits for that have ended in vain, and OPERATIONS then: see sched/reader.ts. */
export const READER_MAY_CONNECT = 531;
export const VAIN_WAITS = 532;
export const VAIN_OPERATIONS = 533;
/** 1 once a timer by the time of CPUs has been set: see cpu-time.ts. */
export const CPU_TIMED = 534;
export const MAX_CHANGES = 16;
export const CPU_WORDS = 16;

// --- pausing ----------------------------------------------------------------------------------------------------
// Virtual time only; written by the page, and by whoever holds the election: see sched/pause.ts.
/** Atomic. A code of PAUSE_CAUSES; 0: the run goes on. */
export const PAUSED = 552;
/** Atomic: the page sleeps on it. How often the run has come to stand still or gone on. */
export const PAUSE_TURNS = 553;
/** Address of the task whose turn it is while the run stands still, or 0. */
export const PAUSE_TASK = 554;
/** 1: the run is to stand still before the next step; before the next step after a switch (2: there was one). */
export const PAUSE_WISH = 555;
export const PAUSE_AT_SWITCH = 556;
/** Number of the task that the reader has chosen to go next, or 0. */
export const ANSWER = 557;
/** float64: how many steps the run had done when the reader was last asked; those, and the time, at which it is to stand still. */
export const ASKED_STEPS = 558;
export const PAUSE_AT_STEP = 560;
export const PAUSE_AT_TIME = 562;
/** float64: how many steps the run does before the reader is asked. */
export const ASK_FROM = 632;
/** Places at which the run stands still when a task comes there; how many there are. */
export const LINE_BREAK_COUNT = 564;
export const LINE_BREAKS = 566; // 64 words
export const MAX_BREAKS = 64;
/** Events at which it stands still, four words each: see sched/event-breaks.ts; how many there are. */
export const EVENT_BREAK_COUNT = 644;
/** 1: one of them has happened, and the run has not stood still for it yet. What it was: its kind and detail, the numbers of its task and object. */
export const EVENT_HIT = 645;
export const EVENT_HIT_KIND = 646;
export const EVENT_HIT_TASK = 647;
export const EVENT_HIT_OBJECT = 648;
export const EVENT_BREAKS = 650; // 64 words
export const MAX_EVENT_BREAKS = 16;

// --- programs side by side --------------------------------------------------------------------------------------
// Virtual time only: see programs-beside.ts.
/** How many programs the run began with; 0: one. */
export const PROGRAMS = 634;
/** First processes of programs that have not begun. */
export const PROGRAM_WAITERS = 635; // 2 words
/** float64: when the run ends because its last program has, or Infinity. */
export const PROGRAMS_END = 638;

// --- CPUs -------------------------------------------------------------------------------------------------------
/** Address of the task that is on it, or 0. */
export const CPU_TASK = 0;
/** float64, executing: how far it has come. An idle one is at no time. */
export const CPU_TIME = 2;
/** float64: when its task has had it for long enough, where another waits for the CPU. */
export const CPU_SLICE_END = 4;
/** float64, executing: steps that its task has done since it was put on it; and (float64) those after which it gives way. */
export const CPU_SLICE_STEPS = 6;
export const CPU_SLICE_STEP_END = 8;
/** 1: its task gives it up, if another waits for it. */
export const CPU_YIELDS = 10;
/** 1: its task is in the middle of something, and waits on the CPU for its turn. */
export const CPU_KEPT = 11;
/** float64: when its task has had the GIL for long enough, where another thread of its process waits for that. */
export const CPU_GIL_END = 12;
/** float64: CPU_TIME when its task came. */
export const CPU_SINCE = 14;

// --- workers ----------------------------------------------------------------------------------------------------
export const WORKERS = HEADER_WORDS;
export const WORKER_WORDS = 16;
/** Chromium lost the page with 512 workers alive; 256 leave it room. */
export const MAX_WORKERS = 256;
/** Atomic. 0 awake, 1 a wake-up has come, -1 asleep: see sched/real-time.ts. */
export const WORKER_SLEEP = 0;
/** 0 free, 1 in use. */
export const WORKER_USED = 1;
/** Ready tasks of this worker, first and last, linked by TASK_READY_NEXT. */
export const WORKER_READY_HEAD = 2;
export const WORKER_READY_TAIL = 3;
/** Address of the first task that it carries: the process's, or the thread's in a guest with a worker per thread. */
export const WORKER_TASK = 4;
/** Address of its process's GIL, or 0 in guests that have none; and of the task that holds it: see gil.ts. */
export const WORKER_GIL = 5;
export const WORKER_RUNNING = 6;
/** float64, virtual time: nanoseconds for which a thread may keep the GIL; 0: a quantum. */
export const WORKER_INTERVAL = 8;
/** Virtual time. 1: the worker tells what its process has in memory wherever the run stands. */
export const WORKER_TELLS = 7;
/** float64, real time: since when it has not waited, Infinity while it waits; 0: nobody asks. See cpu-time.ts. */
export const WORKER_CPU_SINCE = 10;

// --- tasks ------------------------------------------------------------------------------------------------------
export const TASKS = WORKERS + MAX_WORKERS * WORKER_WORDS;
export const TASK_WORDS = 86;
export const MAX_TASKS = 2048;
/** Atomic: its own worker reads it before it sleeps. A code of TASK_STATES. */
export const TASK_STATE = 0;
export const TASK_TID = 1;
export const TASK_PID = 2;
/** Pid of the parent process. */
export const TASK_PARENT = 3;
/** Bits of {@link TaskFlag}. */
export const TASK_FLAGS = 4;
export const TASK_STATUS = 5;
export const TASK_WORKER = 6;
export const TASK_BLOCK_REASON = 7;
/** Address of the object it is blocked on, or 0. */
export const TASK_BLOCK_OBJECT = 8;
/** Its neighbours in a wait queue (or, `NEXT` only, in the list of free slots). */
export const TASK_WAIT_NEXT = 9;
export const TASK_WAIT_PREVIOUS = 10;
/** Address of the wait queue it is in, or 0. */
export const TASK_WAIT_QUEUE = 11;
/** Address of the wait queue that it was woken from and has not yet looked at again (negated: with all others), or 0: see wait-queue.ts. */
export const TASK_WOKEN_FROM = 12;
export const TASK_READY_NEXT = 13;
/** float64 at an even word: nanoseconds at which its wait ends, or Infinity. */
export const TASK_DEADLINE = 14; // 2 words
/** Tasks that wait for this one to end. */
export const TASK_JOINERS = 16; // 2 words
/** Tasks of this process that wait for any child to end. */
export const TASK_CHILD_WAITERS = 18; // 2 words
/** What it was started with: a message chain. */
export const TASK_ARGUMENTS = 20; // CHAIN_WORDS words
/** Where its program was at its last operation, for findings. */
export const TASK_PLACE = 26;
export const TASK_METHOD = 27;
/** Scratch of the primitive that it waits in: see each primitive. */
export const TASK_SCRATCH = 28; // 4 words
/** Address of the heap object that the threads of its process share, or 0. */
export const TASK_HEAP = 32;
/** Address of the block in which a poller noted what it looks at, or 0: see ipc/poll.ts. */
export const TASK_POLL_SET = 35;
/** When it came to the wait queue it is in: see wait-queue.ts. */
export const TASK_WAIT_TICKET = 36;
/** Number of the pool's job that it is doing, or 0; still there when it has ended: see ipc/pool.ts. */
export const TASK_JOB = 37;
/** First of the handles of a process: see handles.ts. */
export const TASK_HANDLES = 34;
/** Atomic. Signals pending, of a process or for one thread, bit n - 1 for signal n: see signals.ts. */
export const TASK_PENDING_SIGNALS = 33;
/** float64, of a process: nanoseconds at which its alarm rings, Infinity where it has none; and (float64) after which again. */
export const TASK_ALARM = 38;
export const TASK_ALARM_INTERVAL = 40;
/** Of a thread: signals that it does not take now. */
export const TASK_SIGNAL_MASK = 42;

/** Number of the task that it waits for (who has the lock, who is joined) when it last came to wait, or 0. */
export const TASK_WAITS_FOR = 43;
/** Virtual time: the number of its CPU, from 1; 0: none. */
export const TASK_CPU = 44;
/** Virtual time: 1 while it is in the run queue, 2 where it waits there for the GIL. */
export const TASK_QUEUED = 45;
/** float64, virtual time: since when it is ready; may lie ahead. */
export const TASK_READY_TIME = 46;
/** Virtual time: 1 once it has been made ready for the first time; what the policy thinks of it. */
export const TASK_KNOWN = 48;
export const TASK_PRIORITY = 49;
/** Virtual time: the first bytes of its name in UTF-8, ended by a 0. */
export const TASK_NAME = 50; // 14 words
export const TASK_NAME_WORDS = 14;

/** Of a process: signals that it has handlers for, and that it ignores. */
export const TASK_CAUGHT_SIGNALS = 64;
export const TASK_IGNORED_SIGNALS = 65;
/** Of a thread: signals that it waits for, while it does. */
export const TASK_AWAITED_SIGNALS = 66;
/** Pid of the process that sent its last signal. */
export const TASK_SIGNAL_SENDER = 67;
/** Of a process: the numbers of its process group and of its session. */
export const TASK_GROUP = 68;
export const TASK_SESSION = 69;
/** Page with the message that it has taken and may still be reading, or 0: see chainTake. */
export const TASK_PINNED = 71;
/** float64: nanoseconds for which it has had CPUs, up to when it came to the present one; and (float64, of a process) its tasks. See cpu-time.ts. */
export const TASK_CPU_SPENT = 72;
export const TASK_PROCESS_SPENT = 74;
/** Of a process: its timers by that time. */
export const TASK_CPU_TIMERS = 76; // 8 words
/** Virtual time: its place when the run last looked whether to stand still, or what its guest says of lines: see sched/pause.ts. */
export const TASK_STOPPED_PLACE = 70;
/** Virtual time: the call of the program's that it is in, and what that waits for: see program-calls.ts. */
export const TASK_CALL = 84;
export const TASK_CALL_REASON = 85;

/**
 * `Stopped` by a signal until SIGCONT; a parent has not been told yet that the process `HasStopped` or `HasContinued`, by
 * the signal in TASK_STATUS. `Machinery`: a library's own thread. The bits of PROGRAM_BITS, from PROGRAM_OFFSET_BITS on: the
 * number of its program, of those that were started side by side.
 */
export const TaskFlag = {
  Process: 1, Daemon: 2, TimedOut: 4, Interrupted: 8, Stopped: 16, HasStopped: 32, HasContinued: 64, Machinery: 128,
} as const;
export const PROGRAM_OFFSET_BITS = 8;
export const PROGRAM_BITS = 0xff << PROGRAM_OFFSET_BITS;

// --- objects ----------------------------------------------------------------------------------------------------
export const OBJECTS = TASKS + MAX_TASKS * TASK_WORDS;
export const OBJECT_WORDS = 32;
export const MAX_OBJECTS = 32768;
/** A code of OBJECT_TYPES; 0 is a free slot. */
export const OBJECT_TYPE = 0;
export const OBJECT_ID = 1;
/** How many handles there are, in guests that count them; the slot is free when it falls to 0. */
export const OBJECT_REFERENCES = 2;
/** The next free slot. */
export const OBJECT_NEXT_FREE = 3;
/** Virtual time: the first bytes of its name in UTF-8, ended by a 0. */
export const OBJECT_NAME = 27; // 5 words
export const OBJECT_NAME_WORDS = 5;
/** Words 4 to 26 belong to the primitive; each file of sync/ and ipc/ says what it keeps there. */
export const OBJECT_BODY = 4;

// --- handles ----------------------------------------------------------------------------------------------------
export const HANDLES = OBJECTS + MAX_OBJECTS * OBJECT_WORDS;
export const HANDLE_WORDS = 4;
export const MAX_HANDLES = 16384;
/** Address of the object that it is open on, and which of its ends. */
export const HANDLE_OBJECT = 0;
export const HANDLE_END = 1;
/** The guest's number for it: a file descriptor. Unique in its process. */
export const HANDLE_NUMBER = 2;
export const HANDLE_NEXT = 3;

// --- ring -------------------------------------------------------------------------------------------------------
export const RING = HANDLES + MAX_HANDLES * HANDLE_WORDS;
/** A power of two. 131,072 records of 32 bytes are 4 MiB: 65 ms of events at 2 million a second. */
export const RING_RECORDS = 1 << 17;
export const RING_MASK = RING_RECORDS - 1;
/**
 * Records that must be free before an operation begins, so that none runs out in its middle. The largest is to end the
 * run: each of MAX_TASKS is made ready, ends, is adopted and collected, and each of MAX_HANDLES is closed. A text takes
 * MAX_TEXT_BYTES.
 */
export const RING_HEADROOM = 32768;
/** Longest text of one record. */
export const MAX_TEXT_BYTES = 64 * 1024;

const RING_WORDS = RING_RECORDS * RECORD_WORDS;

// --- pages ------------------------------------------------------------------------------------------------------
export const PAGE_WORDS = 1024;
export const PAGE_BYTES = PAGE_WORDS * 4;
/** One word a page, before the pages: its order, and whether it is free. */
export const PAGE_TABLE = RING + RING_WORDS;

/** Longest message, argument list or shared value: more would leave a machine of the default size no room for others. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

export const DEFAULT_MEMORY_BYTES = 64 * 1024 * 1024;
export const MINIMUM_MEMORY_BYTES = (PAGE_TABLE + 64 * (PAGE_WORDS + 1)) * 4 + 2 * PAGE_BYTES;

/** Address of the first page of a memory of `memoryWords` words, and how many pages fit. */
export function pageArea(memoryWords: number): { first: number; count: number } {
  const room = memoryWords - PAGE_TABLE;
  const count = Math.floor((room - PAGE_WORDS) / (PAGE_WORDS + 1));
  const first = Math.ceil((PAGE_TABLE + count) / PAGE_WORDS) * PAGE_WORDS;
  return { first, count };
}

export function taskAddress(index: number): number {
  return TASKS + index * TASK_WORDS;
}
export function cpuAddress(cpu: number): number {
  return CPUS + cpu * CPU_WORDS;
}
export function workerAddress(worker: number): number {
  return WORKERS + worker * WORKER_WORDS;
}
