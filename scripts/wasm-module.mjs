// @ts-check
/** Reads a WebAssembly module as far as a patch of it needs, and writes it with changed and added functions and globals. */

export const I32_CONST = 0x41;
export const GLOBAL_GET = 0x23;
export const END = 0x0b;
const MUTABLE_I32 = [0x7f, 1];
const HEADER_BYTES = 8;
const Section = { import: 2, function: 3, global: 6, export: 7, code: 10 };
const Kind = { function: 0, table: 1, memory: 2, global: 3 };

/** @param {number} number @param {number} [least] bytes to fill */
export function unsigned(number, least = 0) {
  const bytes = [];
  do {
    const low = number & 127;
    number >>>= 7;
    bytes.push(number !== 0 || bytes.length + 1 < least ? low | 128 : low);
  } while (number !== 0 || bytes.length < least);
  return bytes;
}

/** @param {number} number */
export function signed(number) {
  const bytes = [];
  for (;;) {
    const low = number & 127;
    number >>= 7;
    if ((number === 0 && !(low & 64)) || (number === -1 && low & 64)) return [...bytes, low];
    bytes.push(low | 128);
  }
}

/** Reads from the front. */
export class Reader {
  /** @param {Uint8Array} bytes @param {number} at */
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++] ?? 0;
  }

  unsigned() {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      result |= (byte & 127) << shift;
      if (!(byte & 128)) return result >>> 0;
    }
  }

  name() {
    const length = this.unsigned();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString();
  }

  limits() {
    const flags = this.unsigned();
    this.unsigned();
    if (flags & 1) this.unsigned();
  }
}

export class WasmModule {
  /** @type {{ id: number, content: Buffer }[]} */
  sections = [];
  /** Index of each function and global that is exported. @type {Map<string, number>} */
  functions = new Map();
  /** @type {Map<string, number>} */
  globals = new Map();
  /** What is in each function that is not imported. @type {Buffer[]} */
  bodies = [];
  /** The number of its type. @type {number[]} */
  types = [];
  imported = { functions: 0, globals: 0 };
  globalCount = 0;
  /** @type {Buffer[]} */
  addedGlobals = [];
  /** @type {Buffer[]} */
  addedExports = [];

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.header = Buffer.from(bytes.subarray(0, HEADER_BYTES));
    const reader = new Reader(bytes, HEADER_BYTES);
    while (reader.at < bytes.length) {
      const id = reader.byte();
      const length = reader.unsigned();
      const content = Buffer.from(bytes.subarray(reader.at, reader.at + length));
      reader.at += length;
      this.sections.push({ id, content });
      this.read(id, new Reader(content, 0));
    }
  }

  /** @param {number} id @param {Reader} reader */
  read(id, reader) {
    if (id === Section.import) readImports(reader, this.imported);
    if (id === Section.function) for (let left = reader.unsigned(); left > 0; left--) this.types.push(reader.unsigned());
    if (id === Section.global) this.globalCount = reader.unsigned();
    if (id === Section.export) {
      for (let left = reader.unsigned(); left > 0; left--) {
        const name = reader.name();
        const kind = reader.byte();
        const index = reader.unsigned();
        if (kind === Kind.function) this.functions.set(name, index);
        if (kind === Kind.global) this.globals.set(name, index);
      }
    }
    if (id === Section.code) {
      for (let left = reader.unsigned(); left > 0; left--) {
        const size = reader.unsigned();
        this.bodies.push(Buffer.from(reader.bytes.subarray(reader.at, reader.at + size)));
        reader.at += size;
      }
    }
  }

  /** @param {string} name of a function that is exported */
  functionIndex(name) {
    const index = this.functions.get(name) ?? -1;
    if (index < this.imported.functions) throw new Error(`missing function ${name} in Pyodide's module`);
    return index;
  }

  /** Index in {@link bodies}. @param {string} name */
  bodyIndex(name) {
    return this.functionIndex(name) - this.imported.functions;
  }

  /**
   * The instruction that puts the value of an exported constant on the stack.
   *
   * @param {string} name
   */
  constant(name) {
    const wanted = (this.globals.get(name) ?? -1) - this.imported.globals;
    const section = this.sections.find(({ id }) => id === Section.global);
    if (wanted < 0 || !section) throw new Error(`missing variable ${name} in Pyodide's module`);
    const reader = new Reader(section.content, 0);
    reader.unsigned();
    for (let index = 0; ; index++) {
      reader.at += 2;
      const from = reader.at;
      if (reader.byte() !== I32_CONST) throw new Error(`a variable before ${name} is no number of 32 bits`);
      reader.unsigned();
      if (index === wanted) return section.content.subarray(from, reader.at);
      reader.at++; // end
    }
  }

  /**
   * A function of the same type as the exported one; its index.
   *
   * @param {string} like
   * @param {number[]} instructions without locals of its own
   */
  addFunction(like, instructions) {
    this.types.push(this.types[this.bodyIndex(like)]);
    return this.imported.functions + this.bodies.push(Buffer.from([0, ...instructions, END])) - 1;
  }

  /** A variable of 32 bits, exported; its index. @param {string} name @param {number} value */
  addGlobal(name, value) {
    const index = this.imported.globals + this.globalCount + this.addedGlobals.length;
    this.addedGlobals.push(Buffer.from([...MUTABLE_I32, I32_CONST, ...signed(value), END]));
    this.addedExports.push(Buffer.from([name.length, ...Buffer.from(name), Kind.global, ...unsigned(index)]));
    return index;
  }

  /** @returns {Uint8Array} */
  write() {
    /** @type {Buffer[]} */
    const parts = [this.header];
    for (const { id, content } of this.sections) {
      const written = this.written(id, content);
      parts.push(Buffer.from([id, ...unsigned(written.length)]), written);
    }
    return Buffer.concat(parts);
  }

  /** @param {number} id @param {Buffer} content */
  written(id, content) {
    if (id === Section.function) return Buffer.from([this.types.length, ...this.types].flatMap((number) => unsigned(number)));
    if (id === Section.global) return withMore(content, this.addedGlobals);
    if (id === Section.export) return withMore(content, this.addedExports);
    if (id !== Section.code) return content;
    return Buffer.concat([
      Buffer.from(unsigned(this.bodies.length)), ...this.bodies.flatMap((body) => [Buffer.from(unsigned(body.length)), body]),
    ]);
  }
}

/** A section that is a list, with more at its end. @param {Buffer} content @param {Buffer[]} added */
function withMore(content, added) {
  const reader = new Reader(content, 0);
  const count = reader.unsigned();
  return Buffer.concat([Buffer.from(unsigned(count + added.length)), content.subarray(reader.at), ...added]);
}

/** @param {Reader} reader @param {{ functions: number, globals: number }} imported */
function readImports(reader, imported) {
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === Kind.function) {
      reader.unsigned();
      imported.functions++;
    } else if (kind === Kind.table) {
      reader.byte();
      reader.limits();
    } else if (kind === Kind.memory) {
      reader.limits();
    } else if (kind === Kind.global) {
      reader.at += 2;
      imported.globals++;
    } else {
      reader.byte();
      reader.unsigned();
    }
  }
}
