/** The example programs, by the name of their file: a title and what one will see. */
export const examples = {
  group: {
    queues: 'Queues and pipes',
    locks: 'Taking turns',
    signals: 'Waiting for each other',
    processes: 'Processes',
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
} as const;
