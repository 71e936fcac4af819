import { isChromeTrace } from './chrome-reader';
import { eventBatches, type EventBatch } from './event-batches';
import { TRACE_COLUMNS } from './trace-format';
import type { TraceBuilder } from './trace-builder';
import { isRecord, TraceFormatError, type TraceDocument } from './trace-document';
import { readTraceFile } from './trace-file';
import { beginTrace, type ReadTrace } from './trace-reader';

/** What stands before the events of a file. */
export type TraceHead = TraceDocument['head'];

/** Whoever reads a file while it is being read itself: the head first, then its events. */
export interface BatchReader {
  head(head: TraceHead): void;
  batch(batch: EventBatch): void;
}

const MARK = new TextEncoder().encode('"events":[');
/** A file says what it is near its beginning. */
const HEAD_LENGTH = 4096;

/**
 * Reads a recorded run from the bytes of its file. One that is whole and as this version writes it is handed to `reader`
 * piece by piece, and the answer is undefined; any other is answered as {@link readTraceFile} reads it, and what `reader`
 * was handed until then counts for nothing.
 * @throws TraceFormatError where nothing can be shown.
 */
export function readTraceBytes(bytes: Uint8Array<ArrayBuffer>, reader: BatchReader): ReadTrace | undefined {
  return readBatches(bytes, reader) ? undefined : readTraceFile(new TextDecoder().decode(bytes));
}

/** Appends a batch to the trace that it is the next one of. */
export function appendBatch(builder: TraceBuilder, { count, columns, texts, expected }: EventBatch): void {
  for (const text of texts) builder.internText(text);
  builder.appendRows(columns, count, expected);
}

/** Reads bytes as one; for those who have no use for pieces. */
export function readWholeTrace(bytes: Uint8Array<ArrayBuffer>): ReadTrace {
  let begun: ReturnType<typeof beginTrace> | undefined;
  const other = readTraceBytes(bytes, {
    head: (head) => (begun = beginTrace(head)),
    batch: (batch) => begun && appendBatch(begun.builder, batch),
  });
  if (other !== undefined) return other;
  if (begun === undefined) throw new TraceFormatError('missing head of a trace');
  return { trace: begun.builder.snapshot(), notes: begun.notes };
}

function readBatches(bytes: Uint8Array<ArrayBuffer>, reader: BatchReader): boolean {
  if (isChromeTrace(new TextDecoder().decode(bytes.subarray(0, HEAD_LENGTH)))) return false;
  const mark = indexOfMark(bytes);
  const head = mark < 0 ? undefined : headBefore(bytes, mark);
  if (head === undefined) return false;
  try {
    beginTrace(head);
  } catch {
    return false;
  }
  reader.head(head);
  const batches = eventBatches(bytes, mark + MARK.length);
  for (let next = batches.next(); ; next = batches.next()) {
    if (next.done === true) return next.value;
    reader.batch(next.value);
  }
}

function indexOfMark(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(MARK[0]); at >= 0; at = bytes.indexOf(MARK[0], at + 1)) {
    if (MARK.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

/** The head of a file whose columns are the usual ones. */
function headBefore(bytes: Uint8Array, mark: number): TraceHead | undefined {
  try {
    const head: unknown = JSON.parse(`${new TextDecoder().decode(bytes.subarray(0, mark))}"events":[]}`);
    if (!isRecord(head)) return undefined;
    const { events: _, ...rest } = head;
    const usual = rest.columns === undefined || JSON.stringify(rest.columns) === JSON.stringify(TRACE_COLUMNS);
    return usual ? rest : undefined;
  } catch {
    return undefined;
  }
}
