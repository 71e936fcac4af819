import type { EventBreak } from '../protocol/pause';

/** The breakpoints on events that the page offers. Words of links: none changes its meaning. */
export const STOP_WORDS = ['wait', 'full', 'empty', 'put', 'get', 'acquire', 'release', 'signal', 'end', 'stuck'] as const;
export type StopWord = (typeof STOP_WORDS)[number];

const MEANINGS: Readonly<Record<StopWord, Pick<EventBreak, 'kind' | 'reason'>>> = {
  wait: { kind: 'task-block' },
  full: { kind: 'task-block', reason: 'queue full' },
  empty: { kind: 'task-block', reason: 'queue empty' },
  put: { kind: 'put' },
  get: { kind: 'get' },
  acquire: { kind: 'acquire' },
  release: { kind: 'release' },
  signal: { kind: 'signal-deliver' },
  end: { kind: 'task-exit' },
  stuck: { kind: 'finding' },
};

/** A breakpoint as the page and a link have it. */
export interface StopEvent {
  readonly word: StopWord;
  /** What the program calls the object, and the task; any where left out. */
  readonly object?: string;
  readonly task?: string;
}

/** Whether such an event is about an object with a name, and about a task. */
export function isOfObject(word: StopWord): boolean {
  return word !== 'signal' && word !== 'end' && word !== 'stuck';
}
export function isOfTask(word: StopWord): boolean {
  return word !== 'stuck';
}

/** The breakpoint without what it cannot have. */
export function stopEvent(word: StopWord, object = '', task = ''): StopEvent {
  return {
    word,
    ...(isOfObject(word) && object !== '' && { object }),
    ...(isOfTask(word) && task !== '' && { task }),
  };
}

export function isSameStop(one: StopEvent, other: StopEvent): boolean {
  return one.word === other.word && one.object === other.object && one.task === other.task;
}

/** The same for the machine. */
export function eventBreakOf({ word, object, task }: StopEvent): EventBreak {
  return { ...MEANINGS[word], ...(object !== undefined && { object }), ...(task !== undefined && { task }) };
}

/** With `stop`, or without it where it was there. */
export function withToggled(stops: readonly StopEvent[], stop: StopEvent): readonly StopEvent[] {
  const others = stops.filter((other) => !isSameStop(other, stop));
  return others.length < stops.length ? others : [...stops, stop];
}

const MOST_STOPS = 16;
const LONGEST_NAME = 200;

/** Words, objects and tasks by turns, '' for any: for links. */
export function toFlatStops(stops: readonly StopEvent[]): readonly string[] {
  return stops.flatMap(({ word, object = '', task = '' }) => [word, object, task]);
}

/** What anybody may have written; what is none is left out. */
export function fromFlatStops(given: unknown): readonly StopEvent[] {
  if (!Array.isArray(given)) return [];
  const flat = given as readonly unknown[];
  const stops: StopEvent[] = [];
  for (let index = 0; index + 2 < flat.length && stops.length < MOST_STOPS; index += 3) {
    const [object, task] = [flat[index + 1], flat[index + 2]];
    const word = STOP_WORDS.find((known) => known === flat[index]);
    if (word === undefined || !isName(object) || !isName(task)) continue;
    const stop = stopEvent(word, object, task);
    if (!stops.some((other) => isSameStop(other, stop))) stops.push(stop);
  }
  return stops;
}

function isName(given: unknown): given is string {
  return typeof given === 'string' && given.length <= LONGEST_NAME;
}
