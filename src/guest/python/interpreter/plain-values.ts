import { entriesAt, entriesMade, entryBytes, keysOf, sizeOf } from './dictionaries';
import type { NativeModule } from './native-module';

const TYPE = 4;
/** Of a type: how long its objects are without what follows, and its flags. */
const TYPE_SIZE = 16;
const TYPE_FLAGS = 84;
/** Objects of the type keep their attributes behind them: how many there is room for, then the addresses of their values. */
const INLINE_VALUES = 1 << 2;
/** A class that was made when the program ran, and that may be changed: not C's. */
const MADE_OF_C = 1 << 8;
const ON_HEAP = 1 << 9;
/** Behind the type: an int's tag and first digit, a string's length, a float's eight bytes. */
const BODY = 8;
/** Of attributes that lie behind their object: whether they do so still. */
const VALID = 3;
/** A set's table, and how many slots it has, less one. */
const SET_MASK = 16;
const SET_TABLE = 20;
const SET_SLOT_BYTES = 8;
/** A bytes object's first byte. */
const BYTES_DATA = 16;
/** Longer strings Python shortens. */
const TEXT_AT_MOST = 38;
/** Between these JavaScript writes a number with the same digits as Python. */
const LEAST = 1e-4;
const GREATEST = 1e15;
/** Of an int's digits. Above a second one of this size JavaScript's numbers leave some out. */
const DIGIT = 2 ** 30;
const HIGH_DIGIT_AT_MOST = 2 ** 23 - 1;
/** So many items or attributes are looked at. */
const PRINTED_AT_MOST = 8;
/** Of a dictionary or a set all are looked at, for Python shows the first in order: not of larger ones. */
const ENTRIES_AT_MOST = 64;
/** Python shows what is in a collection that is in a collection, and no deeper. */
const LEVELS = 2;
const NOT_HASHED = -1 >>> 0;

/** Values that can be read out of the interpreter's memory without asking Python, also by who does not hold its GIL. */
export class PlainValues {
  private calls = 0;
  /** Of the value whose print is being made: whether something in it cannot be told to be as it was. */
  private isOpen = false;
  /** Addresses, which asking the module for would cost more than all that is done with them. */
  readonly cellType: number;
  private readonly types: Readonly<Record<'int' | 'float' | 'text' | 'bytes' | 'complex' | 'bool' | 'list' | 'tuple' | 'dict' | 'set' | 'frozenset', number>>;

  constructor(private readonly native: NativeModule) {
    const { x } = native;
    this.cellType = x.PyCell_Type.value;
    this.types = {
      int: x.PyLong_Type.value, float: x.PyFloat_Type.value, text: x.PyUnicode_Type.value, bytes: x.PyBytes_Type.value,
      complex: x.PyComplex_Type.value, bool: x.PyBool_Type.value, list: x.PyList_Type.value, tuple: x.PyTuple_Type.value,
      dict: x.PyDict_Type.value, set: x.PySet_Type.value, frozenset: x.PyFrozenSet_Type.value,
    };
  }

  /** An int that JavaScript can count to as it is, the `repr` of None, True, False, most floats and short strings; undefined for all else. */
  read(object: number): number | string | undefined {
    const { native, types } = this;
    if (object === native.none) return 'None';
    if (object === native.fromBoolean(true)) return 'True';
    if (object === native.fromBoolean(false)) return 'False';
    const { u8, u32 } = native.heap();
    const type = u32[(object + TYPE) >> 2];
    if (type === types.int) return this.intOrMore(u32, object);
    if (type === types.float) return floatText(new DataView(u8.buffer).getFloat64(object + BODY, true));
    if (type !== types.text) return undefined;
    const text = native.shortAscii(object, TEXT_AT_MOST);
    return text === undefined || /[^ -~]|['\\]/.test(text) ? undefined : `'${text}'`;
  }

  /** What Python answers that a value is shown as: an int as it is, or words. */
  readShown(object: number): number | string {
    const { native } = this;
    return native.heap().u32[(object + TYPE) >> 2] === this.types.int ? this.int(object) : native.textAt(object);
  }

  /** Addresses of what is in a tuple. */
  itemsOf(tuple: number): number[] {
    const { u32 } = this.native.heap();
    const from = (tuple + u32[(this.types.tuple + TYPE_SIZE) >> 2]) >> 2;
    return [...u32.subarray(from, from + u32[(tuple + BODY) >> 2])];
  }

  /**
   * A word that is another when an object is changed: of a list's first items, of an object's attributes, else of what stands
   * behind its length. Where that cannot be told the answer differs each time.
   */
  print(object: number): number {
    const { u8, u32 } = this.native.heap();
    const type = u32[(object + TYPE) >> 2];
    const { list, dict, set, text } = this.types;
    const next = u32[(object + BODY + 4) >> 2];
    if (type === list) return printOf(u32, next >> 2, u32[(object + BODY) >> 2]);
    // A text may come to lie where another lay that was as long.
    if (type === dict || type === set || type === text) return this.printWhole(object);
    if ((u32[(type + TYPE_FLAGS) >> 2] & INLINE_VALUES) === 0) return next;
    const values = object + u32[(type + TYPE_SIZE) >> 2];
    return printOf(u32, (values >> 2) + 1, u8[values]);
  }

  /**
   * A word that is another whenever what Python shows of an object is: of all that is in it, as deep as is shown. An object that
   * lies where another lay that was as long and held the same is that one.
   */
  printWhole(object: number): number {
    this.isOpen = false;
    const { u8, u32 } = this.native.heap();
    const type = u32[(object + TYPE) >> 2];
    const isObject = (u32[(type + TYPE_FLAGS) >> 2] & INLINE_VALUES) !== 0;
    const print = isObject ? this.attributes(u8, u32, object, type) : this.mix(u8, u32, 0, object, LEVELS, true);
    return this.isOpen ? (this.calls = (this.calls + 1) >>> 0) : print;
  }

  /** `print` and an object that Python shows within `levels` more. */
  private mix(u8: Uint8Array, u32: Uint32Array, print: number, object: number, levels: number, isAlone: boolean): number {
    const { types } = this;
    if (object === 0) return add(print, 0);
    const type = u32[(object + TYPE) >> 2];
    const size = u32[(object + BODY) >> 2];
    const mixed = add(add(print, object), type);
    switch (type) {
      case types.int: return size >> 3 > PRINTED_AT_MOST ? this.open() : this.words(u32, mixed, object + BODY, 1 + (size >> 3));
      case types.float: return this.words(u32, mixed, object + BODY, 2);
      case types.complex: return this.words(u32, mixed, object + BODY, 4);
      case types.text: return this.text(u8, u32, mixed, object);
      case types.bytes: return size > TEXT_AT_MOST ? this.open() : add(bytesOf(u8, mixed, object + BYTES_DATA, size), size);
      case types.list: return this.items(u8, u32, mixed, u32[(object + BODY + 4) >> 2], size, levels);
      case types.tuple: return this.items(u8, u32, mixed, object + u32[(type + TYPE_SIZE) >> 2], size, levels);
      case types.dict: return this.entries(u8, u32, mixed, object, levels);
      case types.set: case types.frozenset: return this.members(u8, u32, mixed, object, levels);
    }
    if (type === types.bool || object === this.native.none) return mixed;
    // What is not shown by itself is shown by its class's name.
    const isOfClass = (u32[(type + TYPE_FLAGS) >> 2] & (ON_HEAP | MADE_OF_C)) === ON_HEAP;
    return isOfClass && !isAlone ? mixed : this.open();
  }

  private open(): number {
    this.isOpen = true;
    return 0;
  }

  private words(u32: Uint32Array, print: number, at: number, count: number): number {
    let mixed = print;
    for (let index = 0; index < count; index++) mixed = add(mixed, u32[(at >> 2) + index]);
    return mixed;
  }

  private text(u8: Uint8Array, u32: Uint32Array, print: number, object: number): number {
    const length = u32[(object + BODY) >> 2];
    const hash = u32[(object + BODY + 4) >> 2];
    if (hash !== NOT_HASHED) return add(add(print, length), hash);
    const at = this.native.asciiIn(object, length);
    if (at === 0) return this.open();
    // Of a long one its beginning and its end are shown.
    const mixed = bytesOf(u8, add(print, length), at, Math.min(length, TEXT_AT_MOST));
    return length <= TEXT_AT_MOST ? mixed : bytesOf(u8, mixed, at + length - TEXT_AT_MOST, TEXT_AT_MOST);
  }

  private items(u8: Uint8Array, u32: Uint32Array, print: number, from: number, count: number, levels: number): number {
    let mixed = add(print, count);
    if (levels === 0) return mixed;
    const end = (from >> 2) + Math.min(count, PRINTED_AT_MOST);
    for (let at = from >> 2; at < end; at++) mixed = this.mix(u8, u32, mixed, u32[at], levels - 1, false);
    return mixed;
  }

  private entries(u8: Uint8Array, u32: Uint32Array, print: number, dict: number, levels: number): number {
    let mixed = add(print, sizeOf(u32, dict));
    if (levels === 0) return mixed;
    const keys = keysOf(u32, dict);
    const made = entriesMade(u32, keys);
    const bytes = entryBytes(u8, keys);
    if (made > ENTRIES_AT_MOST || bytes === 0) return this.open();
    const from = entriesAt(u8, keys);
    for (let at = from; at < from + made * bytes; at += bytes) {
      mixed = this.mix(u8, u32, mixed, u32[at >> 2], levels - 1, false);
      mixed = this.mix(u8, u32, mixed, u32[(at >> 2) + 1], levels - 1, false);
    }
    return mixed;
  }

  private members(u8: Uint8Array, u32: Uint32Array, print: number, set: number, levels: number): number {
    const mask = u32[(set + SET_MASK) >> 2];
    const used = u32[(set + BODY + 4) >> 2];
    let mixed = add(print, used);
    if (levels === 0) return mixed;
    if (mask >= ENTRIES_AT_MOST) return this.open();
    const from = u32[(set + SET_TABLE) >> 2];
    for (let at = from; at <= from + mask * SET_SLOT_BYTES; at += SET_SLOT_BYTES) mixed = this.mix(u8, u32, mixed, u32[at >> 2], levels - 1, false);
    return mixed;
  }

  /** Of an object by itself, with all that is in its attributes. */
  private attributes(u8: Uint8Array, u32: Uint32Array, object: number, type: number): number {
    const values = object + u32[(type + TYPE_SIZE) >> 2];
    if (u8[values + VALID] === 0) return this.open();
    let mixed = add(0, object);
    for (let index = 0; index < u8[values]; index++) mixed = this.mix(u8, u32, mixed, u32[(values >> 2) + 1 + index], LEVELS, false);
    return mixed;
  }

  private intOrMore(u32: Uint32Array, object: number): number | undefined {
    const digits = u32[(object + BODY) >> 2] >> 3;
    if (digits <= 1) return this.int(object);
    const high = u32[(object + BODY + 8) >> 2];
    if (digits > 2 || high > HIGH_DIGIT_AT_MOST) return undefined;
    return this.int(object) + (1 - (u32[(object + BODY) >> 2] & 3)) * high * DIGIT;
  }

  /** Of one digit of 30 bits, the lowest; its sign is in the low bits of the tag. */
  private int(object: number): number {
    const { u32 } = this.native.heap();
    const digit = u32[(object + BODY + 4) >> 2];
    return digit === 0 ? 0 : (1 - (u32[(object + BODY) >> 2] & 3)) * digit;
  }
}

function add(print: number, word: number): number {
  return (Math.imul(print, 0x01000193) ^ word ^ (print >>> 15)) >>> 0;
}

function bytesOf(u8: Uint8Array, print: number, from: number, count: number): number {
  let mixed = print;
  for (let index = from; index < from + count; index++) mixed = add(mixed, u8[index]);
  return mixed;
}

function printOf(u32: Uint32Array, from: number, count: number): number {
  let print = 0;
  for (let index = from; index < from + Math.min(count, PRINTED_AT_MOST); index++) print = (Math.imul(print, 31) + u32[index]) >>> 0;
  return print;
}

function floatText(value: number): string | undefined {
  const size = Math.abs(value);
  if (Object.is(value, -0) || (size !== 0 && !(size >= LEAST && size < GREATEST))) return undefined;
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
