import type { RawExports } from './raw-python';

/** Iterators of CPython's that are C code through and through. Generators are not among them: their turns are ticks. */
const TYPES = [
  'PyRangeIter_Type', 'PyLongRangeIter_Type', 'PyListIter_Type', 'PyListRevIter_Type', 'PyTupleIter_Type', 'PyUnicodeIter_Type',
  'PyBytesIter_Type', 'PyByteArrayIter_Type', 'PySetIter_Type', 'PyDictIterKey_Type', 'PyDictIterValue_Type',
  'PyDictIterItem_Type', 'PySeqIter_Type', 'PyReversed_Type', 'PyEnum_Type', 'PyZip_Type', 'PyMap_Type', 'PyFilter_Type',
] as const;

/** Where a type object has its `tp_iternext`, in bytes. */
const ITERNEXT_OFFSET = 112;
/** Every so many items, a power of two, the evaluation loop is told to tick as soon as it goes on. */
const ITEMS_PER_TICK = 4096;
const I32 = 0x7f;

/**
 * Counts what iterators written in C give, so that `sum(range(n))` takes its time under the virtual clock though no loop of
 * the program turns: their `tp_iternext` is replaced by a WebAssembly function that counts and calls the original. Loops of
 * the program over ranges, lists and tuples do not pass through it: CPython has special instructions for them. A long call
 * of C's is followed by a tick: its clock of checks is set to its end, and what it was set forward by is added up.
 */
export class CountedIteration {
  private readonly counter = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
  private readonly forward = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
  private readonly firstSlot: number;

  /** Reserves slots of the function table: before anything else makes it grow, for their numbers go into memory images. */
  constructor(private readonly x: RawExports) {
    this.firstSlot = x.__indirect_function_table.grow(TYPES.length);
  }

  /** Items given so far, modulo 2^32. */
  get count(): number {
    return this.counter.value;
  }

  /** Checks by which the clock has been set forward so far, modulo 2^32. */
  get skipped(): number {
    return this.forward.value;
  }

  /** Finds the originals, in a memory over which no image has been laid. */
  prepare(): void {
    const { __indirect_function_table: table } = this.x;
    const originals = this.places().map((at) => table.get(new Uint32Array(this.x.memory.buffer)[at]) as WebAssembly.ImportValue);
    const clock = this.x._Py_emscripten_signal_clock.value;
    countingFunctions({ c: this.counter, s: this.forward, m: this.x.memory }, clock, originals).forEach((counting, index) => table.set(this.firstSlot + index, counting));
  }

  /** From here on this memory's iterators count, and those of the images made of it. */
  install(): void {
    const u32 = new Uint32Array(this.x.memory.buffer);
    this.places().forEach((at, index) => (u32[at] = this.firstSlot + index));
  }

  private places(): number[] {
    return TYPES.map((name) => (this.x[name].value + ITERNEXT_OFFSET) >> 2);
  }
}

/** For each of `originals`, functions of one i32 and with an i32 as their result, one that counts and calls it. */
function countingFunctions(
  state: { readonly c: WebAssembly.Global; readonly s: WebAssembly.Global; readonly m: WebAssembly.Memory },
  clock: number, originals: readonly WebAssembly.ImportValue[],
): WebAssembly.ExportValue[] {
  const count = originals.length;
  const codeOf = (text: string): number[] => [1, text.charCodeAt(0)];
  const nameOf = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);
  const address = [0x41, ...signed(clock)];
  const imports = [
    ...originals.flatMap((_, index) => [...codeOf('f'), ...codeOf(nameOf(index)), 0, 0]),
    ...codeOf('g'), ...codeOf('c'), 3, I32, 1,
    ...codeOf('g'), ...codeOf('s'), 3, I32, 1,
    ...codeOf('g'), ...codeOf('m'), 2, 0, 0,
  ];
  const bodies = originals.flatMap((_, index) => {
    const code = [
      0,
      0x23, 0, 0x41, 1, 0x6a, 0x24, 0, // c = c + 1
      0x23, 0, 0x41, ...signed(ITEMS_PER_TICK - 1), 0x71, 0x45, 0x04, 0x40, // if (c % ITEMS_PER_TICK === 0) {
      0x23, 1, ...address, 0x28, 2, 0, 0x6a, 0x41, 1, 0x6b, 0x24, 1, //   s = s + *clock - 1
      ...address, 0x41, 1, 0x36, 2, 0, //   *clock = 1
      0x0b, // }
      0x20, 0, 0x10, index, 0x0b,
    ];
    return [code.length, ...code];
  });
  const section = (id: number, content: readonly number[]): number[] => [id, ...lengthOf(content), ...content];
  const bytes = new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, 1, I32, 1, I32]),
    ...section(2, [count + 3, ...imports]),
    ...section(3, [count, ...originals.map(() => 0)]),
    ...section(7, [count, ...originals.flatMap((_, index) => [...codeOf(nameOf(index)), 0, count + index])]),
    ...section(10, [count, ...bodies]),
  ]);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    f: Object.fromEntries(originals.map((original, index) => [nameOf(index), original])), g: state,
  });
  return originals.map((_, index) => exports[nameOf(index)]);
}

/** A number as WebAssembly writes a signed one. */
function signed(number: number): number[] {
  const bytes: number[] = [];
  for (let rest = number; ; rest >>= 7) {
    const low = rest & 127;
    const isLast = (rest >> 7 === 0 && (low & 64) === 0) || (rest >> 7 === -1 && (low & 64) !== 0);
    if (isLast) return [...bytes, low];
    bytes.push(low | 128);
  }
}

/** A length of up to 14 bits, as WebAssembly writes it. */
function lengthOf({ length }: readonly number[]): number[] {
  return length < 128 ? [length] : [(length & 127) | 128, length >> 7];
}
