import { newWatchedVariable, recordAccess, recordEvent } from '../../../kernel/program-objects';
import { WATCHING } from '../../../kernel/layout';
import { EventKindCode } from '../../../protocol/trace-events';
import { isClass, nameOfType, typeName, typeOf } from '../interpreter/c-objects';
import type { NativeFunction, NativeModule } from '../interpreter/native-module';
import { kernelInTurn, kernelOf, type ProcessState } from '../process-state';

/**
 * Loads and stores of variables that threads of the process may share: globals, attributes of objects whose class is the
 * program's, variables of functions that inner functions assign. See stdlib/_weft_steps.py, which says what each instruction
 * does; here it is found out, before it is done, whose variable it is. Nothing is recorded while the process has one thread.
 */
const Action = { None: 0, ReadGlobal: 1, WriteGlobal: 2, ReadAttribute: 3, WriteAttribute: 4, ReadCell: 5, WriteCell: 6, Fresh: 7, FreshSelf: 8 } as const;

const CELL_CONTENTS = 8;
/** Where a bytes object has its first byte. */
const NAMES_AT = 5;
/** What a class has under a name that is no data of its objects or its own: functions and the like. */
const NOT_DATA = new Set([
  'function', 'property', 'classmethod', 'staticmethod', 'cached_property', 'builtin_function_or_method', 'method_descriptor',
  'wrapper_descriptor', 'getset_descriptor',
]);

interface CodeTable {
  readonly actions: Uint8Array;
  readonly operands: Uint8Array;
  readonly slots: Uint8Array;
  readonly cells: Uint8Array;
  /** Addresses of the names' strings, which are interned, and their texts. */
  readonly names: readonly number[];
  readonly texts: readonly string[];
  /** Numbers of its globals, by the index of their names; 0: not seen yet. */
  readonly globals: number[];
}

/** An object that has variables: its type, for another may come to lie at its address, and the number of each, by its name. */
interface Owner {
  readonly type: number;
  readonly variables: Map<number, number>;
}

export class Variables {
  private readonly tables = new Map<number, CodeTable>();
  private readonly globals = new Map<string, number>();
  private readonly owners = new Map<number, Owner>();
  /** Of a type and a name: what its objects' attribute is called in the trace, or '' where it is no variable. */
  private readonly attributes = new Map<number, Map<number, string>>();
  private disable = 0;
  private localType = 0;
  private moduleName = 0;

  constructor(private readonly process: ProcessState) {}

  begin(disable: number, localType: number, moduleName: number): void {
    this.tables.clear();
    this.globals.clear();
    this.owners.clear();
    this.attributes.clear();
    this.disable = disable;
    this.localType = localType;
    this.moduleName = moduleName;
  }

  addTable(native: NativeModule, args: number, count: number): void {
    const names = Array.from({ length: count - NAMES_AT }, (_, index) => native.pointer(args, NAMES_AT + index));
    this.tables.set(native.pointer(args, 0), {
      actions: bytesOf(native, native.pointer(args, 1)),
      operands: bytesOf(native, native.pointer(args, 2)),
      slots: bytesOf(native, native.pointer(args, 3)),
      cells: bytesOf(native, native.pointer(args, 4)),
      names,
      texts: names.map((name) => native.textAt(name)),
      globals: names.map(() => 0),
    });
  }

  /** The instruction at `offset` of the code is about to be done. Answers what the callback is to answer. */
  touch(native: NativeModule, code: number, offset: number): number {
    const table = this.tables.get(code);
    const unit = offset >> 1;
    const action = table?.actions[unit] ?? Action.None;
    if (table === undefined || action === Action.None) return this.disable;
    if (action >= Action.Fresh) this.forget(native, table, action === Action.FreshSelf);
    else if (this.process.hasGil) this.record(native, table, code, unit, action);
    return native.none;
  }

  /** A call makes cells, or an object: whatever was at their addresses before has nothing to do with them. */
  private forget(native: NativeModule, { cells }: CodeTable, isInit: boolean): void {
    const { frames } = this.process;
    for (const slot of cells) this.owners.delete(frames.local(slot));
    if (!isInit) return;
    const first = frames.local(0);
    const self = typeName(native, first) === 'cell' ? native.heap().u32[(first + CELL_CONTENTS) >> 2] & ~3 : first;
    this.owners.delete(self);
  }

  private record(native: NativeModule, table: CodeTable, code: number, unit: number, action: number): void {
    const index = table.operands[2 * unit] | (table.operands[2 * unit + 1] << 8);
    const name = table.names[index];
    let text = table.texts[index];
    let variable: number;
    if (action <= Action.WriteGlobal) {
      variable = table.globals[index] ||= this.globalOf(code, text);
    } else if (action <= Action.WriteAttribute) {
      const owner = this.process.frames.top();
      text = this.attributeOf(native, owner, name, text);
      if (text === '') return;
      variable = this.variableOf(owner, typeOf(native, owner), name);
    } else {
      variable = this.variableOf(this.process.frames.local(table.slots[unit]), 0, name);
    }
    // Reads have odd numbers.
    const kind = (action & 1) === 1 ? EventKindCode['variable-read'] : EventKindCode['variable-write'];
    recordAccess(kernelOf(this.process), kind, variable, text);
  }

  private globalOf(code: number, name: string): number {
    const key = `${this.process.frames.fileNumber(code)} ${name}`;
    let known = this.globals.get(key);
    if (known === undefined) this.globals.set(key, (known = newWatchedVariable(kernelOf(this.process))));
    return known;
  }

  private variableOf(address: number, type: number, name: number): number {
    let owner = this.owners.get(address);
    if (owner === undefined || owner.type !== type) this.owners.set(address, (owner = { type, variables: new Map() }));
    let known = owner.variables.get(name);
    if (known === undefined) owner.variables.set(name, (known = newWatchedVariable(kernelOf(this.process))));
    return known;
  }

  /** What the trace calls the attribute: `Hall.seats`; '' where it is none that an object, or a class, of the program keeps. */
  private attributeOf(native: NativeModule, owner: number, name: number, text: string): string {
    const type = typeOf(native, owner);
    const isOfClass = isClass(native, owner);
    const holder = isOfClass ? owner : type;
    let known = this.attributes.get(holder);
    if (known === undefined) this.attributes.set(holder, (known = new Map<number, string>()));
    let label = known.get(name);
    if (label === undefined) {
      label = this.isOfProgram(native, holder) && isData(native, holder, name) ? `${nameOfType(native, holder)}.${text}` : '';
      known.set(name, label);
    }
    return label;
  }

  private isOfProgram(native: NativeModule, type: number): boolean {
    const { x } = native;
    const module = x._PyType_Lookup(type, this.moduleName);
    if (module === 0 || typeName(native, module) !== 'str' || x.PyType_IsSubtype(type, this.localType) !== 0) return false;
    return this.process.frames.isModuleOfProgram(native.textAt(module));
  }
}

export function variableCalls(process: ProcessState): Record<string, NativeFunction> {
  const variables = new Variables(process);
  return {
    /** watching(): whether loads and stores of variables are to be recorded. */
    watching: (native) => native.fromBoolean(process.kernel?.words[WATCHING] === 1),
    /** thread_seen_done(ident): the running thread has seen that that one is done. */
    thread_seen_done(native, args) {
      const task = process.threads.get(native.int(args, 0));
      if (task !== undefined && process.hasGil) recordEvent(kernelInTurn(process, false), EventKindCode['task-join'], 0, task.tid, '', 0);
      return native.none;
    },
    /** touch_begin(DISABLE, threading.local, '__module__'): before the first table of this process. */
    touch_begin(native, args) {
      variables.begin(native.pointer(args, 0), native.pointer(args, 1), native.pointer(args, 2));
      return native.none;
    },
    /** touch_table(code, actions, operands, slots, cells, name...): what the instructions of the code do. */
    touch_table(native, args, count) {
      variables.addTable(native, args, count);
      return native.none;
    },
    /** touch(code, offset): that instruction is about to be done. */
    touch: (native, args) => variables.touch(native, native.pointer(args, 0), native.int(args, 1)),
  };
}

/** Whether objects of the type keep the attribute, or the class itself does, where it is not a function or the like. */
function isData(native: NativeModule, type: number, name: number): boolean {
  const found = native.x._PyType_Lookup(type, name);
  return found === 0 || !NOT_DATA.has(typeName(native, found));
}

function bytesOf(native: NativeModule, object: number): Uint8Array {
  const at = native.x.PyBytes_AsString(object);
  const length = native.heap().u32[(object + 8) >> 2];
  return native.heap().u8.slice(at, at + length);
}
