import type { Language } from '../text/languages';
import { ModelBuilder } from '../trace/model';
import { readTraceFile } from '../trace/trace-file';
import { TraceFormatError, type ReadTrace } from '../trace/trace-json';
import type { Trace, TraceModel } from '../trace/trace';
import type { TraceFileAnswer, TraceFileRequest } from './trace-file.worker';

/** Longer files are read by a worker: the page goes on answering meanwhile. */
const ASIDE_FROM = 1 << 20;
/** The page's thread builds a model for so long, then lets the reader have a turn. */
const SLICE_MS = 20;
/** Events read between two looks at the clock. */
const CHUNK = 8192;

/**
 * Reads the file of a recorded run.
 * @throws TraceFormatError where nothing can be shown.
 */
export async function readLargeTraceFile(text: string, language: Language): Promise<ReadTrace> {
  if (text.length < ASIDE_FROM) return readTraceFile(text);
  const worker = new Worker(new URL('./trace-file.worker.ts', import.meta.url), { type: 'module', name: 'weft trace file' });
  try {
    const answer = await new Promise<TraceFileAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<TraceFileAnswer>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      const request: TraceFileRequest = { text, language };
      worker.postMessage(request);
    });
    if ('refused' in answer) throw new TraceFormatError(answer.refused);
    if ('failed' in answer) throw new Error(answer.failed);
    return answer;
  } finally {
    worker.terminate();
  }
}

/** The model of a whole trace, built in turns with the page's other work where it is a long one. */
export async function buildModelInTurns(trace: Trace, now = (): number => performance.now()): Promise<TraceModel> {
  const builder = new ModelBuilder();
  let begun = now();
  for (let read = 0; read < trace.length;) {
    read = Math.min(trace.length, read + CHUNK);
    builder.advance(trace, read);
    if (now() - begun < SLICE_MS || read === trace.length) continue;
    await turnOfOthers();
    begun = now();
  }
  return builder.update(trace);
}

/** Not a timer: those of a page in the background come once a second. */
function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
