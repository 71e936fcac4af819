import type { Language, Program, RecordedSettings } from '../protocol/program';
import { POLICIES, STEP_KINDS } from '../protocol/words';
import { translate } from '../text/translate';
import { EventDecoder } from './event-decoder';
import { TraceBuilder } from './trace-builder';
import { isRecord, parseTraceDocument, TraceFormatError, type TraceDocument } from './trace-document';
import { TRACE_COLUMNS, TRACE_FORMAT, TRACE_VERSION, type TraceColumn } from './trace-format';
import type { Trace } from './trace';

export { TraceFormatError } from './trace-document';

export interface ReadTrace {
  readonly trace: Trace;
  /** Sentences on what was left out or changed; empty for a whole trace. */
  readonly notes: readonly string[];
}

const languages: readonly Language[] = ['javascript', 'python'];
/** As many kinds unknown here are named in a note. */
const NAMED_KINDS = 3;

/**
 * Reads a trace from its file as far as it makes sense; what does not is left out and noted.
 * @throws TraceFormatError where nothing can be shown.
 */
export function readTrace(text: string): ReadTrace {
  const document = parseTraceDocument(text);
  const { head, events } = document;
  checkHead(head);
  if (events === undefined) throw new TraceFormatError(translate('errors.trace.missingEvents'));
  const { builder, notes } = beginTrace(head);
  const decoder = new EventDecoder(builder, columnIndexes(head.columns));
  for (const event of events) decoder.decode(event);
  return { trace: builder.snapshot(), notes: [...notes, ...notesOn(document, decoder)] };
}

/**
 * The trace that a file's head tells of, without an event yet, and what of the head made no sense.
 * @throws TraceFormatError where it is not the head of a trace that can be read here.
 */
export function beginTrace(head: TraceDocument['head']): { readonly builder: TraceBuilder; readonly notes: readonly string[] } {
  checkHead(head);
  const notes: string[] = [];
  const program = readProgram(head.program);
  if (program === undefined && head.program !== undefined) notes.push(translate('errors.trace.badProgram'));
  const clock = head.clock === 'virtual' ? 'virtual' : 'real';
  const settings = clock === 'virtual' ? readSettings(head.settings) : undefined;
  const builder = new TraceBuilder({ clock, ...(program && { program }), ...(settings && { settings }) });
  if (!readFiles(head.files, builder)) notes.push(translate('errors.trace.badFiles'));
  return { builder, notes };
}

function checkHead(head: TraceDocument['head']): void {
  const { format, version, unit } = head;
  if (format === undefined) throw new TraceFormatError(translate('errors.trace.noFormat'));
  if (format !== TRACE_FORMAT) {
    throw new TraceFormatError(translate('errors.trace.otherFormat', { format: shown(format) }));
  }
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new TraceFormatError(translate('errors.trace.badVersion', { version: shown(version) }));
  }
  if (version > TRACE_VERSION) {
    throw new TraceFormatError(translate('errors.trace.newerVersion', { version, known: TRACE_VERSION }));
  }
  if (unit !== undefined && unit !== 'ns') {
    throw new TraceFormatError(translate('errors.trace.badUnit', { unit: shown(unit) }));
  }
}

/** Where in an event each column is; columns that a file adds of its own are passed over. */
function columnIndexes(columns: unknown): Record<TraceColumn, number> {
  const named: readonly unknown[] = Array.isArray(columns) ? columns : TRACE_COLUMNS;
  for (const column of ['time', 'task', 'kind'] as const) {
    if (!named.includes(column))
      throw new TraceFormatError(translate('errors.trace.missingColumn', { column }));
  }
  return Object.fromEntries(TRACE_COLUMNS.map((column) => [column, named.indexOf(column)])) as Record<
    TraceColumn,
    number
  >;
}

function readProgram(program: unknown): Program | undefined {
  if (!isRecord(program) || typeof program.entry !== 'string' || !Array.isArray(program.files))
    return undefined;
  const language = languages.find((known) => known === program.language);
  if (language === undefined) return undefined;
  const files: { name: string; text: string }[] = [];
  for (const file of program.files as unknown[]) {
    if (!isRecord(file) || typeof file.name !== 'string' || typeof file.text !== 'string') return undefined;
    files.push({ name: file.name, text: file.text });
  }
  return { language, files, entry: program.entry };
}

/** What they are worth the kernel says, where a run is done again. */
function readSettings(settings: unknown): RecordedSettings | undefined {
  if (!isRecord(settings)) return undefined;
  const numbers = (record: Record<string, unknown>): Record<string, number> =>
    Object.fromEntries(Object.entries(record).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  const policy = POLICIES.find((known) => known === settings.policy);
  const step = STEP_KINDS.find((known) => known === settings.step);
  const { priorities, costs } = settings;
  return {
    ...numbers(settings),
    ...(policy && { policy }),
    ...(step && { step }),
    ...(settings.races === true && { races: true }),
    ...(isRecord(costs) && { costs: numbers(costs) }),
    ...(Array.isArray(priorities) && { priorities: priorities.filter((name) => typeof name === 'string') }),
  };
}

function readFiles(files: unknown, builder: TraceBuilder): boolean {
  if (files === undefined) return true;
  if (!Array.isArray(files) || !files.every((name) => typeof name === 'string')) return false;
  files.forEach((name, index) => builder.addFile(index, name));
  return true;
}

function notesOn(document: TraceDocument, decoder: EventDecoder): string[] {
  const notes: string[] = [];
  if (document.cutShort) notes.push(translate('errors.trace.cutShort', { count: decoder.kept }));
  const damaged = document.damagedLines + decoder.damaged;
  const example = document.damagedExample ?? decoder.damagedExample ?? '';
  if (damaged > 0) notes.push(translate('errors.trace.damagedEvents', { count: damaged, example }));
  let unknown = 0;
  for (const count of decoder.unknownKinds.values()) unknown += count;
  if (unknown > 0) {
    const names = [...decoder.unknownKinds.keys()];
    const kinds = names.slice(0, NAMED_KINDS).join(', ') + (names.length > NAMED_KINDS ? ', …' : '');
    notes.push(translate('errors.trace.unknownKinds', { count: unknown, kinds }));
  }
  if (decoder.backwards > 0)
    notes.push(translate('errors.trace.timeBackwards', { count: decoder.backwards }));
  return notes;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 'missing' : text.slice(0, 40);
}
