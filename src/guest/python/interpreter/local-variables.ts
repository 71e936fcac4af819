import type { Kernel } from '../../../kernel/kernel';
import { announceLocal, recordLocal } from '../../../kernel/program-objects';
import type { Frames } from './frames';
import { LocalsOfFunctions, type FunctionLocals } from './function-locals';
import type { NativeModule } from './native-module';
import { PlainValues } from './plain-values';

/** Where an object that has a length has it. */
const LENGTH = 8;

/** What the trace says of a call's variables. */
interface Level {
  readonly locals: FunctionLocals;
  /** Three words of what each variable is: its address, its length or the like, and a print of what is in it. */
  readonly words: Uint32Array;
  /** What was said of each; '' where it is not there. */
  readonly said: (number | string)[];
  /** What the trace knows each by; 0: it has not been shown yet. All calls of the function have one. */
  readonly numbers: Uint32Array;
}

/**
 * The local variables of the program's functions, for the trace: read out of the frames at the beginning of an operation, and
 * told where they are others than before. Python is asked only how to say what {@link PlainValues} cannot read.
 */
export class LocalVariables {
  private sayer = 0;
  private lastNumber = 0;
  private readonly functions: LocalsOfFunctions;
  private readonly numbers = new Map<FunctionLocals, Uint32Array>();
  /** By task, then by depth and code. */
  private readonly levels = new Map<number, Map<number, Level>>();
  private readonly plain: PlainValues;

  constructor(private readonly native: NativeModule, private readonly frames: Frames) {
    this.plain = new PlainValues(native);
    this.functions = new LocalsOfFunctions(native, frames, (text) => native.textAt(text));
  }

  /** A process begins: nothing of it is known. `sayer` is the address of a Python function; 0: nothing is looked at. */
  begin(sayer: number): void {
    this.sayer = sayer;
    this.lastNumber = 0;
    this.functions.clear();
    this.numbers.clear();
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
      const locals = this.functions.of(code);
      if (locals.variables.length > 0) this.lookAt(k, frame, depth - index, this.levelOf(k.currentTid, depth - index, code, locals), mayAsk);
    });
  }

  private lookAt(k: Kernel, frame: number, depth: number, { locals, words, said, numbers }: Level, mayAsk: boolean): void {
    const { native } = this;
    const first = frame + this.frames.firstLocal;
    for (let index = 0; index < locals.variables.length; index++) {
      const variable = locals.variables[index];
      const { u32 } = native.heap();
      const object = this.functions.objectIn(first, variable);
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
      if (numbers[index] === 0) {
        numbers[index] = ++this.lastNumber;
        announceLocal(k, numbers[index], `${native.textAt(locals.name)}.${variable.name}`);
      }
      recordLocal(k, numbers[index], depth, value);
    }
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
      let numbers = this.numbers.get(locals);
      if (numbers === undefined) this.numbers.set(locals, (numbers = new Uint32Array(length)));
      level = { locals, words: new Uint32Array(3 * length), said: new Array<number | string>(length).fill(''), numbers };
      levels.set(key, level);
    }
    return level;
  }
}
