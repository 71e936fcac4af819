/**
 * What begins each value in a message. Tags are even: a message whose first byte is odd is an integer and
 * nothing else (codec.ts). They never leave a run, so they may be renumbered.
 */
export const Tag = {
  Undefined: 0,
  Null: 2,
  False: 4,
  True: 6,
  Integer: 8,
  Number: 10,
  Ascii: 12,
  Utf8: 14,
  Utf16: 16,
  Bigint: 18,
  Date: 20,
  Array: 22,
  Object: 24,
  Map: 26,
  Set: 28,
  View: 30,
  Buffer: 32,
  RegExp: 34,
  Error: 36,
  Instance: 38,
  Reference: 40,
} as const;

/**
 * Bytes begin with a word: how many they are and, from this bit on, by how many others they lie behind it. More than
 * {@link LARGEST_UNALIGNED} of them begin at a multiple of 8 in the message, as the message does in the machine's memory: the engine
 * copies out of shared memory by words where both sides are at such a place, else byte by byte, at five times the cost.
 */
export const PADDING_SHIFT = 28;
export const LENGTH_MASK = (1 << PADDING_SHIFT) - 1;
export const LARGEST_UNALIGNED = 64;

export type View = DataView | InstanceType<(typeof TYPED_ARRAYS)[number]>;

export const TYPED_ARRAYS = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;
/** The kind of a DataView, after those of the typed arrays. */
export const DATA_VIEW = TYPED_ARRAYS.length;

/**
 * Things that are not copied but found again on the other side: locks and queues, processes, functions and
 * classes of the program by their name. Their part of a message is theirs to write and read.
 */
export interface References {
  /** Writes a thing of the machine, with what `read` needs to find it; false where it is none. */
  write(value: object, to: ReferenceWriter): boolean;
  read(from: ReferenceReader): unknown;
  /** Number of the program's class that `instance` is of, or -1. */
  classOf(instance: object): number;
  /** The prototype of the instances of that class. */
  prototypeOf(classNumber: number): object;
}

export interface ReferenceWriter {
  integer(value: number): void;
  string(text: string): void;
  /** What the message is for. */
  readonly purpose: Purpose;
}
export interface ReferenceReader {
  integer(): number;
  string(): string;
}

/** Ends of pipes can be given to a new process, which opens them; a message cannot open anything. */
export type Purpose = 'message' | 'arguments';

export const NO_REFERENCES: References = {
  write: () => false,
  read: () => undefined,
  classOf: () => -1,
  prototypeOf: () => Object.prototype,
};
