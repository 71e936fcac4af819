import type { ObjectId, Tid } from '../../protocol/ids';
import type { ObjectLane, ProcessGroup, TaskLane, TimelineData } from './derive';
import type { OwnerLane } from './owner-lanes';

/** Rows below a heading of their own. */
export type Section = 'owners' | 'objects' | 'cpus';
/** Names what can be folded: a process, a section, an object with machinery inside. */
export type FoldKey = `process ${number}` | Section | `object ${number}`;

/** What the reader made of the rows. */
export interface Arrangement {
  /** Folded or unfolded: processes, owners and charts are open unless folded; CPUs and machinery are folded unless opened. */
  readonly toggled: ReadonlySet<FoldKey>;
  /** Keys of rows that stand above all others, in their order. A process brings its threads. */
  readonly pinned: readonly string[];
  /** Only rows whose name has this in it are shown; '' shows all. */
  readonly filter: string;
  /** What a row is called, in small letters. */
  readonly nameOf: (row: TaskLane | ObjectLane | OwnerLane) => string;
}

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
  readonly section: Section;
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

export interface OwnerRow extends Placed {
  readonly kind: 'owner';
  readonly key: string;
  readonly owner: OwnerLane;
}

export type Row = TaskRow | HeadingRow | ObjectRow | OwnerRow;

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
const OWNER_HEIGHT = 38;
const CPU_HEIGHT = 26;
const BAR_MARGIN = 6;
const THREAD_MARGIN = 5;
/** Between processes, so that one sees which threads belong together. */
const GROUP_GAP = 4;
/** Of each lane of a folded process, while there is room for all. */
const STRIP_HEIGHT = 7;
const FOLDED_AT_MOST = 64;

/** Rows that belong together wherever they stand: a process with its threads, an object with its parts. */
interface Block {
  readonly key: string;
  readonly section: Section | undefined;
  readonly place: (top: number) => readonly Row[];
}

const plain: Arrangement = { toggled: new Set(), pinned: [], filter: '', nameOf: () => '' };

/** Puts the rows below each other: what is pinned, tasks by process, who has what, charts, CPUs. */
export function layoutRows(data: TimelineData, arrangement: Partial<Arrangement> = {}): RowLayout {
  const arranged = { ...plain, ...arrangement };
  const { pinned, toggled } = arranged;
  const blocks = blocksOf(data, arranged);
  const rankOf = ({ key }: Block): number => (pinned.includes(key) ? pinned.indexOf(key) : pinned.length);
  const rows: Row[] = [];
  let top = GROUP_GAP;
  let section: Section | undefined;
  let folded = false;
  for (const block of blocks.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const isPinned = pinned.includes(block.key);
    if (!isPinned && block.section !== section) {
      section = block.section;
      if (section !== undefined) {
        folded = toggled.has(section) !== (section === 'cpus');
        const count = blocks.filter((each) => each.section === block.section && !pinned.includes(each.key)).length;
        rows.push({ kind: 'heading', key: section, section, top, height: HEADING_HEIGHT, fold: section, folded, count });
        top += HEADING_HEIGHT;
      }
    }
    if (!isPinned && section !== undefined && folded) continue;
    const placed = block.place(top);
    rows.push(...placed);
    const last = placed.at(-1);
    if (last !== undefined) top = last.top + last.height + (last.kind === 'task' ? GROUP_GAP : 0);
  }
  return layoutOf(rows, top + GROUP_GAP);
}

function layoutOf(rows: readonly Row[], height: number): RowLayout {
  const strips = new Map<Tid, Strip>();
  const objects = new Map<ObjectId, ObjectRow>();
  for (const row of rows) {
    if (row.kind === 'task') for (const strip of row.strips) strips.set(strip.lane.tid, strip);
    else if (row.kind === 'object') objects.set(row.object.info.id, row);
  }
  return { rows, height, strips, objects };
}

function blocksOf(data: TimelineData, { toggled, filter, nameOf }: Arrangement): readonly Block[] {
  const wanted = (lane: TaskLane | ObjectLane | OwnerLane): boolean => filter === '' || nameOf(lane).includes(filter);
  const blocks: Block[] = [];
  for (const group of data.processes) {
    // A process that is looked for brings its threads; a thread, its process.
    const lanes = wanted(group.lanes[0]) ? group.lanes : group.lanes.filter((lane, index) => index > 0 && wanted(lane));
    if (lanes.length === 0) continue;
    const shown = lanes.includes(group.lanes[0]) ? group : { ...group, lanes: [group.lanes[0], ...lanes] };
    const key = `task ${group.lanes[0].tid}`;
    blocks.push({ key, section: undefined, place: (top) => processRows(shown, top, toggled) });
  }
  for (const owner of data.owners) {
    if (owner.object === undefined || !wanted(owner)) continue;
    blocks.push({ key: owner.key, section: 'owners', place: (top) => [{ kind: 'owner', key: owner.key, owner, top, height: OWNER_HEIGHT }] });
  }
  for (const object of data.objects) {
    if (hasOwner(data, object.info.partOf) || !wanted(object)) continue;
    const key = `object ${object.info.id}`;
    blocks.push({ key, section: 'objects', place: (top) => objectRows(data, object, top, toggled) });
  }
  for (const owner of data.owners) {
    if (owner.object !== undefined || !wanted(owner)) continue;
    blocks.push({ key: owner.key, section: 'cpus', place: (top) => [{ kind: 'owner', key: owner.key, owner, top, height: CPU_HEIGHT }] });
  }
  return blocks;
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
