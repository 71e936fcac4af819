import type { NativeFunction } from '../interpreter/native-module';
import { kernelInTurn, type ProcessState } from '../process-state';

/** What the trace shows of the program's variables: see stdlib/_weft_memory.py. */
export function memoryCalls(process: ProcessState): Record<string, NativeFunction> {
  return {
    /**
     * watch_memory(find, show, say): the program's variables are looked at before each operation of the kernel from here on, and now.
     * `find()` answers which globals there are; `show(value)` what a global, `say(value)` what a local variable is shown as, or None.
     */
    watch_memory(native, args) {
      const [find, show, say] = [0, 1, 2].map((index) => native.pointer(args, index));
      process.stacks.once(() => process.memory.watch(find, show, say));
      kernelInTurn(process, false);
      return native.none;
    },
  };
}
