import { DEFAULT_SETTINGS, type Language, type Program, type RunSettings, type SourceFile } from '../../protocol/program';

/** Example programs in the order of the menu. A new one: its file, its line here, its words in src/text. */
const TABLE = {
  queues: [
    'producer-consumer', 'joinable-queue', 'pipe-ping-pong', 'pipe-one-way', 'queue-timeouts', 'queue-end-signal',
    'queue-join-thread', 'queue-kinds', 'thread-queue', 'reading-input',
  ],
  processes: [
    'process-start-join', 'process-names', 'process-subclass', 'serial-parallel', 'memory-isolation', 'exit-codes',
    'daemon-zombie', 'terminate', 'spawn-and-fork', 'os-fork', 'signals',
  ],
  pools: [
    'pool-map', 'pool-apply-async', 'pool-imap', 'pool-callback', 'async-result', 'pool-initializer', 'pool-recycling',
    'thread-pool-executor', 'process-pool-executor',
  ],
  sockets: ['local-socket', 'tcp-server', 'server-and-client', 'server-five-clients'],
  shared: ['value-array', 'locked-update', 'shared-list'],
  managers: ['manager', 'manager-of-ours'],
  locks: ['lock-hand-over', 'rlock', 'semaphore', 'thread-mutex'],
  signals: ['condition', 'event', 'barrier'],
  threads: [
    'threads', 'thread-subclass', 'thread-daemon', 'thread-attributes', 'thread-local', 'thread-timer',
  ],
  gil: ['gil-busy-loop', 'gil-two-threads', 'gil-two-processes', 'gil-io', 'gil-switch-interval'],
  coroutines: ['asyncio-tasks', 'greenlet-switch', 'gevent-processes'],
  trouble: ['deadlock', 'lost-update', 'thread-race', 'killed-holding-lock', 'endless-loop'],
} as const;

export type ExampleGroup = keyof typeof TABLE;
export type ExampleId = (typeof TABLE)[ExampleGroup][number];

export interface Example {
  readonly id: ExampleId;
  readonly group: ExampleGroup;
  readonly program: Program;
  readonly settings: RunSettings;
}

const ENDINGS: Record<Language, string> = { javascript: 'js', python: 'py' };

const sources = import.meta.glob<string>(['./javascript/*.js', './python/*.py', './python/*/*.py'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const EXAMPLE_GROUPS = Object.keys(TABLE) as readonly ExampleGroup[];
export const EXAMPLES: readonly Example[] = EXAMPLE_GROUPS.flatMap((group) =>
  TABLE[group].flatMap((id) => [...exampleIn('python', group, id), ...exampleIn('javascript', group, id)]),
);

/** What a reader sees first: a queue with little room, for which two processes wait by turns. */
export const FIRST_EXAMPLE: Example = firstOf(
  EXAMPLES.filter(({ program }) => program.language === 'python'),
);

/** The languages that have examples, in the order of the switch. */
export const EXAMPLE_LANGUAGES: readonly Language[] = (['python', 'javascript'] as const).filter((language) =>
  EXAMPLES.some(({ program }) => program.language === language),
);

function exampleIn(language: Language, group: ExampleGroup, id: ExampleId): Example[] {
  const text = sources[`./${language}/${id}.${ENDINGS[language]}`];
  const files = text === undefined ? sideBySide(language, id) : [{ name: `main.${ENDINGS[language]}`, text }];
  const [entry, ...beside] = files.map(({ name }) => name);
  if (entry === undefined) return [];
  const program = { language, files, entry, ...(beside.length > 0 && { beside }) };
  return [{ id, group, program, settings: DEFAULT_SETTINGS }];
}

/** The files of a folder, each a program of its own: the server's first. */
function sideBySide(language: Language, id: ExampleId): SourceFile[] {
  const folder = `./${language}/${id}/`;
  return ['server', 'client'].flatMap((name) => {
    const file = `${name}.${ENDINGS[language]}`;
    const text = sources[folder + file];
    return text === undefined ? [] : [{ name: file, text }];
  });
}

function firstOf(examples: readonly Example[]): Example {
  const [first] = examples;
  if (first === undefined) throw new Error('missing examples');
  return first;
}
