import { viewColumns } from './growing-columns';
import type { Trace } from './trace';

/** The trace as it was when it had `events` events; texts and files that came later are still in its tables. Copies nothing. */
export function prefixOf(trace: Trace, events: number): Trace {
  if (events >= trace.length) return trace;
  return { ...trace, ...viewColumns(trace, events), length: events, header: { ...trace.header, open: true } };
}
