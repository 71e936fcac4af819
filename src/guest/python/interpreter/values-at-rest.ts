import { entriesAt, entriesMade, entryBytes, keysOf, sizeOf } from './dictionaries';
import type { NativeModule } from './native-module';
import { PlainValues } from './plain-values';

const TYPE = 4;
/** Of a list and a tuple their length; of an int its tag. */
const LENGTH = 8;
const LIST_ITEMS = 12;
const DIGITS = 12;
const DIGIT_BITS = 30n;

/** As the trace's `repr` has it: stdlib/_weft_trace.py. */
const LIST_AT_MOST = 4;
const DICT_AT_MOST = 3;
const LEVELS = 2;
const TEXT_AT_MOST = 60;
const INT_AT_MOST = 30;
/** Dictionaries with more entries are not sorted, so not told. */
const SORTED_AT_MOST = 64;

/**
 * Values read out of the interpreter's memory while its threads are suspended: nothing is called that allocates, for the run must
 * not notice that it was looked at.
 */
export class ValuesAtRest {
  private readonly plain: PlainValues;

  constructor(private readonly native: NativeModule) {
    this.plain = new PlainValues(native);
  }

  /** A short int as it is, else its `repr` as the trace shows it; undefined where only Python could say it. */
  read(object: number): number | string | undefined {
    return this.plain.read(object) ?? this.text(object, LEVELS)?.slice(0, TEXT_AT_MOST);
  }

  /** The entries of a dictionary, as addresses; none where it has its values elsewhere, as those of attributes may. */
  entries(dict: number): [key: number, value: number][] {
    const { u8, u32 } = this.native.heap();
    const keys = keysOf(u32, dict);
    const bytes = entryBytes(u8, keys);
    const from = entriesAt(u8, keys);
    const made = bytes === 0 ? 0 : entriesMade(u32, keys);
    return Array.from({ length: made }, (_, index): [number, number] => {
      const at = (from + index * bytes) >> 2;
      return [u32[at], u32[at + 1]];
    }).filter(([, value]) => value !== 0);
  }

  private item(object: number, level: number): string | undefined {
    const plain = this.plain.read(object);
    return plain === undefined ? this.text(object, level) : String(plain);
  }

  private text(object: number, level: number): string | undefined {
    const { x } = this.native;
    const { u32 } = this.native.heap();
    const type = u32[(object + TYPE) >> 2];
    const length = u32[(object + LENGTH) >> 2];
    if (type === x.PyLong_Type.value) return this.int(object, length >> 3, length & 3);
    if (type === x.PyList_Type.value) {
      const first = u32[(object + LIST_ITEMS) >> 2] >> 2;
      return this.sequence(length, level, (index) => u32[first + index], '[', ']');
    }
    if (type === x.PyTuple_Type.value) {
      const items = this.plain.itemsOf(object);
      return this.sequence(length, level, (index) => items[index], '(', length === 1 && level > 0 ? ',)' : ')');
    }
    return type === x.PyDict_Type.value ? this.dict(object, level) : undefined;
  }

  private sequence(length: number, level: number, at: (index: number) => number, left: string, right: string): string | undefined {
    if (length > 0 && level <= 0) return `${left}...${right}`;
    const items = Array.from({ length: Math.min(length, LIST_AT_MOST) }, (_, index) => this.item(at(index), level - 1));
    if (items.includes(undefined)) return undefined;
    if (length > LIST_AT_MOST) items.push('...');
    return `${left}${items.join(', ')}${right}`;
  }

  private dict(object: number, level: number): string | undefined {
    const entries = this.entries(object);
    if (entries.length > 0 && level <= 0) return '{...}';
    if (entries.length > SORTED_AT_MOST || entries.length !== sizeOf(this.native.heap().u32, object)) return undefined;
    const keys = entries.map(([key]) => this.plain.read(key));
    const sorted = sortedIndices(keys);
    if (sorted === undefined) return undefined;
    const items = sorted.slice(0, DICT_AT_MOST).map((index) => {
      const value = this.item(entries[index][1], level - 1);
      return value === undefined ? undefined : `${keys[index]}: ${value}`;
    });
    if (items.includes(undefined)) return undefined;
    if (entries.length > DICT_AT_MOST) items.push('...');
    return `{${items.join(', ')}}`;
  }

  private int(object: number, digits: number, sign: number): string | undefined {
    const { u32 } = this.native.heap();
    let value = 0n;
    if (digits * Number(DIGIT_BITS) > 4 * INT_AT_MOST) return undefined;
    for (let index = digits - 1; index >= 0; index--) value = (value << DIGIT_BITS) | BigInt(u32[(object + DIGITS + 4 * index) >> 2]);
    const text = String(sign === 2 ? -value : value);
    return text.length > INT_AT_MOST ? undefined : text;
  }
}

/** In the order in which Python sorts keys that are all ints, or all plain strings; undefined for others. */
function sortedIndices(keys: readonly (number | string | undefined)[]): number[] | undefined {
  const indices = keys.map((_, index) => index);
  if (keys.every((key) => typeof key === 'number')) return indices.sort((a, b) => keys[a] - keys[b]);
  const areTexts = keys.every((key) => typeof key === 'string' && key.startsWith("'"));
  return areTexts ? indices.sort((a, b) => ((keys[a] as string) < (keys[b] as string) ? -1 : 1)) : undefined;
}
