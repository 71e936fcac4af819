/** What a function answers whose caller's stack is to be suspended. */
export const SUSPEND = -1;

/** JavaScript Promise Integration; TypeScript's library does not know it yet. */
const { Suspending } = WebAssembly as unknown as {
  readonly Suspending: new (wait: () => Promise<number>) => WebAssembly.ImportValue;
};

export type Wait = WebAssembly.ImportValue;

/** An import whose promise gives the result of the call that was suspended. */
export function suspendingImport(wait: () => Promise<number>): Wait {
  return new Suspending(wait);
}

const I32 = 0x7f;

/**
 * A WebAssembly function of some i32 parameters that calls `call`, and only where that answers {@link SUSPEND} the
 * suspending import `wait`, whose promise gives the result. A suspending import costs a suspension at each call, and traps
 * where no promising call is below, so the common case must not touch one.
 */
export function suspendable(parameters: number, call: (...values: number[]) => number, wait: Wait): WebAssembly.ExportValue {
  const type = (count: number): number[] => [0x60, count, ...new Array<number>(count).fill(I32), 1, I32];
  const types = [2, ...type(parameters), ...type(0)];
  const result = parameters; // one local more, after the parameters
  const loads = Array.from({ length: parameters }, (_, index) => [0x20, index]).flat();
  const body = [
    1, 1, I32,
    ...loads, 0x10, 0, // call `call`
    0x22, result, 0x41, 0x7f, 0x46, // is it -1?
    0x04, I32, 0x10, 1, 0x05, 0x20, result, 0x0b, // if so call `wait`, else the result
    0x0b,
  ];
  const bytes = new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    1, types.length, ...types,
    2, 13, 2, 1, 0x65, 1, 0x66, 0, 0, 1, 0x65, 1, 0x77, 0, 1,
    3, 2, 1, 0,
    7, 5, 1, 1, 0x66, 0, 2,
    10, body.length + 2, 1, body.length, ...body,
  ]);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: { f: call, w: wait } });
  return instance.exports['f'];
}
