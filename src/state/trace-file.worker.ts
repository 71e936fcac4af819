import '../text/chinese-player';
import type { Language } from '../text/languages';
import { setLanguage } from '../text/translate';
import { readTraceFile } from '../trace/trace-file';
import { TraceFormatError, type ReadTrace } from '../trace/trace-json';

export interface TraceFileRequest {
  readonly text: string;
  /** What it says of the file is for the reader. */
  readonly language: Language;
}

/** What was read, or in a sentence why nothing could be. */
export type TraceFileAnswer = ReadTrace | { readonly refused: string } | { readonly failed: string };

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data: { text, language } }: MessageEvent<TraceFileRequest>) => {
  setLanguage(language);
  const answer = read(text);
  const columns = 'trace' in answer ? Object.values(answer.trace).filter((value) => ArrayBuffer.isView(value)) : [];
  scope.postMessage(answer, [...new Set(columns.map(({ buffer }) => buffer as ArrayBuffer))]);
};

function read(text: string): TraceFileAnswer {
  try {
    return readTraceFile(text);
  } catch (error) {
    if (error instanceof TraceFormatError) return { refused: error.message };
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
