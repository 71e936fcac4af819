import type { Kernel } from '../../../kernel/kernel';
import { announceLocal, recordLocal } from '../../../kernel/program-objects';
import type { Frames } from './frames';
import type { NativeModule } from './native-module';
import { PlainValues } from './plain-values';

/** Bits of a slot's kind in a code object: shared with inner functions, or with an outer one; not the reader's. */
const CELL = 0x40;
const FREE = 0x80;
const HIDDEN = 0x10;
const CELL_CONTENTS = 8;
/** Where a bytes object has its first byte, and where it and a tuple have their length. */
const BYTES_DATA = 16;
const LENGTH = 8;
/** Bits of a slot that do not belong to the address. */
const TAG = 3;

/** A function with more variables shows its first. */
const VARIABLES_AT_MOST = 16;

interface Variable {
  readonly slot: number;
  readonly inCell: boolean;
  readonly name: string;
  /** What the trace knows it by; 0: it has not been shown yet. */
  number: number;
}

/** The local variables of a function. The addresses tell it from another that came to lie where it was. */
interface FunctionLocals {
  readonly names: number;
  readonly name: number;
  readonly variables: readonly Variable[];
}

/** What the trace says of a call's variables. */
interface Level {
  readonly locals: FunctionLocals;
  /** Three words of what each variable is: its address, its length or the like, and a print of what is in it. */
  readonly words: Uint32Array;
  /** What was said of each; '' where it is not there. */
  readonly said: (number | string)[];
}

/**
 * The local variables of the program's functions, for the trace: read out of the frames at the beginning of an operation, and
 * told where they are others than before. Python is asked only how to say what {@link PlainValues} cannot read.
 */
export class LocalVariables {
  private sayer = 0;
  private lastNumber = 0;
  private readonly functions = new Map<number, FunctionLocals>();
  /** By task, then by depth and code. */
  private readonly levels = new Map<number, Map<number, Level>>();
  private readonly plain: PlainValues;

  constructor(private readonly native: NativeModule, private readonly frames: Frames) {
    this.plain = new PlainValues(native);
  }

  /** A process begins: nothing of it is known. `sayer` is the address of a Python function; 0: nothing is looked at. */
  begin(sayer: number): void {
    this.sayer = sayer;
    this.lastNumber = 0;
    this.functions.clear();
    this.levels.clear();
  }

  /**
   * Tells what is another value than before in the calls of the running task. Where Python cannot be asked just now, what it
   * would have to be asked for is left for the next time.
   */
  look(k: Kernel, mayAsk: boolean): void {
    if (this.sayer === 0) return;
    const { frames, depth } = this.frames.programFrames();
    frames.forEach(({ frame, code }, index) => {
      const locals = this.localsOf(code);
      if (locals.variables.length > 0) this.lookAt(k, frame, depth - index, this.levelOf(k.currentTid, depth - index, code, locals), mayAsk);
    });
  }

  private lookAt(k: Kernel, frame: number, depth: number, { locals, words, said }: Level, mayAsk: boolean): void {
    const { native } = this;
    const first = frame + this.frames.firstLocal;
    for (let index = 0; index < locals.variables.length; index++) {
      const variable = locals.variables[index];
      const { u32 } = native.heap();
      const object = this.valueIn(u32, first + 4 * variable.slot, variable.inCell);
      const at = 3 * index;
      const one = object === 0 ? 0 : u32[(object + LENGTH) >> 2];
      const two = object === 0 ? 0 : this.plain.print(object);
      if (words[at] === object && words[at + 1] === one && words[at + 2] === two) continue;
      const value = object === 0 ? '' : (this.plain.read(object) ?? (mayAsk ? this.ask(object) : undefined));
      if (value === undefined) continue;
      words[at] = object;
      words[at + 1] = one;
      words[at + 2] = two;
      if (value === said[index]) continue;
      said[index] = value;
      if (variable.number === 0) {
        variable.number = ++this.lastNumber;
        announceLocal(k, variable.number, `${native.textAt(locals.name)}.${variable.name}`);
      }
      recordLocal(k, variable.number, depth, value);
    }
  }

  private valueIn(u32: Uint32Array, slot: number, inCell: boolean): number {
    const object = u32[slot >> 2] & ~TAG;
    if (!inCell || object === 0) return object;
    // Until its function has begun, an argument lies there without a cell.
    const isCell = u32[(object + 4) >> 2] === this.native.x.PyCell_Type.value;
    return isCell ? u32[(object + CELL_CONTENTS) >> 2] & ~TAG : object;
  }

  private ask(object: number): string {
    const { native } = this;
    const { x } = native;
    const words = x.PyObject_CallOneArg(this.sayer, object);
    if (words === 0) {
      x.PyErr_Clear();
      return '';
    }
    const shown = words === native.none ? '' : native.textAt(words);
    x.Py_DecRef(words);
    return shown;
  }

  private levelOf(task: number, depth: number, code: number, locals: FunctionLocals): Level {
    let levels = this.levels.get(task);
    if (levels === undefined) this.levels.set(task, (levels = new Map<number, Level>()));
    const key = depth * 2 ** 32 + code;
    let level = levels.get(key);
    if (level?.locals !== locals) {
      const { length } = locals.variables;
      level = { locals, words: new Uint32Array(3 * length), said: new Array<number | string>(length).fill('') };
      levels.set(key, level);
    }
    return level;
  }

  private localsOf(code: number): FunctionLocals {
    const { names, kinds, name } = this.frames.localsOf(code);
    const known = this.functions.get(code);
    if (known?.names === names && known.name === name) return known;
    const locals = { names, name, variables: this.variablesIn(names, kinds) };
    this.functions.set(code, locals);
    return locals;
  }

  private variablesIn(names: number, kinds: number): Variable[] {
    const { native } = this;
    const variables: Variable[] = [];
    const count = native.heap().u32[(names + LENGTH) >> 2];
    for (let slot = 0; slot < count && variables.length < VARIABLES_AT_MOST; slot++) {
      const kind = native.heap().u8[kinds + BYTES_DATA + slot];
      const name = native.textAt(native.x.PyTuple_GetItem(names, slot));
      if ((kind & HIDDEN) === 0 && !name.startsWith('_') && !name.startsWith('.')) {
        variables.push({ slot, inCell: (kind & (CELL | FREE)) !== 0, name, number: 0 });
      }
    }
    return variables;
  }
}
