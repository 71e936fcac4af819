import { fileOfPlace, lineOfPlace, type Place } from '../protocol/ids';
import type { Program } from '../protocol/program';
import { EVENT_KINDS } from '../protocol/trace-events';
import { eventValue } from './event-values';
import { detailWordsByCode, TRACE_COLUMNS, TRACE_FORMAT, TRACE_VERSION } from './trace-format';
import type { Trace } from './trace';

/** Events in one piece of {@link traceJsonPieces}: some 200 KB. */
const PIECE = 4096;

/**
 * The trace as readable JSON, one event a line; docs/trace-format.md describes it. Nothing of the trace is
 * lost.
 */
export function writeTrace(trace: Trace): string {
  return [...traceJsonPieces(trace)].join('');
}

/** The same in pieces, for traces too long for one string: `new Blob([...traceJsonPieces(trace)])`. */
export function* traceJsonPieces(trace: Trace): Generator<string> {
  const { clock, program, settings } = trace.header;
  const head = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    clock,
    unit: 'ns',
    settings,
    program: program && ordered(program),
  };
  yield [
    JSON.stringify(head).slice(0, -1),
    `"files":${JSON.stringify(trace.files)}`,
    `"columns":${JSON.stringify(TRACE_COLUMNS)}`,
    '"events":[',
  ].join(',\n');
  for (let first = 0; first < trace.length; first += PIECE) {
    const lines: string[] = [];
    for (let event = first; event < Math.min(first + PIECE, trace.length); event++)
      lines.push(eventLine(trace, event));
    yield `${first === 0 ? '' : ','}\n${lines.join(',\n')}`;
  }
  yield '\n]}\n';
}

/** Equal programs give equal bytes, in whatever order their fields were made. */
function ordered({ language, files, entry }: Program): Program {
  return { language, files: files.map(({ name, text }) => ({ name, text })), entry };
}

/** `[1200,3,"put",0,2,9,1,"hello"]`: fields that are 0 or none are left off at the end. */
function eventLine(trace: Trace, event: number): string {
  const code = trace.kind[event];
  const words = detailWordsByCode[code];
  const detail = trace.detail[event];
  const word = words?.[detail];
  const fields: (number | string | null)[] = [
    trace.time[event],
    trace.task[event],
    EVENT_KINDS[code],
    word ?? detail,
    trace.object[event],
    placeField(trace.place[event] as Place),
    trace.other[event],
    eventValue(trace, event) ?? null,
    trace.extra[event],
  ];
  let length = fields.length;
  while (fields[length - 1] === 0 || fields[length - 1] === null) {
    // A value of 0 is not the same as none.
    if (length === 8 && fields[7] === 0) break;
    length--;
  }
  return JSON.stringify(fields.slice(0, length));
}

/** A line of file 0 is its number; of another file, or of none, `file:line`. */
function placeField(place: Place): number | string {
  const file = fileOfPlace(place);
  const line = lineOfPlace(place);
  return file === 0 ? line : `${file}:${line}`;
}
