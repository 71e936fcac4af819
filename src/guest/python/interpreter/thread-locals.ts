import type { NativeModule } from './native-module';

const DUMMY_TYPE = '_thread._localdummy';
/** Bytes of PyThreadState that are searched. */
const SEARCHED = 512;

let found = 0;

/**
 * Pyodide lets every stack inherit its caller's `threading.local` values, because to it all stacks are one thread. A thread
 * of ours starts with none: its PyThreadState drops the two references that it copied, which lie side by side.
 */
export function forgetLocals(native: NativeModule): void {
  const { x } = native;
  const state = x.PyThreadState_Get();
  found ||= findLocals(native, state);
  for (const word of [(state + found) >> 2, ((state + found) >> 2) + 1]) {
    const { u32 } = native.heap();
    const object = u32[word];
    u32[word] = 0;
    if (object !== 0) x.Py_DecRef(object);
  }
}

/** The offset has no place in CPython's table, so it is found by the type of what is there. */
function findLocals(native: NativeModule, state: number): number {
  const { u8, u32 } = native.heap();
  const isPointer = (value: number, bytes: number): boolean => value % 4 === 0 && value >= 1024 && value + bytes <= u8.length;
  const isDummy = (object: number): boolean => {
    if (!isPointer(object, 8)) return false;
    const type = u32[(object + 4) >> 2];
    if (!isPointer(type, 16)) return false;
    const name = u32[(type + 12) >> 2];
    if (name < 1024 || name + DUMMY_TYPE.length > u8.length) return false;
    for (let i = 0; i < DUMMY_TYPE.length; i++) if (u8[name + i] !== DUMMY_TYPE.charCodeAt(i)) return false;
    return true;
  };
  for (let offset = 4; offset < SEARCHED; offset += 4) if (isDummy(u32[(state + offset) >> 2])) return offset;
  throw new Error('PyThreadState has no thread-local key where it was expected');
}
