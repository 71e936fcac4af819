import { translate } from '../text/translate';
import { TRACE_FORMAT } from './trace-format';

/**
 * What was read is no trace, or none that this version can read; the message is a sentence for the reader.
 */
export class TraceFormatError extends Error {
  override name = 'TraceFormatError';
}

/** The parts of a trace's file before they are checked. */
export interface TraceDocument {
  readonly head: { readonly [key: string]: unknown };
  readonly events: readonly unknown[] | undefined;
  /** True where the end of the file is missing. */
  readonly cutShort: boolean;
  /** Lines in the midst of a file that are not JSON; the first of them. */
  readonly damagedLines: number;
  readonly damagedExample: string | undefined;
}

const EVENTS_MARK = /"events"\s*:\s*\[/;
const EXAMPLE_LENGTH = 60;
/** A text of the event that was cut may hold a few brackets. */
const ENDS_TRIED = 4;

/**
 * Takes a file apart: as a whole where it is JSON, else line by line, so that a file cut short still shows
 * its events.
 */
export function parseTraceDocument(text: string): TraceDocument {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch (error) {
    return salvage(text, error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(whole)) throw new TraceFormatError(translate('errors.trace.noFormat'));
  const { events, ...head } = whole;
  return {
    head,
    events: Array.isArray(events) ? events : undefined,
    cutShort: false,
    damagedLines: 0,
    damagedExample: undefined,
  };
}

export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text from a file as it may stand in a message: short, and on one line. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > EXAMPLE_LENGTH ? `${line.slice(0, EXAMPLE_LENGTH)}…` : line;
}

function salvage(text: string, reason: string): TraceDocument {
  const notJson = (): TraceFormatError =>
    new TraceFormatError(translate('errors.trace.notJson', { reason: excerpt(reason) }));
  const beginning = text.slice(0, 4096);
  if (!beginning.trimStart().startsWith('{') || !beginning.includes(`"${TRACE_FORMAT}"`)) throw notJson();
  const mark = EVENTS_MARK.exec(text);
  if (mark === null) throw new TraceFormatError(translate('errors.trace.cutInHeader'));
  let head: unknown;
  try {
    head = JSON.parse(`${text.slice(0, mark.index + mark[0].length)}]}`);
  } catch {
    throw notJson();
  }
  if (!isRecord(head)) throw notJson();
  return { head, ...salvageEvents(text, mark.index + mark[0].length) };
}

/** What is left of the list of events that begins at `start`. */
function salvageEvents(text: string, start: number): Omit<TraceDocument, 'head'> {
  // All at once up to where an event seems to end: many times as fast as line by line.
  let end = text.length;
  for (let tries = 0; tries < ENDS_TRIED; tries++) {
    end = text.lastIndexOf(']', end - 1);
    // More than one line behind it: there is damage, and behind that perhaps whole events.
    if (end < start || /\n\s*\S/.test(text.slice(end + 1).replace(/^,\s*/, ''))) break;
    try {
      const events = JSON.parse(`[${text.slice(start, end + 1)}]`) as unknown[];
      return { events, cutShort: true, damagedLines: 0, damagedExample: undefined };
    } catch {
      // The bracket is the list's own, or one in a text.
    }
  }
  return salvageLines(text, start);
}

/**
 * Reads one event from each line. A last line that is not whole is the cut; another that is not JSON is
 * damage.
 */
function salvageLines(text: string, start: number): Omit<TraceDocument, 'head'> {
  const events: unknown[] = [];
  let damagedLines = 0;
  let damagedExample: string | undefined;
  for (let at = start; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).trim();
    at = end + 1;
    if (/^\]\s*\}?$/.test(line)) return { events, cutShort: false, damagedLines, damagedExample };
    if (line === '') continue;
    try {
      events.push(JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line));
    } catch {
      if (at >= text.length) break;
      damagedLines++;
      damagedExample ??= excerpt(line);
    }
  }
  return { events, cutShort: true, damagedLines, damagedExample };
}
