import { SHORT_TEXT_BYTES } from '../../../kernel/text-cache';
import type { Preview } from '../../../kernel/trace-sink';
import { addClass, firstWordOf, type NativeClass, type NativeMethod } from './native-class';
import type { RawExports } from './raw-python';
import { countingDown, suspendable, type Interruption, type Wait } from './suspendable';

/**
 * Built-in functions of the Python module `_weft`, written in JavaScript, which CPython calls like any C function: 40 ns
 * instead of the 400 ns of a JavaScript proxy, and each may suspend the stack that calls it.
 *
 * Their slots of the function table are reserved before anything else makes the table grow, so that they have the same
 * numbers in every instance, and a memory image made in one finds them in another.
 */

/** Answers a pointer to its result, a new reference, or SUSPEND. `args` is the address of `count` pointers. */
export type NativeFunction = (native: NativeModule, args: number, count: number) => number;

/** What CPython's own locks call: see c-locks.ts. */
export interface LockCalls {
  readonly wait: (lock: number, microseconds: number) => number;
  readonly released: (lock: number) => number;
}

/** What the module has in it. */
export interface Contents {
  readonly functions: Readonly<Record<string, NativeFunction>>;
  readonly classes: readonly NativeClass[];
}

/** A Python exception has been raised: the function answers no value. */
class Raised extends Error {}

export interface Heap {
  readonly u8: Uint8Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
}

/** Functions that are called at each step of a program, and only come to JavaScript when the clock of checks is at 0. */
const COUNTED = new Set(['step']);

const METH_FASTCALL = 0x80;
const METHOD_BYTES = 16;
const DEFINITION_BYTES = 52;
/** Bytes of a PyModuleDef before its name, behind which are its documentation, state size and methods. */
const DEFINITION_HEAD = 20;
const API_VERSION = 1013;
/** Bytes of a string or an int before its length. */
const LENGTH_OFFSET = 8;
/** Of the word that says what kind of string one is; the bits above were never written. */
const STATE_BITS = 0xff;

interface AsciiLayout {
  readonly data: number;
  readonly state: number;
}

const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder();

export class NativeModule {
  readonly none: number;
  private readonly true: number;
  private readonly false: number;
  private readonly names: readonly string[];
  private readonly classes: readonly NativeClass[];
  private readonly firstSlot: number;
  private readonly releasedSlot: number;
  private readonly methodSlot: number;
  private views: Heap;
  private asciiLayout: AsciiLayout | undefined;
  private readonly inMemory: { bytes: Uint8Array; at: number; length: number } = { bytes: new Uint8Array(0), at: 0, length: 0 };

  constructor(
    readonly x: RawExports, { functions, classes }: Contents, wait: Wait, again: Interruption['again'], locks: LockCalls,
  ) {
    const interruption: Interruption = { check: x.PyErr_CheckSignals, again };
    this.none = x._Py_NoneStruct.value;
    this.true = x._Py_TrueStruct.value;
    this.false = x._Py_FalseStruct.value;
    this.views = viewsOf(x.memory);
    this.names = Object.keys(functions);
    this.classes = classes;
    const table = x.__indirect_function_table;
    const methods = classes.flatMap((one) => Object.values(one.methods));
    this.firstSlot = table.grow(this.names.length + 3 + methods.length);
    this.names.forEach((name, index) => {
      const call = functions[name];
      const made = suspendable(3, (_self, args, count) => this.answer(call, args, count), wait, interruption);
      const clock = x._Py_emscripten_signal_clock.value;
      table.set(this.firstSlot + index, COUNTED.has(name) ? countingDown(x.memory, clock, this.none, made) : made);
    });
    const next = this.firstSlot + this.names.length;
    table.set(next, suspendable(0, () => this.create(), wait));
    table.set(next + 1, suspendable(2, (lock, microseconds) => locks.wait(lock, microseconds), wait));
    table.set(next + 2, suspendable(1, (lock) => locks.released(lock), wait));
    this.releasedSlot = next + 2;
    this.methodSlot = next + 3;
    methods.forEach((method, index) => {
      const call = (self: number, args: number, count: number, keywords: number): number => (
        this.answerMethod(method, firstWordOf(self), args, count, keywords)
      );
      table.set(this.methodSlot + index, suspendable(4, call, wait, interruption));
    });
    x.weft_lock_wait.value = next + 1;
  }

  /** Whether C's locks tell of each release. */
  hearOfReleases(hears: boolean): void {
    this.x.weft_lock_released.value = hears ? this.releasedSlot : 0;
  }

  /** An argument of the wrong type has raised its exception already. */
  answer(call: NativeFunction, args: number, count: number): number {
    try {
      return call(this, args, count);
    } catch (error) {
      if (error instanceof Raised) return 0;
      throw error;
    }
  }

  answerMethod(method: NativeMethod, self: number, args: number, count: number, keywords: number): number {
    try {
      return method(this, self, args, count, keywords);
    } catch (error) {
      if (error instanceof Raised) return 0;
      throw error;
    }
  }

  /** Raises an exception of CPython's: `exception` is the variable that has its class. */
  raise(exception: RawExports['PyExc_ValueError'], text: string): never {
    const at = this.cText(text);
    this.x.PyErr_SetString(this.heap().u32[exception.value >> 2], at);
    this.x.free(at);
    throw new Raised();
  }

  /** Views of the interpreter's memory as it is now: they are detached when it grows. */
  heap(): Heap {
    if (this.views.u32.byteLength === 0) this.views = viewsOf(this.x.memory);
    return this.views;
  }

  /** Makes `import _weft` work. Before Python is initialised. */
  register(): void {
    this.x.PyImport_AppendInittab(this.cText('_weft'), this.firstSlot + this.names.length);
  }

  /** The address of argument `index`. */
  pointer(args: number, index: number): number {
    return this.heap().u32[(args >> 2) + index];
  }

  int(args: number, index: number): number {
    return this.intOf(this.pointer(args, index));
  }

  private intOf(object: number): number {
    const { u32 } = this.heap();
    const tag = u32[(object + 8) >> 2];
    // One digit of 30 bits, and its sign in the low bits of the tag.
    if (tag >> 3 === 1) return (1 - (tag & 3)) * u32[(object + 12) >> 2];
    const value = this.x.PyLong_AsLong(object);
    if (value === -1 && this.x.PyErr_Occurred() !== 0) throw new Raised();
    return value;
  }

  number(args: number, index: number): number {
    return this.numberOf(this.pointer(args, index));
  }

  numberOf(object: number): number {
    const value = this.x.PyFloat_AsDouble(object);
    if (value === -1 && this.x.PyErr_Occurred() !== 0) throw new Raised();
    return value;
  }

  /** Whether Python takes it for true. */
  truthOf(object: number): boolean {
    const truth = this.x.PyObject_IsTrue(object);
    if (truth < 0) throw new Raised();
    return truth !== 0;
  }

  text(args: number, index: number): string {
    return this.textAt(this.pointer(args, index));
  }

  /** The texts in a tuple of strings. */
  textsIn(tuple: number): string[] {
    const length = this.heap().u32[(tuple + LENGTH_OFFSET) >> 2];
    return Array.from({ length }, (_, index) => this.textAt(this.x.PyTuple_GetItem(tuple, index)));
  }

  /** What the trace is to show: a short Python int as a number, and a string; good until the next call. */
  preview(args: number, index: number): Preview {
    return this.previewOf(this.pointer(args, index));
  }

  private previewOf(object: number): Preview {
    const { u8, u32 } = this.heap();
    if (u32[(object + 4) >> 2] === this.x.PyLong_Type.value) return this.intOf(object);
    const at = this.asciiIn(object, SHORT_TEXT_BYTES);
    if (at === 0) return this.textAt(object);
    const { inMemory } = this;
    inMemory.bytes = u8;
    inMemory.at = at;
    inMemory.length = u32[(object + LENGTH_OFFSET) >> 2];
    return inMemory;
  }

  /** When Python has booted: {@link shortAscii} asks it nothing later, and moves nothing on its heap. */
  prepareAscii(): void {
    this.asciiLayout = this.findAsciiLayout();
  }

  /** The text of a string of at most so many characters that are all ASCII, read without asking Python; else undefined. */
  shortAscii(object: number, most: number): string | undefined {
    const at = this.asciiIn(object, most);
    const { u8, u32 } = this.heap();
    return at === 0 ? undefined : textDecoder.decode(u8.subarray(at, at + u32[(object + LENGTH_OFFSET) >> 2]));
  }

  /** Where the characters of a string are that is ASCII and no longer than `most`; 0 for any other. */
  asciiIn(object: number, most: number): number {
    const { data, state } = (this.asciiLayout ??= this.findAsciiLayout());
    const { u32 } = this.heap();
    const isShort = u32[(object + LENGTH_OFFSET) >> 2] <= most;
    return isShort && (u32[(object + data - 4) >> 2] & state) === state ? object + data : 0;
  }

  /** The text of a Python string. */
  textAt(object: number): string {
    const { x } = this;
    // On the stack: a block of the heap that this worker had once would be another's after a memory image is laid over it.
    const stack = x.emscripten_stack_get_current();
    const size = x._emscripten_stack_alloc(16);
    const at = x.PyUnicode_AsUTF8AndSize(object, size);
    x._emscripten_stack_restore(stack);
    if (at === 0) throw new Raised();
    const { u8, u32 } = this.heap();
    return textDecoder.decode(u8.subarray(at, at + u32[size >> 2]));
  }

  /**
   * Where CPython keeps the characters of a string of ASCII ones, and the bits of the word before them that say that it is
   * such a string; looked up in one, and in one that differs from it in nothing else.
   */
  private findAsciiLayout(): AsciiLayout {
    const { x } = this;
    const [ascii, latin] = [this.fromText('weft'), this.fromText('w\u00e9ft')];
    const data = x.PyUnicode_AsUTF8AndSize(ascii, 0) - ascii;
    const { u32 } = this.heap();
    const stateOf = (object: number): number => u32[(object + data - 4) >> 2] & STATE_BITS;
    const state = stateOf(ascii);
    if ((stateOf(latin) & state) === state) throw new Error('a Python string does not say whether it is of ASCII characters');
    x.Py_DecRef(ascii);
    x.Py_DecRef(latin);
    return { data, state };
  }

  /** Calls a function of a module of the library with one argument: what it answers, a new reference, or 0 where it raised something. */
  callFunction(module: string, name: string, argument: number): number {
    const { x } = this;
    const texts = [this.cText(module), this.cText(name)];
    const found = x.PyImport_ImportModule(texts[0]);
    const callable = found === 0 ? 0 : x.PyObject_GetAttrString(found, texts[1]);
    const result = callable === 0 ? 0 : x.PyObject_CallOneArg(callable, argument);
    if (result === 0) x.PyErr_Clear();
    for (const object of [callable, found]) if (object !== 0) x.Py_DecRef(object);
    for (const text of texts) x.free(text);
    return result;
  }

  fromInt(value: number): number {
    return this.x.PyLong_FromLong(value);
  }
  fromNumber(value: number): number {
    return this.x.PyFloat_FromDouble(value);
  }
  /** True and False are immortal: no reference is counted. */
  fromBoolean(value: boolean): number {
    return value ? this.true : this.false;
  }
  fromBytes(bytes: Uint8Array): number {
    const object = this.x.PyBytes_FromStringAndSize(0, bytes.length);
    const at = this.x.PyBytes_AsString(object);
    this.heap().u8.set(bytes, at);
    return object;
  }
  fromText(text: string): number {
    const bytes = textEncoder.encode(text);
    const at = this.x.malloc(bytes.length + 1);
    this.heap().u8.set(bytes, at);
    const object = this.x.PyUnicode_FromStringAndSize(at, bytes.length);
    this.x.free(at);
    return object;
  }

  /** A text as C has it, which stays. */
  cText(text: string): number {
    const bytes = textEncoder.encode(text);
    const at = this.x.malloc(bytes.length + 1);
    const { u8 } = this.heap();
    u8.set(bytes, at);
    u8[at + bytes.length] = 0;
    return at;
  }

  /** A PyModuleDef and its method table, laid out by hand; CPython fills in the rest. */
  private create(): number {
    const { x, names } = this;
    const texts = names.map((name) => this.cText(name));
    const moduleName = this.cText('_weft');
    const tableBytes = METHOD_BYTES * (names.length + 1);
    const methods = x.calloc(tableBytes + DEFINITION_BYTES, 1);
    const definition = methods + tableBytes;
    const { u32 } = this.heap();
    names.forEach((_, index) => {
      u32.set([texts[index], this.firstSlot + index, METH_FASTCALL, 0], (methods + METHOD_BYTES * index) >> 2);
    });
    u32[definition >> 2] = 1; // its reference count
    u32.set([moduleName, 0, -1, methods], (definition + DEFINITION_HEAD) >> 2);
    const module = x.PyModule_Create2(definition, API_VERSION);
    let slot = this.methodSlot;
    for (const one of this.classes) {
      addClass(this, module, one, slot);
      slot += Object.keys(one.methods).length;
    }
    return module;
  }
}

function viewsOf({ buffer }: WebAssembly.Memory): Heap {
  return { u8: new Uint8Array(buffer), u32: new Uint32Array(buffer), i32: new Int32Array(buffer) };
}
