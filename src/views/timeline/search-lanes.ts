import { findIntervals, isEmptyQuery, parseQuery, type Query } from '../../analysis/search';
import type { Tid } from '../../protocol/ids';
import type { Interval, TraceModel } from '../../trace/trace';
import { searchWords } from './search-words';

/** What a search over the lanes has found. */
export interface LaneSearch {
  readonly query: Query;
  /** In the order in which they began. */
  readonly intervals: readonly Interval[];
  readonly byTask: ReadonlyMap<Tid, readonly Interval[]>;
  /** Whether it asks for more than words: then names of lanes alone do not answer it. */
  readonly isExact: boolean;
}

/** More are counted nowhere: who looks for one asks for less. */
const FOUND_AT_MOST = 100_000;

/** The intervals that `text` means (`producer q :12 >5ms`); undefined where it asks for nothing. */
export function searchLanes(model: TraceModel, text: string): LaneSearch | undefined {
  const query = parseQuery(text);
  if (isEmptyQuery(query)) return undefined;
  const { found } = findIntervals(model, query, searchWords(model), FOUND_AT_MOST);
  const byTask = new Map<Tid, Interval[]>();
  for (const interval of found) {
    const own = byTask.get(interval.task);
    if (own === undefined) byTask.set(interval.task, [interval]);
    else own.push(interval);
  }
  const isExact = query.lines.length > 0 || query.longerThan !== undefined || query.shorterThan !== undefined;
  return { query, intervals: found, byTask, isExact };
}

/** Whether a lane is left by a search: what it is called has all words, or something in it was found. */
export function isLeft(search: LaneSearch, name: string, tid: Tid | undefined): boolean {
  if (tid !== undefined && search.byTask.has(tid)) return true;
  return !search.isExact && search.query.words.every((word) => name.includes(word));
}

/** The found interval after (or before) the one that is picked, round at the ends. */
export function nextFound({ intervals }: LaneSearch, event: number | undefined, by: 1 | -1): Interval | undefined {
  if (intervals.length === 0) return undefined;
  if (event === undefined) return intervals[by > 0 ? 0 : intervals.length - 1];
  const next = by > 0
    ? intervals.find((interval) => interval.event > event)
    : intervals.findLast((interval) => interval.event < event);
  return next ?? intervals[by > 0 ? 0 : intervals.length - 1];
}

/** The index of the first interval that ends after `time`. They do not overlap. */
export function firstEndingAfter(intervals: readonly Interval[], time: number): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle].end <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
