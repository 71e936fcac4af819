import type { Language } from '../text/languages';
import { appendBatch, type TraceHead } from '../trace/byte-reader';
import type { GrowthReader } from '../trace/growth-reader';
import type { EventBatch } from '../trace/event-batches';
import { ModelBuilder } from '../trace/model';
import { readTraceFile } from '../trace/trace-file';
import { beginTrace, TraceFormatError, type ReadTrace } from '../trace/trace-json';
import type { Trace, TraceModel } from '../trace/trace';
import type { TraceFileAnswer, TraceFileRequest } from './trace-file.worker';
import { Turns } from './turns';

/** Longer files are read by a worker: the page goes on answering meanwhile. */
const ASIDE_FROM = 1 << 20;
/** Events read between two looks at the clock. */
const CHUNK = 8192;

/** A file that was read; of a long one the model is there as well, for it was built while the file was read. */
export interface OpenedTrace extends ReadTrace {
  readonly model?: TraceModel;
}

/**
 * Reads the file of a recorded run. `reader` is shown a long one while it is read; of a short one it hears nothing.
 * @throws TraceFormatError where nothing can be shown.
 */
export async function readLargeTraceFile(file: Blob, language: Language, reader?: GrowthReader): Promise<OpenedTrace> {
  if (file.size < ASIDE_FROM) return readTraceFile(await file.text());
  const worker = new Worker(new URL('./trace-file.worker.ts', import.meta.url), { type: 'module', name: 'weft trace file' });
  try {
    return await new Promise<OpenedTrace>((resolve, reject) => {
      const growing = new GrowingTrace(reader);
      worker.onmessage = ({ data }: MessageEvent<TraceFileAnswer>) => {
        if ('head' in data) growing.head(data.head);
        else if ('batch' in data) growing.batch(data.batch);
        else if ('end' in data) growing.end().then(resolve, reject);
        else if ('trace' in data) resolve(data);
        else reject('refused' in data ? new TraceFormatError(data.refused) : new Error(data.failed));
      };
      worker.onerror = ({ message }) => reject(new Error(message));
      const request: TraceFileRequest = { file, language };
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}

/** A trace and its model, as batches of events come in: they come faster than the page's thread may read them without a rest. */
class GrowingTrace {
  private readonly models = new ModelBuilder();
  private readonly turns = new Turns();
  private begun: ReturnType<typeof beginTrace> | undefined;
  /** When all batches so far have been read. */
  private done = Promise.resolve();

  constructor(private readonly reader: GrowthReader | undefined) {}

  head(head: TraceHead): void {
    this.begun = beginTrace(head);
  }

  batch(batch: EventBatch): void {
    this.done = this.done.then(() => this.read(batch));
  }

  async end(): Promise<OpenedTrace> {
    await this.done;
    const { builder, notes } = this.whole();
    const trace = builder.snapshot();
    const model = this.models.update(trace);
    this.reader?.end(model);
    return { trace, notes, model };
  }

  private async read(batch: EventBatch): Promise<void> {
    const { builder } = this.whole();
    const before = builder.length;
    appendBatch(builder, batch);
    const trace = builder.snapshot();
    for (let read = before; read < trace.length;) {
      await this.turns.next();
      read = Math.min(trace.length, read + CHUNK);
      this.models.advance(trace, read);
    }
    await this.turns.next();
    this.reader?.read(trace);
  }

  private whole(): ReturnType<typeof beginTrace> {
    if (this.begun === undefined) throw new Error('missing head before the events of a trace');
    return this.begun;
  }
}

/** The model of a whole trace, built in turns with the page's other work where it is a long one. */
export async function buildModelInTurns(trace: Trace, now?: () => number): Promise<TraceModel> {
  const builder = new ModelBuilder();
  const turns = new Turns(now);
  for (let read = 0; read < trace.length;) {
    read = Math.min(trace.length, read + CHUNK);
    builder.advance(trace, read);
    if (read < trace.length) await turns.next();
  }
  return builder.update(trace);
}
