import '../text/chinese-player';
import type { Language } from '../text/languages';
import { setLanguage } from '../text/translate';
import { readTraceBytes, type TraceHead } from '../trace/byte-reader';
import type { EventBatch } from '../trace/event-batches';
import { TraceFormatError, type ReadTrace } from '../trace/trace-json';

export interface TraceFileRequest {
  readonly file: Blob;
  /** What it says of the file is for the reader. */
  readonly language: Language;
}

/**
 * What is read, as it is read: a head, batches of events and the end; or the whole at once, in place of what came before; or in
 * a sentence why nothing could be read.
 */
export type TraceFileAnswer =
  | { readonly head: TraceHead }
  | { readonly batch: EventBatch }
  | { readonly end: true }
  | ReadTrace
  | { readonly refused: string }
  | { readonly failed: string };

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data: { file, language } }: MessageEvent<TraceFileRequest>) => {
  setLanguage(language);
  void read(file).then((answer) => tell(answer, 'trace' in answer ? answer.trace : {}));
};

async function read(file: Blob): Promise<TraceFileAnswer> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const whole = readTraceBytes(bytes, {
      head: (head) => tell({ head }, {}),
      batch: (batch) => tell({ batch }, batch.columns),
    });
    return whole ?? { end: true };
  } catch (error) {
    if (error instanceof TraceFormatError) return { refused: error.message };
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

/** Columns are handed over, not copied. */
function tell(answer: TraceFileAnswer, columns: object): void {
  const buffers = Object.values(columns).flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : []));
  scope.postMessage(answer, [...new Set(buffers)]);
}
