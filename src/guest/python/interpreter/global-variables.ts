import type { Kernel } from '../../../kernel/kernel';
import { announceVariable, recordVariable } from '../../../kernel/program-objects';
import { DictEntry, sizeOf } from './dictionaries';
import type { Asker } from './local-variables';
import type { NativeModule } from './native-module';
import type { PlainValues } from './plain-values';

/** From here on Python shows an int in words. */
const INT_AT_MOST = 1e9;

interface Variable {
  readonly name: string;
  entry: DictEntry;
  /** What the trace knows it by; 0: it has not been shown yet. */
  number: number;
  /** What its value is: its address, and a print of what is in it. */
  object: number;
  print: number;
  said: number | string | undefined;
}

/**
 * The program's global variables, for the trace: read out of its module's dictionary at the beginning of an operation, and told
 * where they are others than before. Python is asked which there are (stdlib/_weft_memory.py) when there is another number of
 * names, and how to show what {@link PlainValues} cannot read.
 */
export class GlobalVariables {
  private finder = 0;
  private shower = 0;
  private module = 0;
  private main: DictEntry | undefined;
  private names = 0;
  private size = -1;
  private variables: readonly Variable[] = [];
  private readonly known = new Map<string, Variable>();

  constructor(private readonly native: NativeModule, private readonly plain: PlainValues) {}

  /** A process begins. `finder` and `shower` are addresses of Python functions; 0: nothing is looked at. */
  begin(finder: number, shower: number): void {
    this.finder = finder;
    this.shower = shower;
    this.main = undefined;
    this.size = -1;
    this.variables = [];
    this.known.clear();
  }

  /** `ask` runs what calls Python. */
  look(k: Kernel, ask: Asker): void {
    if (this.finder === 0) return;
    if (this.hasOthers()) ask(() => this.find());
    for (const variable of this.variables) this.lookAt(k, variable, ask);
  }

  /** Whether there is another `__main__`, or another number of names in it. */
  private hasOthers(): boolean {
    return this.main?.value() !== this.module || sizeOf(this.native.heap().u32, this.names) !== this.size;
  }

  private lookAt(k: Kernel, variable: Variable, ask: Asker): void {
    const object = variable.entry.value();
    if (object === 0) return;
    const print = this.plain.printWhole(object);
    if (object === variable.object && print === variable.print) return;
    const value = this.plain.read(object);
    if (value === undefined) ask(() => this.tellShown(k, variable, object));
    else this.tell(k, variable, typeof value === 'number' && Math.abs(value) >= INT_AT_MOST ? String(value) : value);
    variable.object = object;
    variable.print = print;
  }

  private tell(k: Kernel, variable: Variable, value: number | string): void {
    if (value === variable.said) return;
    variable.said = value;
    if (variable.number === 0) variable.number = announceVariable(k, variable.name);
    recordVariable(k, variable.number, value);
  }

  /** Tells what Python shows of the value; nothing where it does not show it. */
  private tellShown(k: Kernel, variable: Variable, object: number): void {
    const { native } = this;
    const shown = native.x.PyObject_CallOneArg(this.shower, object);
    if (shown === 0) native.x.PyErr_Clear();
    else if (shown !== native.none) this.tell(k, variable, this.plain.readShown(shown));
    if (shown !== 0) native.x.Py_DecRef(shown);
  }

  /** Asks which variables there are. Python keeps what it answers, and the answer itself, until it is asked again. */
  private find(): void {
    const { native } = this;
    const found = native.x.PyObject_CallNoArgs(this.finder);
    if (found === 0) {
      native.x.PyErr_Clear();
      return;
    }
    const [modules, key, names, shown] = this.plain.itemsOf(found);
    this.main = new DictEntry(native, modules, key);
    this.module = this.main.value();
    this.names = names;
    this.size = sizeOf(native.heap().u32, names);
    this.variables = this.plain.itemsOf(shown).map((name) => this.variable(name));
    native.x.Py_DecRef(found);
  }

  private variable(name: number): Variable {
    const text = this.native.textAt(name);
    const entry = new DictEntry(this.native, this.names, name);
    const known = this.known.get(text);
    if (known !== undefined) {
      known.entry = entry;
      return known;
    }
    const variable = { name: text, entry, number: 0, object: 0, print: 0, said: undefined };
    this.known.set(text, variable);
    return variable;
  }
}
