import { DONE, EAGAIN, ENOMEM } from '../../../protocol/errno';
import { StartMethodCode } from '../../../protocol/words';
import { TASK_STATUS, TASK_TID } from '../../../kernel/layout';
import { exitProcess, killPid, startTask, waitChild } from '../../../kernel/task';
import { handlesOf } from '../interpreter/descriptors';
import { collectFiles } from '../interpreter/files';
import type { NativeFunction } from '../interpreter/native-module';
import { kernelOf, parentOf, pidOf, type Carry, type ProcessState } from '../process-state';
import { ForkBuffers } from './fork-buffers';

const WNOHANG = 1;

/** What CPython takes from the operating system about processes. */
export function processCalls(process: ProcessState): Record<string, NativeFunction> {
  const buffers = new ForkBuffers();
  const cores = navigator.hardwareConcurrency;
  /** Starts a process that begins with `carry`; its pid, or an errno. */
  const start = (method: number, name: string, daemon: boolean, carry: Carry): number => {
    const k = kernelOf(process);
    process.carry = carry;
    const handles = handlesOf(carry.descriptors);
    const outcome = startTask(k, { method, name, daemon, ownWorker: true, argumentBytes: 0, handles });
    process.carry = undefined;
    return outcome === DONE ? k.words[k.result + TASK_TID] : outcome;
  };
  return {
    /** cpu_count(): cores that the browser says there are. */
    cpu_count: (native) => native.fromInt(cores),
    getpid: (native) => native.fromInt(pidOf(process)),
    getppid: (native) => native.fromInt(parentOf(process)),
    /** exit(status, why): the process ends; `why` is shown beside a status that is not 0. */
    exit(native, args) {
      const status = native.int(args, 0) & 255;
      const why = native.text(args, 1);
      return process.endBy(() => exitProcess(kernelOf(process), status, why));
    },
    /** kill(pid, signal): 0 or an errno. */
    kill: (native, args) => native.fromInt(killPid(kernelOf(process), native.int(args, 0), native.int(args, 1))),
    /** waitpid(pid, options): the pid (0: any child) and the status as os.waitpid answers it, in one number; or an errno. */
    waitpid(native, args) {
      const k = kernelOf(process);
      const pid = native.int(args, 0);
      const deadline = (native.int(args, 1) & WNOHANG) !== 0 ? -1 : Infinity;
      return process.stacks.operate(() => waitChild(k, pid, deadline), (outcome) => {
        if (outcome === EAGAIN) return native.fromInt(0);
        if (outcome !== DONE) return native.fromInt(outcome);
        const status = k.words[k.result + TASK_STATUS];
        return native.fromNumber(k.words[k.result + TASK_TID] * 0x10000 + (status < 0 ? -status : status << 8));
      });
    },
    /** fork(name, daemon): the pid of a process that is a copy of this one and enters `enter_forked`; or an errno. */
    fork(native, args) {
      const name = native.text(args, 0);
      const daemon = native.int(args, 1) !== 0;
      const { ident } = process.stacks.running;
      return process.stacks.whileSuspended(() => {
        const copy = buffers.copy(process.interpreter.x.memory);
        if (copy === undefined) return ENOMEM;
        return start(StartMethodCode.fork, name, daemon, {
          kind: 'fork',
          ...copy,
          ident,
          lastIdent: process.lastIdent,
          descriptors: process.descriptors.inherited(),
          files: collectFiles(process.interpreter.python.FS),
        });
      }, (pid) => native.fromInt(pid));
    },
    /** spawn(name, daemon, code, *descriptors): the pid of a fresh interpreter that runs `code`; or an errno. */
    spawn(native, args, count) {
      const passed: number[] = [];
      for (let index = 3; index < count; index++) passed.push(native.int(args, index));
      return native.fromInt(start(StartMethodCode.spawn, native.text(args, 0), native.int(args, 1) !== 0, {
        kind: 'spawn',
        code: native.text(args, 2),
        descriptors: process.descriptors.inherited(passed),
        files: collectFiles(process.interpreter.python.FS),
      }));
    },
    /** duplex(): the two descriptors of a new pipe that goes both ways, in one number; or an errno. */
    duplex(native) {
      const fds = process.descriptors.pipe(false);
      return native.fromInt(typeof fds === 'number' ? fds : fds[0] * 0x10000 + fds[1]);
    },
  };
}
