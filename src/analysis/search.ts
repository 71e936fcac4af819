import type { Tid } from '../protocol/ids';
import { lineOfPlace } from '../protocol/ids';
import type { Interval, TraceModel } from '../trace/trace';

/** What is looked for; every part that is there must hold. */
export interface Query {
  /** Each must be in the name of the task, of the object or of the state. */
  readonly words: readonly string[];
  readonly lines: readonly number[];
  /** Nanoseconds. */
  readonly longerThan: number | undefined;
  readonly shorterThan: number | undefined;
}

/** How the tests of one interval know its names: in the reader's language. */
export interface SearchWords {
  readonly task: (tid: Tid) => string;
  readonly object: (interval: Interval) => string;
  readonly state: (interval: Interval) => string;
}

const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 };

/** `producer q :12 >5ms`: words, a line of the program, a length of time, in any order. */
export function parseQuery(text: string): Query {
  const words: string[] = [];
  const lines: number[] = [];
  let longerThan: number | undefined;
  let shorterThan: number | undefined;
  for (const part of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const line = /^(?:line)?:(\d+)$/.exec(part);
    const length = /^([<>])(\d+(?:\.\d+)?)(ns|us|µs|ms|s)$/.exec(part);
    if (line !== null) lines.push(Number(line[1]));
    else if (length !== null) {
      const nanoseconds = Number(length[2]) * units[length[3]];
      if (length[1] === '>') longerThan = nanoseconds;
      else shorterThan = nanoseconds;
    } else words.push(part);
  }
  return { words, lines, longerThan, shorterThan };
}

export function isEmptyQuery({ words, lines, longerThan, shorterThan }: Query): boolean {
  return words.length === 0 && lines.length === 0 && longerThan === undefined && shorterThan === undefined;
}

/** The intervals that a query means, in the order in which they began, at most `limit`; `total` counts all. */
export function findIntervals(
  model: TraceModel, query: Query, say: SearchWords, limit: number,
): { readonly found: readonly Interval[]; readonly total: number } {
  const found: Interval[] = [];
  for (const [tid, intervals] of model.intervals) {
    const name = say.task(tid).toLowerCase();
    // Words that the name has need not be looked for in each interval.
    const left = query.words.filter((word) => !name.includes(word));
    for (const interval of intervals) if (matches(interval, query, left, say)) found.push(interval);
  }
  found.sort((a, b) => a.event - b.event);
  return { found: found.slice(0, limit), total: found.length };
}

function matches(interval: Interval, query: Query, words: readonly string[], say: SearchWords): boolean {
  const length = interval.end - interval.start;
  if (query.longerThan !== undefined && length <= query.longerThan) return false;
  if (query.shorterThan !== undefined && length >= query.shorterThan) return false;
  if (query.lines.length > 0 && !query.lines.includes(lineOfPlace(interval.place))) return false;
  if (words.length === 0) return true;
  const text = `${say.state(interval)} ${say.object(interval)}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
