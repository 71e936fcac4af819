import { ETIMEDOUT } from '../../../protocol/errno';
import { awaitGuestLock, createGuestLock, guestLockIsHeard, noteGuestRelease } from '../../../kernel/sync/guest-lock';
import { deadlineAfter, kernelOf, type ProcessState } from '../process-state';

/** Nearly all of CPython's own locks that anybody can wait for are those of its buffers. */
const NAME = '_io';

/**
 * The locks that CPython's C code has for itself (`PyThread_acquire_lock`): a byte each, 1 where it is locked. `_io` holds its own while
 * it reads and writes, so a thread that waits for input keeps another off. That one would look at the byte for ever; here it waits in
 * the kernel. The module is patched so that it calls `wait` instead of looking on, and `released` once anybody has waited.
 */
export class CLocks {
  /** The kernel's object of each lock that somebody has waited for. Of this process: they are forgotten with its memory. */
  private readonly objects = new Map<number, number>();

  constructor(private readonly process: () => ProcessState) {}

  /** The locked lock at `lock`: 1, look again; or 0, the time is over. `microseconds` below 0 are for ever. */
  wait(lock: number, microseconds: number): number {
    const process = this.process();
    const k = kernelOf(process);
    let at = this.objects.get(lock);
    if (at === undefined) {
      at = createGuestLock(k, NAME);
      if (at < 0) throw new Error(`no kernel object for a lock that threads wait for (${at})`);
      this.objects.set(lock, at);
      process.interpreter.native.hearOfReleases(true);
    }
    const object = at;
    const deadline = deadlineAfter(k, microseconds / 1e6);
    const isFree = (): boolean => process.interpreter.native.heap().u8[lock] === 0;
    return process.stacks.systemCall(() => awaitGuestLock(k, object, isFree, deadline), (outcome) => (outcome === ETIMEDOUT ? 0 : 1));
  }

  released(lock: number): number {
    const { kernel, stacks } = this.process();
    const at = this.objects.get(lock);
    if (at === undefined || kernel === undefined || kernel.current === 0 || !guestLockIsHeard(kernel, at)) return 0;
    stacks.awaitTurn(false);
    return noteGuestRelease(kernel, at);
  }

  /** Another process begins on this worker. */
  reset(): void {
    this.objects.clear();
    this.process().interpreter.native.hearOfReleases(false);
  }
}
