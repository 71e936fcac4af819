/** What one can build by hand on shared memory and nothing else: the measure for what the machine costs. */

const FREE = 0;
const HELD = 1;
const CONTENDED = 2;

/** A mutex of three states, as in Drepper, "Futexes are tricky". */
export function lock(words: Int32Array, at: number): void {
  if (Atomics.compareExchange(words, at, FREE, HELD) === FREE) return;
  while (Atomics.exchange(words, at, CONTENDED) !== FREE) Atomics.wait(words, at, CONTENDED);
}

export function unlock(words: Int32Array, at: number): void {
  if (Atomics.exchange(words, at, FREE) === CONTENDED) Atomics.notify(words, at, 1);
}

/** A condition: a word that changes with each notification, and the number of waiters, which the mutex guards. */
export function waitFor(words: Int32Array, condition: number, mutex: number): void {
  const seen = Atomics.load(words, condition);
  words[condition + 1]++;
  unlock(words, mutex);
  Atomics.wait(words, condition, seen);
  lock(words, mutex);
  words[condition + 1]--;
}

export function notifyOne(words: Int32Array, condition: number): void {
  if (words[condition + 1] === 0) return;
  Atomics.add(words, condition, 1);
  Atomics.notify(words, condition, 1);
}

/** All who take part come here; none goes on before the last has come. */
export function rendezvous(words: Int32Array, at: number, parties: number): void {
  if (Atomics.add(words, at, 1) === parties - 1) Atomics.notify(words, at);
  for (let here = Atomics.load(words, at); here < parties; here = Atomics.load(words, at)) Atomics.wait(words, at, here);
}
