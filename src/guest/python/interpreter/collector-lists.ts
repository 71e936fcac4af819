import type { NativeModule } from './native-module';
import { readOffsets, type Offsets } from './offsets';

/** Bits of a link that do not belong to the address. */
const TAG = 3;
/** A link forward and one back (PyGC_Head). */
const HEAD_BYTES = 8;

/** Lists whose heads have left the C stack: where each lay, and the memory in which they are meanwhile. */
export interface MovedLists {
  readonly heads: readonly number[];
  readonly memory: number;
}

/**
 * The lists of a garbage collection that is going on. It keeps their heads on the C stack, and in its midst calls code of the program
 * (`__del__`, callbacks of weak references), which may wait or lose its turn. Other threads then have that part of the C stack, and an
 * object of such a list that they free would be unlinked into their midst.
 */
export class CollectorLists {
  private readonly offsets: Offsets;

  constructor(private readonly native: NativeModule) {
    this.offsets = readOffsets(native);
  }

  /** Moves the heads that lie on the running stack to the heap. */
  moveOffStack(): MovedLists | undefined {
    const { x } = this.native;
    if (!this.isCollecting()) return undefined;
    const { u32 } = this.native.heap();
    const heads: number[] = [];
    const end = x.emscripten_stack_get_base() - HEAD_BYTES;
    for (let head = x.emscripten_stack_get_current(); head <= end; head += 4) {
      if (isHead(u32, head)) heads.push(head);
    }
    if (heads.length === 0) return undefined;
    const memory = x.malloc(heads.length * HEAD_BYTES);
    heads.forEach((head, index) => moveHead(this.native.heap().u32, head, memory + index * HEAD_BYTES));
    return { heads, memory };
  }

  /** Undoes it, when the stack is there again. */
  putBack(moved: MovedLists | undefined): void {
    if (moved === undefined) return;
    const { u32 } = this.native.heap();
    moved.heads.forEach((head, index) => moveHead(u32, moved.memory + index * HEAD_BYTES, head));
    this.native.x.free(moved.memory);
  }

  private isCollecting(): boolean {
    const { offsets } = this;
    const { u32 } = this.native.heap();
    const interpreter = u32[(this.native.x._PyRuntime.value + offsets.interpreters) >> 2];
    return u32[(interpreter + offsets.collector + offsets.collecting) >> 2] !== 0;
  }
}

/** Whether both neighbours of what lies there take it for theirs. An empty list nobody else knows: it needs no moving. */
function isHead(u32: Uint32Array, at: number): boolean {
  const next = u32[at >> 2] & ~TAG;
  const previous = u32[(at + 4) >> 2] & ~TAG;
  const isInside = (address: number): boolean => address > 0 && address >> 2 < u32.length - 1;
  if (next === at || !isInside(next) || !isInside(previous)) return false;
  return (u32[(next + 4) >> 2] & ~TAG) === at && (u32[previous >> 2] & ~TAG) === at;
}

function moveHead(u32: Uint32Array, from: number, to: number): void {
  const next = u32[from >> 2];
  const previous = u32[(from + 4) >> 2];
  // All its members are gone: it is linked to itself.
  const isEmpty = (next & ~TAG) === from;
  u32[to >> 2] = isEmpty ? to | (next & TAG) : next;
  u32[(to + 4) >> 2] = isEmpty ? to | (previous & TAG) : previous;
  if (isEmpty) return;
  const back = ((next & ~TAG) + 4) >> 2;
  u32[back] = to | (u32[back] & TAG);
  const forward = (previous & ~TAG) >> 2;
  u32[forward] = to | (u32[forward] & TAG);
}
