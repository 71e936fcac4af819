import { isMutexHeld } from '../kernel/futex';
import { KernelPanic, type Kernel } from '../kernel/kernel';
import { KERNEL_LOCK, LOCK_OWNER, LOCK_OWNER_BITS, RUN_STATE, RunState } from '../kernel/layout';

/**
 * How long the kernel lock may stay with one worker, never given back, before it is taken to have died with it. Long: with
 * many workers on few cores a holder that lives may have to wait for a core.
 */
const LOCK_PATIENCE_MS = 3000;
/** How long the page holds the kernel lock, while every worker waits, before it lets others in. */
const LOCK_TURN_MS = 4;

/**
 * The page's way to change the kernel's memory: changes wait for the kernel lock together, and what one taking of the lock
 * can serve it serves.
 */
export class LockedChanges {
  private readonly waiting: (() => void)[] = [];
  private serving: Promise<void> | undefined;

  constructor(private readonly k: Kernel) {}

  /** Makes `change` with the kernel lock held; not when the machine has panicked. Resolves when that is settled. */
  make(change: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(() => {
        try {
          if (Atomics.load(this.k.words, RUN_STATE) !== RunState.Panicked) change();
        } finally {
          resolve();
        }
      });
      this.serving ??= this.serve();
    });
  }

  private async serve(): Promise<void> {
    while (this.waiting.length > 0) {
      await lockOrPanic(this.k);
      const end = performance.now() + LOCK_TURN_MS;
      try {
        do this.waiting.shift()?.(); while (this.waiting.length > 0 && performance.now() < end);
      } catch (error) {
        // What the panic says is in the machine's memory, and the run ends with it.
        if (!(error instanceof KernelPanic)) throw error;
      } finally {
        this.k.unlock();
      }
    }
    this.serving = undefined;
  }
}

/**
 * Takes the kernel lock. If its holder does not give it back, that worker died in the middle of a change to the kernel's
 * memory: nothing in it can be trusted, the machine panics, and what was recorded is kept.
 */
async function lockOrPanic(k: Kernel): Promise<void> {
  const taking = k.lockAsync();
  for (let last = k.words[LOCK_OWNER]; ; last = k.words[LOCK_OWNER]) {
    const patience = new Promise<'stuck'>((resolve) => setTimeout(resolve, LOCK_PATIENCE_MS, 'stuck'));
    if ((await Promise.race([taking, patience])) !== 'stuck') return;
    if (k.words[LOCK_OWNER] === last && isMutexHeld(k.words, KERNEL_LOCK)) break;
  }
  const holder = (k.words[LOCK_OWNER] & ((1 << LOCK_OWNER_BITS) - 1)) - 1;
  try {
    k.panic(`worker ${holder} held the kernel lock for ${LOCK_PATIENCE_MS} ms: it died inside the kernel`);
  } catch {
    k.unlock(); // so that `taking` comes to its end; it is the holder's lock that is broken here, on purpose
    await taking;
  }
}
