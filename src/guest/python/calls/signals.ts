import { DONE, EINTR } from '../../../protocol/errno';
import { getAlarm, setAlarm } from '../../../kernel/alarms';
import { TASK_SIGNAL_MASK } from '../../../kernel/layout';
import { awaitSignal, pauseForSignal, pendingSignals, setSignalAction } from '../../../kernel/signals';
import { killThread, setSignalMask } from '../../../kernel/task';
import type { NativeFunction, NativeModule } from '../interpreter/native-module';
import { deadlineAfter, kernelInTurn, kernelOf, type ProcessState } from '../process-state';

/** Signals. Masks are numbers with bit n - 1 for signal n. What handlers there are CPython knows; the kernel knows that there are. */
export function signalCalls(process: ProcessState): Record<string, NativeFunction> {
  /** What the last operation on the alarm answered: seconds left, and its interval in seconds. */
  const alarmText = (native: NativeModule): number => {
    const k = process.kernel!;
    return native.fromText(`${k.number} ${k.result / 1e6}`);
  };
  return {
    /** signal_action(signal, action): a code of SIGNAL_ACTIONS. 0, or an errno. */
    signal_action(native, args) {
      if (process.kernel === undefined) return native.fromInt(DONE);
      return native.fromInt(setSignalAction(kernelInTurn(process), native.int(args, 0), native.int(args, 1)));
    },
    /** signal_mask(mask): those that the running thread did not take. */
    signal_mask(native, args) {
      const k = kernelOf(process);
      const mask = native.int(args, 0);
      return process.stacks.operate(() => setSignalMask(k, mask), () => native.fromInt(k.result));
    },
    /** signal_masked(): those that the running thread does not take. */
    signal_masked: (native) => native.fromInt(process.kernel!.words[process.kernel!.current + TASK_SIGNAL_MASK]),
    signal_pending(native) {
      const k = kernelInTurn(process);
      pendingSignals(k);
      return native.fromInt(k.result);
    },
    /** signal_wait(mask, seconds): the signal that came, and 256 times the pid of who sent it; 0 where none did in time. */
    signal_wait(native, args) {
      const k = kernelOf(process);
      const mask = native.int(args, 0);
      const deadline = deadlineAfter(k, native.number(args, 1));
      return process.stacks.operate(() => awaitSignal(k, mask, deadline), (outcome) => (
        native.fromNumber(outcome === DONE ? k.number * 256 + k.result : 0)
      ));
    },
    /** signal_pause(): None, when a handler has run. */
    signal_pause(native) {
      const k = kernelOf(process);
      return process.stacks.operate(() => pauseForSignal(k), () => native.none, (outcome) => outcome === EINTR);
    },
    /** signal_thread(ident, signal): 0, or an errno. */
    signal_thread(native, args) {
      const k = kernelOf(process);
      const ident = native.int(args, 0);
      const signal = native.int(args, 1);
      const { address, tid } = process.threads.get(ident) ?? { address: k.home, tid: k.homeTid };
      return process.stacks.operate(() => killThread(k, address, tid, signal), (outcome) => native.fromInt(outcome));
    },
    /** interrupt_main(signal): as if the main thread had got it, if it has a handler. */
    interrupt_main(native, args) {
      process.stacks.mainThread.interrupt(native.int(args, 0));
      return native.none;
    },
    /** set_alarm(seconds, interval, timer): the former. */
    set_alarm(native, args) {
      setAlarm(kernelInTurn(process), native.number(args, 0), native.number(args, 1), native.int(args, 2));
      return alarmText(native);
    },
    /** get_alarm(timer) */
    get_alarm(native, args) {
      getAlarm(kernelInTurn(process), native.int(args, 0));
      return alarmText(native);
    },
  };
}
