import { STEP_KIND } from '../../../kernel/layout';
import { StepKindCode } from '../../../protocol/words';
import type { NativeFunction } from '../interpreter/native-module';
import type { ProcessState } from '../process-state';

/** Lines and bytecodes of the program as steps: see stdlib/_weft_steps.py. */
export function stepCalls(process: ProcessState): Record<string, NativeFunction> {
  return {
    /** step_kind(): a code of STEP_KINDS; real time has none of its own. Asked when the library has been installed. */
    step_kind(native) {
      const { kernel, lines } = process;
      lines.ready();
      return native.fromInt(kernel?.virtual === true ? kernel.words[STEP_KIND] : StepKindCode.call);
    },
    /** step(code, line or offset): one of the program's is about to be done. Comes here only when the clock of checks is at 0. */
    step: (native) => process.stacks.step(native.none),
    /** line(code, line): it is about to be done. */
    line: (native, args) => process.lines.line(native.pointer(args, 0), native.int(args, 1)),
  };
}
