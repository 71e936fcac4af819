import { EventKindCode } from '../../../protocol/trace-events';
import {
  announceShared, blockBytes, createBlock, openBlock, readBlock, releaseBlock, retainBlock, unlinkBlock, writeBlock,
  type Access,
} from '../../../kernel/ipc/shared-block';
import type { NativeFunction, NativeModule } from '../interpreter/native-module';
import { kernelInTurn, pidOf, type ProcessState } from '../process-state';
import {
  BLOCK, CODE, COUNT, GRAIN, ITEM_BYTES, OFFSET, SHOWN, TWIN, VIEW_WORDS, copyOf, mergeView,
} from '../shared-views';
import { previewOf } from './element-preview';

/** A slice of more elements than this is one event. */
const MOST_SHOWN = 64;

const textEncoder = new TextEncoder();

/** Memory shared with other processes: what multiprocessing has mmap for. */
export function sharedMemoryCalls(process: ProcessState): Record<string, NativeFunction> {
  return {
    /** shared_new(bytes, name): a block, or an errno. */
    shared_new: (native, args) => native.fromInt(
      createBlock(kernelInTurn(process), native.number(args, 0), textEncoder.encode(native.text(args, 1))),
    ),
    /** shared_open(name): the block, or 0. */
    shared_open: (native, args) => native.fromInt(openBlock(kernelInTurn(process), textEncoder.encode(native.text(args, 0)))),
    /** shared_unlink(name): 0 or an errno. */
    shared_unlink: (native, args) => native.fromInt(unlinkBlock(kernelInTurn(process), textEncoder.encode(native.text(args, 0)))),
    shared_bytes: (native, args) => native.fromInt(blockBytes(kernelInTurn(process), native.int(args, 0))),
    shared_retain(native, args) {
      retainBlock(kernelInTurn(process), native.int(args, 0));
      return native.none;
    },
    shared_release(native, args) {
      releaseBlock(kernelInTurn(process), native.int(args, 0));
      return native.none;
    },
    /** shared_show(type, length, name): the number by which the trace knows a value or array, or an errno. */
    shared_show: (native, args) => native.fromInt(
      announceShared(kernelInTurn(process, false), native.int(args, 0), native.int(args, 1), native.text(args, 2)),
    ),

    /** view_new(block, offset, address, item bytes, count, code, shown, grain) */
    view_new(native, args) {
      const view = native.x.calloc(VIEW_WORDS, 4);
      const words = Array.from({ length: GRAIN + 1 }, (_, index) => native.int(args, index));
      native.heap().u32.set(words, view >> 2);
      return native.fromInt(view);
    },
    view_free(native, args) {
      const view = native.int(args, 0);
      process.watched.views.delete(view);
      native.x.free(native.heap().u32[(view >> 2) + TWIN]);
      native.x.free(view);
      return native.none;
    },
    /** view_load(view, index): one element comes from the block. An index outside is left to ctypes to complain of. */
    view_load: (native, args) => transfer(process, EventKindCode.load, native.int(args, 0), native.int(args, 1), 1),
    view_store: (native, args) => transfer(process, EventKindCode.store, native.int(args, 0), native.int(args, 1), 1),
    /** view_pull(view, first, count): elements come from the block. */
    view_pull: (native, args) => transfer(
      process, EventKindCode.load, native.int(args, 0), native.int(args, 1), native.int(args, 2),
    ),
    view_push: (native, args) => transfer(
      process, EventKindCode.store, native.int(args, 0), native.int(args, 1), native.int(args, 2),
    ),
    /** view_reset(view): the block holds what the copy does; no store of the program's. */
    view_reset(native, args) {
      const at = native.int(args, 0) >> 2;
      const { u32 } = native.heap();
      writeBlock(kernelInTurn(process), u32[at + BLOCK], u32[at + OFFSET], copyOf(native, at << 2));
      return native.none;
    },
    /** view_watch(view): the copy is written without calls; from here on it is merged at each operation. */
    view_watch(native, args) {
      const view = native.int(args, 0);
      const { watched } = process;
      const pid = pidOf(process);
      if (watched.pid !== pid) watched.views.clear();
      watched.pid = pid;
      watched.views.add(view);
      const known = native.heap().u32[(view >> 2) + TWIN];
      if (known === 0) giveTwin(process, native, view);
      return native.none;
    },
    view_merge(native, args) {
      mergeView(process, native.int(args, 0));
      return native.none;
    },
  };
}

/** The twin of a view whose copy is what the block holds. */
function giveTwin(process: ProcessState, native: NativeModule, view: number): void {
  const bytes = copyOf(native, view).length;
  const twin = native.x.malloc(Math.max(1, bytes));
  const { u8, u32 } = native.heap();
  const at = view >> 2;
  const mine = copyOf(native, view);
  readBlock(process.kernel!, u32[at + BLOCK], u32[at + OFFSET], mine);
  u8.set(mine, twin);
  u32[at + TWIN] = twin;
}

/** Elements go between the block and the process's copy. */
function transfer(process: ProcessState, kind: number, view: number, index: number, wanted: number): number {
  const k = kernelInTurn(process);
  const { native } = process.interpreter;
  const { u8, u32 } = native.heap();
  const at = view >> 2;
  const count = u32[at + COUNT];
  const first = index < 0 ? index + count : index;
  const number = Math.min(wanted, count - first);
  if (first < 0 || number <= 0) return native.none;
  const itemBytes = u32[at + ITEM_BYTES];
  const copy = copyOf(native, view).subarray(first * itemBytes, (first + number) * itemBytes);
  const offset = u32[at + OFFSET] + first * itemBytes;
  const shown = u32[at + SHOWN] === 0 ? undefined : (): Access[] => Array.from(
    { length: number > MOST_SHOWN ? 1 : number },
    (_, nth) => ({ kind, id: u32[at + SHOWN], index: first + nth, value: previewOf(copy, nth * itemBytes, u32[at + CODE]) }),
  );
  const twin = u32[at + TWIN];
  // What was written without a call must not be lost to what is read.
  if (twin !== 0 && kind === EventKindCode.load) mergeView(process, view);
  (kind === EventKindCode.load ? readBlock : writeBlock)(k, u32[at + BLOCK], offset, copy, shown);
  if (twin !== 0) u8.set(copy, twin + first * itemBytes);
  return native.none;
}
