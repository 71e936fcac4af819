import { DONE } from '../../../protocol/errno';
import { WATCHING } from '../../../kernel/layout';
import { ObjectTypeCode } from '../../../protocol/words';
import { markPart } from '../../../kernel/program-objects';
import {
  acquireSemaphore, createSemaphore, freeSemaphore, releaseSemaphore, semaphoreHasWaiters, setSemaphore,
} from '../../../kernel/sync/semaphore';
import type { NativeFunction, NativeModule } from '../interpreter/native-module';
import { wholeOf } from './whole';
import { deadlineAfter, kernelInTurn, kernelOf, pidOf, type ProcessState } from '../process-state';

/**
 * Locks and counters of a process's own threads. A cell is some words of the interpreter's memory, so that it goes along in
 * a memory image. As long as nobody had to wait for it that is all; then (or when the trace is to show it) it gets a semaphore
 * of the kernel, which is this process's alone: a child has the cell's value as the fork left it, and no semaphore yet.
 *
 * All threads of a process are on one worker, so it sees without the kernel whether one of them waits. While none does, and
 * the trace does not show the cell, no operation of the kernel is needed.
 */
const VALUE = 0;
const MAXIMUM = 1;
/** Address of the kernel's semaphore or 0, and the process whose it is. */
const SEMAPHORE = 2;
const OWNER_PID = 3;
/** Address of the program's object that it is machinery of, or 0. */
const WHOLE = 4;
/** Why the kernel is to hear of each operation: see below. */
const HEARD = 5;
const CELL_WORDS = 6;

/** Data races are looked for: the operations put threads in order. */
const WATCHED = 4;

/** The trace shows it. */
const SHOWN = 1;
/** Whoever has it waited for it, so the trace says that it was acquired and has to say that it is released. */
const ACQUIRED = 2;

export function cellCalls(process: ProcessState): Record<string, NativeFunction> {
  const semaphoreOf = (u32: Uint32Array, cell: number): number => (
    u32[cell + OWNER_PID] === pidOf(process) ? u32[cell + SEMAPHORE] : 0
  );
  const giveSemaphore = (native: NativeModule, cell: number, type: number, name: string): number => {
    const { u32 } = native.heap();
    const at = createSemaphore(kernelInTurn(process, false), type, u32[cell + VALUE], u32[cell + MAXIMUM], name);
    if (at < 0) return at;
    u32[cell + SEMAPHORE] = at;
    u32[cell + OWNER_PID] = pidOf(process);
    if (u32[cell + WHOLE] !== 0) markPart(process.kernel!, at, u32[cell + WHOLE]);
    return at;
  };
  const giveUnnamed = (native: NativeModule, cell: number): number => {
    const type = native.heap().u32[cell + MAXIMUM] === 1 ? ObjectTypeCode.lock : ObjectTypeCode.semaphore;
    const at = giveSemaphore(native, cell, type, '');
    if (at < 0) throw new Error(`no kernel object for a lock that threads wait for (${at})`);
    return at;
  };
  /** Whether the operation can be done on the cell alone. `at` is its semaphore, or 0. */
  const isQuiet = (u32: Uint32Array, cell: number, at: number): boolean => (
    at === 0 ? (u32[cell + HEARD] & WATCHED) === 0 : u32[cell + HEARD] === 0 && !semaphoreHasWaiters(process.kernel!, at)
  );
  return {
    /** cell_new(value, maximum) */
    cell_new(native, args) {
      const value = native.int(args, 0);
      const maximum = native.int(args, 1);
      const cell = native.x.calloc(CELL_WORDS, 4);
      const { u32 } = native.heap();
      u32[(cell >> 2) + VALUE] = value;
      u32[(cell >> 2) + MAXIMUM] = maximum;
      u32[(cell >> 2) + WHOLE] = wholeOf(process);
      // Not of locks in the memory image: those of the library's own tables put threads in order by chance, and would hide races.
      u32[(cell >> 2) + HEARD] = process.kernel?.words[WATCHING] === 1 ? WATCHED : 0;
      return native.fromInt(cell);
    },
    cell_free(native, args) {
      const pointer = native.int(args, 0);
      const at = semaphoreOf(native.heap().u32, pointer >> 2);
      if (at !== 0 && process.kernel !== undefined) freeSemaphore(process.kernel, at);
      native.x.free(pointer);
      return native.none;
    },
    /** cell_show(cell, type, name): the trace shows it from here on. 0, or an errno. */
    cell_show(native, args) {
      const cell = native.int(args, 0) >> 2;
      const { u32 } = native.heap();
      const at = semaphoreOf(u32, cell) || giveSemaphore(native, cell, native.int(args, 1), native.text(args, 2));
      if (at > 0) native.heap().u32[cell + HEARD] |= SHOWN;
      return native.fromInt(at);
    },
    /** cell_acquire(cell, seconds): whether it was acquired; below 0 seconds are for ever. */
    cell_acquire(native, args) {
      const cell = native.int(args, 0) >> 2;
      const { u32 } = native.heap();
      const value = u32[cell + VALUE];
      let at = semaphoreOf(u32, cell);
      if (value > 0 && isQuiet(u32, cell, at)) {
        u32[cell + VALUE] = value - 1;
        if (at !== 0) setSemaphore(process.kernel!, at, value - 1);
        return native.fromBoolean(true);
      }
      const seconds = native.number(args, 1);
      if (at === 0) {
        if (seconds === 0 && value === 0) return native.fromBoolean(false);
        at = giveUnnamed(native, cell);
      }
      const k = kernelOf(process);
      const deadline = deadlineAfter(k, seconds);
      return process.stacks.operate(() => acquireSemaphore(k, at, deadline), (outcome) => {
        if (outcome === DONE) {
          const heap = native.heap().u32;
          heap[cell + VALUE]--;
          if (k.tracing && heap[cell + MAXIMUM] === 1) heap[cell + HEARD] |= ACQUIRED;
        }
        return native.fromBoolean(outcome === DONE);
      });
    },
    /** cell_release(cell): whether it was; not where it would be above its maximum. */
    cell_release(native, args) {
      const cell = native.int(args, 0) >> 2;
      const { u32 } = native.heap();
      const value = u32[cell + VALUE];
      if (value >= u32[cell + MAXIMUM]) return native.fromBoolean(false);
      const isAlone = isQuiet(u32, cell, semaphoreOf(u32, cell));
      const at = semaphoreOf(u32, cell) || (isAlone ? 0 : giveUnnamed(native, cell));
      if (!isAlone) releaseSemaphore(kernelInTurn(process, false), at, 1);
      else if (at !== 0) setSemaphore(process.kernel!, at, value + 1);
      u32[cell + HEARD] &= ~ACQUIRED;
      u32[cell + VALUE] = value + 1;
      return native.fromBoolean(true);
    },
    cell_value(native, args) {
      return native.fromInt(native.heap().u32[(native.int(args, 0) >> 2) + VALUE]);
    },
    /** cell_reset(cell, value): as if it was new. */
    cell_reset(native, args) {
      const cell = native.int(args, 0) >> 2;
      const value = native.int(args, 1);
      const { u32 } = native.heap();
      u32[cell + VALUE] = value;
      u32[cell + HEARD] &= ~ACQUIRED;
      u32[cell + SEMAPHORE] = 0;
      return native.none;
    },
  };
}
