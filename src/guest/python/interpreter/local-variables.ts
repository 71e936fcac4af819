import type { Kernel } from '../../../kernel/kernel';
import { announceLocal, recordLocal } from '../../../kernel/program-objects';
import type { Frames } from './frames';
import { LocalsOfFunctions, type FunctionLocals } from './function-locals';
import type { NativeModule } from './native-module';
import type { PlainValues } from './plain-values';

/** Where an object that has a length has it. */
const LENGTH = 8;

/** What the trace says of a call's variables. */
interface Level {
  readonly code: number;
  readonly depth: number;
  readonly locals: FunctionLocals;
  /** Three words of what each variable is: its address, its length or the like, and a print of what is in it. */
  readonly words: Uint32Array;
  /** What was said of each; '' where it is not there. */
  readonly said: (number | string)[];
  /** What the trace knows each by; 0: it has not been shown yet. All calls of the function have one. */
  readonly numbers: Uint32Array;
}

/** Runs what calls Python, so that the program does not notice. */
export type Asker = (question: () => void) => void;

/** The calls of a task. */
interface TaskLevels {
  /** By depth and code. */
  readonly all: Map<number, Level>;
  /** Those that it was in last, the innermost first. */
  readonly last: Level[];
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
  private readonly tasks = new Map<number, TaskLevels>();

  constructor(private readonly native: NativeModule, private readonly frames: Frames, private readonly plain: PlainValues) {
    this.functions = new LocalsOfFunctions(native, frames, (text) => native.textAt(text));
  }

  /** A process begins: nothing of it is known. `sayer` is the address of a Python function; 0: nothing is looked at. */
  begin(sayer: number): void {
    this.sayer = sayer;
    this.lastNumber = 0;
    this.functions.clear();
    this.numbers.clear();
    this.tasks.clear();
  }

  /**
   * Tells what is another value than before in the calls of the running task, as they were found last. Where Python cannot be
   * asked just now, what it would have to be asked for is left for the next time. `ask` runs what calls Python.
   */
  look(k: Kernel, ask: Asker | undefined): void {
    if (this.sayer === 0) return;
    const { frames, codes, count, depth } = this.frames.calls;
    if (count === 0) return;
    const levels = this.levelsOf(k.currentTid);
    for (let index = 0; index < count; index++) {
      const level = this.levelOf(levels, index, depth - index, codes[index]);
      if (level.locals.variables.length > 0) this.lookAt(k, frames[index], level, ask);
    }
  }

  private lookAt(k: Kernel, frame: number, { depth, locals, words, said, numbers }: Level, ask: Asker | undefined): void {
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
      const value = object === 0 ? '' : (this.plain.read(object) ?? this.said(object, ask));
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

  private said(object: number, ask: Asker | undefined): string | undefined {
    let said: string | undefined;
    ask?.(() => (said = this.say(object)));
    return said;
  }

  private say(object: number): string {
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

  private levelsOf(task: number): TaskLevels {
    let levels = this.tasks.get(task);
    if (levels === undefined) this.tasks.set(task, (levels = { all: new Map<number, Level>(), last: [] }));
    return levels;
  }

  private levelOf({ all, last }: TaskLevels, index: number, depth: number, code: number): Level {
    const before = last.at(index);
    if (before?.code === code && before.depth === depth && this.frames.hasNames(code, before.locals.names, before.locals.name)) return before;
    const key = depth * 2 ** 32 + code;
    const locals = this.functions.of(code);
    let level = all.get(key);
    if (level?.locals !== locals) {
      const { length } = locals.variables;
      let numbers = this.numbers.get(locals);
      if (numbers === undefined) this.numbers.set(locals, (numbers = new Uint32Array(length)));
      level = { code, depth, locals, words: new Uint32Array(3 * length), said: new Array<number | string>(length).fill(''), numbers };
      all.set(key, level);
    }
    return (last[index] = level);
  }
}
