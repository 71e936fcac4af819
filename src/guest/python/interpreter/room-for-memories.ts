import { roomInTime } from '../../../base/room-in-time';
import { canShareMemory, newShareable } from '../../../base/shareable';

/*
 * A browser has room for some 120 of WebAssembly's memories in a page, whatever their size. Those of workers that were just ended may
 * still be among them.
 */

const PAGE_BYTES = 65536;

/** Instantiates; where there is no room for its memory, once there is. */
export function instantiateInTime(module: WebAssembly.Module, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  return roomInTime(() => WebAssembly.instantiate(module, imports));
}

/** Pyodide's loader takes a shared memory only to sleep on it: shared memory of another kind does. Answers what undoes it. */
export function spareLoaderMemory(): () => void {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = new Proxy(Memory, {
    construct: (target, [descriptor]: [WebAssembly.MemoryDescriptor]) => (
      descriptor.shared === true && canShareMemory() ? { buffer: newShareable(descriptor.initial * PAGE_BYTES) } : new target(descriptor)
    ),
  });
  return () => {
    WebAssembly.Memory = Memory;
  };
}
