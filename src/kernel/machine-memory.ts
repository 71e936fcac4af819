import { INIT_PID } from '../protocol/ids';
import type { VirtualSettings } from '../protocol/program';
import { TaskStateCode } from '../protocol/words';
import {
  DEFAULT_MEMORY_BYTES, FREE_TASK_HEAD, FREE_TASK_TAIL, HANDLES, HANDLE_HIGH, HANDLE_WORDS, MAGIC, MAGIC_VALUE, MAX_TASKS,
  MINIMUM_MEMORY_BYTES, NEXT_OBJECT_ID, NEXT_STRING_ID, NEXT_TID, OBJECTS, OBJECT_HIGH, OBJECT_WORDS, PAGE_TABLE, RUN_STATE,
  RunState, START_TIME, TASKS, TASK_FLAGS, TASK_HIGH, TASK_PID, TASK_STATE, TASK_TID, TASK_WAIT_NEXT, TASK_WORDS, TRACING,
  TaskFlag, WATCHING, pageArea, taskAddress,
} from './layout';
import { formatPages } from './page-allocator';
import { formatVirtualTime } from './sched/format';

export interface MemoryOptions {
  /** Shared memory needs a cross-origin isolated page; plain memory serves a machine of one worker. */
  readonly shared: boolean;
  readonly tracing: boolean;
  /** Loads and stores of variables are recorded, and what puts them in order. */
  readonly watching?: boolean;
  readonly bytes?: number;
  /** How virtual time is run; undefined: time is real. */
  readonly virtual?: VirtualSettings;
  /** Memory of a run that is over, which nobody looks at any more: it is used again where it has the size that is wanted. */
  readonly used?: ArrayBufferLike;
}

/** The memory of a new machine, with init as its first process and nothing running. */
export function createMemory(options: MemoryOptions): ArrayBufferLike {
  const bytes = Math.max(options.bytes ?? DEFAULT_MEMORY_BYTES, MINIMUM_MEMORY_BYTES);
  const whole = Math.floor(bytes / 8) * 8;
  const memory = options.used?.byteLength === whole ? cleared(options.used) : newMemory(whole, options.shared);
  const words = new Int32Array(memory);
  words[MAGIC] = MAGIC_VALUE;
  words[TRACING] = options.tracing ? 1 : 0;
  words[WATCHING] = options.tracing && options.watching === true ? 1 : 0;
  words[NEXT_OBJECT_ID] = 1;
  words[NEXT_STRING_ID] = 1;
  words[NEXT_TID] = INIT_PID + 1;
  new Float64Array(memory)[START_TIME >> 1] = performance.timeOrigin + performance.now();
  formatPages(words);
  if (options.virtual !== undefined) formatVirtualTime(memory, options.virtual);

  // Slot 0 is init. It has no worker and never runs: the kernel acts for it, and collects its children at once.
  const init = taskAddress(0);
  words[init + TASK_STATE] = TaskStateCode.running;
  words[init + TASK_TID] = INIT_PID;
  words[init + TASK_PID] = INIT_PID;
  words[init + TASK_FLAGS] = TaskFlag.Process;
  words[TASK_HIGH] = 1;

  // Free slots are used in turn, so that a slot keeps its last task's exit status as long as possible.
  for (let index = 1; index < MAX_TASKS - 1; index++) words[taskAddress(index) + TASK_WAIT_NEXT] = taskAddress(index + 1);
  words[FREE_TASK_HEAD] = taskAddress(1);
  words[FREE_TASK_TAIL] = taskAddress(MAX_TASKS - 1);
  // In used memory the last one was followed by those that were free again.
  words[words[FREE_TASK_TAIL] + TASK_WAIT_NEXT] = 0;
  Atomics.store(words, RUN_STATE, RunState.Running);
  return memory;
}

function newMemory(bytes: number, shared: boolean): ArrayBufferLike {
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/**
 * Clears what a run may have written, but for the ring's records and the pages: those are written before they are read.
 */
function cleared(memory: ArrayBufferLike): ArrayBufferLike {
  const words = new Int32Array(memory);
  const tasks = TASKS + words[TASK_HIGH] * TASK_WORDS;
  const objects = OBJECTS + words[OBJECT_HIGH] * OBJECT_WORDS;
  const handles = HANDLES + words[HANDLE_HIGH] * HANDLE_WORDS;
  words.fill(0, 0, tasks);
  words.fill(0, OBJECTS, objects);
  words.fill(0, HANDLES, handles);
  words.fill(0, PAGE_TABLE, pageArea(words.length).first);
  return memory;
}
