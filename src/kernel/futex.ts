/**
 * Waiting and waking on one shared word. The only file that calls Atomics.wait, waitAsync and notify: whatever blocks
 * in the machine blocks here.
 */

const FREE = 0;
/** Bits of a mutex: somebody has it; somebody sleeps on it. */
const HELD = 1;
const AWAITED = 2;

/**
 * How long a sleeper of a mutex waits before it looks by itself: where its holder keeps the wake-up back (see
 * {@link unlockMutexBriefly}) and does not come again, and where the browser has taken a worker away just when it had been
 * woken to take the mutex, and the wake-up with it.
 */
const LOOK_AGAIN_MS = 0.5;
/**
 * How often a worker lets a mutex go for a moment before it wakes the sleeper. Measured with two workers that pass
 * integers, and messages of 1 KiB, through one queue: 1 gives 2.8 and 0.64 million a second, 8 gives 5.4 and 1.3, 16 gives
 * 6.5 and 1.2, 64 gives 4.3 and 0.7.
 */
const PATIENCE = 8;
/** Tries of a thread that may not block, before and between its sleeps. */
const TRIES = 1000;

/**
 * Takes the mutex at `words[at]`; sleeps while another worker has it. Not on a page's main thread, which may not block.
 * False, without it, where `givesUp` answered true between two looks.
 *
 * After Drepper, "Futexes are tricky", mutex 2: a holder that finds no sleeper on release makes no wake-up call. `looks` is
 * how often it looks again before it sleeps. For a guest that does little but operations it is 0: with as many workers as
 * cores looking was measured to cost two to three times as much, because the sleeper's absence lets the holder work in
 * batches. Where most time passes between operations the lock is mostly free again after a microsecond.
 */
export function lockMutex(words: Int32Array, at: number, givesUp: () => boolean, looks: number): boolean {
  if (Atomics.compareExchange(words, at, FREE, HELD) === FREE) return true;
  for (let i = looks; i > 0; i--) {
    const state = Atomics.load(words, at);
    if ((state & HELD) === 0 && Atomics.compareExchange(words, at, state, state | HELD) === state) return true;
  }
  // Who has slept takes it as awaited: its wake-up took the mark away, and others may sleep yet.
  let mark = 0;
  for (;;) {
    const state = Atomics.load(words, at);
    if ((state & HELD) === 0) {
      if (Atomics.compareExchange(words, at, state, state | HELD | mark) === state) return true;
    } else if (state !== HELD || Atomics.compareExchange(words, at, HELD, HELD | AWAITED) === HELD) {
      mark = AWAITED;
      Atomics.wait(words, at, HELD | AWAITED, LOOK_AGAIN_MS);
      if (givesUp()) {
        // The wake-up that it may have had is another's.
        Atomics.notify(words, at, 1);
        return false;
      }
    }
  }
}

export function tryLockMutex(words: Int32Array, at: number): boolean {
  return (Atomics.or(words, at, HELD) & HELD) === 0;
}

/** Whether some worker has the mutex now. */
export function isMutexHeld(words: Int32Array, at: number): boolean {
  return (Atomics.load(words, at) & HELD) !== 0;
}

/** Takes the mutex from a thread that may not block: tries, then asleep without blocking. */
export async function lockMutexAsync(words: Int32Array, at: number): Promise<void> {
  for (;;) {
    for (let tries = 0; tries < TRIES; tries++) if (tryLockMutex(words, at)) return;
    Atomics.or(words, at, AWAITED);
    await sleepOnWordAsync(words, at, HELD | AWAITED, LOOK_AGAIN_MS);
  }
}

export function unlockMutex(words: Int32Array, at: number): void {
  if (Atomics.exchange(words, at, FREE) !== HELD) Atomics.notify(words, at, 1);
}

/** How often this worker has let a mutex go for a moment since it last woke somebody. */
let briefly = 0;

/**
 * Lets the mutex go in the midst of work that is likely to take it again at once. A sleeper is not woken each time: it
 * would come just to find the mutex taken, and two workers that use the machine without pause would do little but wake one
 * another. Who stops (goes to sleep, or leaves the kernel for long) wakes it: {@link wakeForMutex}.
 */
export function unlockMutexBriefly(words: Int32Array, at: number): void {
  if ((Atomics.and(words, at, AWAITED) & AWAITED) !== 0 && ++briefly >= PATIENCE) wakeForMutex(words, at);
}

/** Wakes a sleeper of the mutex, where there is one: a wake-up that {@link unlockMutexBriefly} kept back. */
export function wakeForMutex(words: Int32Array, at: number): void {
  briefly = 0;
  if ((Atomics.load(words, at) & AWAITED) === 0) return;
  if ((Atomics.and(words, at, HELD) & AWAITED) !== 0) Atomics.notify(words, at, 1);
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

/** The task that was to go on has been ended. Thrown where it cannot be made to sleep, for others are in the same worker. */
export class TaskEnded extends Error {
  override name = 'TaskEnded';
}

/**
 * Stops this worker for good: its task has been ended by another, and the machine is about to take the worker away. On memory that
 * is not shared the worker is everybody's, and only the task goes no further: {@link TaskEnded} is thrown.
 */
export function sleepForEver(words: Int32Array, at: number): never {
  if (words.buffer instanceof ArrayBuffer) throw new TaskEnded();
  for (;;) Atomics.wait(words, at, Atomics.load(words, at));
}
