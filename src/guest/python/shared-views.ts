import { mergeBlock } from '../../kernel/ipc/shared-block';
import type { NativeModule } from './interpreter/native-module';
import type { ProcessState } from './process-state';

/**
 * A view is a part of a block of shared memory in the kernel and this process's own copy of it, at an address of the
 * interpreter's memory where ctypes finds it. It is some words of that memory itself, so that it goes along with a fork:
 * the addresses are the same in the child.
 */
export const BLOCK = 0;
export const OFFSET = 1;
export const ADDRESS = 2;
export const ITEM_BYTES = 3;
export const COUNT = 4;
/** The character of ctypes' `_type_`, or 0. */
export const CODE = 5;
/** The number by which the trace knows the value or array, or 0. */
export const SHOWN = 6;
/** What is compared and exchanged as a whole, in bytes. */
export const GRAIN = 7;
/** Address of what the copy was when it was last merged; 0 where loads and stores are calls. */
export const TWIN = 8;
export const VIEW_WORDS = 9;

/** The views of a process that are merged at each operation of the kernel. */
export interface WatchedViews {
  /** Whose they are: a fork has the parent's views in its memory, and watches them when it says so. */
  pid: number;
  readonly views: Set<number>;
}

/**
 * Makes the process's copies the same as the kernel's memory. Called before and after its operations, so that what was
 * written before a release, a send, a start or an exit is there for who acquires, receives, begins or joins.
 */
export function mergeWatched(process: ProcessState): void {
  const { watched, kernel } = process;
  if (watched.views.size === 0 || kernel === undefined) return;
  if (watched.pid === kernel.homeTid) for (const view of watched.views) mergeView(process, view);
  else watched.views.clear();
}

export function mergeView({ kernel, interpreter }: ProcessState, view: number): void {
  const { native } = interpreter;
  const { u8, u32 } = native.heap();
  const at = view >> 2;
  const twin = u32[at + TWIN];
  if (kernel === undefined || twin === 0) return;
  const mine = copyOf(native, view);
  mergeBlock(kernel, u32[at + BLOCK], u32[at + OFFSET], mine, u8.subarray(twin, twin + mine.length), u32[at + GRAIN]);
}

/** A process's own copy of what the view shows. */
export function copyOf(native: NativeModule, view: number): Uint8Array {
  const { u8, u32 } = native.heap();
  const at = view >> 2;
  const address = u32[at + ADDRESS];
  return u8.subarray(address, address + u32[at + ITEM_BYTES] * u32[at + COUNT]);
}
