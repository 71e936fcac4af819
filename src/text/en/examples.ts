/** The example programs, by the name of their file: a title and what one will see. */
export const examples = {
  group: {
    queues: 'Queues and pipes',
    locks: 'Taking turns',
    signals: 'Waiting for each other',
    processes: 'Processes',
    pools: 'Pools',
    sockets: 'Sockets',
    shared: 'Shared memory',
    threads: 'Threads',
    gil: 'One thread at a time: the GIL',
    managers: 'Managers',
    coroutines: 'Coroutines',
    trouble: 'What goes wrong',
  },
  'producer-consumer': {
    title: 'Producer and consumer',
    about: 'A bounded queue makes the fast one wait for the slow one',
  },
  'joinable-queue': {
    title: 'Joinable queue',
    about: 'Leave when every item is done, not when it was taken',
  },
  'pipe-ping-pong': {
    title: 'Ping-pong over a pipe',
    about: 'Two processes answer each other, message by message',
  },
  'reading-input': {
    title: 'Reading input',
    about: 'main waits for you, and another process waits for main',
  },
  'lock-hand-over': {
    title: 'A lock is handed over',
    about: 'Three processes take turns, in the order of asking',
  },
  semaphore: {
    title: 'Semaphore',
    about: 'Five cars, two places',
  },
  condition: {
    title: 'Condition',
    about: 'Wake, look again, and perhaps go on waiting',
  },
  event: {
    title: 'Event',
    about: 'One signal wakes everyone, but one did not wait that long',
  },
  barrier: {
    title: 'Barrier',
    about: 'Nobody goes on before all have arrived',
  },
  'pool-map': {
    title: 'Pool',
    about: 'Four workers share twelve jobs',
  },
  threads: {
    title: 'Threads of one process',
    about: 'They share a heap; another process does not',
  },
  'daemon-zombie': {
    title: 'Daemon and zombie',
    about: 'One ends with the program, one waits to be collected',
  },
  deadlock: {
    title: 'Deadlock',
    about: 'Each holds what the other waits for',
  },
  'lost-update': {
    title: 'Lost update',
    about: 'Two processes add to one value, and additions vanish',
  },
  'endless-loop': {
    title: 'Endless loop',
    about: 'Busy for ever; Stop ends it all the same',
  },
  'process-start-join': {
    title: 'Start and join',
    about: 'A process begins, and another waits for its end',
  },
  'process-names': {
    title: 'Names of processes',
    about: 'What a process is called, and when it is alive',
  },
  'process-subclass': {
    title: 'A process of one’s own',
    about: 'What run() does happens in the new process',
  },
  'serial-parallel': {
    title: 'One by one, or together',
    about: 'The same work in three times the time, or in one',
  },
  'memory-isolation': {
    title: 'Separate memories',
    about: 'Each process changes a list of its own',
  },
  'exit-codes': {
    title: 'Exit codes',
    about: 'Four ways to end, and how the parent learns of them',
  },
  terminate: {
    title: 'Terminate',
    about: 'A killed process cleans up nothing',
  },
  'spawn-and-fork': {
    title: 'Spawn and fork',
    about: 'A copy knows what its parent did; a fresh process does not',
  },
  'pool-apply-async': {
    title: 'Orders and results',
    about: 'All is ordered at once, and each result is waited for',
  },
  'pool-imap': {
    title: 'Results one by one',
    about: 'In the order of the list, or as they are done',
  },
  'pool-callback': {
    title: 'Callbacks',
    about: 'The main process hears of each result, and of each failure',
  },
  'pool-initializer': {
    title: 'Initializer',
    about: 'Each worker fetches its tool once, before its first task',
  },
  'pool-recycling': {
    title: 'Fresh workers',
    about: 'After two tasks a worker ends, and another takes its place',
  },
  'async-result': {
    title: 'A result to come',
    about: 'Wait with a timeout, get what came, or the error',
  },
  'pipe-one-way': {
    title: 'One-way pipe',
    about: 'Two report, one listens until nobody is left to write',
  },
  'queue-timeouts': {
    title: 'Patience of a queue',
    about: 'Full and empty: wait, wait a little, or not at all',
  },
  'queue-end-signal': {
    title: 'A signal to end',
    about: 'Consumers leave when each has taken its end signal',
  },
  'queue-join-thread': {
    title: 'Inside a queue',
    about: 'put() returns at once; a thread feeds the pipe later',
  },
  'value-array': {
    title: 'Value and Array',
    about: 'Numbers that two processes read and write',
  },
  'locked-update': {
    title: 'No update lost',
    about: 'Reading and writing under one lock',
  },
  rlock: {
    title: 'Lock within a lock',
    about: 'An RLock lets its owner in again',
  },
  'thread-subclass': {
    title: 'A thread of one’s own',
    about: 'run() leaves a result behind',
  },
  'thread-daemon': {
    title: 'Daemon thread',
    about: 'The program waits for one thread and takes the other with it',
  },
  'thread-attributes': {
    title: 'Names and numbers of threads',
    about: 'Who is alive, and how many',
  },
  'thread-local': {
    title: 'Thread-local data',
    about: 'A desk for each, one board for all',
  },
  'thread-timer': {
    title: 'Timers',
    about: 'One rings, one is cancelled in time',
  },
  'thread-queue': {
    title: 'Queue between threads',
    about: 'The baker waits for room on the counter',
  },
  'queue-kinds': {
    title: 'Three orders',
    about: 'First in first out, last in first out, most urgent first',
  },
  'thread-pool-executor': {
    title: 'ThreadPoolExecutor',
    about: 'Futures as they are completed, errors among them',
  },
  'process-pool-executor': {
    title: 'ProcessPoolExecutor',
    about: 'Three processes look for primes',
  },
  'gil-busy-loop': {
    title: 'A busy thread and a polite one',
    about: 'Every few milliseconds the busy one gives up the GIL',
  },
  'gil-two-threads': {
    title: 'Two threads, one GIL',
    about: 'They take turns and are no quicker than one',
  },
  'gil-two-processes': {
    title: 'Two processes, two GILs',
    about: 'They run at the same time',
  },
  'gil-io': {
    title: 'Who waits lets go',
    about: 'Four threads wait at the same time',
  },
  'gil-switch-interval': {
    title: 'Switch interval',
    about: 'How long a thread keeps the GIL while others want it',
  },
  'thread-race': {
    title: 'Race',
    about: 'Five look before the first has bought',
  },
  'thread-mutex': {
    title: 'Mutual exclusion',
    about: 'One at a time looks and buys',
  },
  'server-and-client': {
    title: 'Server and client',
    about: 'Two programs on one machine, and you can be a client too',
  },
  'server-five-clients': {
    title: 'Five clients at once',
    about: 'A forked process for each of them',
  },
  'killed-holding-lock': {
    title: 'Killed with a lock',
    about: 'The lock of a killed process stays locked',
  },
  'os-fork': {
    title: 'os.fork',
    about: 'One call returns twice; an orphan, a zombie, and what each memory holds',
  },
  'signals': {
    title: 'Signals',
    about: 'Caught, ignored, and the one that nobody survives',
  },
  'shared-list': {
    title: 'A shared list',
    about: 'A block of memory that processes attach to by its name',
  },
  'manager': {
    title: 'Manager',
    about: 'A dict, a list and a lock live in a server process',
  },
  'manager-of-ours': {
    title: 'A manager of our own',
    about: 'An object of your class lives in a server process',
  },
  'local-socket': {
    title: 'Local socket',
    about: 'A server and its clients on one machine, by a name',
  },
  'tcp-server': {
    title: 'TCP server',
    about: 'A thread for each client, so that nobody waits for the slow',
  },
  'asyncio-tasks': {
    title: 'asyncio',
    about: 'Coroutines share a thread, and give way where they await',
  },
  'greenlet-switch': {
    title: 'greenlet',
    about: 'Two stacks in one thread, which switch by hand',
  },
  'gevent-processes': {
    title: 'gevent in processes',
    about: 'Cooperative inside a process, parallel between processes',
  },
} as const;
