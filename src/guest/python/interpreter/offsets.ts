import type { NativeModule } from './native-module';

/** 64-bit words of CPython's table of its own offsets (_Py_DebugOffsets, pycore_debug_offsets.h of 3.14). */
const WORDS = {
  interpreters: 5, threads: 9, collector: 11, nextThread: 24, interpreter: 25, currentFrame: 26, threadIdent: 27,
  previous: 32, executable: 33, instruction: 34, locals: 35, owner: 36, stackPointer: 37,
  fileName: 40, codeName: 41, qualifiedName: 42, localNames: 46, localKinds: 47, codeAdaptive: 48, collecting: 82,
} as const;

/** Where things lie in CPython's own structures: of the runtime, an interpreter, a thread, a frame, a code object, the collector. */
export type Offsets = { readonly [Name in keyof typeof WORDS]: number };

export function readOffsets(native: NativeModule): Offsets {
  const table = native.x._PyRuntime.value;
  const { u32 } = native.heap();
  return Object.fromEntries(Object.entries(WORDS).map(([name, word]) => [name, u32[(table + 8 * word) >> 2]])) as Offsets;
}
