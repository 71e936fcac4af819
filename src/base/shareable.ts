/** Whether this page (or its worker) may share memory between workers: where it is cross-origin isolated. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && crossOriginIsolated;
}

/** Memory for what several workers read: shared where that can be, so that it is copied nowhere. */
export function newShareable(bytes: number): SharedArrayBuffer | ArrayBuffer {
  return canShareMemory() ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}
