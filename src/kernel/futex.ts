/**
 * Waiting and waking on one shared word. The only file that calls Atomics.wait, waitAsync and notify: whatever blocks
 * in the machine blocks here.
 */

const FREE = 0;
const HELD = 1;
const CONTENDED = 2;

/**
 * How long a sleeper of a mutex waits before it looks by itself. The browser may take a worker away just when it has been
 * woken to take the mutex, and the wake-up with it: then the others look after this time, instead of never.
 */
const LOOK_AGAIN_MS = 50;

/**
 * Takes the mutex at `words[at]`; sleeps while another worker has it. Not on a page's main thread, which may not block.
 * False, without it, where `givesUp` answered true between two looks.
 *
 * Three states (Drepper, "Futexes are tricky", mutex 2): a holder that finds no sleeper on release makes no wake-up
 * call. No spinning before sleep: with as many workers as cores it was measured to cost two to three times as much,
 * because the sleeper's absence lets the holder work in batches.
 */
export function lockMutex(words: Int32Array, at: number, givesUp: () => boolean): boolean {
  if (Atomics.compareExchange(words, at, FREE, HELD) === FREE) return true;
  while (Atomics.exchange(words, at, CONTENDED) !== FREE) {
    Atomics.wait(words, at, CONTENDED, LOOK_AGAIN_MS);
    if (givesUp()) {
      // The wake-up that it may have had is another's.
      Atomics.notify(words, at, 1);
      return false;
    }
  }
  return true;
}

export function tryLockMutex(words: Int32Array, at: number): boolean {
  return Atomics.compareExchange(words, at, FREE, HELD) === FREE;
}

/** Takes the mutex from a thread that may not block: a few tries, then asleep without blocking. */
export async function lockMutexAsync(words: Int32Array, at: number): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) if (tryLockMutex(words, at)) return;
  while (Atomics.exchange(words, at, CONTENDED) !== FREE) await sleepOnWordAsync(words, at, CONTENDED, LOOK_AGAIN_MS);
}

export function unlockMutex(words: Int32Array, at: number): void {
  if (Atomics.exchange(words, at, FREE) === CONTENDED) Atomics.notify(words, at, 1);
}

/** Sleeps while `words[at]` is `value`, at most `timeoutMs` (Infinity: for ever). */
export function sleepOnWord(words: Int32Array, at: number, value: number, timeoutMs: number): void {
  Atomics.wait(words, at, value, timeoutMs);
}

/** The same without blocking the thread. Where the browser lacks `Atomics.waitAsync` it looks again after a turn. */
export async function sleepOnWordAsync(words: Int32Array, at: number, value: number, timeoutMs: number): Promise<void> {
  if (typeof Atomics.waitAsync === 'function' && words.buffer instanceof SharedArrayBuffer) {
    await Atomics.waitAsync(words, at, value, timeoutMs).value;
  } else {
    await new Promise((resolve) => setTimeout(resolve, Math.min(timeoutMs, 1)));
  }
}

/** Wakes at most `count` sleepers of `words[at]`. On memory that is not shared nobody can sleep, and it does nothing. */
export function wakeWord(words: Int32Array, at: number, count: number): void {
  Atomics.notify(words, at, count);
}

/** Stops this worker for good: its task has been ended by another, and the machine is about to take the worker away. */
export function sleepForEver(words: Int32Array, at: number): never {
  for (;;) Atomics.wait(words, at, Atomics.load(words, at));
}
