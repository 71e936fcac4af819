import type { NativeModule } from './native-module';

/**
 * A class of the module `_weft` whose methods are written in JavaScript. Its objects have some words of their own behind their type,
 * all 0 at first; a class of Python's that is derived from it finds the methods as it does those of any class in C.
 */
export interface NativeClass {
  readonly name: string;
  readonly words: number;
  readonly methods: Readonly<Record<string, NativeMethod>>;
}

/**
 * Answers a pointer to its result, a new reference, or SUSPEND. `self` is the index of the object's first word, `args` the address of
 * `count` pointers, behind which are the values of keyword arguments; `keywords` is the address of a tuple of their names, or 0.
 */
export type NativeMethod = (native: NativeModule, self: number, args: number, count: number, keywords: number) => number;

/** Bytes of an object before its words. */
const HEAD_BYTES = 8;
const SPECIFICATION_BYTES = 20;
const SLOT_BYTES = 8;
const METHODS_SLOT = 64;
const METHOD_BYTES = 16;
const METH_FASTCALL_KEYWORDS = 0x82;
/** Classes may be derived from it. */
const BASETYPE = 1 << 10;

/** The index of the first word of the object at `address`. */
export function firstWordOf(address: number): number {
  return (address + HEAD_BYTES) >> 2;
}

/** Makes the class, whose methods are in the function table from `firstSlot` on, and puts it into `module`. */
export function addClass(native: NativeModule, module: number, { name, words, methods }: NativeClass, firstSlot: number): void {
  const { x } = native;
  const names = Object.keys(methods).map((method) => native.cText(method));
  const className = native.cText(name);
  const fullName = native.cText(`_weft.${name}`);
  const table = x.calloc(METHOD_BYTES * (names.length + 1) + SPECIFICATION_BYTES + 2 * SLOT_BYTES, 1);
  const specification = table + METHOD_BYTES * (names.length + 1);
  const slots = specification + SPECIFICATION_BYTES;
  const { u32 } = native.heap();
  names.forEach((method, index) => {
    u32.set([method, firstSlot + index, METH_FASTCALL_KEYWORDS, 0], (table + METHOD_BYTES * index) >> 2);
  });
  u32.set([fullName, HEAD_BYTES + 4 * words, 0, BASETYPE, slots], specification >> 2);
  u32.set([METHODS_SLOT, table], slots >> 2);
  const type = x.PyType_FromSpec(specification);
  x.PyObject_SetAttrString(module, className, type);
  x.Py_DecRef(type);
}
