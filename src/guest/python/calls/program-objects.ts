import { EventKindCode, type EventKind } from '../../../protocol/trace-events';
import { nameObject } from '../../../kernel/object-table';
import { createProgramObject, recordEvent, recordItem, recordItemTaken } from '../../../kernel/program-objects';
import type { NativeFunction } from '../interpreter/native-module';
import { kernelInTurn, type ProcessState } from '../process-state';

/** What the trace shows of the program's own operations: see stdlib/_weft_trace.py. */
export function programObjectCalls(process: ProcessState): Record<string, NativeFunction> {
  return {
    /** trace_on(): whether every event is recorded. */
    trace_on: (native) => native.fromBoolean(process.kernel?.tracing === true),
    /** trace_new(type, initial, name): the address of an object as the program sees it, or an errno. */
    trace_new: (native, args) => native.fromInt(
      createProgramObject(kernelInTurn(process, false), native.int(args, 0), native.int(args, 1), native.text(args, 2)),
    ),
    /** trace_name(address, name) */
    trace_name(native, args) {
      nameObject(kernelInTurn(process, false), native.int(args, 0), native.text(args, 1));
      return native.none;
    },
    /** trace_pipe(descriptor, name): the address of the pipe that is open there. */
    trace_pipe(native, args) {
      const at = process.descriptors.objectOf(native.int(args, 0));
      nameObject(kernelInTurn(process, false), at, native.text(args, 1));
      return native.fromInt(at);
    },
    /** part_of(address): objects made from here on are parts of it, until the next call; what it was before. */
    part_of(native, args) {
      const before = process.partOf;
      process.partOf = native.int(args, 0);
      return native.fromInt(before);
    },
    /** trace_call(address, what): whether a call of the program's began; not inside another. */
    trace_call(native, args) {
      const task = process.stacks.running;
      if (task.callOn !== undefined && !process.stacks.isReplaying) return native.fromBoolean(false);
      task.callOn = native.int(args, 0);
      recordEvent(kernelInTurn(process, false), EventKindCode.call, task.callOn, 0, native.preview(args, 1), 0);
      return native.fromBoolean(true);
    },
    /** trace_return(address, failed, result): the end of a call that began. */
    trace_return(native, args) {
      process.stacks.running.callOn = undefined;
      const k = kernelInTurn(process, false);
      recordEvent(k, EventKindCode.return, native.int(args, 0), 0, native.preview(args, 2), native.int(args, 1));
      return native.none;
    },
    /** trace_item(address, by, value): an item was put in (by 1) or taken out (by -1); `value` an int, or in words. */
    trace_item(native, args) {
      const by = native.int(args, 1) > 0 ? 1 : -1;
      recordItem(kernelInTurn(process, false), native.int(args, 0), by, native.preview(args, 2));
      return native.none;
    },
    /** trace_took(address, value): an item was taken out, and the call that did it is over. */
    trace_took(native, args) {
      process.stacks.running.callOn = undefined;
      recordItemTaken(kernelInTurn(process, false), native.int(args, 0), native.preview(args, 1));
      return native.none;
    },
    /** trace_job(kind, pool, number, what, failed) */
    trace_job(native, args) {
      const kind = EventKindCode[native.text(args, 0) as EventKind];
      const k = kernelInTurn(process, false);
      recordEvent(k, kind, native.int(args, 1), native.int(args, 2), native.preview(args, 3), native.int(args, 4));
      return native.none;
    },
    /** trace_event(kind, address, other) */
    trace_event(native, args) {
      const kind = EventKindCode[native.text(args, 0) as EventKind];
      recordEvent(kernelInTurn(process, false), kind, native.int(args, 1), native.int(args, 2), '', 0);
      return native.none;
    },
  };
}
