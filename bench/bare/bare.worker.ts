/** One side of a measurement by hand. Answers with the rate where it is the side that reads the clock, else with 0. */
import { lock, notifyOne, rendezvous, unlock, waitFor } from './futex';

export interface BareTask {
  readonly role: 'spawn' | 'producer' | 'consumer' | 'pinger' | 'ponger' | 'message sender' | 'message receiver';
  readonly memory?: SharedArrayBuffer;
  readonly port?: MessagePort;
  /** Operations that are measured; a fifth as many come before, for the compiler. */
  readonly count: number;
}

/** Words of the memory, far enough apart that none shares a cache line with another. */
const START = 0;
const MUTEX = 32;
const NOT_EMPTY = 64;
const NOT_FULL = 96;
const HEAD = 128;
const TAIL = 160;
const ITEMS = 192;
const RING = 256;
const CAPACITY = 1024;
const PING = 32;
const PONG = 64;

export const BARE_WORDS = RING + CAPACITY;
export const MESSAGE_BYTES = 1024;

function put(words: Int32Array, value: number): void {
  lock(words, MUTEX);
  while (words[ITEMS] === CAPACITY) waitFor(words, NOT_FULL, MUTEX);
  words[RING + (words[TAIL]++ & (CAPACITY - 1))] = value;
  words[ITEMS]++;
  notifyOne(words, NOT_EMPTY);
  unlock(words, MUTEX);
}

function get(words: Int32Array): number {
  lock(words, MUTEX);
  while (words[ITEMS] === 0) waitFor(words, NOT_EMPTY, MUTEX);
  const value = words[RING + (words[HEAD]++ & (CAPACITY - 1))];
  words[ITEMS]--;
  notifyOne(words, NOT_FULL);
  unlock(words, MUTEX);
  return value;
}

function say(words: Int32Array, at: number, value: number): void {
  Atomics.store(words, at, value);
  Atomics.notify(words, at, 1);
}

function hear(words: Int32Array, at: number, value: number): void {
  for (let seen = Atomics.load(words, at); seen !== value; seen = Atomics.load(words, at)) Atomics.wait(words, at, seen);
}

function check(sum: number, count: number): void {
  if (sum !== (count * (count - 1)) / 2) throw new Error(`wrong sum ${sum} of ${count} numbers`);
}

/** Runs `step` `warmup + count` times and answers how many of the last `count` a second. */
function rateOf(warmup: number, count: number, step: (index: number) => void): number {
  for (let index = 0; index < warmup; index++) step(index);
  const began = performance.now();
  for (let index = warmup; index < warmup + count; index++) step(index);
  return count / ((performance.now() - began) / 1000);
}

async function run({ role, memory, port, count }: BareTask): Promise<number> {
  const words = new Int32Array(memory ?? new SharedArrayBuffer(BARE_WORDS * 4));
  const warmup = count / 5;
  if (memory) rendezvous(words, START, 2);
  switch (role) {
    case 'spawn':
      return 0;
    case 'producer':
      for (let i = 0; i < warmup + count; i++) put(words, i);
      return 0;
    case 'consumer': {
      let sum = 0;
      const rate = rateOf(warmup, count, () => (sum += get(words)));
      check(sum, warmup + count);
      return rate;
    }
    case 'pinger':
      return rateOf(warmup, count, (index) => {
        say(words, PING, index + 1);
        hear(words, PONG, index + 1);
      });
    case 'ponger':
      for (let i = 1; i <= warmup + count; i++) {
        hear(words, PING, i);
        say(words, PONG, i);
      }
      return 0;
    case 'message sender': {
      const message = new Uint8Array(MESSAGE_BYTES);
      for (let i = 0; i < warmup + count; i++) port?.postMessage(message);
      return 0;
    }
    case 'message receiver':
      return receiveAll(port, warmup, count);
  }
}

function receiveAll(port: MessagePort | undefined, warmup: number, count: number): Promise<number> {
  return new Promise((resolve) => {
    let received = 0;
    let began = 0;
    port?.addEventListener('message', () => {
      received++;
      if (received === warmup) began = performance.now();
      if (received === warmup + count) resolve(count / ((performance.now() - began) / 1000));
    });
    port?.start();
  });
}

addEventListener('message', ({ data }: MessageEvent<BareTask>) => {
  void run(data).then((rate) => postMessage(rate));
});
