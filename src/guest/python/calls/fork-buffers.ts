import { newShareable } from '../../../base/shareable';
import { overlay } from '../interpreter/memory-image';

/**
 * Memory (shared, where the page can have that) for the copies that forks make. A buffer is used again once the child has taken what is in it: a worker
 * that sleeps never collects garbage.
 */
export class ForkBuffers {
  private readonly buffers: { memory: Uint8Array; inUse: Int32Array }[] = [];

  /**
   * A copy of an interpreter's memory; `inUse` is 1 until the child sets it to 0. Undefined where there is no room for it.
   * `zeros`: pages that are likely to be zero.
   */
  copy(memory: WebAssembly.Memory, zeros: Uint8Array): { memory: Uint8Array; inUse: Int32Array } | undefined {
    const bytes = memory.buffer.byteLength;
    let buffer = this.buffers.find((free) => free.memory.length === bytes && Atomics.load(free.inUse, 0) === 0);
    if (buffer === undefined) {
      try {
        buffer = { memory: new Uint8Array(newShareable(bytes)), inUse: new Int32Array(newShareable(4)) };
      } catch {
        return undefined;
      }
      this.buffers.push(buffer);
    }
    Atomics.store(buffer.inUse, 0, 1);
    overlay(buffer.memory, new Uint8Array(memory.buffer), zeros);
    return buffer;
  }
}
