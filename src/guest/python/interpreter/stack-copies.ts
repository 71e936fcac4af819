import type { PyodideModule, StackState } from './raw-python';

/** A power of two: most stacks fit. */
const SMALLEST = 1 << 13;
/** So many copies are kept for stacks to come. */
const KEPT_AT_MOST = 32;

/** What is in the way of another on the C stack is kept here meanwhile. */
interface Copied extends StackState {
  /** Of which `_copy` is the part in use. */
  buffer?: Uint8Array;
}

/**
 * Pyodide takes a new array each time that a suspended stack has to make room for another: memory that must be cleared before
 * anything is written to it, and more of it at each switch than the copy itself costs. From here on those arrays are used again.
 */
export function reuseStackCopies(module: PyodideModule): void {
  const free: Uint8Array[] = [];
  const { prototype } = module.StackState;
  const takeBuffer = (bytes: number): Uint8Array => {
    const index = free.findLastIndex(({ length }) => length >= bytes);
    if (index >= 0) return free.splice(index, 1)[0];
    return new Uint8Array(Math.max(SMALLEST, 1 << (32 - Math.clz32(bytes - 1))));
  };
  const giveBack = (buffer: Uint8Array): void => {
    if (free.length < KEPT_AT_MOST) free.push(buffer);
  };

  prototype._save_up_to = function (this: Copied, stop) {
    const { buffer, start, _copy: { length: had } } = this;
    const wanted = stop - start;
    if (wanted <= had) return 0;
    let room = buffer;
    if (room === undefined || room.length < wanted) {
      room = takeBuffer(wanted);
      if (buffer !== undefined) {
        room.set(this._copy);
        giveBack(buffer);
      }
      this.buffer = room;
    }
    room.set(module.HEAPU8.subarray(start + had, stop), had);
    this._copy = room.subarray(0, wanted);
    return wanted;
  };

  const restore = Reflect.get<StackState, 'restore'>(prototype, 'restore');
  prototype.restore = function (this: Copied) {
    const { buffer } = this;
    const total = restore.call(this);
    if (buffer !== undefined && this._copy.length === 0) {
      delete this.buffer;
      giveBack(buffer);
    }
    return total;
  };
}
