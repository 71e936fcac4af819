import type { Interpreter } from './boot';
import type { ChainFrame } from './call-chain';
import type { NativeModule } from './native-module';
import { readOffsets, type Offsets } from './offsets';
import type { RawExports } from './raw-python';

/**
 * Goes on with a stack of which only the Python frames are left: the evaluation loop is entered once for each, innermost
 * first, and the value (or the exception) of one finishes the call that the next is in.
 */

/** Evaluates a frame on a stack that may be suspended; 0 where it raised an exception. */
type Evaluate = (state: number, frame: number, throws: number) => Promise<number>;

const { promising } = WebAssembly as unknown as {
  readonly promising: (call: RawExports['_PyEval_EvalFrameDefault']) => Evaluate;
};

/** Enters the evaluation loop on new stacks of the C side. */
export function evaluator({ x, python }: Interpreter): Evaluate {
  const module = python._module;
  const enter = promising(x._PyEval_EvalFrameDefault);
  return async (state, frame, throws) => {
    module.validSuspender.value = true;
    module.stackStop = x.emscripten_stack_get_current();
    const value = await enter(state, frame, throws);
    module.validSuspender.value = false;
    return value;
  };
}

/** Whose frame it is: FRAME_OWNED_BY_GENERATOR, and from FRAME_OWNED_BY_INTERPRETER on none of Python's. */
const OWNED_BY_GENERATOR = 1;
const OWNED_BY_INTERPRETER = 3;
/** From the frame of a generator to its state, a byte that is below 0 while it is suspended; and what FOR_ITER and SEND are long. */
const GENERATOR_STATE = -1;
const YIELD_BYTES = 4;
/** Count of references from which on it is not kept. */
const IMMORTAL = 1 << 30;
/** `return_offset` of a frame, two bytes before `owner`: code units from the call it is in to where it goes on. */
const RETURN_OFFSET = -2;
/** Bytes of PyThreadState in which the recursion limit is looked for. */
const SEARCHED = 64;

/**
 * Evaluates `chain` in the current thread state; `result` is what its innermost call answers. `before` is called before each
 * frame with those that wait for it. Answers when the outermost has ended.
 */
export async function resumeChain(
  native: NativeModule, chain: readonly ChainFrame[], result: number, evaluate: Evaluate, before: (later: readonly ChainFrame[]) => void,
): Promise<void> {
  const { x } = native;
  const at = readOffsets(native);
  const state = x.PyThreadState_Get();
  const depth = recursionDepthOf(native, state);
  // What was on the C stack between them is gone.
  chain.forEach(({ frame }, i) => (native.heap().u32[(frame + at.previous) >> 2] = chain[i + 1]?.frame ?? 0));
  let value = result;
  for (const [i, link] of chain.entries()) {
    const { u8, i32, u32 } = native.heap();
    before(chain.slice(i + 1));
    if (value !== 0 && link.called === 'next' && !hasYielded(u8, at, chain[i - 1].frame)) {
      x.Py_DecRef(value);
      x.PyErr_SetNone(u32[x.PyExc_StopIteration.value >> 2]);
      value = 0;
    }
    if (value !== 0) finishCall(native, at, link, chain[i - 1]?.frame ?? 0, value);
    // Nothing is caught in the frame that the interpreter puts between a class and its __init__.
    else if (u8[link.frame + at.owner] >= OWNED_BY_INTERPRETER) continue;
    u32[(state + at.currentFrame) >> 2] = chain[i + 1]?.frame ?? 0;
    // It was counted when it was first entered, and will be again.
    i32[depth >> 2]++;
    value = await evaluate(state, link.frame, value === 0 ? 1 : 0);
  }
}

/** The frame's call is over and has given `value`: its operands go, the value comes, and the instruction is stepped over. */
function finishCall(native: NativeModule, at: Offsets, link: ChainFrame, callee: number, value: number): void {
  const { u8, u32 } = native.heap();
  const { frame, called, operands, bytes, object } = link;
  const top = u32[(frame + at.stackPointer) >> 2] - 4 * operands;
  u32[top >> 2] = asStackReference(u32, called === 'object' ? object : value);
  u32[(frame + at.stackPointer) >> 2] = top + 4;
  u32[(frame + at.instruction) >> 2] += called === 'python' ? returnBytes(u8, at, frame, callee) : bytes;
}

/** As the evaluation loop keeps its values: where nobody counts references to an object, the lowest bit is set. */
function asStackReference(u32: Uint32Array, object: number): number {
  return u32[object >> 2] >= IMMORTAL ? object | 1 : object;
}

/** How far `frame` goes on from where it called the Python function of the frame `callee`. */
function returnBytes(u8: Uint8Array, at: Offsets, frame: number, callee: number): number {
  if (hasYielded(u8, at, callee)) return YIELD_BYTES;
  const offset = frame + at.owner + RETURN_OFFSET;
  return 2 * (u8[offset] | (u8[offset + 1] << 8));
}

/** Whether the frame is a generator's that goes on later. */
function hasYielded(u8: Uint8Array, at: Offsets, frame: number): boolean {
  return u8[frame + at.owner] === OWNED_BY_GENERATOR && u8[frame + GENERATOR_STATE] >= 128;
}

/** Address of how much deeper the thread may call: the word before the recursion limit. */
function recursionDepthOf(native: NativeModule, state: number): number {
  const limit = native.x.Py_GetRecursionLimit();
  const { i32 } = native.heap();
  for (let at = (state + 16) >> 2; at < (state + SEARCHED) >> 2; at++) if (i32[at] === limit && i32[at - 1] <= limit) return (at - 1) << 2;
  throw new Error('PyThreadState has no recursion limit where it was expected');
}

/**
 * In a child: no thread lives on but the one with the state `keep` (0: none). Whoever walks over all threads, as the
 * garbage collector does, must not follow their frames, for these were linked through C stacks that are gone.
 */
export function forgetOtherThreads(native: NativeModule, keep: number): void {
  const at = readOffsets(native);
  const { u32 } = native.heap();
  const interpreter = u32[(native.x._PyRuntime.value + at.interpreters) >> 2];
  for (let state = u32[(interpreter + at.threads) >> 2]; state !== 0; state = u32[(state + at.nextThread) >> 2]) {
    if (state !== keep) u32[(state + at.currentFrame) >> 2] = 0;
  }
}
