import { DONE } from '../../../protocol/errno';
import { lockOpenFile, lockRange } from '../../../kernel/files/file-locks';
import type { NativeFunction } from '../interpreter/native-module';
import { kernelOf, type ProcessState } from '../process-state';

/** Locks on files. One on a file that this process has for itself alone (outside of the shared folders) is granted at once. */
export function fileLockCalls(process: ProcessState): Record<string, NativeFunction> {
  const deadline = (waits: boolean): number => (waits ? Infinity : -1);
  return {
    /** file_lock(fd, kind, waits): 0, or an errno; `kind` is one of the kernel's. */
    file_lock(native, args) {
      const fd = native.int(args, 0);
      const name = process.descriptors.fileNameOf(fd);
      if (name === undefined) return native.fromInt(DONE);
      const k = kernelOf(process);
      const kind = native.int(args, 1);
      const until = deadline(native.int(args, 2) !== 0);
      return process.stacks.operate(() => lockOpenFile(k, fd, kind, name, until), (outcome) => native.fromInt(outcome));
    },
    /** file_lock_range(fd, kind, waits, start, length, from): the same for bytes of the file. */
    file_lock_range(native, args) {
      const fd = native.int(args, 0);
      const name = process.descriptors.fileNameOf(fd);
      if (name === undefined) return native.fromInt(DONE);
      const k = kernelOf(process);
      const kind = native.int(args, 1);
      const until = deadline(native.int(args, 2) !== 0);
      const part = { start: native.number(args, 3), length: native.number(args, 4), from: native.int(args, 5) };
      return process.stacks.operate(() => lockRange(k, fd, kind, part, name, until), (outcome) => native.fromInt(outcome));
    },
  };
}
