import { describe, expect, it } from 'vitest';
import { MessageTooLarge, Empty } from '../errors';
import { setProgramFiles, type RemoteError } from '../own-stack';
import { Reader } from './reader';
import { NO_REFERENCES, TYPED_ARRAYS, type References } from './tags';
import { Writer } from './writer';

/** A scratch as the kernel has it, small so that it grows. */
class Scratch {
  scratch: Uint8Array = new Uint8Array(64);
  growScratch(bytes: number): void {
    if (bytes <= this.scratch.length) return;
    const grown = new Uint8Array(1 << (32 - Math.clz32(bytes - 1)));
    grown.set(this.scratch);
    this.scratch = grown;
  }
}

class Codec {
  private readonly scratch = new Scratch();
  private readonly writer: Writer;
  private readonly reader: Reader;

  constructor(references: References = NO_REFERENCES) {
    this.writer = new Writer(this.scratch, references);
    this.reader = new Reader(this.scratch, references);
  }

  /** What comes out on the other side. */
  pass(value: unknown): unknown {
    const end = this.writer.write(value, 4);
    // Where it lies in shared memory, and out of the scratch: both are the same.
    const shared = new Uint8Array(new SharedArrayBuffer(end + 8));
    shared.set(this.scratch.scratch.subarray(4, end), 8);
    const inPlace = this.reader.readFrom(shared, new DataView(shared.buffer), 8);
    expect(this.reader.end).toBe(end + 4);
    this.writer.write(value, 4);
    const passed = this.reader.read(4);
    expect(this.reader.end).toBe(end);
    expect(inPlace).toEqual(passed);
    shared.fill(255);
    expect(inPlace).toEqual(passed);
    return passed;
  }
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Random values of every kind that can be sent. */
class Values {
  constructor(private readonly random: () => number) {}

  any(depth: number): unknown {
    const kind = this.below(depth > 0 ? 15 : 9);
    switch (kind) {
      case 0:
        return this.pick([undefined, null, true, false]);
      case 1:
        return this.below(200) - 100;
      case 2:
        return this.pick([2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, -0, NaN, Infinity, -Infinity, 5e-324]);
      case 3:
        return (this.random() - 0.5) * 10 ** this.below(40);
      case 4:
        return this.text(this.below(10), 0x80);
      case 5:
        return this.text(this.below(200), 0x80);
      case 6:
        return this.text(this.below(60), 0x10000);
      case 7:
        return BigInt(this.below(1000) - 500) ** BigInt(this.below(40));
      case 8:
        return this.pick([new Date(this.below(2e9) * 1000), new Date(NaN), /a+[^b]/giu]);
      case 9:
        return this.list(depth);
      case 10:
        return new Map(this.list(depth).map((value, index) => [index % 2 === 0 ? value : index, value]));
      case 11:
        return new Set(this.list(depth));
      case 12:
        return this.view();
      case 13:
        return this.bytes(this.below(300)).buffer;
      default:
        return this.plain(depth);
    }
  }

  private list(depth: number): unknown[] {
    return Array.from({ length: this.below(5) }, () => this.any(depth - 1));
  }

  private plain(depth: number): object {
    const object: Record<string, unknown> = {};
    for (let i = this.below(5); i > 0; i--) {
      object[this.pick(['a', 'long key with spaces', 'ключ', '0', this.text(3, 0x10000)])] = this.any(
        depth - 1,
      );
    }
    return object;
  }

  private view(): unknown {
    const type = this.pick(TYPED_ARRAYS);
    const { buffer } = this.bytes(8 * this.below(30));
    return this.below(8) === 0 ? new DataView(buffer) : new type(buffer);
  }

  private bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  private text(length: number, units: number): string {
    return String.fromCharCode(...Array.from({ length }, () => this.below(units)));
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)];
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}

describe('values', () => {
  it('random values come out as they went in', () => {
    const codec = new Codec();
    for (let seed = 1; seed <= 1500; seed++) {
      const value = new Values(randomFrom(seed)).any(4);
      expect(codec.pass(value), `seed ${seed}`).toEqual(value);
    }
  });

  it('minus zero, not a number and half a surrogate pair stay what they are', () => {
    const codec = new Codec();
    expect(codec.pass(-0)).toBe(-0);
    expect(codec.pass(NaN)).toBeNaN();
    expect(codec.pass('a\ud800b')).toBe('a\ud800b');
    expect(codec.pass('\ufeffx')).toBe('\ufeffx');
  });

  it('holes of an array are undefined on the other side, and a property may be called __proto__', () => {
    const codec = new Codec();
    // eslint-disable-next-line no-sparse-arrays
    expect(codec.pass([1, , 2])).toEqual([1, undefined, 2]);
    const object = JSON.parse('{"__proto__": 1, "a": 2}') as object;
    const passed = codec.pass(object) as object;
    expect(Object.entries(passed)).toEqual([
      ['__proto__', 1],
      ['a', 2],
    ]);
    expect(Object.getPrototypeOf(passed)).toBe(Object.prototype);
  });

  it('received arrays of bytes do not share their bytes', () => {
    const codec = new Codec();
    const received = Array.from(
      { length: 2000 },
      (_, i) => codec.pass(new Uint8Array(100).fill(i)) as Uint8Array,
    );
    received.forEach((bytes, i) => expect(bytes.every((byte) => byte === i % 256)).toBe(true));
    received[0].fill(7);
    expect(received[1].every((byte) => byte === 1)).toBe(true);
  });

  it('many bytes begin at a multiple of 8 of the message, wherever it comes to lie', () => {
    const scratch = new Scratch();
    const writer = new Writer(scratch, NO_REFERENCES);
    for (const before of ['', 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg']) {
      for (const bytes of [new Uint8Array(65).fill(9), new Uint16Array(500).fill(0x909), new Uint8Array(1024).fill(9).buffer]) {
        const end = writer.write([before, bytes], 4);
        expect((end - bytes.byteLength) % 8).toBe(0);
        expect(scratch.scratch.subarray(end - bytes.byteLength, end).every((byte) => byte === 9)).toBe(true);
        expect(new Codec().pass([before, bytes])).toEqual([before, bytes]);
      }
    }
  });

  it('an error keeps its class, message, properties and cause', () => {
    const codec = new Codec();
    const passed = codec.pass(
      Object.assign(new RangeError('too far', { cause: new Empty('nothing') }), { code: 5 }),
    ) as RangeError;
    expect(passed).toBeInstanceOf(RangeError);
    expect(passed).toMatchObject({ name: 'RangeError', message: 'too far', code: 5 });
    expect(passed.cause).toBeInstanceOf(Empty);
    expect((passed.cause as Error).message).toBe('nothing');
  });

  it("an error carries the program's own lines along, through several tasks", () => {
    setProgramFiles(['main.js']);
    const error = new Error('oh');
    error.stack =
      'Error: oh\n    at work (main.js:4:9)\n    at Array.map (<anonymous>)\n    at run (worker-1.js:1:2)';
    const codec = new Codec();
    const passed = codec.pass(codec.pass(error)) as RemoteError;
    expect(passed.remoteStack).toBe('    at work (main.js:4)');
  });
});

describe('what cannot be sent', () => {
  const codec = new Codec();

  it('functions and symbols are refused by name', () => {
    expect(() => codec.pass(function work() {})).toThrow(/^the function work cannot be sent/);
    expect(() => codec.pass([() => 1].concat())).toThrow(/^a function without a name/);
    expect(() => codec.pass({ s: Symbol('x') })).toThrow(/symbol/);
  });

  it('a value that contains itself is refused, a deep one is not', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(() => codec.pass(circle)).toThrow(/contains itself/);
    let deep: unknown = 1;
    for (let i = 0; i < 500; i++) deep = [deep];
    expect(codec.pass(deep)).toEqual(deep);
  });

  it('instances of unknown classes are refused by their class', () => {
    class Engine {}
    expect(() => codec.pass(new Engine())).toThrow(/^a Engine cannot be sent/);
    expect(() => codec.pass(new WeakMap())).toThrow(/^a WeakMap cannot be sent/);
  });

  it('a message over the limit is refused before it takes memory', () => {
    expect(() => codec.pass(new Uint8Array(17 * 1024 * 1024))).toThrow(MessageTooLarge);
    expect(() => codec.pass(new Array(2 ** 30))).toThrow(MessageTooLarge);
    expect(() => codec.pass('x'.repeat(17 * 1024 * 1024))).toThrow(MessageTooLarge);
    expect(codec.pass('fine')).toBe('fine');
  });

  it('a getter cannot send while its object is being sent', () => {
    const object = {
      get inner(): unknown {
        return codec.pass(1);
      },
    };
    expect(() => codec.pass(object)).toThrow(/getter/);
    expect(codec.pass(1)).toBe(1);
  });
});

describe('references', () => {
  class Point {
    constructor(readonly x: number) {}
  }
  const classes = [Point];
  const codec = new Codec({
    write(value, to) {
      if (value !== Math.max) return false;
      to.integer(1);
      to.string('max');
      return true;
    },
    read: (from) => `${from.integer()} ${from.string()}`,
    classOf: (instance) => classes.findIndex((type) => instance instanceof type),
    prototypeOf: (number) => classes[number].prototype,
  });

  it('are written and read by their owner', () => {
    expect(codec.pass([Math.max, 2])).toEqual(['1 max', 2]);
  });

  it('instances of known classes come out as instances', () => {
    const point = codec.pass(new Point(3));
    expect(point).toBeInstanceOf(Point);
    expect(point).toEqual(new Point(3));
  });
});
