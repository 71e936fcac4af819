import { C_FUNCTION_TYPES, isClass, nameOfFunction, typeName } from './c-objects';
import type { NativeModule } from './native-module';
import { readOffsets, type Offsets } from './offsets';

/**
 * The frames that a stack is in the middle of, innermost first, and how each gets the value of what it called: what a forked
 * child needs to go on where its parent is. Python's frames lie on the heap, so they are in its copy of the memory; the C
 * stack between them is not.
 */
export interface ChainFrame {
  /** Its address. */
  readonly frame: number;
  /**
   * What it has called: a Python function (`python`); one of our own (`native`); or another C function, which has called
   * Python and makes of the value the same value (`same`; `next`: or, at a generator's end, StopIteration), the object that it
   * initialises (`object`) or None (`none`).
   */
  readonly called: 'python' | 'native' | 'same' | 'next' | 'object' | 'none';
  /** Of a call of C: how many values it takes from the frame's stack, and how many bytes of code it is. */
  readonly operands: number;
  readonly bytes: number;
  /** Address of the object that is initialised, or 0. */
  readonly object: number;
}

const CELL_CONTENTS = 8;

/** Numbers of CPython's instructions that call. */
export interface CallInstructions {
  readonly call: number;
  readonly callKeywords: number;
  readonly callExpanded: number;
}

/** The stack cannot be rebuilt: it is below a call of C whose end we do not know. */
export class CannotResume extends Error {
  override name = 'CannotResume';
  constructor(readonly callable: string) {
    super(`below a call of ${callable}`);
  }
}

/**
 * The frames of the running stack, which is in a call of one of our functions. `later` are those that wait for the outermost
 * of them, on a stack that has been rebuilt before: see resumption.ts.
 */
export function callChain(native: NativeModule, instructions: CallInstructions, later: readonly ChainFrame[]): ChainFrame[] {
  const { x } = native;
  const at = readOffsets(native);
  const { u32 } = native.heap();
  const previousOf = (frame: number): number => u32[(frame + at.previous) >> 2];
  // A frame on the C stack is where C called Python.
  const bottom = x.emscripten_stack_get_end();
  const top = x.emscripten_stack_get_base();
  const isOnCStack = (frame: number): boolean => frame >= bottom && frame < top;
  let frame = u32[(x.PyThreadState_Get() + at.currentFrame) >> 2];
  const chain: ChainFrame[] = [{ frame, called: 'native', object: 0, ...callIn(native, at, instructions, frame)! }];
  for (;;) {
    let caller = previousOf(frame);
    const isThroughC = isOnCStack(caller);
    while (isOnCStack(caller)) caller = previousOf(caller);
    if (caller === 0) return chain;
    if (isThroughC && caller === later[0]?.frame) return [...chain, ...later];
    chain.push(isThroughC
      ? throughC(native, at, instructions, caller, frame)
      : { frame: caller, called: 'python', operands: 0, bytes: 0, object: 0 });
    frame = caller;
  }
}

/** C runs the frame `callee` for the call that `frame` is in. */
function throughC(native: NativeModule, at: Offsets, instructions: CallInstructions, frame: number, callee: number): ChainFrame {
  const { u32 } = native.heap();
  const call = callIn(native, at, instructions, frame);
  if (call === undefined) throw new CannotResume('an operator, an iterator or an attribute');
  const callable = u32[(u32[(frame + at.stackPointer) >> 2] - 4 * call.operands) >> 2] & ~3;
  const calleeName = native.textAt(u32[(codeOf(u32, at, callee) + at.codeName) >> 2]);
  const called = endOfCall(native, callable, calleeName, call.operands);
  return { frame, called, object: called === 'object' ? selfOf(native, at, callee) : 0, ...call };
}

/** The first local variable of a method; where an inner function uses it too it is in a cell. */
function selfOf(native: NativeModule, at: Offsets, frame: number): number {
  const { u32 } = native.heap();
  const self = u32[(frame + at.locals) >> 2] & ~3;
  return typeName(native, self) === 'cell' ? u32[(self + CELL_CONTENTS) >> 2] : self;
}

/** What C makes of the value of the Python function `callee` that it calls in order to call `callable`. */
function endOfCall(native: NativeModule, callable: number, callee: string, operands: number): ChainFrame['called'] {
  const type = typeName(native, callable);
  if (isClass(native, callable)) {
    if (callee === '__init__') return 'object';
  } else if (C_FUNCTION_TYPES.has(type)) {
    const name = nameOfFunction(native, callable);
    if (name === 'exec') return 'none';
    // Context.run, by which asyncio calls what it is given.
    if (name === 'run') return 'same';
    // With a default it would have one for the end; contextlib enters and leaves a generator without.
    if (name === 'next' && operands === 3) return 'next';
    throw new CannotResume(`${name}()`);
  } else if (callee === '__call__' || type === 'function' || type === 'method' || type === 'functools.partial') {
    return 'same';
  }
  throw new CannotResume(type);
}

/** The call that a frame is in; undefined where it is in none. */
function callIn(
  native: NativeModule, at: Offsets, { call, callKeywords, callExpanded }: CallInstructions, frame: number,
): Pick<ChainFrame, 'operands' | 'bytes'> | undefined {
  const { x } = native;
  const { u32 } = native.heap();
  const code = codeOf(u32, at, frame);
  const offset = u32[(frame + at.instruction) >> 2] - code - at.codeAdaptive;
  // The code as it was compiled: in memory its instructions are specialised.
  const bytes = x.PyCode_GetCode(code);
  const start = x.PyBytes_AsString(bytes) + offset;
  const { u8 } = native.heap();
  const instruction = u8[start];
  const argument = u8[start + 1];
  x.Py_DecRef(bytes);
  // The callable and a place for its `self`; then the arguments, and for the second the names of some.
  if (instruction === call) return { operands: 2 + argument, bytes: 8 };
  if (instruction === callKeywords) return { operands: 3 + argument, bytes: 8 };
  // The callable, that place, a tuple and a dictionary.
  return instruction === callExpanded ? { operands: 4, bytes: 2 } : undefined;
}

function codeOf(u32: Uint32Array, at: Offsets, frame: number): number {
  return u32[(frame + at.executable) >> 2] & ~3;
}
