import { DONE } from '../../../protocol/errno';
import { acquireSemaphore, createSemaphore, releaseSemaphore, semaphoreValue } from '../../../kernel/sync/semaphore';
import { markPart } from '../../../kernel/program-objects';
import type { NativeClass } from '../interpreter/native-class';
import type { NativeFunction, NativeModule } from '../interpreter/native-module';
import { wholeOf } from './whole';
import { deadlineAfter, kernelInTurn, kernelOf, type ProcessState } from '../process-state';

/** Semaphores between processes: their addresses are good in every process. */
export function semaphoreCalls(process: ProcessState): Record<string, NativeFunction> {
  return {
    /** sem_new(type, value, maximum, name): its address, or an errno. */
    sem_new(native, args) {
      const k = kernelInTurn(process);
      const at = createSemaphore(k, native.int(args, 0), native.int(args, 1), native.int(args, 2), native.text(args, 3));
      const whole = wholeOf(process);
      if (at > 0 && whole !== 0) markPart(k, at, whole);
      return native.fromInt(at);
    },
    sem_value: (native, args) => native.fromInt(semaphoreValue(kernelInTurn(process), native.int(args, 0))),
  };
}

/**
 * Words of a `Semaphore`, from which stdlib/_multiprocessing.py derives SemLock: the address of the kernel's, whether its owner may
 * acquire it again, how often this process has acquired it more than released, and the identity of the thread that acquired it last.
 */
const Word = { HANDLE: 0, RECURSIVE: 1, HELD: 2, OWNER: 3 } as const;
const WORDS = 4;
/** Its parameters' names. */
const ACQUIRE: readonly string[] = ['block', 'timeout'];

export function semaphoreClass(process: ProcessState): NativeClass {
  const { HANDLE, RECURSIVE, HELD, OWNER } = Word;
  const identity = (native: NativeModule): number => native.x.weft_thread_ident.value;
  const isMine = (native: NativeModule, self: number): boolean => {
    const { i32 } = native.heap();
    return i32[self + HELD] > 0 && i32[self + OWNER] === identity(native);
  };
  const acquire = (native: NativeModule, self: number, seconds: number): number => {
    const { i32 } = native.heap();
    if (i32[self + RECURSIVE] !== 0 && isMine(native, self)) {
      i32[self + HELD]++;
      return native.fromBoolean(true);
    }
    const k = kernelOf(process);
    const at = i32[self + HANDLE];
    const deadline = deadlineAfter(k, seconds);
    return process.stacks.operate(() => acquireSemaphore(k, at, deadline), (outcome) => {
      if (outcome !== DONE) return native.fromBoolean(false);
      const words = native.heap().i32;
      words[self + HELD]++;
      words[self + OWNER] = identity(native);
      return native.fromBoolean(true);
    });
  };
  const release = (native: NativeModule, self: number): number => {
    const { i32 } = native.heap();
    if (i32[self + RECURSIVE] !== 0) {
      if (!isMine(native, self)) native.raise(native.x.PyExc_AssertionError, 'attempt to release recursive lock not owned by thread');
      if (i32[self + HELD] > 1) {
        i32[self + HELD]--;
        return native.none;
      }
    }
    if (releaseSemaphore(kernelInTurn(process), i32[self + HANDLE], 1) !== DONE) {
      native.raise(native.x.PyExc_ValueError, 'semaphore or lock released too many times');
    }
    native.heap().i32[self + HELD]--;
    return native.none;
  };
  return {
    name: 'Semaphore',
    words: WORDS,
    methods: {
      /** begin(handle, recursive) */
      begin(native, self, args) {
        const [handle, recursive] = [native.int(args, 0), native.int(args, 1)];
        const { i32 } = native.heap();
        i32[self + HANDLE] = handle;
        i32[self + RECURSIVE] = recursive;
        return native.none;
      },
      /** acquire(block=True, timeout=None) */
      acquire: (native, self, args, count, keywords) => acquire(native, self, secondsOf(native, args, count, keywords)),
      release,
      __enter__: (native, self) => acquire(native, self, -1),
      __exit__: release,
      _count: (native, self) => native.fromInt(native.heap().i32[self + HELD]),
      _is_mine: (native, self) => native.fromBoolean(isMine(native, self)),
      _after_fork(native, self) {
        native.heap().i32[self + HELD] = 0;
        return native.none;
      },
    },
  };
}

/** How long an acquire may wait, by its arguments; below 0 for ever. */
function secondsOf(native: NativeModule, args: number, count: number, keywords: number): number {
  if (count === 0 && keywords === 0) return -1;
  if (count === 2 && keywords === 0) return secondsFrom(native, native.pointer(args, 0), native.pointer(args, 1));
  const named = keywords === 0 ? [] : native.textsIn(keywords);
  const names = [...ACQUIRE.slice(0, count), ...named];
  const wrong = named.find((name) => !ACQUIRE.includes(name));
  if (wrong !== undefined) native.raise(native.x.PyExc_TypeError, `'${wrong}' is an invalid keyword argument for acquire()`);
  if (count > ACQUIRE.length || new Set(names).size < names.length) {
    native.raise(native.x.PyExc_TypeError, `acquire() takes at most ${ACQUIRE.length} arguments (${count + named.length} given)`);
  }
  const [block, timeout] = ACQUIRE.map((name) => names.indexOf(name));
  return secondsFrom(native, block < 0 ? native.fromBoolean(true) : native.pointer(args, block), timeout < 0 ? native.none : native.pointer(args, timeout));
}

function secondsFrom(native: NativeModule, block: number, timeout: number): number {
  const waits = block === native.fromBoolean(true) || native.truthOf(block);
  const seconds = timeout === native.none ? -1 : Math.max(native.numberOf(timeout), 0);
  return waits ? seconds : 0;
}
