import { DONE, ESRCH } from '../../../protocol/errno';
import type { Tid } from '../../../protocol/ids';
import { StartMethodCode } from '../../../protocol/words';
import { createGil, setSwitchInterval } from '../../../kernel/gil';
import { TASK_TID } from '../../../kernel/layout';
import { joinTask, renameTask, startTask } from '../../../kernel/task';
import { sleepUntil } from '../../../kernel/time';
import type { NativeFunction } from '../interpreter/native-module';
import { newTask } from '../interpreter/python-task';
import { forgetLocals } from '../interpreter/thread-locals';
import { deadlineAfter, kernelInTurn, kernelOf, type ProcessState } from '../process-state';

/** Idents are addresses in CPython: far apart. */
const IDENT_STEP = 0x1000;

/** Threads, sleeping, and the switch interval. */
export function threadCalls(process: ProcessState): Record<string, NativeFunction> {
  return {
    /** sleep(seconds) */
    sleep(native, args) {
      const k = kernelOf(process);
      const seconds = native.number(args, 0);
      // A sleep of no time is how a program gives way.
      if (seconds <= 0) return process.stacks.giveWay(() => native.none);
      const deadline = deadlineAfter(k, seconds);
      return process.stacks.operate(() => sleepUntil(k, deadline), () => native.none);
    },
    native_id: (native) => native.fromInt(process.kernel?.currentTid ?? 0),
    /** thread_new(): the identity of a thread that is about to start. */
    thread_new: (native) => native.fromInt((process.lastIdent += IDENT_STEP)),
    /** thread_start(ident, name, daemon, machinery): 0, or an errno. */
    thread_start(native, args) {
      const ident = native.int(args, 0);
      const name = native.text(args, 1);
      const daemon = native.int(args, 2) !== 0;
      const k = kernelInTurn(process);
      if (!process.hasGil) {
        const gil = createGil(k);
        if (gil < 0) return native.fromInt(gil);
        process.hasGil = true;
      }
      const outcome = startTask(k, {
        method: StartMethodCode.thread, name, daemon, machinery: native.int(args, 3) !== 0, ownWorker: false, argumentBytes: 0,
      });
      if (outcome !== DONE) return native.fromInt(outcome);
      const address = k.result;
      const tid = k.words[address + TASK_TID] as Tid;
      process.threads.set(ident, { address, tid });
      process.stacks.add(newTask({ address, tid, ident, entry: process.threadEntry, arguments: [ident] }));
      return native.fromInt(DONE);
    },
    /** thread_entered(): the first thing that a thread does. */
    thread_entered(native) {
      forgetLocals(native);
      return native.none;
    },
    /** thread_join(ident, seconds): whether it has ended. */
    thread_join(native, args) {
      const task = process.threads.get(native.int(args, 0));
      if (task === undefined) return native.fromBoolean(true);
      const k = kernelOf(process);
      const deadline = deadlineAfter(k, native.number(args, 1));
      return process.stacks.operate(() => joinTask(k, task.address, task.tid, deadline), (outcome) => (
        native.fromBoolean(outcome === DONE || outcome === ESRCH)
      ));
    },
    /** thread_leaving(): the thread's function has returned; others go on first if it ran for long. */
    thread_leaving: (native) => (
      process.stacks.isSliceOver() ? process.stacks.giveWay(() => native.none) : native.none
    ),
    /** thread_forget(ident): nobody will join it any more. */
    thread_forget(native, args) {
      process.threads.delete(native.int(args, 0));
      return native.none;
    },
    /** thread_name(name): what the running thread is called. */
    thread_name(native, args) {
      if (process.kernel !== undefined) renameTask(kernelInTurn(process, false), native.text(args, 0));
      return native.none;
    },
    /** switch_interval(seconds) */
    switch_interval(native, args) {
      const seconds = native.number(args, 0);
      process.stacks.setSlice(seconds * 1000);
      if (process.kernel !== undefined) setSwitchInterval(process.kernel, seconds * 1e9);
      return native.none;
    },
  };
}
