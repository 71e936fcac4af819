import { errorClasses } from '../errors';
import type { RemoteError } from '../own-stack';
import { DATA_VIEW, LENGTH_MASK, PADDING_SHIFT, TYPED_ARRAYS, Tag, type ReferenceReader, type References } from './tags';
import type { Scratch } from './writer';

/**
 * Larger ones get a buffer of their own; smaller ones are cut out of a shared one, a slab, for a buffer is what a message costs:
 * for 1 KiB one a message 1,500 ns, a cut of 64 KiB 940 ns, of 256 KiB 590 ns, of 512 KiB 215 ns, of 896 KiB 170 ns, of 1 MiB
 * 870 ns. Chromium keeps slots of up to 960 KiB that are given back; larger ones, and many smaller ones at a time, go back to the
 * computer, and come with a page fault for every 4 KiB. The message that is kept longest keeps its whole slab, so who has received
 * little gets small ones: each is twice the one before.
 */
const FIRST_SLAB_BYTES = 14 * 1024;
const LARGEST_SLAB_BYTES = 896 * 1024;
const LARGEST_IN_SLAB = 8 * 1024;
/** Up to here the engine keeps the bytes beside the object, and no buffer is made. */
const SMALL_VIEW_BYTES = 64;
/** Short texts come again (keys, commands): they are found by a hash of their bytes. A power of two. */
const KNOWN_TEXTS = 256;
const LONGEST_KNOWN = 32;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const builtInErrors = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
  AggregateError,
};
const prototypes = new Map<string, object>(
  Object.entries({ ...builtInErrors, ...errorClasses }).map(([name, type]) => [
    name,
    type.prototype as object,
  ]),
);

/** Reads values out of the scratch. */
export class Reader implements ReferenceReader {
  private offset = 0;
  private bytes: Uint8Array;
  private view: DataView;
  private scratchView: DataView;
  private slab = new ArrayBuffer(0);
  private slabUsed = 0;
  private nextSlabBytes = FIRST_SLAB_BYTES;
  private readonly texts: string[] = new Array<string>(KNOWN_TEXTS).fill('');

  constructor(
    private readonly scratch: Scratch,
    private readonly references: References,
  ) {
    this.bytes = scratch.scratch;
    this.scratchView = this.view = new DataView(this.bytes.buffer);
  }

  /** Reads the value that begins at byte `start` of the scratch. */
  read(start: number): unknown {
    const { scratch } = this.scratch;
    if (scratch.buffer !== this.scratchView.buffer) this.scratchView = new DataView(scratch.buffer);
    return this.readFrom(scratch, this.scratchView, start);
  }

  /** Reads the value that begins at byte `start` of `bytes`, which may be shared memory; `view` is of the same. */
  readFrom(bytes: Uint8Array, view: DataView, start: number): unknown {
    this.bytes = bytes;
    this.view = view;
    this.offset = start;
    return this.value();
  }

  /** Byte after the value that was read last. */
  get end(): number {
    return this.offset;
  }

  integer(): number {
    const value = this.view.getInt32(this.offset, true);
    this.offset += 4;
    return value;
  }

  string(): string {
    return this.text(this.bytes[this.offset++]);
  }

  value(): unknown {
    const tag = this.bytes[this.offset++];
    switch (tag) {
      case Tag.Integer:
        return this.integer();
      case Tag.Number:
        return this.double();
      case Tag.Ascii:
      case Tag.Utf8:
      case Tag.Utf16:
        return this.text(tag);
      case Tag.Undefined:
        return undefined;
      case Tag.Null:
        return null;
      case Tag.False:
        return false;
      case Tag.True:
        return true;
      case Tag.Bigint:
        return bigintOf(this.string());
      case Tag.Date:
        return new Date(this.double());
      case Tag.Array:
        return this.array();
      case Tag.Object:
        return this.properties({});
      case Tag.Map:
        return this.map();
      case Tag.Set:
        return new Set(this.array());
      case Tag.View:
        return this.typedArray();
      case Tag.Buffer:
        return this.raw().slice().buffer;
      case Tag.RegExp: {
        const source = this.string();
        return new RegExp(source, this.string());
      }
      case Tag.Error:
        return this.error();
      case Tag.Instance:
        return this.properties(Object.create(this.references.prototypeOf(this.integer())) as object);
      default:
        return this.references.read(this);
    }
  }

  private double(): number {
    const value = this.view.getFloat64(this.offset, true);
    this.offset += 8;
    return value;
  }

  private text(tag: number): string {
    const length = this.integer();
    const start = this.offset;
    this.offset += length;
    if (tag === Tag.Ascii && length <= LONGEST_KNOWN) return this.knownText(start, length);
    if (tag !== Tag.Utf16) return this.utf8(start, length);
    let text = '';
    for (let i = 0; i < length; i += 2) text += String.fromCharCode(this.view.getUint16(start + i, true));
    return text;
  }

  /** The decoder takes no shared memory: what lies there goes through the scratch, which is not in use then. */
  private utf8(start: number, length: number): string {
    const part = this.bytes.subarray(start, start + length);
    const { scratch } = this.scratch;
    if (this.bytes === scratch) return decoder.decode(part);
    scratch.set(part);
    return decoder.decode(scratch.subarray(0, length));
  }

  private knownText(start: number, length: number): string {
    const { bytes } = this;
    let hash = length;
    for (let i = 0; i < length; i++) hash = (Math.imul(hash, 31) + bytes[start + i]) | 0;
    const index = (hash ^ (hash >>> 15)) & (KNOWN_TEXTS - 1);
    const known = this.texts[index];
    if (known.length === length) {
      let i = 0;
      while (i < length && known.charCodeAt(i) === bytes[start + i]) i++;
      if (i === length) return known;
    }
    let text = '';
    for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[start + i]);
    return (this.texts[index] = text);
  }

  private array(): unknown[] {
    const length = this.integer();
    const array: unknown[] = [];
    for (let i = 0; i < length; i++) array.push(this.value());
    return array;
  }

  private map(): Map<unknown, unknown> {
    const size = this.integer();
    const map = new Map<unknown, unknown>();
    for (let i = 0; i < size; i++) {
      const key = this.value();
      map.set(key, this.value());
    }
    return map;
  }

  private properties<T extends object>(target: T): T {
    const count = this.integer();
    for (let i = 0; i < count; i++) {
      const key = this.string();
      const value = this.value();
      // Assigned, it would be the prototype.
      if (key === '__proto__') {
        Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
      } else (target as Record<string, unknown>)[key] = value;
    }
    return target;
  }

  private error(): Error {
    const classNumber = this.integer();
    const name = this.string();
    const message = this.string();
    const remoteStack = this.string();
    const cause = this.value();
    const error: RemoteError = new Error(message, cause === undefined ? undefined : { cause });
    const prototype = classNumber >= 0 ? this.references.prototypeOf(classNumber) : prototypes.get(name);
    if (prototype !== undefined) Object.setPrototypeOf(error, prototype);
    if (error.name !== name || name in errorClasses) hide(error, 'name', name);
    hide(error, 'remoteStack', remoteStack);
    hide(
      error,
      'stack',
      [`${name}: ${message}`, remoteStack, localFrames(error)].filter((part) => part !== '').join('\n'),
    );
    return this.properties(error);
  }

  private typedArray(): unknown {
    const kind = this.integer();
    const raw = this.raw();
    if (kind === DATA_VIEW) return new DataView(raw.slice().buffer);
    if (kind === 0 && raw.length <= SMALL_VIEW_BYTES) return raw.slice();
    const type = TYPED_ARRAYS[kind];
    const { buffer, start } = this.room(raw.length);
    const bytes = new Uint8Array(buffer, start, raw.length);
    bytes.set(raw);
    return type === Uint8Array ? bytes : new type(buffer, start, raw.length / type.BYTES_PER_ELEMENT);
  }

  /** The bytes that come next, where they are. */
  private raw(): Uint8Array {
    const head = this.integer();
    const start = this.offset + (head >> PADDING_SHIFT);
    this.offset = start + (head & LENGTH_MASK);
    return this.bytes.subarray(start, this.offset);
  }

  private room(length: number): { buffer: ArrayBuffer; start: number } {
    if (length > LARGEST_IN_SLAB) return { buffer: new ArrayBuffer(length), start: 0 };
    let start = (this.slabUsed + 7) & ~7;
    if (start + length > this.slab.byteLength) {
      this.slab = new ArrayBuffer(this.nextSlabBytes);
      this.nextSlabBytes = Math.min(this.nextSlabBytes * 2, LARGEST_SLAB_BYTES);
      start = 0;
    }
    this.slabUsed = start + length;
    return { buffer: this.slab, start };
  }
}

/** The frames of a stack, without the message before them. */
function localFrames({ stack = '' }: Error): string {
  return stack.slice(Math.max(0, stack.search(/^ +at /m)));
}

function hide(error: Error, property: string, value: string): void {
  Object.defineProperty(error, property, { value, writable: true, configurable: true, enumerable: false });
}

/** The reverse of `toString(16)`. */
function bigintOf(text: string): bigint {
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`);
}
