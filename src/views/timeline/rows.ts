import type { ObjectId, Tid } from '../../protocol/ids';
import type { ObjectLane, ProcessGroup, TaskLane, TimelineData } from './derive';

/** Names what can be folded: a process, the charts of objects, an object with machinery inside. */
export type FoldKey = `process ${number}` | 'objects' | `object ${number}`;

interface Placed {
  /** CSS pixels from the top of the content. */
  readonly top: number;
  readonly height: number;
}

/** A lane of a task. Where a process is folded, its threads are strips in the row of its first task. */
export interface TaskRow extends Placed {
  readonly kind: 'task';
  readonly key: string;
  readonly lane: TaskLane;
  readonly group: ProcessGroup;
  /** 0 for a process, 1 for its threads. */
  readonly depth: 0 | 1;
  readonly fold: FoldKey | undefined;
  readonly folded: boolean;
  /** What is drawn in the row, each with its place. */
  readonly strips: readonly Strip[];
}
export interface Strip extends Placed {
  readonly lane: TaskLane;
}

export interface HeadingRow extends Placed {
  readonly kind: 'heading';
  readonly key: string;
  readonly fold: FoldKey;
  readonly folded: boolean;
  readonly count: number;
}

export interface ObjectRow extends Placed {
  readonly kind: 'object';
  readonly key: string;
  readonly object: ObjectLane;
  readonly depth: 0 | 1;
  readonly fold: FoldKey | undefined;
  readonly folded: boolean;
}

export type Row = TaskRow | HeadingRow | ObjectRow;

export interface RowLayout {
  readonly rows: readonly Row[];
  readonly height: number;
  /** Where each task's bars are, also while its process is folded. */
  readonly strips: ReadonlyMap<Tid, Strip>;
  readonly objects: ReadonlyMap<ObjectId, ObjectRow>;
}

const PROCESS_HEIGHT = 36;
const THREAD_HEIGHT = 30;
const HEADING_HEIGHT = 30;
const OBJECT_HEIGHT = 52;
const BAR_MARGIN = 6;
const THREAD_MARGIN = 5;
/** Between processes, so that one sees which threads belong together. */
const GROUP_GAP = 4;
/** Of each lane of a folded process, while there is room for all. */
const STRIP_HEIGHT = 7;
const FOLDED_AT_MOST = 64;

/**
 * Puts the rows below each other. `toggled` holds what the reader folded or unfolded: processes and charts are open
 * unless folded, machinery inside an object is folded unless opened.
 */
export function layoutRows(data: TimelineData, toggled: ReadonlySet<FoldKey>): RowLayout {
  const rows: Row[] = [];
  const strips = new Map<Tid, Strip>();
  const objects = new Map<ObjectId, ObjectRow>();
  let top = GROUP_GAP;
  for (const group of data.processes) {
    for (const row of processRows(group, top, toggled)) {
      rows.push(row);
      for (const strip of row.strips) strips.set(strip.lane.tid, strip);
      top = row.top + row.height;
    }
    top += GROUP_GAP;
  }
  const heads = data.objects.filter(({ info }) => !hasOwner(data, info.partOf));
  if (heads.length > 0) {
    const folded = toggled.has('objects');
    rows.push({ kind: 'heading', key: 'objects', top, height: HEADING_HEIGHT, fold: 'objects', folded, count: heads.length });
    top += HEADING_HEIGHT;
    for (const object of folded ? [] : heads) {
      for (const row of objectRows(data, object, top, toggled)) {
        rows.push(row);
        objects.set(row.object.info.id, row);
        top = row.top + row.height;
      }
    }
  }
  return { rows, height: top + GROUP_GAP, strips, objects };
}

function processRows(group: ProcessGroup, top: number, toggled: ReadonlySet<FoldKey>): TaskRow[] {
  const [first, ...threads] = group.lanes;
  const fold: FoldKey | undefined = threads.length > 0 ? `process ${group.pid}` : undefined;
  const folded = fold !== undefined && toggled.has(fold);
  const common = { kind: 'task', group, depth: 0, fold, folded } as const;
  if (folded) {
    const height = Math.min(FOLDED_AT_MOST, Math.max(PROCESS_HEIGHT, STRIP_HEIGHT * group.lanes.length + 2 * BAR_MARGIN));
    const thin = (height - 2 * BAR_MARGIN) / group.lanes.length;
    const strips = group.lanes.map((lane, index) => {
      return { lane, top: top + BAR_MARGIN + index * thin, height: Math.max(1, thin - (thin >= 4 ? 1 : 0)) };
    });
    return [{ ...common, key: `task ${first.tid}`, lane: first, top, height, strips }];
  }
  return group.lanes.map((lane, index) => {
    const height = index === 0 ? PROCESS_HEIGHT : THREAD_HEIGHT;
    const margin = index === 0 ? BAR_MARGIN : THREAD_MARGIN;
    const rowTop = top + (index === 0 ? 0 : PROCESS_HEIGHT + (index - 1) * THREAD_HEIGHT);
    return {
      ...common,
      ...(index === 0 ? {} : { depth: 1, fold: undefined, folded: false } as const),
      key: `task ${lane.tid}`,
      lane,
      top: rowTop,
      height,
      strips: [{ lane, top: rowTop + margin, height: height - 2 * margin }],
    };
  });
}

function objectRows(
  data: TimelineData, object: ObjectLane, top: number, toggled: ReadonlySet<FoldKey>,
): ObjectRow[] {
  const parts = data.objects.filter(({ info }) => info.partOf === object.info.id);
  const fold: FoldKey | undefined = parts.length > 0 ? `object ${object.info.id}` : undefined;
  const folded = fold !== undefined && !toggled.has(fold);
  return [object, ...(folded ? [] : parts)].map((each, index) => ({
    kind: 'object',
    key: `object ${each.info.id}`,
    object: each,
    depth: index === 0 ? 0 : 1,
    fold: index === 0 ? fold : undefined,
    folded: index === 0 && folded,
    top: top + index * OBJECT_HEIGHT,
    height: OBJECT_HEIGHT,
  }));
}

function hasOwner(data: TimelineData, owner: ObjectId): boolean {
  return data.objects.some(({ info }) => info.id === owner);
}

/** The row at a height of the content, or undefined between rows. */
export function rowAt(layout: RowLayout, y: number): Row | undefined {
  return layout.rows.find((row) => y >= row.top && y < row.top + row.height);
}

/** The strip of a row that is at a height, or the nearest. */
export function stripAt(row: TaskRow, y: number): Strip {
  return row.strips.find((strip) => y < strip.top + strip.height + 1) ?? row.strips[row.strips.length - 1];
}
