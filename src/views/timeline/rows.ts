import type { ObjectId, Tid } from '../../protocol/ids';
import type { ChosenVariables } from './chosen-variables';
import type { ObjectLane, ProcessGroup, TaskLane, TimelineData } from './derive';
import type { OwnerLane } from './owner-lanes';
import { blocksOf, GROUP_GAP, HEADING_HEIGHT, type Block } from './row-blocks';

/** Rows below a heading of their own. */
export type Section = 'owners' | 'objects' | 'variables' | 'cpus' | `pool ${number}`;
/** Names what can be folded: a process, a section, an object with machinery inside. */
export type FoldKey = `process ${number}` | Section | `object ${number}`;

/** What the reader made of the rows. */
export interface Arrangement {
  /** Folded or unfolded: processes, owners and charts are open unless folded; CPUs and machinery are folded unless opened. */
  readonly toggled: ReadonlySet<FoldKey>;
  /** Keys of rows that stand above all others, in their order. A process brings its threads. */
  readonly pinned: readonly string[];
  /** Where rows were moved to, as their keys in order; rows that are not among them stand where they would. */
  readonly moved: readonly string[];
  /** Whether a row is shown: a search leaves some. */
  readonly isWanted: (row: TaskLane | ObjectLane | OwnerLane) => boolean;
  /** Which variables have a lane, as the reader chose them. */
  readonly chosen: ChosenVariables;
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
  /** What is moved and pinned as one: a process with its threads, an object with its parts. */
  readonly blocks: readonly PlacedBlock[];
}

export interface PlacedBlock extends Placed {
  readonly key: string;
  /** Only among those of the same section it can be moved. */
  readonly section: Section | 'pinned' | undefined;
}

const plain: Arrangement = { toggled: new Set(), pinned: [], moved: [], isWanted: () => true, chosen: new Map() };

/** Puts the rows below each other: what is pinned, tasks by process and pool, who has what, charts, CPUs. */
export function layoutRows(data: TimelineData, arrangement: Partial<Arrangement> = {}): RowLayout {
  const arranged = { ...plain, ...arrangement };
  const { pinned, toggled } = arranged;
  const rows: Row[] = [];
  const placedBlocks: PlacedBlock[] = [];
  let top = GROUP_GAP;
  let section: Section | undefined;
  let folded = false;
  const blocks = inOrder(blocksOf(data, arranged), arranged);
  for (const block of blocks) {
    const isPinned = pinned.includes(block.key);
    if (!isPinned && block.section !== section) {
      section = block.section;
      if (section !== undefined) {
        folded = toggled.has(section) !== (section === 'cpus');
        const count = blocks.filter((each) => each.section === section && !pinned.includes(each.key)).length;
        rows.push({ kind: 'heading', key: section, section, top, height: HEADING_HEIGHT, fold: section, folded, count });
        top += HEADING_HEIGHT;
      }
    }
    if (!isPinned && section !== undefined && folded) continue;
    const placed = block.place(top);
    rows.push(...placed);
    const last = placed.at(-1);
    if (last === undefined) continue;
    placedBlocks.push({ key: block.key, section: isPinned ? 'pinned' : section, top, height: last.top + last.height - top });
    top = last.top + last.height + (last.kind === 'task' ? GROUP_GAP : 0);
  }
  return layoutOf(rows, placedBlocks, top + GROUP_GAP);
}

/** What is pinned first; then section by section, in each what was moved as it was moved. */
function inOrder(blocks: readonly Block[], { pinned, moved }: Arrangement): readonly Block[] {
  const sections = [...new Set(blocks.map(({ section }) => section))];
  const placeIn = (keys: readonly string[], key: string): number => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return blocks.toSorted((a, b) => {
    const byPin = placeIn(pinned, a.key) - placeIn(pinned, b.key);
    if (byPin !== 0) return byPin;
    return sections.indexOf(a.section) - sections.indexOf(b.section) || placeIn(moved, a.key) - placeIn(moved, b.key);
  });
}

function layoutOf(rows: readonly Row[], blocks: readonly PlacedBlock[], height: number): RowLayout {
  const strips = new Map<Tid, Strip>();
  const objects = new Map<ObjectId, ObjectRow>();
  for (const row of rows) {
    if (row.kind === 'task') for (const strip of row.strips) strips.set(strip.lane.tid, strip);
    else if (row.kind === 'object') objects.set(row.object.info.id, row);
  }
  return { rows, height, strips, objects, blocks };
}

/** The row at a height of the content, or undefined between rows. */
export function rowAt(layout: RowLayout, y: number): Row | undefined {
  return layout.rows.find((row) => y >= row.top && y < row.top + row.height);
}

/** The strip of a row that is at a height, or the nearest. */
export function stripAt(row: TaskRow, y: number): Strip {
  return row.strips.find((strip) => y < strip.top + strip.height + 1) ?? row.strips[row.strips.length - 1];
}
