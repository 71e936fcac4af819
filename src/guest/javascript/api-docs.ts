/**
 * What a program can import from 'weft', as the editor shows it while one types. The sentences about each
 * name are in src/text (`api`), in the reader's language, under the same names; tests hold the three
 * together.
 */
export interface ApiEntry {
  readonly kind: 'class' | 'function' | 'variable';
  /** As it is used: parameters with their defaults. */
  readonly signature: string;
  /** Methods and properties by name, with their signatures. */
  readonly members?: Readonly<Record<string, string>>;
}

const WAIT = '{ block = true, timeout }';

const taskMembers = {
  start: 'start()',
  join: 'join(timeout) → boolean',
  isAlive: 'isAlive() → boolean',
  name: 'name',
} as const;
const lockMembers = { acquire: `acquire(${WAIT}) → boolean`, release: 'release()' } as const;
const queueMembers = {
  put: `put(value, ${WAIT})`,
  putNoWait: 'putNoWait(value)',
  get: `get(${WAIT}) → value`,
  getNoWait: 'getNoWait() → value',
  empty: 'empty() → boolean',
  full: 'full() → boolean',
  qsize: 'qsize() → number',
} as const;

export const apiDocs = {
  Process: {
    kind: 'class',
    signature: 'new Process(target, args = [], { name, daemon })',
    members: {
      ...taskMembers,
      terminate: 'terminate()',
      kill: 'kill()',
      exitcode: 'exitcode → number | null',
      pid: 'pid → number | null',
    },
  },
  Thread: {
    kind: 'class',
    signature: 'new Thread(target, args = [], { name, daemon })',
    members: { ...taskMembers, ident: 'ident → number | null' },
  },
  Queue: { kind: 'class', signature: 'new Queue(capacity = 0)', members: queueMembers },
  JoinableQueue: {
    kind: 'class',
    signature: 'new JoinableQueue(capacity = 0)',
    members: { ...queueMembers, taskDone: 'taskDone()', join: 'join(timeout)' },
  },
  SimpleQueue: {
    kind: 'class',
    signature: 'new SimpleQueue()',
    members: { put: 'put(value)', get: `get(${WAIT}) → value`, empty: 'empty() → boolean' },
  },
  Pipe: {
    kind: 'function',
    signature: 'const [a, b] = Pipe(duplex = true)',
    members: {
      send: 'send(value)',
      recv: 'recv() → value',
      poll: 'poll(timeout = 0) → boolean',
      close: 'close()',
      closed: 'closed',
    },
  },
  Lock: { kind: 'class', signature: 'new Lock()', members: lockMembers },
  RLock: { kind: 'class', signature: 'new RLock()', members: lockMembers },
  Semaphore: {
    kind: 'class',
    signature: 'new Semaphore(value = 1)',
    members: { ...lockMembers, release: 'release(count = 1)', getValue: 'getValue() → number' },
  },
  BoundedSemaphore: {
    kind: 'class',
    signature: 'new BoundedSemaphore(value = 1)',
    members: { ...lockMembers, release: 'release(count = 1)', getValue: 'getValue() → number' },
  },
  Condition: {
    kind: 'class',
    signature: 'new Condition(lock)',
    members: {
      ...lockMembers,
      wait: 'wait(timeout) → boolean',
      waitFor: 'waitFor(predicate, timeout)',
      notify: 'notify(count = 1)',
      notifyAll: 'notifyAll()',
    },
  },
  Event: {
    kind: 'class',
    signature: 'new Event()',
    members: { wait: 'wait(timeout) → boolean', set: 'set()', clear: 'clear()', isSet: 'isSet() → boolean' },
  },
  Barrier: {
    kind: 'class',
    signature: 'new Barrier(parties, action, timeout)',
    members: {
      wait: 'wait(timeout) → number',
      abort: 'abort()',
      reset: 'reset()',
      parties: 'parties',
      nWaiting: 'nWaiting',
      broken: 'broken',
    },
  },
  Value: {
    kind: 'class',
    signature: "new Value('i', initial = 0, { lock = true })",
    members: { ...lockMembers, value: 'value', getLock: 'getLock() → RLock' },
  },
  SharedArray: {
    kind: 'class',
    signature: "new SharedArray('i', sizeOrNumbers, { lock = true })",
    members: {
      ...lockMembers,
      get: 'get(index) → number',
      set: 'set(index, number)',
      toArray: 'toArray() → number[]',
      length: 'length',
      getLock: 'getLock() → RLock',
    },
  },
  Pool: {
    kind: 'class',
    signature: 'new Pool(processes, { initializer, initArgs, maxTasksPerChild })',
    members: {
      apply: 'apply(fn, args = []) → value',
      applyAsync: 'applyAsync(fn, args = [], { callback, errorCallback }) → AsyncResult',
      map: 'map(fn, items, { chunkSize }) → array',
      mapAsync: 'mapAsync(fn, items, { chunkSize }) → AsyncResult',
      starmap: 'starmap(fn, items, { chunkSize }) → array',
      starmapAsync: 'starmapAsync(fn, items, { chunkSize }) → AsyncResult',
      imap: 'imap(fn, items, { chunkSize }) → iterator',
      imapUnordered: 'imapUnordered(fn, items, { chunkSize }) → iterator',
      close: 'close()',
      terminate: 'terminate()',
      join: 'join()',
    },
  },
  heap: { kind: 'variable', signature: 'heap.name' },
  withLock: { kind: 'function', signature: 'withLock(lock, () => { … })' },
  sleep: { kind: 'function', signature: 'sleep(seconds)' },
  print: { kind: 'function', signature: 'print(...values)' },
  printError: { kind: 'function', signature: 'printError(...values)' },
  input: { kind: 'function', signature: "input(prompt = '') → string" },
  exit: { kind: 'function', signature: 'exit(status = 0)' },
  cpuCount: { kind: 'function', signature: 'cpuCount() → number' },
  currentProcess: { kind: 'function', signature: 'currentProcess() → Process' },
  parentProcess: { kind: 'function', signature: 'parentProcess() → Process | null' },
  activeChildren: { kind: 'function', signature: 'activeChildren() → Process[]' },
  currentThread: { kind: 'function', signature: 'currentThread() → Thread' },
  Empty: { kind: 'class', signature: 'Empty' },
  Full: { kind: 'class', signature: 'Full' },
  TimeoutError: { kind: 'class', signature: 'TimeoutError' },
  BrokenBarrierError: { kind: 'class', signature: 'BrokenBarrierError' },
  EOFError: { kind: 'class', signature: 'EOFError' },
  BrokenPipeError: { kind: 'class', signature: 'BrokenPipeError' },
  ValueError: { kind: 'class', signature: 'ValueError' },
  OSError: { kind: 'class', signature: 'OSError' },
  MemoryError: { kind: 'class', signature: 'MemoryError' },
  MessageTooLarge: { kind: 'class', signature: 'MessageTooLarge' },
  ProcessDied: { kind: 'class', signature: 'ProcessDied' },
} as const satisfies Record<string, ApiEntry>;

/** What calls of the API answer that is no object of a name above: the editor offers their members too. */
export const resultDocs = {
  AsyncResult: {
    kind: 'class',
    signature: 'const result = pool.applyAsync(fn, args)',
    members: {
      get: 'get(timeout) → value',
      wait: 'wait(timeout)',
      ready: 'ready() → boolean',
      successful: 'successful() → boolean',
    },
  },
  PoolIterator: {
    kind: 'class',
    signature: 'for (const value of pool.imap(fn, items))',
    members: { next: 'next(timeout) → { value, done }' },
  },
} as const satisfies Record<string, ApiEntry>;
