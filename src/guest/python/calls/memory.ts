import { announceVariable, recordVariable } from '../../../kernel/program-objects';
import type { NativeFunction } from '../interpreter/native-module';
import { kernelInTurn, type ProcessState } from '../process-state';

/** What the trace shows of the program's variables: see stdlib/_weft_memory.py. */
export function memoryCalls(process: ProcessState): Record<string, NativeFunction> {
  return {
    /**
     * watch_memory(look, say): `look` is called before each operation of the kernel from here on, and now; `say(value)` answers
     * what a local variable is shown as, or None.
     */
    watch_memory(native, args) {
      process.stacks.once(() => process.memory.watch(native.pointer(args, 0), native.pointer(args, 1)));
      kernelInTurn(process, false);
      return native.none;
    },
    /** variable_new(name): the number of a variable that the trace has not shown yet. */
    variable_new: (native, args) => native.fromInt(announceVariable(process.kernel!, native.text(args, 0))),
    /** variable_is(number, value): `value` an int, or in words. */
    variable_is(native, args) {
      recordVariable(process.kernel!, native.int(args, 0), native.preview(args, 1));
      return native.none;
    },
  };
}
