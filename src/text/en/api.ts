const task = {
  start: 'Starts it. Its function runs on a worker of its own.',
  join: 'Waits until it has ended, at most timeout seconds; answers whether it has.',
  isAlive: 'Whether it was started and has not ended.',
  name: 'The name on the timeline and in the output.',
};
const lock = {
  acquire:
    'Takes it, waiting for it if need be: at most timeout seconds, or not at all with block: false. Answers whether it was got.',
  release: 'Gives it back; who waits longest gets it.',
};
const queue = {
  put: 'Puts a copy of value at the end, and waits while the queue is full. Full is thrown where the time was over first.',
  putNoWait: 'put without waiting: throws Full at once.',
  get: 'Takes the first item, and waits while the queue is empty. Empty is thrown where the time was over first.',
  getNoWait: 'get without waiting: throws Empty at once.',
  empty: 'Whether nothing is in it; may be out of date the next moment.',
  full: 'Whether it holds as much as it may; may be out of date the next moment.',
  qsize: 'How many items are in it; may be out of date the next moment.',
};
const semaphore = {
  acquire: 'Takes one permit, waiting for it if need be. Answers whether it was got.',
  release: 'Gives permits back; who waits longest gets the first.',
  getValue: 'How many could acquire it now without waiting.',
};

/**
 * What the editor says about the library of JavaScript programs: names as in guest/javascript/api-docs.ts.
 */
export const api = {
  Process: {
    about:
      'A task with memory of its own. It calls target with args; what it shares with others are the objects made at the top level.',
    ...task,
    terminate: 'Asks it to end, as the signal SIGTERM does.',
    kill: 'Ends it, as the signal SIGKILL does. A lock that it holds stays locked.',
    exitcode: 'Its exit status, minus the signal that ended it, or null while it lives.',
    pid: 'Its number, or null before it is started.',
  },
  Thread: {
    about: 'A task of this process. All threads of a process share its heap.',
    ...task,
    ident: 'Its number, or null before it is started.',
  },
  Queue: {
    about:
      'Items pass from task to task, first in, first out. A capacity makes put wait for room; 0 means no limit.',
    ...queue,
  },
  JoinableQueue: {
    about: 'A queue that can be waited for until every item is done.',
    ...queue,
    taskDone: 'Says that one item that was taken has been dealt with.',
    join: 'Waits until taskDone was called for every item that was put.',
  },
  SimpleQueue: {
    about: 'A queue without a limit and without looking first.',
    put: 'Puts a copy of value at the end.',
    get: queue.get,
    empty: queue.empty,
  },
  Pipe: {
    about:
      'Two connected ends. With duplex both can send; else the first one receives and the second one sends.',
    send: 'Sends a copy of value to the other end.',
    recv: 'Waits for the next message. EOFError is thrown once nobody can send any more.',
    poll: 'Whether recv would not wait; waits for that at most timeout seconds.',
    close: 'Closes this end in this process.',
    closed: 'True once it was closed here.',
  },
  Lock: {
    about: 'Held by at most one task. Whoever wants it meanwhile waits, in the order of asking.',
    ...lock,
  },
  RLock: { about: 'A lock that its holder may take again; it is free after as many releases.', ...lock },
  Semaphore: { about: 'Permits for as many tasks at a time as its value says.', ...semaphore },
  BoundedSemaphore: {
    about: 'A semaphore that refuses more releases than there were permits.',
    ...semaphore,
  },
  Condition: {
    about: 'Lets tasks wait, lock in hand, until another one says that something has changed.',
    ...lock,
    wait: 'Gives the lock up, waits to be notified, and takes the lock again. Test what you wait for in a loop.',
    waitFor: 'Waits until predicate answers something true, and answers it.',
    notify: 'Wakes the count tasks that wait longest. The lock must be held.',
    notifyAll: 'Wakes every task that waits. The lock must be held.',
  },
  Event: {
    about: 'A flag that tasks can wait for.',
    wait: 'Waits until it is set; false where timeout seconds were over first.',
    set: 'Sets it, and wakes everyone who waits.',
    clear: 'Takes it back: who waits from now on waits again.',
    isSet: 'Whether it is set.',
  },
  Barrier: {
    about: 'Opens when parties tasks have arrived. The last one runs action before the others go on.',
    wait: 'Waits for the others; answers how many came before.',
    abort: 'Breaks it: who waits and who comes gets BrokenBarrierError.',
    reset: 'Makes it whole and empty again.',
    parties: 'How many open it.',
    nWaiting: 'How many wait in it now.',
    broken: 'Whether it is broken.',
  },
  Value: {
    about: 'One number that all tasks share. value += 1 is a load and a store; hold its lock around both.',
    ...lock,
    value: 'The number; reading loads it, writing stores it.',
    getLock: 'The lock that goes with it.',
  },
  SharedArray: {
    about: 'Numbers that all tasks share, of one type: i, d, B and the others of Python’s array.',
    ...lock,
    get: 'Loads one number.',
    set: 'Stores one number.',
    toArray: 'Copies all numbers, one load after the other.',
    length: 'How many numbers it has.',
    getLock: 'The lock that goes with it.',
  },
  Pool: {
    about:
      'Processes that share jobs between them; as many as there are processors where no number is given.',
    apply: 'Has a process call fn(...args), and waits for the result.',
    applyAsync: 'The same without waiting: get() of its answer gives the result.',
    map: 'fn of each item, in the order of the items. chunkSize items go to a process at once.',
    mapAsync: 'map without waiting.',
    starmap: 'map for functions of several arguments: each item is an array of them.',
    starmapAsync: 'starmap without waiting.',
    imap: 'Results one by one, in the order of the items.',
    imapUnordered: 'Results one by one, as they come.',
    close: 'No more jobs; the processes end when theirs are done.',
    terminate: 'Ends the processes at once.',
    join: 'Waits for the processes to end, after close or terminate.',
  },
  AsyncResult: {
    about: 'What applyAsync, mapAsync and starmapAsync answer at once: the result that is to come.',
    get: 'The result, for which it waits at most timeout seconds (TimeoutError). What the function threw is thrown here.',
    wait: 'Waits until the result is there, at most timeout seconds.',
    ready: 'Whether the result is there.',
    successful: 'Whether it is a value and not an error; ValueError while it is not there.',
  },
  PoolIterator: {
    about: 'What imap and imapUnordered answer: results to loop over.',
    next: 'The next result, for which it waits at most timeout seconds (TimeoutError).',
  },
  heap: { about: 'What the threads of a process share: heap.total = 3. Values are copied in and out.' },
  withLock: { about: 'Runs a function while the lock is held, and releases it however the function ends.' },
  sleep: { about: 'Waits for so many seconds.' },
  print: { about: 'Prints values with a space between them and a line end after them.' },
  printError: { about: 'Prints to the error output.' },
  input: {
    about:
      'Prints prompt, waits for a line from the reader, and answers it. EOFError is thrown at the end of the input.',
  },
  exit: { about: 'Ends this task with an exit status.' },
  cpuCount: { about: 'How many processors the machine has.' },
  currentProcess: { about: 'The process that runs this.' },
  parentProcess: { about: 'The process that started this one, or null.' },
  activeChildren: { about: 'The processes that this one has started and that have not ended.' },
  currentThread: { about: 'The thread that runs this.' },
  Empty: { about: 'Thrown by get where nothing came in time.' },
  Full: { about: 'Thrown by put where no room came in time.' },
  TimeoutError: { about: 'Thrown where what was waited for did not come in time.' },
  BrokenBarrierError: { about: 'Thrown by a barrier that is broken, aborted or reset.' },
  EOFError: { about: 'Thrown where nothing is left to read and nobody can write any more.' },
  BrokenPipeError: { about: 'Thrown by send where nobody can receive any more.' },
  ValueError: { about: 'Thrown where an argument or the state of an object does not allow what is asked.' },
  OSError: {
    about: 'Thrown where the machine cannot do what is asked: a table is full, a connection is closed.',
  },
  MemoryError: { about: 'Thrown where the machine’s memory is full.' },
  MessageTooLarge: { about: 'Thrown for a message longer than the machine passes on.' },
  ProcessDied: { about: 'Thrown where a process of a pool ended in the middle of its job.' },
} as const;
