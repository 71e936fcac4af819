import { DONE, EAGAIN, ENOMEM } from '../../../protocol/errno';
import { StartMethodCode, TaskStateCode } from '../../../protocol/words';
import {
  CPU_COUNT, MAX_WORKERS, TASK_STATE, TASK_TID, WORKER_TASK, WORKER_USED, workerAddress,
} from '../../../kernel/layout';
import { beginSession, groupOf, setGroup } from '../../../kernel/process-groups';
import { AlsoWait, ChildStatus, exitProcess, killPid, startTask, waitChild } from '../../../kernel/task';
import type { Kernel } from '../../../kernel/kernel';
import { handlesOf } from '../interpreter/descriptors';
import { callChain, CannotResume, type ChainFrame } from '../interpreter/call-chain';
import type { NativeFunction, NativeModule } from '../interpreter/native-module';
import { kernelInTurn, kernelOf, parentOf, pidOf, type Carry, type ProcessState } from '../process-state';
import { ForkBuffers } from './fork-buffers';

/**
 * Processes at once: each holds some 25 MB and more, and a page that asks for too much is closed by the browser. It has room for 120
 * memories; spare workers and those that are being taken away have some of them (interpreter/room-for-memories.ts).
 */
const MOST_PROCESSES = 104;

const WNOHANG = 1;
const WUNTRACED = 2;
const WCONTINUED = 8;
const WNOWAIT = 1 << 24;
/** Of waitid without WEXITED. */
const WITHOUT_ENDED = 1 << 25;

/** A status of the kernel's as wait(2) answers it. */
function statusWord(status: number): number {
  if (status < 0) return -status;
  if (status >= ChildStatus.Stopped) return ((status - ChildStatus.Stopped) << 8) | 0x7f;
  return status === ChildStatus.Continued ? 0xffff : status << 8;
}

/** Whether there are as many processes as there may be. One that has ended no longer counts, though its worker may not be gone yet. */
function isFull({ words }: Kernel): boolean {
  let living = 0;
  for (let worker = 0; worker < MAX_WORKERS; worker++) {
    const slot = workerAddress(worker);
    if (words[slot + WORKER_USED] === 1 && words[words[slot + WORKER_TASK] + TASK_STATE] < TaskStateCode.zombie) living++;
  }
  return living >= MOST_PROCESSES;
}

/** What CPython takes from the operating system about processes. */
export function processCalls(process: ProcessState): Record<string, NativeFunction> {
  const buffers = new ForkBuffers();
  const cores = navigator.hardwareConcurrency;
  /** Starts a process that begins with `carry`; its pid, or an errno. */
  const start = (method: number, name: string, daemon: boolean, carry: Carry): number => {
    const k = kernelInTurn(process);
    if (isFull(k)) return EAGAIN;
    process.carry = carry;
    const handles = handlesOf(carry.descriptors);
    const outcome = startTask(k, { method, name, daemon, ownWorker: true, argumentBytes: 0, handles });
    process.carry = undefined;
    return outcome === DONE ? k.words[k.result + TASK_TID] : outcome;
  };
  /** The running stack's process copied; the copy goes on from `chain` or, without one, enters `enter_forked`. */
  const fork = (native: NativeModule, name: string, daemon: boolean, chain?: readonly ChainFrame[]): number => {
    const { stacks, interpreter } = process;
    const { ident } = stacks.running;
    return stacks.whileSuspended(() => {
      // Before the memory is copied for nothing.
      if (stacks.once(() => isFull(process.kernel!))) return EAGAIN;
      const copy = stacks.once(() => buffers.copy(interpreter.x.memory, process.zeros));
      if (copy === undefined) return ENOMEM;
      const outcome = start(StartMethodCode.fork, name, daemon, {
        kind: 'fork',
        ...copy,
        ident,
        lastIdent: process.lastIdent,
        open: process.descriptors.files.inherited(),
        resumption: chain && { threadState: stacks.running.threadState, chain },
        descriptors: process.descriptors.inherited(),
      });
      // No child will lay it over its own.
      if (outcome < 0) Atomics.store(copy.inUse, 0, 0);
      return outcome;
    }, (pid) => native.fromInt(pid));
  };
  return {
    /** cpu_count(): virtual CPUs, or the cores that the browser says there are. */
    cpu_count: (native) => native.fromInt(process.kernel?.virtual === true ? process.kernel.words[CPU_COUNT] : cores),
    getpid: (native) => native.fromInt(pidOf(process)),
    /** become_main(ident): the running thread is the main thread, which had that identity before. */
    become_main(native, args) {
      process.stacks.mainThread.become(native.int(args, 0), process.stacks.running.ident);
      return native.none;
    },
    getppid: (native) => native.fromInt(parentOf(process)),
    /** exit(status, why): the process ends; `why` is shown beside a status that is not 0. */
    exit(native, args) {
      const status = native.int(args, 0) & 255;
      const why = native.text(args, 1);
      return process.endBy(() => exitProcess(kernelInTurn(process), status, why));
    },
    /** kill(pid, signal): 0 or an errno. */
    kill(native, args) {
      const k = kernelOf(process);
      const pid = native.int(args, 0);
      const signal = native.int(args, 1);
      return process.stacks.operate(() => killPid(k, pid, signal), (outcome) => native.fromInt(outcome));
    },
    /** waitpid(pid, options): the pid and the status as os.waitpid answers it, in one number; or an errno. See waitChild. */
    waitpid(native, args) {
      const k = kernelOf(process);
      const pid = native.int(args, 0);
      const options = native.int(args, 1);
      const also = ((options & WUNTRACED) !== 0 ? AlsoWait.Stopped : 0) | ((options & WCONTINUED) !== 0 ? AlsoWait.Continued : 0)
        | ((options & WNOWAIT) !== 0 ? AlsoWait.Keep : 0) | ((options & WITHOUT_ENDED) !== 0 ? AlsoWait.NotEnded : 0);
      const deadline = (options & WNOHANG) !== 0 ? -1 : Infinity;
      return process.stacks.operate(() => waitChild(k, pid, deadline, also), (outcome) => {
        if (outcome === EAGAIN) return native.fromInt(0);
        return outcome === DONE ? native.fromNumber(k.result * 0x10000 + statusWord(k.number)) : native.fromInt(outcome);
      });
    },
    /** group_of(pid): its process group, and in the next 31 bits its session; or an errno. */
    group_of(native, args) {
      const k = kernelOf(process);
      const outcome = groupOf(k, native.int(args, 0));
      return outcome === DONE ? native.fromNumber(k.number * 2 ** 31 + k.result) : native.fromInt(outcome);
    },
    /** set_group(pid, group): 0 or an errno. */
    set_group: (native, args) => native.fromInt(setGroup(kernelInTurn(process), native.int(args, 0), native.int(args, 1))),
    begin_session: (native) => native.fromInt(beginSession(kernelInTurn(process))),
    /** fork(name, daemon): the pid of a process that is a copy of this one and enters `enter_forked`; or an errno. */
    fork: (native, args) => fork(native, native.text(args, 0), native.int(args, 1) !== 0),
    /**
     * fork_here(name, *instructions): the pid of a process that is a copy of this one, where the call answers 0; an errno;
     * or, as text, why the child could not go on from here.
     */
    fork_here(native, args) {
      const name = native.text(args, 0);
      if (!process.interpreter.python._module.validSuspender.value) return native.fromText('a call from JavaScript');
      const [call, callKeywords, callExpanded] = [native.int(args, 1), native.int(args, 2), native.int(args, 3)];
      try {
        return fork(native, name, false, callChain(native, { call, callKeywords, callExpanded }, process.stacks.running.later));
      } catch (error) {
        if (error instanceof CannotResume) return native.fromText(error.callable);
        throw error;
      }
    },
    /** spawn(name, daemon, code, *descriptors): the pid of a fresh interpreter that runs `code`; or an errno. */
    spawn(native, args, count) {
      const passed: number[] = [];
      for (let index = 3; index < count; index++) passed.push(native.int(args, index));
      return native.fromInt(start(StartMethodCode.spawn, native.text(args, 0), native.int(args, 1) !== 0, {
        kind: 'spawn',
        code: native.text(args, 2),
        descriptors: process.descriptors.inherited(passed),
      }));
    },
    /** duplex(): the two descriptors of a new pipe that goes both ways, in one number; or an errno. */
    duplex(native) {
      const fds = process.descriptors.pipe(false);
      return native.fromInt(typeof fds === 'number' ? fds : fds[0] * 0x10000 + fds[1]);
    },
  };
}
