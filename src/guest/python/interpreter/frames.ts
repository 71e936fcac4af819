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

interface KnownCode {
  /** Address of its file's name: another code at the same address has another, or the same answer. */
  readonly fileName: number;
  /** Number of the file, or -1 where it is not the program's. */
  readonly file: number;
}

/**
 * Where the running Python program is: the innermost frame whose code lies in one of the program's own files, read out of
 * the interpreter's memory (50 ns; asking Python for it costs more than the operations that want it).
 */
export class Frames {
  private readonly offsets: Offsets;
  private readonly files = new Map<string, number>();
  private readonly known = new Map<number, KnownCode>();
  private readonly lines = new Map<number, Place>();

  private readonly collectorLists: CollectorLists;

  constructor(private readonly native: NativeModule) {
    this.collectorLists = new CollectorLists(native);
    this.offsets = readOffsets(native);
  }

  /** The program's files, in the order of the numbers that places use. */
  setFiles(names: readonly string[], first: number): void {
    this.files.clear();
    this.known.clear();
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

  /** The calls of the running task, unless they are as `before`: the line of the innermost one may be another. */
  callsUnless(before: CallStack | undefined): CallStack | undefined {
    const { offsets } = this;
    const { x } = this.native;
    const { u32 } = this.native.heap();
    const state = x.PyThreadState_GetUnchecked() || x.PyGILState_GetThisThreadState();
    const codes: number[] = [];
    const places: Place[] = [];
    let same = before !== undefined;
    let frame = state === 0 ? 0 : u32[(state + offsets.currentFrame) >> 2];
    for (; frame !== 0 && codes.length < CALLS_AT_MOST; frame = u32[(frame + offsets.previous) >> 2]) {
      const code = u32[(frame + offsets.executable) >> 2] & ~3;
      const file = this.fileOf(code, u32);
      if (file < 0) continue;
      const place = codes.length === 0 ? NO_PLACE : this.placeOf(file, code, u32[(frame + offsets.instruction) >> 2]);
      const index = codes.length;
      same &&= before?.codes[index] === code && before.places[index] === place;
      codes.push(code);
      places.push(place);
    }
    if ((same && codes.length === before?.codes.length) || codes.length === 0) return undefined;
    return { codes, places, depth: codes.length < CALLS_AT_MOST ? 0 : this.programFrames().depth };
  }

  /** The program's own calls that the running task is in, the innermost first and no more than are told, and how deep it is. */
  programFrames(): { readonly frames: readonly ProgramFrame[]; readonly depth: number } {
    const { x } = this.native;
    return this.framesOf(x.PyThreadState_GetUnchecked() || x.PyGILState_GetThisThreadState());
  }

  /** The same of any thread, by the address of its state. */
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

  /** Addresses of the threads' states, by what `threading.get_ident` answers on each. */
  threadStates(): ReadonlyMap<number, number> {
    const { offsets, native } = this;
    const { u32 } = native.heap();
    const states = new Map<number, number>();
    const interpreter = u32[(native.x._PyRuntime.value + offsets.interpreters) >> 2];
    for (let state = u32[(interpreter + offsets.threads) >> 2]; state !== 0; state = u32[(state + offsets.nextThread) >> 2]) {
      states.set(u32[(state + offsets.threadIdent) >> 2], state);
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
    const fileName = u32[(code + this.offsets.fileName) >> 2];
    const known = this.known.get(code);
    if (known?.fileName === fileName) return known.file;
    // The frames that C makes for itself have no code.
    const file = fileName === 0 ? -1 : (this.files.get(this.native.textAt(fileName)) ?? -1);
    this.known.set(code, { fileName, file });
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
