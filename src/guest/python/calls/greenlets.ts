import type { Kernel } from '../../../kernel/kernel';
import type { NativeFunction } from '../interpreter/native-module';
import type { PythonTask } from '../interpreter/python-task';
import { kernelOf, type ProcessState } from '../process-state';

/** Stacks of a thread beside its first: what stdlib/greenlet.py stands on. Each has a number, good in its process. */
export function greenletCalls(process: ProcessState): Record<string, NativeFunction> {
  let owner: Kernel | undefined;
  let last = 0;
  const stacks = new Map<number, PythonTask>();
  /** The stacks of the process that runs now: one that was forked has but the stack that forked. */
  const own = (): Map<number, PythonTask> => {
    if (owner !== process.kernel) {
      owner = process.kernel;
      stacks.clear();
    }
    return stacks;
  };
  return {
    /** greenlet_here(): the number of the running stack. */
    greenlet_here(native) {
      own().set(++last, process.stacks.running);
      return native.fromInt(last);
    },
    /** greenlet_new(entry): the number of a stack that will call `entry(number)`. */
    greenlet_new(native, args) {
      own().set(++last, process.stacks.newBeside(native.pointer(args, 0), [last]));
      return native.fromInt(last);
    },
    /** greenlet_switch(number): False where there is no such stack, else, when it is switched back to, True. */
    greenlet_switch(native, args) {
      const stack = own().get(native.int(args, 0));
      if (stack === undefined) return native.fromBoolean(false);
      kernelOf(process);
      return process.stacks.switchTo(stack, () => native.fromBoolean(true));
    },
    /** greenlet_end(own, number): the running stack is about to end, and that one goes on. */
    greenlet_end(native, args) {
      const next = own().get(native.int(args, 1));
      own().delete(native.int(args, 0));
      if (next !== undefined) process.stacks.running.next = next;
      return native.none;
    },
    /** greenlet_forget(number): nobody will switch to it any more. */
    greenlet_forget(native, args) {
      own().delete(native.int(args, 0));
      return native.none;
    },
  };
}
