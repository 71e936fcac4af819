import type { Kernel } from '../../kernel/kernel';
import { TASK_PARENT } from '../../kernel/layout';
import { INIT_PID, type Tid } from '../../protocol/ids';
import type { Descriptors, OpenDescriptor } from './interpreter/descriptors';
import type { Interpreter } from './interpreter/boot';
import type { OpenFile } from './interpreter/open-files';
import type { Frames } from './interpreter/frames';
import type { LineWatch } from './interpreter/line-watch';
import type { ProgramMemory } from './interpreter/program-memory';
import type { Resumption } from './interpreter/python-task';
import type { Stacks } from './interpreter/stacks';
import { mergeWatched, type WatchedViews } from './shared-views';

/** A forked process begins with these. */
export interface ForkCarry {
  readonly kind: 'fork';
  /** The parent's memory, shared; `inUse` is 1 until the child has laid it over its own. */
  readonly memory: Uint8Array;
  readonly inUse: Int32Array;
  /** Identity of the thread that forked, and the last one that was given out. */
  readonly ident: number;
  readonly lastIdent: number;
  /** Where `os.fork` was called: the child goes on there. Otherwise it begins with what was to be run. */
  readonly resumption: Resumption | undefined;
  readonly open: readonly OpenFile[];
  readonly descriptors: readonly OpenDescriptor[];
}

/** A process that was spawned begins with these. */
export interface SpawnCarry {
  readonly kind: 'spawn';
  /** What `python -c` is given. */
  readonly code: string;
  readonly descriptors: readonly OpenDescriptor[];
}

export type Carry = ForkCarry | SpawnCarry;

/** What the built-in functions of Python (calls/) work on: this worker's interpreter and, while it runs a process, its kernel. */
export interface ProcessState {
  readonly interpreter: Interpreter;
  readonly stacks: Stacks;
  readonly frames: Frames;
  readonly descriptors: Descriptors;
  readonly memory: ProgramMemory;
  readonly lines: LineWatch;
  /** Undefined while the library is imported for the memory image. */
  readonly kernel: Kernel | undefined;
  /** Pages of the base image that are all zero. */
  readonly zeros: Uint8Array;
  /** Address of the Python function that a new thread enters. */
  readonly threadEntry: number;
  /** Whether the process has a GIL in the kernel: it gets one with its second thread. */
  hasGil: boolean;
  /** The kernel's task of each thread that was started and may be joined, by its identity. */
  readonly threads: Map<number, { readonly address: number; readonly tid: Tid }>;
  readonly watched: WatchedViews;
  /** The last thread identity that was given out. */
  lastIdent: number;
  /** Address of the object that the program is making, or 0: what is made meanwhile is its machinery. */
  partOf: number;
  /** What the next `start worker` request sends along. */
  carry: Carry | undefined;
  /** Runs `end`, in which the process ends by its own doing; the running stack goes no further. */
  endBy(end: () => void): number;
}

/** The kernel, with the place of the program noted: for an operation that the stacks attempt when it is its turn. */
export function kernelOf(process: ProcessState): Kernel {
  const k = placedKernel(process);
  const { stacks } = process;
  if (!stacks.isReplaying) {
    mergeWatched(process);
    stacks.chargeSteps();
  }
  // What is recorded now stands before what others do later, in virtual time too. The operation itself would wait as long.
  if (process.memory.isWatched && stacks.awaitTurn(false)) look(process, k);
  return k;
}

/** The same for an operation that is done at once and never waits. `operation` is false for what only the trace is told. */
export function kernelInTurn(process: ProcessState, operation = true): Kernel {
  const k = placedKernel(process);
  if (process.stacks.awaitTurn(operation)) {
    mergeWatched(process);
    look(process, k);
  }
  return k;
}

/** Not while another task's operation is attempted once more: what is looked at is the running one's. */
function look({ stacks, memory }: ProcessState, k: Kernel): void {
  if (stacks.isRunning(k.currentTid)) memory.look(k, (run) => stacks.steps.uncounted(run));
}

function placedKernel({ kernel, memory }: ProcessState): Kernel {
  if (kernel === undefined) throw new Error('an operation of the kernel while the library was imported');
  kernel.place = memory.place();
  return kernel;
}

/** While the library is imported: the pid that the program's first process will have, for the library keeps it. */
const FIRST_PID = INIT_PID + 1;

export function pidOf({ kernel }: ProcessState): number {
  return kernel === undefined ? FIRST_PID : kernel.homeTid;
}
export function parentOf({ kernel }: ProcessState): number {
  return kernel === undefined ? INIT_PID : kernel.words[kernel.home + TASK_PARENT];
}

/** A deadline of the kernel: `seconds` below 0 are for ever. */
export function deadlineAfter(k: Kernel, seconds: number): number {
  return k.deadlineAfter(seconds < 0 ? undefined : seconds);
}
