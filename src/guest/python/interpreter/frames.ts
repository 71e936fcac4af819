import { lineOfPlace, makePlace, NO_PLACE, type Place } from '../../../protocol/ids';
import { HOME } from './boot';
import { CollectorLists, type MovedLists } from './collector-lists';
import type { NativeModule } from './native-module';
import { readOffsets, type Offsets } from './offsets';

/** Frames whose `owner` is at least this lie on the C stack. */
const OWNED_BY_INTERPRETER = 3;

/** Bits of a value on a frame's stack that do not belong to the address: whether it is immortal or borrowed. */
const TAG = 3;

/** A pointer to a frame on the C stack, which was changed to the next frame on the heap: its address, and what it was. */
type Detour = readonly [address: number, frame: number];

/** What was linked past the C stack of a thread that is suspended. */
export interface Detours {
  readonly frames: readonly Detour[];
  readonly lists: MovedLists | undefined;
}

/** The program's own calls that a task is in, the innermost first: the code of each, and the line that it is at. */
export interface CallStack {
  readonly codes: readonly number[];
  readonly places: readonly Place[];
  /** The instruction that each is at. */
  readonly instructions: number[];
  /** How many there are in all, where not all are told; else 0. */
  readonly depth: number;
}

/** One of the program's own calls that a task is in. */
export interface ProgramFrame {
  readonly frame: number;
  readonly code: number;
}

/** So deep stacks are counted. */
const DEPTH_AT_MOST = 1024;

/** Of a frame: the address of its function lies between (_PyInterpreterFrame, pycore_interpframe_structs.h of 3.14). */
const GLOBALS_AFTER_PREVIOUS = 8;
/** Longer names of functions cannot be read without asking Python. */
const NAME_AT_MOST = 80;

/** Deeper stacks are told from the inside only. */
const CALLS_AT_MOST = 16;

/** The program's own calls that a task is in, the innermost first and no more than are told, as addresses; the next walk writes over them. */
export interface Walk {
  count: number;
  /** How many there are in all. */
  depth: number;
  readonly frames: Uint32Array;
  readonly codes: Uint32Array;
  readonly instructions: Uint32Array;
}

/** A power of two. */
const KNOWN_CODES = 1024;

/**
 * Where the running Python program is: the innermost frame whose code lies in one of the program's own files, read out of
 * the interpreter's memory (50 ns; asking Python for it costs more than the operations that want it).
 */
export class Frames {
  private readonly offsets: Offsets;
  private readonly files = new Map<string, number>();
  /**
   * What codes were asked for last, each in the place that its address gives it: the address of its file's name (another code at the
   * same address has another, or the same answer), and the number of the file, or -1 where it is not the program's.
   */
  private readonly known = { codes: new Uint32Array(KNOWN_CODES), names: new Uint32Array(KNOWN_CODES), files: new Int32Array(KNOWN_CODES) };
  private readonly lines = new Map<number, Place>();
  /** What {@link walk} found last. */
  readonly calls: Walk = {
    count: 0, depth: 0,
    frames: new Uint32Array(CALLS_AT_MOST), codes: new Uint32Array(CALLS_AT_MOST), instructions: new Uint32Array(CALLS_AT_MOST),
  };

  private readonly collectorLists: CollectorLists;

  constructor(private readonly native: NativeModule) {
    this.collectorLists = new CollectorLists(native);
    this.offsets = readOffsets(native);
  }

  /** The program's files, in the order of the numbers that places use. */
  setFiles(names: readonly string[], first: number): void {
    this.files.clear();
    this.known.codes.fill(0);
    this.lines.clear();
    names.forEach((name, index) => this.files.set(`${HOME}/${name}`, first + index));
  }

  place(): Place {
    const { offsets } = this;
    const { x } = this.native;
    const { u32 } = this.native.heap();
    const state = x.PyThreadState_GetUnchecked() || x.PyGILState_GetThisThreadState();
    if (state === 0) return NO_PLACE;
    for (let frame = u32[(state + offsets.currentFrame) >> 2]; frame !== 0; frame = u32[(frame + offsets.previous) >> 2]!) {
      const code = u32[(frame + offsets.executable) >> 2] & ~3;
      const file = this.fileOf(code, u32);
      if (file >= 0) return this.placeOf(file, code, u32[(frame + offsets.instruction) >> 2]);
    }
    return NO_PLACE;
  }

  /** Address of the code that the running task is in, where that is the program's; else 0. */
  programCode(): number {
    const { u32 } = this.native.heap();
    const code = u32[(this.running(u32) + this.offsets.executable) >> 2] & ~TAG;
    return this.fileOf(code, u32) < 0 ? 0 : code;
  }

  /** The same, and finds all the calls of the running task: {@link calls}, good until Python goes on. */
  walk(): Place {
    const { offsets, calls } = this;
    const { x } = this.native;
    const { u32 } = this.native.heap();
    const state = x.PyThreadState_GetUnchecked() || x.PyGILState_GetThisThreadState();
    let depth = 0;
    let frame = state === 0 ? 0 : u32[(state + offsets.currentFrame) >> 2];
    for (; frame !== 0 && depth < DEPTH_AT_MOST; frame = u32[(frame + offsets.previous) >> 2]) {
      const code = u32[(frame + offsets.executable) >> 2] & ~3;
      if (this.fileOf(code, u32) < 0 || ++depth > CALLS_AT_MOST) continue;
      calls.frames[depth - 1] = frame;
      calls.codes[depth - 1] = code;
      calls.instructions[depth - 1] = u32[(frame + offsets.instruction) >> 2];
    }
    calls.depth = depth;
    calls.count = Math.min(depth, CALLS_AT_MOST);
    return depth === 0 ? NO_PLACE : this.placeOfCall(0);
  }

  /** The calls that were found last, unless they are as `before`: the line of the innermost one may be another. */
  callsUnless(before: CallStack | undefined): CallStack | undefined {
    const { count, depth } = this.calls;
    if (count === 0 || (before !== undefined && this.isSame(before))) return undefined;
    const codes = [...this.calls.codes.subarray(0, count)];
    const places = codes.map((_, index) => (index === 0 ? NO_PLACE : this.placeOfCall(index)));
    return { codes, places, instructions: [...this.calls.instructions.subarray(0, count)], depth: count < CALLS_AT_MOST ? 0 : depth };
  }

  /** Whether the calls that were found last are as `before`, which then has the instructions of now. */
  private isSame({ codes, places, instructions }: CallStack): boolean {
    const { calls } = this;
    if (codes.length !== calls.count) return false;
    for (let index = 0; index < calls.count; index++) {
      if (codes[index] !== calls.codes[index]) return false;
      const instruction = calls.instructions[index];
      if (index === 0 || instructions[index] === instruction) continue;
      if (this.placeOfCall(index) !== places[index]) return false;
      instructions[index] = instruction;
    }
    return true;
  }

  private placeOfCall(index: number): Place {
    const code = this.calls.codes[index];
    return this.placeOf(this.fileNumber(code), code, this.calls.instructions[index]);
  }

  /** The program's own calls that any thread is in, by the address of its state, and how deep it is. */
  framesOf(state: number): { readonly frames: readonly ProgramFrame[]; readonly depth: number } {
    const { offsets } = this;
    const { u32 } = this.native.heap();
    const frames: ProgramFrame[] = [];
    let depth = 0;
    let frame = state === 0 ? 0 : u32[(state + offsets.currentFrame) >> 2];
    for (; frame !== 0 && depth < DEPTH_AT_MOST; frame = u32[(frame + offsets.previous) >> 2]) {
      const code = u32[(frame + offsets.executable) >> 2] & ~3;
      if (this.fileOf(code, u32) >= 0 && ++depth <= CALLS_AT_MOST) frames.push({ frame, code });
    }
    return { frames, depth };
  }

  /** Addresses of the threads' states, and what `threading.get_ident` answers on each. */
  threadStates(): { readonly ident: number; readonly state: number }[] {
    const { offsets, native } = this;
    const { u32 } = native.heap();
    const states: { ident: number; state: number }[] = [];
    const interpreter = u32[(native.x._PyRuntime.value + offsets.interpreters) >> 2];
    for (let state = u32[(interpreter + offsets.threads) >> 2]; state !== 0; state = u32[(state + offsets.nextThread) >> 2]) {
      states.push({ ident: u32[(state + offsets.threadIdent) >> 2], state });
    }
    return states;
  }

  /** Where a call is, its function's name, and the address of the dictionary of its module's variables. */
  tellFrame({ frame, code }: ProgramFrame): { readonly name: string; readonly place: Place; readonly globals: number } {
    const { offsets } = this;
    const { u32 } = this.native.heap();
    return {
      name: this.native.shortAscii(u32[(code + offsets.codeName) >> 2], NAME_AT_MOST) ?? '?',
      place: this.placeOf(this.fileOf(code, u32), code, u32[(frame + offsets.instruction) >> 2]),
      globals: u32[(frame + offsets.previous + GLOBALS_AFTER_PREVIOUS) >> 2],
    };
  }

  /** Names and kinds of the local variables of a code object, and its own qualified name, as addresses. */
  localsOf(code: number): { readonly names: number; readonly kinds: number; readonly name: number } {
    const { u32 } = this.native.heap();
    const { localNames, localKinds, qualifiedName } = this.offsets;
    return { names: u32[(code + localNames) >> 2], kinds: u32[(code + localKinds) >> 2], name: u32[(code + qualifiedName) >> 2] };
  }

  /** Whether these are the addresses of the names of a code object's local variables, and of its own. */
  hasNames(code: number, names: number, name: number): boolean {
    const { u32 } = this.native.heap();
    return u32[(code + this.offsets.localNames) >> 2] === names && u32[(code + this.offsets.qualifiedName) >> 2] === name;
  }

  /** Where in a frame its first local variable is. */
  get firstLocal(): number {
    return this.offsets.locals;
  }

  /** `put_all < work:21 < <module>:30` */
  describe({ codes, places }: CallStack): string {
    const { u32 } = this.native.heap();
    return codes.map((code, index) => {
      const name = this.native.textAt(u32[(code + this.offsets.codeName) >> 2]);
      return index === 0 ? name : `${name}:${lineOfPlace(places[index])}`;
    }).join(' < ');
  }

  /**
   * Links the frames of a thread that is about to be suspended past those on the C stack, where other threads' frames will
   * be: the garbage collector and `sys._current_frames` follow the links of every thread. Its own lists likewise, if it is at work.
   * Answers what `putBack` needs.
   */
  bypassStack(threadState: number): Detours {
    const { offsets } = this;
    const { u8, u32 } = this.native.heap();
    const detours: Detour[] = [];
    let link = (threadState + offsets.currentFrame) >> 2;
    for (let frame = u32[link]; frame !== 0; frame = u32[link]) {
      let next = frame;
      while (next !== 0 && u8[next + offsets.owner] >= OWNED_BY_INTERPRETER) next = u32[(next + offsets.previous) >> 2];
      if (next !== frame) {
        detours.push([link, frame]);
        u32[link] = next;
        if (next === 0) break;
      }
      link = (next + offsets.previous) >> 2;
    }
    return { frames: detours, lists: this.collectorLists.moveOffStack() };
  }

  /** Undoes `bypassStack`, when the C stack is there again. */
  putBack({ frames, lists }: Detours): void {
    const { u32 } = this.native.heap();
    for (const [link, frame] of frames) u32[link] = frame;
    this.collectorLists.putBack(lists);
  }

  /** Number of the program's file that the code is of, or -1. */
  fileNumber(code: number): number {
    return this.fileOf(code, this.native.heap().u32);
  }

  /** Whether classes of this `__module__` are the program's. */
  isModuleOfProgram(name: string): boolean {
    return name === '__main__' || name === '__mp_main__' || this.files.has(`${HOME}/${name.replaceAll('.', '/')}.py`);
  }

  /** Address of what lies on top of the running frame's stack, and of what is in its local variable `slot`. */
  top(): number {
    const { u32 } = this.native.heap();
    return u32[(u32[(this.running(u32) + this.offsets.stackPointer) >> 2] - 4) >> 2] & ~TAG;
  }

  local(slot: number): number {
    const { u32 } = this.native.heap();
    return u32[(this.running(u32) + this.offsets.locals + 4 * slot) >> 2] & ~TAG;
  }

  private running(u32: Uint32Array): number {
    return u32[(this.native.x.PyThreadState_GetUnchecked() + this.offsets.currentFrame) >> 2];
  }

  private fileOf(code: number, u32: Uint32Array): number {
    const { codes, names, files } = this.known;
    const slot = ((code >>> 4) ^ (code >>> 14)) & (KNOWN_CODES - 1);
    const fileName = u32[(code + this.offsets.fileName) >> 2];
    if (codes[slot] === code && names[slot] === fileName) return files[slot];
    // The frames that C makes for itself have no code.
    const file = fileName === 0 ? -1 : (this.files.get(this.native.textAt(fileName)) ?? -1);
    codes[slot] = code;
    names[slot] = fileName;
    files[slot] = file;
    return file;
  }

  private placeOf(file: number, code: number, instruction: number): Place {
    const known = this.lines.get(instruction);
    if (known !== undefined) return known;
    const line = this.native.x.PyCode_Addr2Line(code, instruction - code - this.offsets.codeAdaptive);
    const place = line > 0 ? makePlace(file, line) : NO_PLACE;
    this.lines.set(instruction, place);
    return place;
  }
}
