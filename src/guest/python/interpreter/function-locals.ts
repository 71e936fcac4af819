import type { Frames } from './frames';
import type { NativeModule } from './native-module';

/** Bits of a slot's kind in a code object: shared with inner functions, or with an outer one; not the reader's. */
const CELL = 0x40;
const FREE = 0x80;
const HIDDEN = 0x10;
const CELL_CONTENTS = 8;
/** Where a bytes object has its first byte, and a tuple its length. */
const BYTES_DATA = 16;
const LENGTH = 8;
/** Bits of a slot that do not belong to the address. */
const TAG = 3;

/** A function with more variables shows its first. */
const VARIABLES_AT_MOST = 16;

export interface LocalSlot {
  readonly slot: number;
  readonly inCell: boolean;
  readonly name: string;
}

/** The local variables of a function. The addresses tell it from another that came to lie where it was. */
export interface FunctionLocals {
  readonly names: number;
  readonly name: number;
  readonly variables: readonly LocalSlot[];
}

/** Where the program's functions have their local variables. `nameOf` reads a name; a variable whose name it cannot read is left out. */
export class LocalsOfFunctions {
  private readonly functions = new Map<number, FunctionLocals>();

  constructor(
    private readonly native: NativeModule, private readonly frames: Frames, private readonly nameOf: (text: number) => string | undefined,
  ) {}

  clear(): void {
    this.functions.clear();
  }

  of(code: number): FunctionLocals {
    const { names, kinds, name } = this.frames.localsOf(code);
    const known = this.functions.get(code);
    if (known?.names === names && known.name === name) return known;
    const locals = { names, name, variables: this.variablesIn(names, kinds) };
    this.functions.set(code, locals);
    return locals;
  }

  /** The object in a variable of a frame whose first is at `first`; 0 where there is none. */
  objectIn(first: number, { slot, inCell }: LocalSlot): number {
    const { u32 } = this.native.heap();
    const object = u32[(first + 4 * slot) >> 2] & ~TAG;
    if (!inCell || object === 0) return object;
    // Until its function has begun, an argument lies there without a cell.
    const isCell = u32[(object + 4) >> 2] === this.native.x.PyCell_Type.value;
    return isCell ? u32[(object + CELL_CONTENTS) >> 2] & ~TAG : object;
  }

  private variablesIn(names: number, kinds: number): LocalSlot[] {
    const { native } = this;
    const variables: LocalSlot[] = [];
    const count = native.heap().u32[(names + LENGTH) >> 2];
    for (let slot = 0; slot < count && variables.length < VARIABLES_AT_MOST; slot++) {
      const kind = native.heap().u8[kinds + BYTES_DATA + slot];
      const name = this.nameOf(native.x.PyTuple_GetItem(names, slot));
      if (name !== undefined && (kind & HIDDEN) === 0 && !name.startsWith('_') && !name.startsWith('.')) {
        variables.push({ slot, inCell: (kind & (CELL | FREE)) !== 0, name });
      }
    }
    return variables;
  }
}
