import { MAX_MESSAGE_BYTES } from '../../../kernel/layout';
import { MessageTooLarge } from '../errors';
import { wholeStack } from '../own-stack';
import {
  DATA_VIEW,
  LARGEST_UNALIGNED,
  PADDING_SHIFT,
  TYPED_ARRAYS,
  Tag,
  type Purpose,
  type ReferenceWriter,
  type References,
  type View,
} from './tags';

/** Where messages are written to and read from: the kernel's scratch. */
export interface Scratch {
  scratch: Uint8Array;
  growScratch(bytes: number): void;
}

/** Deeper nesting than this is taken for a value that contains itself. */
const DEEPEST = 1000;
/** Up to this length a loop over a string's units is faster than the encoder. */
const SHORT_TEXT = 64;
/** Sent on their own, whether or not a class makes them enumerable. */
const ERROR_PROPERTIES = new Set(['name', 'message', 'stack', 'cause', 'remoteStack']);
const encoder = new TextEncoder();

/** Writes values into the scratch, each with its tag. */
export class Writer implements ReferenceWriter {
  purpose: Purpose = 'message';
  private offset = 0;
  private depth = 0;
  private busy = false;
  private bytes: Uint8Array;
  private view: DataView;

  constructor(
    private readonly scratch: Scratch,
    private readonly references: References,
  ) {
    this.bytes = scratch.scratch;
    this.view = new DataView(this.bytes.buffer);
  }

  /** Writes one value at byte `start` of the scratch; answers where it ends. */
  write(value: unknown, start: number, purpose: Purpose = 'message'): number {
    if (this.busy) {
      throw new TypeError('a getter of a value that is being sent cannot itself send, put or start anything');
    }
    this.busy = true;
    this.depth = 0;
    this.purpose = purpose;
    this.offset = start;
    this.follow();
    try {
      this.value(value);
      return this.offset;
    } finally {
      this.busy = false;
    }
  }

  value(value: unknown): void {
    switch (typeof value) {
      case 'number':
        return this.number(value);
      case 'string':
        return this.text(value);
      case 'object':
        return value === null ? this.tag(Tag.Null) : this.object(value);
      case 'boolean':
        return this.tag(value ? Tag.True : Tag.False);
      case 'undefined':
        return this.tag(Tag.Undefined);
      case 'bigint':
        this.tag(Tag.Bigint);
        return this.string(value.toString(16));
      case 'function':
        this.tag(Tag.Reference);
        if (this.references.write(value, this)) return;
        throw new TypeError(
          `${nameOfFunction(value)} cannot be sent to another task: only functions and classes of the ` +
            "program's top level can, by their name",
        );
      default:
        throw new TypeError('a symbol cannot be sent to another task');
    }
  }

  integer(value: number): void {
    this.need(4);
    this.view.setInt32(this.offset, value, true);
    this.offset += 4;
  }

  string(text: string): void {
    this.text(text);
  }

  private number(value: number): void {
    this.need(9);
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.bytes[this.offset] = Tag.Integer;
      this.view.setInt32(this.offset + 1, value, true);
      this.offset += 5;
    } else {
      this.bytes[this.offset] = Tag.Number;
      this.view.setFloat64(this.offset + 1, value, true);
      this.offset += 9;
    }
  }

  private text(text: string): void {
    const { length } = text;
    this.need(5 + length);
    if (length <= SHORT_TEXT) {
      const { bytes } = this;
      const start = this.offset + 5;
      let i = 0;
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit >= 0x80) break;
        bytes[start + i] = unit;
      }
      if (i === length) return this.endText(Tag.Ascii, length);
    }
    if (!text.isWellFormed()) return this.utf16(text);
    let encoded = encoder.encodeInto(text, this.bytes.subarray(this.offset + 5));
    if (encoded.read < length) {
      this.need(5 + length * 3);
      encoded = encoder.encodeInto(text, this.bytes.subarray(this.offset + 5));
    }
    this.endText(Tag.Utf8, encoded.written);
  }

  /** Half a surrogate pair has no UTF-8. */
  private utf16(text: string): void {
    this.need(5 + text.length * 2);
    for (let i = 0; i < text.length; i++) {
      this.view.setUint16(this.offset + 5 + i * 2, text.charCodeAt(i), true);
    }
    this.endText(Tag.Utf16, text.length * 2);
  }

  private endText(tag: number, length: number): void {
    this.bytes[this.offset] = tag;
    this.view.setInt32(this.offset + 1, length, true);
    this.offset += 5 + length;
  }

  private object(value: object): void {
    if (++this.depth > DEEPEST) {
      throw new TypeError(
        `a value that contains itself, or is nested more than ${DEEPEST} deep, cannot be sent to a task`,
      );
    }
    if (Array.isArray(value)) this.array(value);
    else if (ArrayBuffer.isView(value)) this.typedArray(value as View);
    else this.other(value);
    this.depth--;
  }

  private array(value: readonly unknown[]): void {
    const { length } = value;
    this.tag(Tag.Array);
    this.integer(length);
    this.need(length);
    for (let i = 0; i < length; i++) this.value(value[i]);
  }

  private other(value: object): void {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      this.tag(Tag.Object);
      return this.properties(value);
    }
    if (value instanceof Map) {
      this.tag(Tag.Map);
      this.integer(value.size);
      for (const [key, item] of value) {
        this.value(key);
        this.value(item);
      }
    } else if (value instanceof Set) {
      this.tag(Tag.Set);
      this.integer(value.size);
      for (const item of value) this.value(item);
    } else if (value instanceof Date) {
      this.tag(Tag.Date);
      this.double(value.getTime());
    } else if (value instanceof Error) {
      this.error(value);
    } else if (value instanceof ArrayBuffer) {
      this.tag(Tag.Buffer);
      this.raw(new Uint8Array(value));
    } else if (value instanceof RegExp) {
      this.tag(Tag.RegExp);
      this.string(value.source);
      this.string(value.flags);
    } else {
      this.reference(value);
    }
  }

  private reference(value: object): void {
    this.tag(Tag.Reference);
    if (this.references.write(value, this)) return;
    const classNumber = this.references.classOf(value);
    if (classNumber < 0) {
      throw new TypeError(
        `${nameOfInstance(value)} cannot be sent to another task: plain objects, arrays, maps, sets and ` +
          "instances of the program's top-level classes can",
      );
    }
    this.bytes[this.offset - 1] = Tag.Instance;
    this.integer(classNumber);
    this.properties(value);
  }

  private properties(value: object, keys = Object.keys(value)): void {
    this.integer(keys.length);
    for (const key of keys) {
      this.text(key);
      this.value((value as Record<string, unknown>)[key]);
    }
  }

  private error(value: Error): void {
    this.tag(Tag.Error);
    this.integer(this.references.classOf(value));
    this.string(String(value.name));
    this.string(String(value.message));
    this.string(wholeStack(value));
    this.value(value.cause);
    this.properties(
      value,
      Object.keys(value).filter((key) => !ERROR_PROPERTIES.has(key)),
    );
  }

  private typedArray(value: View): void {
    this.tag(Tag.View);
    const kind = kindOf(value);
    if (kind < 0) throw new TypeError(`${nameOfInstance(value)} cannot be sent to another task`);
    this.integer(kind);
    this.raw(
      value instanceof Uint8Array ? value : new Uint8Array(value.buffer, value.byteOffset, value.byteLength),
    );
  }

  private raw(source: Uint8Array): void {
    const { length } = source;
    const padding = length > LARGEST_UNALIGNED ? -(this.offset + 4) & 7 : 0;
    this.need(4 + padding + length);
    this.view.setInt32(this.offset, length | (padding << PADDING_SHIFT), true);
    this.bytes.set(source, this.offset + 4 + padding);
    this.offset += 4 + padding + length;
  }

  private double(value: number): void {
    this.need(8);
    this.view.setFloat64(this.offset, value, true);
    this.offset += 8;
  }

  private tag(tag: number): void {
    this.need(1);
    this.bytes[this.offset++] = tag;
  }

  private need(count: number): void {
    const end = this.offset + count;
    if (end <= this.bytes.length) return;
    if (end > MAX_MESSAGE_BYTES) {
      throw new MessageTooLarge(
        `a message of more than ${MAX_MESSAGE_BYTES / 1024 / 1024} MiB: send it in parts`,
      );
    }
    this.scratch.growScratch(end);
    this.follow();
  }

  /** The kernel replaces its scratch when it needs a larger one. */
  private follow(): void {
    const { scratch } = this.scratch;
    if (scratch === this.bytes) return;
    this.bytes = scratch;
    this.view = new DataView(scratch.buffer);
  }
}

/** Bytes, the most frequent, are found without a search. */
function kindOf(value: View): number {
  if (value instanceof Uint8Array) return 0;
  return value instanceof DataView ? DATA_VIEW : TYPED_ARRAYS.findIndex((type) => value instanceof type);
}

function nameOfFunction(value: { readonly name?: string }): string {
  return value.name === undefined || value.name === ''
    ? 'a function without a name'
    : `the function ${value.name}`;
}

function nameOfInstance(value: object): string {
  const { constructor } = value;
  return typeof constructor === 'function' && constructor.name !== ''
    ? `a ${constructor.name}`
    : 'an object of a class of its own';
}
