import { DEFAULT_SETTINGS } from '../protocol/program';
import { fromProgramFile, isProgramFile, programOfSource } from '../state/link/program-file';
import type { SharedProgram } from '../state/link/shared-program';
import { timelineReader } from '../views/timeline';
import { readLargeTraceFile, type OpenedTrace } from '../state/trace-file';
import { currentLanguage, translate } from '../text/translate';
import { TraceFormatError } from '../trace/trace-json';
import { formatBytes } from './bytes';

export type OpenedFile =
  | ({ readonly kind: 'trace' } & OpenedTrace)
  | ({ readonly kind: 'program' } & SharedProgram)
  | { readonly kind: 'problem'; readonly sentence: string };

const TRACE_BYTES_AT_MOST = 256 << 20;
const PROGRAM_BYTES_AT_MOST = 1 << 20;
/** A program file says what it is in its first field. */
const HEAD_LENGTH = 200;

/** Reads a file that the reader chose or dropped, and says in a sentence why it cannot be shown. */
export async function readOpenedFile(file: File): Promise<OpenedFile> {
  const { name } = file;
  const isJson = /\.json$/i.test(name);
  if (!isJson && programOfSource(name, '') === undefined)
    return problem(translate('ui.file.unknown', { name }));
  const limit = isJson ? TRACE_BYTES_AT_MOST : PROGRAM_BYTES_AT_MOST;
  if (file.size > limit) {
    return problem(
      translate('ui.file.tooLarge', { name, size: formatBytes(file.size), limit: formatBytes(limit) }),
    );
  }
  try {
    if (!isJson) {
      const program = programOfSource(name, await file.text());
      if (program !== undefined) return { kind: 'program', program, settings: DEFAULT_SETTINGS };
    }
    const head = await file.slice(0, HEAD_LENGTH).text();
    if (head.includes('"weft-program"')) return programFrom(name, await file.text());
    return { kind: 'trace', ...(await readLargeTraceFile(file, currentLanguage(), timelineReader())) };
  } catch (error) {
    if (error instanceof TraceFormatError) return problem(error.message);
    return problem(
      translate('ui.file.unreadable', {
        name,
        reason: String(error instanceof Error ? error.message : error),
      }),
    );
  }
}

function programFrom(name: string, text: string): OpenedFile {
  const json: unknown = JSON.parse(text);
  const shared = isProgramFile(json) ? fromProgramFile(json) : { invalid: 'unknown format' };
  return 'invalid' in shared
    ? problem(translate('ui.file.badProgram', { name, detail: shared.invalid }))
    : { kind: 'program', ...shared };
}

function problem(sentence: string): OpenedFile {
  return { kind: 'problem', sentence };
}
