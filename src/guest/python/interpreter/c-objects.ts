import type { NativeModule } from './native-module';

/** What of CPython's objects can be read out of the memory without asking Python. */

const OBJECT_TYPE = 4;
const TYPE_NAME = 12;
/** Of a built-in function or method: its PyMethodDef, which begins with its name. */
const FUNCTION_METHOD = 8;
/** Of a method of a built-in type, before it is bound: the same. */
const DESCRIPTOR_METHOD = 20;

/** Types of functions that are written in C. */
export const C_FUNCTION_TYPES = new Set(['builtin_function_or_method', 'method_descriptor', 'classmethod_descriptor']);

export function typeOf(native: NativeModule, object: number): number {
  return native.heap().u32[(object + OBJECT_TYPE) >> 2];
}

/** As C has it: `functools.partial`, `function`. */
export function typeName(native: NativeModule, object: number): string {
  return nameOfType(native, typeOf(native, object));
}

/** The same of a type itself. */
export function nameOfType(native: NativeModule, type: number): string {
  return cText(native, native.heap().u32[(type + TYPE_NAME) >> 2]);
}

/** Whether it is a class: its type descends from `type`, as the classes of classes do. */
export function isClass(native: NativeModule, object: number): boolean {
  return native.x.PyType_IsSubtype(typeOf(native, object), native.x.PyType_Type.value) !== 0;
}

/** The name of a function of one of {@link C_FUNCTION_TYPES}. */
export function nameOfFunction(native: NativeModule, object: number): string {
  const { u32 } = native.heap();
  const at = typeName(native, object) === 'builtin_function_or_method' ? FUNCTION_METHOD : DESCRIPTOR_METHOD;
  return cText(native, u32[u32[(object + at) >> 2] >> 2]);
}

function cText(native: NativeModule, at: number): string {
  const { u8 } = native.heap();
  return new TextDecoder().decode(u8.slice(at, u8.indexOf(0, at)));
}
