import type { NativeModule } from './native-module';

const TYPE = 4;
/** Of a type: how long its objects are without what follows, and its flags. */
const TYPE_SIZE = 16;
const TYPE_FLAGS = 84;
/** Objects of the type keep their attributes behind them: how many there is room for, then the addresses of their values. */
const INLINE_VALUES = 1 << 2;
/** Behind the type: an int's tag and first digit, a string's length, a float's eight bytes. */
const BODY = 8;
/** Longer strings Python shortens. */
const TEXT_AT_MOST = 38;
/** Between these JavaScript writes a number with the same digits as Python. */
const LEAST = 1e-4;
const GREATEST = 1e15;
/** So many items or attributes are looked at. */
const PRINTED_AT_MOST = 8;

/** Values that can be read out of the interpreter's memory without asking Python, also by who does not hold its GIL. */
export class PlainValues {
  private calls = 0;

  constructor(private readonly native: NativeModule) {}

  /** A short int as it is, the `repr` of None, True, False, most floats and short strings; undefined for all else. */
  read(object: number): number | string | undefined {
    const { native } = this;
    if (object === native.none) return 'None';
    if (object === native.fromBoolean(true)) return 'True';
    if (object === native.fromBoolean(false)) return 'False';
    const { u8, u32 } = native.heap();
    const type = u32[(object + TYPE) >> 2];
    const { PyLong_Type, PyFloat_Type, PyUnicode_Type } = native.x;
    // One digit of 30 bits, and its sign in the low bits of the tag.
    if (type === PyLong_Type.value) return u32[(object + BODY) >> 2] >> 3 <= 1 ? this.int(object) : undefined;
    if (type === PyFloat_Type.value) return floatText(new DataView(u8.buffer).getFloat64(object + BODY, true));
    if (type !== PyUnicode_Type.value) return undefined;
    const text = native.shortAscii(object, TEXT_AT_MOST);
    return text === undefined || /[^ -~]|['\\]/.test(text) ? undefined : `'${text}'`;
  }

  /**
   * A word that is another when an object is changed: of a list's first items, of an object's attributes, else of what stands
   * behind its length. What is in a dictionary or a set cannot be told so: the answer differs each time.
   */
  print(object: number): number {
    const { u8, u32 } = this.native.heap();
    const type = u32[(object + TYPE) >> 2];
    const { PyList_Type, PyDict_Type, PySet_Type } = this.native.x;
    const next = u32[(object + BODY + 4) >> 2];
    if (type === PyList_Type.value) return printOf(u32, next >> 2, u32[(object + BODY) >> 2]);
    if (type === PyDict_Type.value || type === PySet_Type.value) return (this.calls = (this.calls + 1) >>> 0);
    if ((u32[(type + TYPE_FLAGS) >> 2] & INLINE_VALUES) === 0) return next;
    const values = object + u32[(type + TYPE_SIZE) >> 2];
    return printOf(u32, (values >> 2) + 1, u8[values]);
  }

  private int(object: number): number {
    const { u32 } = this.native.heap();
    const digit = u32[(object + BODY + 4) >> 2];
    return digit === 0 ? 0 : (1 - (u32[(object + BODY) >> 2] & 3)) * digit;
  }
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
