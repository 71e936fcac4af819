import { chromeTracePieces } from '../../src/trace/chrome-writer';
import { buildModel } from '../../src/trace/model';
import { traceJsonPieces } from '../../src/trace/trace-json';
import { longRun } from '../../src/views/timeline/test-support/sample-runs';

/**
 * The file of a recorded run of about so many events: producers and consumers around one queue that never rest. The same run as
 * trace events of Chromium beside it.
 */
export function traceFile(events: number): { readonly text: string; readonly chrome: string; readonly events: number } {
  const trace = longRun(events);
  const chrome = [...chromeTracePieces(buildModel(trace))].join('');
  return { text: [...traceJsonPieces(trace)].join(''), chrome, events: trace.length };
}
