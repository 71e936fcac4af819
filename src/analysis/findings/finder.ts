import type { FindingData, Moment } from '../../protocol/findings';
import { fileOfPlace, lineOfPlace, type Place } from '../../protocol/ids';
import type { RunSettings } from '../../protocol/program';
import { EventKindCode, type EventKind } from '../../protocol/trace-events';
import { EndReasonCode, FindingKindCode, type FindingKind } from '../../protocol/words';
import type { EventColumns } from '../../trace/growing-columns';
import type { EventFields, EventWatcher, Texts } from '../../trace/trace-builder';
import { Leftovers } from './leftovers';
import { Order } from './order';
import { Races, type Touch } from './races';

/**
 * What looks for findings in a run with these settings. In real time only where it is asked for data races: there a program is
 * as fast as it can be, and what it leaves behind is its own affair.
 */
export function finderFor({ clock, races = false, tracing }: RunSettings): Finder | undefined {
  return tracing && (clock === 'virtual' || races) ? new Finder(races) : undefined;
}

/** Something found; its event stands right behind the one that showed it, and before the run's end. */
export interface Found {
  readonly kind: FindingKind;
  readonly task: number;
  readonly other: number;
  readonly object: number;
  readonly place: number;
  readonly data?: FindingData;
}

const { load: LOAD, store: STORE, 'variable-read': READ, 'variable-write': WRITE, 'run-end': RUN_END } = EventKindCode;

/** A task that does these between a read and a write does no more than compute, by what is recorded. */
const QUIET = new Set<EventKind>([
  'load', 'store', 'variable-read', 'variable-write', 'acquire', 'release', 'task-ready', 'task-run', 'task-block', 'finding',
]);
const isQuiet: readonly boolean[] = Object.keys(EventKindCode).map((kind) => QUIET.has(kind as EventKind));

/** So many findings of a run: whoever mends the first hundred runs it again. */
const MOST_FINDINGS = 100;

/**
 * Looks for what went wrong in a run while it is recorded, event by event: lost updates, what is left at the end and, where
 * the run records its variables (`races`), data races. What is found depends on the events alone.
 */
export class Finder implements EventWatcher {
  private readonly order: Order | undefined;
  private readonly races: Races;
  private readonly leftovers = new Leftovers();
  private found = 0;
  private texts: Texts | undefined;

  constructor(races: boolean) {
    this.order = races ? new Order() : undefined;
    this.races = new Races(this.order?.clocks, (touch) => this.momentOf(touch));
  }

  watch(columns: EventColumns, row: number, texts: Texts): readonly EventFields[] {
    const kind = columns.kind[row];
    this.texts = texts;
    const found: Found[] = [];
    this.order?.read(columns, row);
    if (kind === LOAD || kind === STORE || kind === READ || kind === WRITE) this.touch(columns, row, texts, found);
    else if (isQuiet[kind] !== true) this.races.act(columns.task[row]);
    this.leftovers.read(columns, row, found);
    if (kind === RUN_END && columns.detail[row] === EndReasonCode.finished) this.leftovers.end(found);
    const kept = found.slice(0, MOST_FINDINGS - this.found);
    this.found += kept.length;
    return kept.map((one) => fieldsOf(one, columns.time[row], texts));
  }

  private touch(columns: EventColumns, row: number, texts: Texts, found: Found[]): void {
    const kind = columns.kind[row];
    const task = columns.task[row];
    const object = columns.object[row];
    const place = columns.place[row];
    const isVariable = kind === READ || kind === WRITE;
    const key = isVariable ? `v${columns.other[row]}` : `${object}:${columns.other[row]}`;
    const name = isVariable ? texts.textOf(columns.value[row]) : '';
    const access = kind === LOAD || kind === READ ? 'read' : 'write';
    for (const { kind, other, data } of this.races.touch(key, name, task, access, place, columns.time[row])) {
      found.push({ kind, task, other, object, place, data });
    }
  }

  private momentOf({ place, time }: Touch): Moment {
    return { file: this.texts?.files[fileOfPlace(place as Place)] ?? '', line: lineOfPlace(place as Place), time };
  }
}

function fieldsOf({ kind, task, other, object, place, data }: Found, time: number, texts: Texts): EventFields {
  const value = data === undefined ? 0 : texts.valueOf(JSON.stringify(data));
  return { kind: EventKindCode.finding, detail: FindingKindCode[kind], extra: 0, task, time, object, place, other, value };
}
