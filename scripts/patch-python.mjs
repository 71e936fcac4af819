// @ts-check
/**
 * Gives each Python stack a thread identity of its own.
 *
 * Pyodide is built without threads, so CPython's two identity functions return one constant, the address of the only
 * pthread. Each `i32.const <that address>` in them becomes `global.get <a new mutable global>`, of the same five bytes,
 * and the global is exported: whoever switches stacks sets it.
 */

/** The exported global. */
export const IDENT_GLOBAL = 'weft_thread_ident';

/** The functions that return the constant; each has one place, which is checked. */
const SITES = ['PyThread_get_thread_ident', 'PyThread_get_thread_ident_ex'];

const I32_CONST = 0x41;
const GLOBAL_GET = 0x23;
const END = 0x0b;
const MUTABLE_I32 = [0x7f, 1];
const Section = { import: 2, global: 6, export: 7, code: 10 };
const Kind = { function: 0, table: 1, memory: 2, global: 3 };

/** @param {number} number @param {number} [least] bytes to fill */
function unsigned(number, least = 0) {
  const bytes = [];
  do {
    const low = number & 127;
    number >>>= 7;
    bytes.push(number !== 0 || bytes.length + 1 < least ? low | 128 : low);
  } while (number !== 0 || bytes.length < least);
  return bytes;
}

/** @param {number} number */
function signed(number) {
  const bytes = [];
  for (;;) {
    const low = number & 127;
    number >>= 7;
    if ((number === 0 && !(low & 64)) || (number === -1 && low & 64)) return [...bytes, low];
    bytes.push(low | 128);
  }
}

/** Reads a module from the front. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 8;
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

/** @param {Uint8Array} wasm */
function readModule(wasm) {
  const reader = new Reader(wasm);
  /** @type {{ id: number, start: number, end: number }[]} */
  const sections = [];
  /** @type {Map<string, number>} */
  const functions = new Map();
  /** @type {[number, number][]} */
  const bodies = [];
  const imported = { functions: 0, globals: 0 };
  while (reader.at < wasm.length) {
    const id = reader.byte();
    const length = reader.unsigned();
    const start = reader.at;
    sections.push({ id, start, end: start + length });
    if (id === Section.import) readImports(reader, imported);
    if (id === Section.export) {
      for (let left = reader.unsigned(); left > 0; left--) {
        const name = reader.name();
        const kind = reader.byte();
        const index = reader.unsigned();
        if (kind === Kind.function) functions.set(name, index);
      }
    }
    if (id === Section.code) {
      for (let left = reader.unsigned(); left > 0; left--) {
        const size = reader.unsigned();
        bodies.push([reader.at, reader.at + size]);
        reader.at += size;
      }
    }
    reader.at = start + length;
  }
  /** @param {string} name */
  const body = (name) => {
    const found = bodies[(functions.get(name) ?? -1) - imported.functions];
    if (!found) throw new Error(`missing function ${name} in Pyodide's module`);
    return found;
  };
  return { sections, body, importedGlobals: imported.globals };
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

/**
 * The module with the identity in a global.
 *
 * @param {Uint8Array} wasm Pyodide's module
 * @returns {Uint8Array}
 * @throws where the module is not as expected
 */
export function patchPython(wasm) {
  const { sections, body, importedGlobals } = readModule(wasm);
  const reader = new Reader(wasm);
  const [selfStart, selfEnd] = body('pthread_self'); // no locals; i32.const X; end
  reader.at = selfStart + 2;
  const constant = Buffer.from([I32_CONST, ...wasm.subarray(reader.at, selfEnd - 1)]);
  if (wasm[reader.at - 1] !== I32_CONST || constant.length !== 5) throw new Error('pthread_self is not the constant that was expected');
  const ident = reader.unsigned();

  const globals = sections.find(({ id }) => id === Section.global);
  if (!globals) throw new Error('missing section of globals');
  reader.at = globals.start;
  const globalCount = reader.unsigned();
  const globalsFrom = reader.at;
  const index = importedGlobals + globalCount;

  const out = Buffer.from(wasm);
  for (const site of SITES) {
    const [from, to] = body(site);
    const at = out.subarray(from, to).indexOf(constant);
    if (at < 0 || out.subarray(from + at + 1, to).includes(constant)) throw new Error(`${site}: expected one place`);
    out.set([GLOBAL_GET, ...unsigned(index, 4)], from + at);
  }

  const parts = [out.subarray(0, 8)];
  for (const { id, start, end } of sections) {
    let content = out.subarray(start, end);
    if (id === Section.global) {
      const added = [...MUTABLE_I32, I32_CONST, ...signed(ident), END];
      content = Buffer.concat([Buffer.from(unsigned(globalCount + 1)), out.subarray(globalsFrom, end), Buffer.from(added)]);
    }
    if (id === Section.export) {
      reader.at = start;
      const count = reader.unsigned();
      const added = [IDENT_GLOBAL.length, ...Buffer.from(IDENT_GLOBAL), Kind.global, ...unsigned(index)];
      content = Buffer.concat([Buffer.from(unsigned(count + 1)), out.subarray(reader.at, end), Buffer.from(added)]);
    }
    parts.push(Buffer.from([id, ...unsigned(content.length)]), content);
  }
  return Buffer.concat(parts);
}
