import { traceJsonPieces } from '../../src/trace/trace-json';
import { longRun } from '../../src/views/timeline/test-support/sample-runs';

/** The file of a recorded run of about so many events: producers and consumers around one queue that never rest. */
export function traceFile(events: number): { readonly text: string; readonly events: number } {
  const trace = longRun(events);
  return { text: [...traceJsonPieces(trace)].join(''), events: trace.length };
}
