import { isChromeTrace, readChromeTrace } from './chrome-reader';
import { readTrace, type ReadTrace } from './trace-reader';

/** A file says what it is near its beginning. */
const HEAD_LENGTH = 4096;

/**
 * Reads a recorded run from its file: one of ours, or trace events of Chromium.
 * @throws TraceFormatError where nothing can be shown.
 */
export function readTraceFile(text: string): ReadTrace {
  return isChromeTrace(text.slice(0, HEAD_LENGTH)) ? readChromeTrace(text) : readTrace(text);
}
