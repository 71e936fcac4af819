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

/** What a function answers whose wait a signal has ended: the handlers run, then it is done again. */
export const INTERRUPTED = -2;

/** How such a function goes on. */
export interface Interruption {
  /** CPython's PyErr_CheckSignals: runs handlers, on the stack of the call; not 0 where one raised an exception. */
  readonly check: WebAssembly.ExportValue;
  /** The rest of the call, as it was answered, or with what is not 0 its end by an exception: 0. */
  readonly again: (failed: number) => number;
}

const I32 = 0x7f;

/**
 * A function as above of three parameters that the evaluation loop calls at each step of a program: it treats the word at
 * `clock` as the loop's own checks do, counting it down where it is not 0 and answering `none`, and calling `call` where it is
 * 0: one that counted to 0 and called at once would leave the loop's check, which looks before it counts, to count below it.
 * 5 ns instead of the 40 of a call of JavaScript.
 */
export function countingDown(memory: WebAssembly.Memory, clock: number, none: number, call: WebAssembly.ExportValue): WebAssembly.ExportValue {
  const constant = (value: number): number[] => [0x41, ...signedLeb(value)];
  const body = [
    1, 1, I32,
    ...constant(clock), 0x28, 2, 0, 0x22, 3, 0x45, 0x04, I32, // left = *clock; if (left == 0)
    0x20, 0, 0x20, 1, 0x20, 2, 0x10, 0, //   call `call`
    0x05, ...constant(clock), 0x20, 3, ...constant(-1), 0x6a, 0x36, 2, 0, ...constant(none), 0x0b, // else *clock = left - 1
    0x0b,
  ];
  const bytes = new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    1, 8, 1, 0x60, 3, I32, I32, I32, 1, I32,
    2, 14, 2, 1, 0x65, 1, 0x66, 0, 0, 1, 0x65, 1, 0x6d, 2, 0, 1,
    3, 2, 1, 0,
    7, 5, 1, 1, 0x66, 0, 1,
    10, body.length + 2, 1, body.length, ...body,
  ]);
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: { f: call, m: memory } }).exports['f'];
}

function signedLeb(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 127;
    value >>= 7;
    if ((value === 0 && (low & 64) === 0) || (value === -1 && (low & 64) !== 0)) return [...bytes, low];
    bytes.push(low | 128);
  }
}

/**
 * A WebAssembly function of some i32 parameters that calls `call`, and only where that answers {@link SUSPEND} the
 * suspending import `wait`, whose promise gives the result. A suspending import costs a suspension at each call, and traps
 * where no promising call is below, so the common case must not touch one. No JavaScript is on the stack while it waits, nor
 * while handlers of signals run, so that these may wait too.
 */
export function suspendable(
  parameters: number, call: (...values: number[]) => number, wait: Wait, interruption?: Interruption,
): WebAssembly.ExportValue {
  const type = (count: number): number[] => [0x60, count, ...new Array<number>(count).fill(I32), 1, I32];
  const types = [3, ...type(parameters), ...type(0), ...type(1)];
  const result = parameters; // one local more, after the parameters
  const loads = Array.from({ length: parameters }, (_, index) => [0x20, index]).flat();
  const isResult = (value: number): number[] => [0x20, result, 0x41, value & 0x7f, 0x46];
  const body = [
    1, 1, I32,
    ...loads, 0x10, 0, 0x21, result, // call `call`
    0x03, 0x40, // a loop
    ...isResult(SUSPEND), 0x04, 0x40, 0x10, 1, 0x21, result, 0x0b, // to be suspended: call `wait`
    ...isResult(INTERRUPTED), 0x04, 0x40, 0x10, 2, 0x10, 3, 0x21, result, 0x0c, 1, 0x0b, // call `again` with what `check` answers; anew
    0x0b,
    0x20, result, 0x0b,
  ];
  const importOf = (letter: string, kind: number): number[] => [1, 0x65, 1, letter.charCodeAt(0), 0, kind];
  const imported = [4, ...importOf('f', 0), ...importOf('w', 1), ...importOf('c', 1), ...importOf('a', 2)];
  const bytes = new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    1, types.length, ...types,
    2, imported.length, ...imported,
    3, 2, 1, 0,
    7, 5, 1, 1, 0x66, 0, 4,
    10, body.length + 2, 1, body.length, ...body,
  ]);
  const { check = () => 0, again = () => 0 } = interruption ?? {};
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { e: { f: call, w: wait, c: check, a: again } });
  return instance.exports['f'];
}
