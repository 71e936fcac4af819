/** Programs that do something of every kind: what they do under the virtual clock must be the same each time. */
const IMPORTS = `import { Barrier, BoundedSemaphore, Condition, Event, JoinableQueue, Lock, Pipe, Pool, Process, Queue, RLock, Semaphore,
  SharedArray, SimpleQueue, Thread, Value, activeChildren, cpuCount, currentProcess, heap, input, print, printError, sleep, withLock } from 'weft';\n`;

const bodies: Readonly<Record<string, string>> = {
  'threads that print in turns': `
    function say(name) { for (let i = 0; i < 5; i++) { print(name, i); sleep(0.01 * (name + 1)); } }
    export function main() { [0, 1, 2].map((n) => { const t = new Thread(say, [n]); t.start(); return t; }).forEach((t) => t.join()); }`,
  'processes that compute': `
    function primes(from, to) {
      let found = 0;
      for (let n = from; n < to; n++) { let prime = n > 1; for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; } if (prime) found++; }
      print(from, to, found);
    }
    export function main() { const all = [0, 1, 2, 3].map((n) => new Process(primes, [n * 2000, (n + 1) * 2000])); all.forEach((p) => p.start()); all.forEach((p) => p.join()); }`,
  'recursion counts': `
    const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2));
    function run(n) { print(n, fib(n)); }
    export function main() { const all = [18, 16, 17].map((n) => new Thread(run, [n])); all.forEach((t) => t.start()); all.forEach((t) => t.join()); }`,
  'a lost update on the heap': `
    function add() { for (let i = 0; i < 200; i++) heap.n += 1; }
    export function main() { heap.n = 0; const all = [1, 2, 3].map(() => new Thread(add, [])); all.forEach((t) => t.start()); all.forEach((t) => t.join()); print(heap.n); }`,
  'a guarded update': `
    const lock = new Lock();
    function add() { for (let i = 0; i < 50; i++) withLock(lock, () => { heap.n += 1; }); }
    export function main() { heap.n = 0; const all = [1, 2, 3].map(() => new Thread(add, [])); all.forEach((t) => t.start()); all.forEach((t) => t.join()); print(heap.n); }`,
  'producers and consumers': `
    const q = new Queue(3);
    function produce(name) { for (let i = 0; i < 20; i++) q.put(name + i); }
    function consume() { for (;;) { const item = q.get(); if (item === null) return; print(item); } }
    export function main() {
      const makers = ['a', 'b'].map((n) => new Process(produce, [n])); const takers = [0, 1].map(() => new Process(consume, []));
      [...makers, ...takers].forEach((p) => p.start()); makers.forEach((p) => p.join()); takers.forEach(() => q.put(null)); takers.forEach((p) => p.join());
    }`,
  'a pipe back and forth': `
    function echo(end) { for (;;) { const m = end.recv(); if (m === 'stop') return; end.send(m + '!'); } }
    export function main() { const [a, b] = Pipe(); const p = new Process(echo, [b]); p.start(); for (let i = 0; i < 30; i++) { a.send('m' + i); print(a.recv()); } a.send('stop'); p.join(); }`,
  'a pool': `
    function square(x) { let s = 0; for (let i = 0; i < x * 50; i++) s += i % 3; return [x * x, s]; }
    export function main() { const pool = new Pool(3); print(pool.map(square, [...Array(20).keys()])); for (const r of pool.imapUnordered(square, [9, 1, 5])) print(r); pool.close(); pool.join(); }`,
  'a condition': `
    const c = new Condition();
    function wait(n) { withLock(c, () => { c.waitFor(() => heap.open === true); print('through', n); }); }
    export function main() { heap.open = false; const all = [1, 2, 3].map((n) => new Thread(wait, [n])); all.forEach((t) => t.start()); sleep(0.2); withLock(c, () => { heap.open = true; c.notifyAll(); }); all.forEach((t) => t.join()); }`,
  'an event that is polled': `
    const e = new Event();
    function spin() { let n = 0; while (!e.isSet()) n++; print(n > 10); }
    export function main() { const t = new Thread(spin, []); t.start(); sleep(0.005); e.set(); t.join(); }`,
  'a barrier': `
    const b = new Barrier(3);
    function round(n) { for (let i = 0; i < 4; i++) { sleep(0.001 * n); print(n, i, b.wait()); } }
    export function main() { const all = [1, 2, 3].map((n) => new Process(round, [n])); all.forEach((p) => p.start()); all.forEach((p) => p.join()); }`,
  'semaphores': `
    const s = new Semaphore(2); const bounded = new BoundedSemaphore(1);
    function work(n) { withLock(s, () => { print('in', n, s.getValue()); sleep(0.05); }); withLock(bounded, () => print('alone', n)); }
    export function main() { const all = [1, 2, 3, 4].map((n) => new Thread(work, [n])); all.forEach((t) => t.start()); all.forEach((t) => t.join()); }`,
  'a deadlock': `
    const a = new Lock(); const b = new Lock();
    function take(first, second) { first.acquire(); sleep(0.01); second.acquire(); }
    export function main() { const x = new Thread(take, [a, b]); const y = new Thread(take, [b, a]); x.start(); y.start(); x.join(); y.join(); }`,
  'shared numbers': `
    const v = new Value('i', 0); const list = new SharedArray('d', 4);
    function add(n) { for (let i = 0; i < 30; i++) { v.value += 1; list.set(n, list.get(n) + 0.5); } }
    export function main() { const all = [0, 1, 2, 3].map((n) => new Process(add, [n])); all.forEach((p) => p.start()); all.forEach((p) => p.join()); print(v.value, list.toArray()); }`,
  'chance and time': `
    function draw(n) { print(n, Math.random(), crypto.randomUUID(), [...crypto.getRandomValues(new Uint8Array(4))], Date.now(), performance.now(), new Date().toISOString(), new Intl.DateTimeFormat('en', { timeZone: 'UTC', timeStyle: 'medium' }).format()); }
    export function main() { const all = [1, 2, 3].map((n) => new Thread(draw, [n])); all.forEach((t) => t.start()); all.forEach((t) => t.join()); draw(0); print(cpuCount()); }`,
  'timeouts': `
    const q = new Queue(); const lock = new Lock();
    function hold() { lock.acquire(); sleep(1); lock.release(); }
    export function main() { const t = new Thread(hold, []); t.start(); sleep(0.1); print(lock.acquire({ timeout: 0.2 })); try { q.get({ timeout: 0.3 }); } catch (e) { print(e.name); } print(lock.acquire({ timeout: 2 })); t.join(); }`,
  'kills and daemons': `
    function forever() { for (;;) sleep(0.5); }
    function spin() { for (let n = 0; ; n++) if (n % 1000 === 0) sleep(0.001); }
    export function main() { const p = new Process(spin, []); p.start(); const d = new Process(forever, [], { daemon: true }); d.start(); sleep(1); p.terminate(); p.join(); print(p.exitcode, activeChildren().length); }`,
  'an uncaught error': `
    function fail(n) { sleep(n / 100); throw new Error('no ' + n); }
    export function main() { const all = [3, 1, 2].map((n) => new Process(fail, [n])); all.forEach((p) => p.start()); all.forEach((p) => p.join()); print(all.map((p) => p.exitcode)); throw new RangeError('end'); }`,
  'promises': `
    async function later(n) { await null; sleep(0.01 * n); print('later', n); }
    export async function main() { const t = new Thread(later, [2]); t.start(); await later(1); t.join(); }`,
  'input and a joinable queue': `
    const q = new JoinableQueue(); const simple = new SimpleQueue(); const r = new RLock();
    function serve() { for (;;) { const x = q.get(); r.acquire(); r.acquire(); simple.put(x * 2); r.release(); r.release(); q.taskDone(); } }
    export function main() { const t = new Thread(serve, [], { daemon: true }); t.start(); for (let i = 0; i < 3; i++) q.put(Number(input('> '))); q.join(); print(simple.get(), simple.get(), simple.get()); printError(currentProcess().name); }`,
};

export const PROGRAMS = Object.entries(bodies).map(([name, body]) => ({ name, text: IMPORTS + body }));
/** What the last of them reads. */
export const INPUT = '1\n2\n3\n';
