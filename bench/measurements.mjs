// @ts-check
/**
 * What is measured, against what, and what has to be reached. Figures are rates (more is better), or milliseconds where
 * `unit` says so (less is better).
 */

/**
 * @typedef {object} Comparison
 * @property {'bare' | 'cpython'} by
 * @property {string} key what it is called there
 * @property {number} [count] operations, of those by hand
 * @property {string} title
 * @property {{ atLeast: number } | { atMost: number }} [ratio] ours to theirs; none: shown, not judged
 *
 * @typedef {object} Virtual
 * @property {import('../src/protocol/program').RunSettings['step']} [step]
 * @property {readonly [few: number, many: number]} counts what is written for its `COUNT`; the rate is that of the difference, without
 *   what a run takes to begin and end
 * @property {number} each operations of the kind that is measured, for each that is counted
 *
 * @typedef {object} Measurement
 * @property {string} name
 * @property {string} title
 * @property {string} unit
 * @property {string} program in programs/
 * @property {boolean} tracing
 * @property {Virtual} [virtual] the run is in virtual time, of which the program cannot tell how long it takes: it is timed from outside
 * @property {'first run' | 'next run' | 'memory'} [figure] what is taken from outside: see pages.mjs; else the program prints it
 * @property {import('../src/protocol/program').StartMethod} [startMethod] of processes, where it is a program in Python
 * @property {number} [spareWorkers] that the machine keeps ready; its own default where it is not given
 * @property {Readonly<Record<string, number>>} [events] how many of each kind the trace has to hold
 * @property {{ atLeast: number } | { atMost: number }} [target] of the figure itself
 * @property {readonly Comparison[]} against
 */

/** @type {readonly Measurement[]} */
export const measurements = [
  {
    name: 'queue',
    title: 'ints through a blocking Queue of 1024',
    unit: 'a second',
    program: 'queue.js',
    tracing: false,
    against: [
      { by: 'bare', key: 'ring', count: 2_000_000, title: 'bare ring, futex mutex and 2 conditions', ratio: { atLeast: 0.5 } },
      { by: 'cpython', key: 'queue', title: 'CPython multiprocessing.Queue', ratio: { atLeast: 10 } },
    ],
  },
  {
    name: 'pipe',
    title: 'round trips of an int over a Pipe',
    unit: 'a second',
    program: 'pipe.js',
    tracing: false,
    against: [
      { by: 'bare', key: 'pingPong', count: 40_000, title: 'bare Atomics.wait ping-pong', ratio: { atLeast: 0.9 } },
      { by: 'cpython', key: 'pipe', title: 'CPython multiprocessing.Pipe' },
    ],
  },
  {
    name: 'lock',
    title: 'acquire and release of a free Lock',
    unit: 'a second',
    program: 'lock.js',
    tracing: false,
    against: [{ by: 'cpython', key: 'lock', title: 'CPython multiprocessing.Lock', ratio: { atLeast: 1 } }],
  },
  {
    name: 'messages',
    title: 'messages of 1 KiB through a Queue of 1024',
    unit: 'a second',
    program: 'messages.js',
    tracing: false,
    against: [{ by: 'bare', key: 'messages', count: 50_000, title: 'MessageChannel between workers', ratio: { atLeast: 5 } }],
  },
  {
    name: 'pool',
    title: 'tasks of pool.map, 2 processes, chunk size 1',
    unit: 'a second',
    program: 'pool.js',
    tracing: false,
    target: { atLeast: 200_000 },
    against: [
      { by: 'bare', key: 'comlink', count: 10_000, title: 'comlink calls on 2 workers' },
      { by: 'cpython', key: 'pool', title: 'CPython Pool.map' },
    ],
  },
  {
    name: 'process',
    title: 'process, start to join, no worker kept ready',
    unit: 'ms',
    program: 'process.js',
    tracing: false,
    spareWorkers: 0,
    against: [
      { by: 'bare', key: 'spawn', count: 20, title: 'bare Worker to its first message', ratio: { atMost: 1.5 } },
      { by: 'cpython', key: 'process', title: 'CPython spawn' },
    ],
  },
  {
    name: 'process-warm',
    title: 'process, start to join, with spare workers',
    unit: 'ms',
    program: 'process.js',
    tracing: false,
    against: [{ by: 'bare', key: 'spawn', count: 20, title: 'bare Worker to its first message' }],
  },
  {
    name: 'queue-traced',
    title: 'ints through a Queue of 1024, every event recorded',
    unit: 'a second',
    program: 'queue.js',
    tracing: true,
    events: { put: 1_200_000, get: 1_200_000, 'run-end': 1 },
    target: { atLeast: 1_000_000 },
    against: [],
  },
  {
    name: 'python-first-run',
    title: 'Python: from opening a page to the first output',
    unit: 'ms',
    program: 'python/hello.py',
    tracing: true,
    figure: 'first run',
    target: { atMost: 4000 },
    against: [],
  },
  {
    name: 'python-next-run',
    title: 'Python: from asking for the next run to its output',
    unit: 'ms',
    program: 'python/hello.py',
    tracing: true,
    figure: 'next run',
    target: { atMost: 300 },
    against: [],
  },
  {
    name: 'python-spawn',
    title: 'Python: process by spawn, start to join, median of 20',
    unit: 'ms',
    program: 'python/process.py',
    startMethod: 'spawn',
    tracing: true,
    target: { atMost: 70 },
    against: [{ by: 'cpython', key: 'process', title: 'CPython spawn' }],
  },
  {
    name: 'python-fork',
    title: 'Python: process by fork, start to join, median of 20',
    unit: 'ms',
    program: 'python/process.py',
    startMethod: 'fork',
    tracing: true,
    target: { atMost: 60 },
    against: [{ by: 'cpython', key: 'fork', title: 'CPython fork' }],
  },
  {
    name: 'python-thread',
    title: 'Python: thread, start to join',
    unit: 'ms',
    program: 'python/thread.py',
    tracing: true,
    target: { atMost: 0.2 },
    against: [{ by: 'cpython', key: 'thread', title: 'CPython' }],
  },
  {
    name: 'python-switch',
    title: 'Python: switch between two threads',
    unit: 'µs',
    program: 'python/switch.py',
    tracing: true,
    target: { atMost: 10 },
    against: [],
  },
  {
    name: 'python-queue',
    title: 'Python: ints through multiprocessing.Queue, every event recorded',
    unit: 'a second',
    program: 'python/queue_of_ints.py',
    tracing: true,
    events: { put: 180_000, get: 180_000, 'run-end': 1 },
    target: { atLeast: 50_000 },
    against: [{ by: 'cpython', key: 'queue', title: 'CPython multiprocessing.Queue' }],
  },
  {
    name: 'python-busy',
    title: 'Python: a busy loop, not traced, median of 15',
    unit: 'ms',
    program: 'python/busy.py',
    tracing: false,
    against: [{ by: 'bare', key: 'pyodide', title: 'plain Pyodide', ratio: { atMost: 1.15 } }],
  },
  {
    name: 'python-memory',
    title: 'Python: memory for each further process',
    unit: 'MB',
    program: 'python/memory.py',
    tracing: true,
    figure: 'memory',
    target: { atMost: 60 },
    against: [],
  },
  {
    name: 'python-echo',
    title: 'Python: round trips over a loopback socket, two processes',
    unit: 'a second',
    program: 'python/echo.py',
    tracing: false,
    target: { atLeast: 20_000 },
    against: [{ by: 'cpython', key: 'echo', title: 'CPython' }],
  },
  {
    name: 'python-manager',
    title: 'Python: a call of a manager\'s proxy',
    unit: 'ms',
    program: 'python/manager.py',
    tracing: false,
    target: { atMost: 0.5 },
    against: [{ by: 'cpython', key: 'manager', title: 'CPython' }],
  },
  {
    name: 'python-greenlets',
    title: 'Python: 1,000 greenlet switches',
    unit: 'ms',
    program: 'python/greenlets.py',
    tracing: false,
    target: { atMost: 10 },
    against: [],
  },
  {
    name: 'virtual-lines',
    title: 'virtual time: lines of Python in one task, each a step, traced',
    unit: 'a second',
    program: 'python/lines.py',
    tracing: true,
    virtual: { step: 'line', counts: [100_000, 2_100_000], each: 4 },
    target: { atLeast: 1_000_000 },
    against: [],
  },
  {
    name: 'virtual-switches',
    title: 'virtual time: switches between two threads of one Python process, traced',
    unit: 'a second',
    program: 'python/turns.py',
    tracing: true,
    virtual: { counts: [2_000, 42_000], each: 2 },
    target: { atLeast: 100_000 },
    against: [],
  },
  {
    name: 'virtual-hand-overs',
    title: 'virtual time: hand-overs between two workers (JavaScript, a Pipe), traced',
    unit: 'a second',
    program: 'hand-overs.js',
    tracing: true,
    virtual: { counts: [1_000, 11_000], each: 2 },
    target: { atLeast: 15_000 },
    against: [],
  },
];
