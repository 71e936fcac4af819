import { makePlace } from '../protocol/ids';
import { EVENT_KINDS, valueOfInteger, valueOfString } from '../protocol/trace-events';
import type { TraceBuilder } from './trace-builder';
import { excerpt } from './trace-document';
import { DEFINITIONS, detailWordsByCode, type TraceColumn } from './trace-format';

const codes = new Map<string, number>();
EVENT_KINDS.forEach((kind, code) => {
  if (!DEFINITIONS.includes(kind)) codes.set(kind, code);
});

const LINES = 1 << 20;
const FILES = 1 << 12;

/** Turns the events of a file into rows of a trace, one by one, and counts what it leaves out or changes. */
export class EventDecoder {
  kept = 0;
  damaged = 0;
  damagedExample: string | undefined;
  backwards = 0;
  /** How many events there were of each kind that is unknown here. */
  readonly unknownKinds = new Map<string, number>();
  private lastTime = 0;

  constructor(
    private readonly builder: TraceBuilder,
    private readonly columns: Record<TraceColumn, number>,
  ) {}

  decode(event: unknown): void {
    if (!Array.isArray(event)) {
      this.damage(event);
      return;
    }
    const { columns } = this;
    const fields = event as readonly unknown[];
    const name = fields[columns.kind];
    const kind = typeof name === 'string' ? codes.get(name) : undefined;
    const time = fields[columns.time];
    if (kind === undefined || typeof time !== 'number') {
      if (typeof name === 'string' && kind === undefined) {
        const shown = excerpt(name);
        this.unknownKinds.set(shown, (this.unknownKinds.get(shown) ?? 0) + 1);
      } else this.damage(event);
      return;
    }
    const detail = detailOf(kind, fields[columns.detail]);
    const task = integerOf(fields[columns.task]);
    const object = integerOf(fields[columns.object]);
    const other = integerOf(fields[columns.other]);
    const place = placeOf(fields[columns.place]);
    const extra = integerOf(fields[columns.extra]);
    if (
      detail === undefined ||
      task === undefined ||
      object === undefined ||
      other === undefined ||
      place === undefined ||
      extra === undefined ||
      extra < 0 ||
      extra > 0xffff
    ) {
      this.damage(event);
      return;
    }
    // Last, for a text gets its number in the order of those events that are kept.
    const value = this.valueOf(fields[columns.value]);
    if (value === undefined) {
      this.damage(event);
      return;
    }
    if (time < this.lastTime) this.backwards++;
    else this.lastTime = time;
    this.builder.addEvent({ kind, detail, extra, task, time, object, place, other, value });
    this.kept++;
  }

  private valueOf(field: unknown): number | undefined {
    if (field === undefined || field === null) return 0;
    if (typeof field === 'number') {
      return valueOfInteger(field) ?? valueOfString(this.builder.internText(String(field)));
    }
    return typeof field === 'string' ? valueOfString(this.builder.internText(field)) : undefined;
  }

  private damage(event: unknown): void {
    this.damaged++;
    this.damagedExample ??= excerpt(
      Array.isArray(event) ? `[${event.map(shallowText).join(',')}]` : shallowText(event),
    );
  }
}

/** A field as JSON; what is in lists is left out, for they may be nested deeper than a stack is. */
function shallowText(field: unknown): string {
  return typeof field === 'object' && field !== null ? '…' : JSON.stringify(field);
}

function detailOf(kind: number, field: unknown): number | undefined {
  if (typeof field === 'string') {
    const code = detailWordsByCode[kind]?.indexOf(field) ?? -1;
    return code < 0 ? undefined : code;
  }
  const detail = integerOf(field);
  return detail !== undefined && detail >= 0 && detail <= 0xff ? detail : undefined;
}

/** A 32-bit integer; a field that was left off is 0. */
function integerOf(field: unknown): number | undefined {
  if (field === undefined || field === null) return 0;
  return typeof field === 'number' && (field | 0) === field ? field : undefined;
}

function placeOf(field: unknown): number | undefined {
  if (typeof field === 'string') {
    const match = /^(\d{1,4}):(\d{1,7})$/.exec(field);
    return match === null ? undefined : placeAt(Number(match[1]), Number(match[2]));
  }
  const line = integerOf(field);
  return line === undefined ? undefined : placeAt(0, line);
}

function placeAt(file: number, line: number): number | undefined {
  return file < FILES && line >= 0 && line < LINES ? makePlace(file, line) : undefined;
}
