import type { Tid } from '../../../protocol/ids';
import { BlockReasonCode, type BlockReason } from '../../../protocol/words';
import { blockCoroutine, createCoroutine, endCoroutine, runCoroutine } from '../../../kernel/coroutines';
import type { NativeFunction } from '../interpreter/native-module';
import { kernelInTurn, type ProcessState } from '../process-state';

/** Coroutines and greenlets as the trace shows them: stdlib/_weft_coroutines.py. Each has a number, its lane. */
export function coroutineCalls(process: ProcessState): Record<string, NativeFunction> {
  return {
    /** lane_new(name): its number. */
    lane_new: (native, args) => native.fromInt(createCoroutine(kernelInTurn(process, false), native.text(args, 0))),
    /** lane_run(lane): it goes on. */
    lane_run: (native, args) => native.fromInt(runCoroutine(kernelInTurn(process, false), native.int(args, 0) as Tid)),
    /** lane_wait(lane, reason, other lane or 0): it waits. */
    lane_wait(native, args) {
      const reason = BlockReasonCode[native.text(args, 1) as BlockReason];
      return native.fromInt(blockCoroutine(kernelInTurn(process, false), native.int(args, 0) as Tid, reason, native.int(args, 2) as Tid));
    },
    /** lane_end(lane, status, why): it has ended. */
    lane_end: (native, args) => native.fromInt(
      endCoroutine(kernelInTurn(process, false), native.int(args, 0) as Tid, native.int(args, 1), native.text(args, 2)),
    ),
  };
}
