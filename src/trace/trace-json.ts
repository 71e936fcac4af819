/** Traces as files: the readable JSON that docs/trace-format.md describes, loss-free both ways. */
export { traceJsonPieces, writeTrace } from './trace-writer';
export { beginTrace, readTrace, TraceFormatError, type ReadTrace } from './trace-reader';
