import { findIntervals, isEmptyQuery, parseQuery } from '../../analysis/search';
import type { Tid } from '../../protocol/ids';
import { describeEvent, describeInterval } from '../../trace/describe';
import type { Interval, TraceModel } from '../../trace/trace';
import { searchWords } from '../timeline/search-words';

export type ListKind = 'intervals' | 'events';

export interface ListRow {
  readonly task: Tid;
  /** That it begins with, or is. */
  readonly event: number;
  readonly time: number;
  readonly duration: number | undefined;
  readonly interval: Interval | undefined;
}

/** More are counted, not listed: who looks for one asks for less. */
export const ROWS_AT_MOST = 200_000;

/** The rows of the list in the order in which they happened, those that a search leaves. */
export function listRows(model: TraceModel, kind: ListKind, search: string): { readonly rows: readonly ListRow[]; readonly total: number } {
  const query = parseQuery(search);
  if (kind === 'intervals') {
    const { found, total } = findIntervals(model, query, searchWords(model), ROWS_AT_MOST);
    return { rows: found.map(rowOfInterval), total };
  }
  const rows: ListRow[] = [];
  let total = 0;
  const { trace } = model;
  const shown = new Set(model.tasks.map(({ tid }) => tid as number));
  const all = isEmptyQuery(query);
  for (let event = 0; event < trace.length; event++) {
    // What the library's own threads do is folded away with them.
    if (trace.task[event] > 1 && !shown.has(trace.task[event])) continue;
    if (!all && !eventMatches(model, event, query.words, query.lines)) continue;
    total++;
    if (rows.length >= ROWS_AT_MOST) continue;
    rows.push({ task: trace.task[event] as Tid, event, time: trace.time[event], duration: undefined, interval: undefined });
  }
  return { rows, total };
}

/** The sentence of a row. */
export function rowSentence(model: TraceModel, { interval, event }: ListRow): string {
  return interval === undefined ? describeEvent(model, event) : describeInterval(model, interval);
}

function eventMatches(model: TraceModel, event: number, words: readonly string[], lines: readonly number[]): boolean {
  const { trace } = model;
  if (lines.length > 0 && !lines.includes(trace.place[event] & 0xfffff)) return false;
  if (words.length === 0) return true;
  const sentence = describeEvent(model, event).toLowerCase();
  return words.every((word) => sentence.includes(word));
}

function rowOfInterval(interval: Interval): ListRow {
  const { task, event, start, end } = interval;
  return { task, event, time: start, duration: end - start, interval };
}
