import type { ObjectId } from '../../protocol/ids';
import { isCharted, isVariable } from './chosen-variables';
import type { ObjectLane, ProcessGroup, TaskLane, TimelineData } from './derive';
import type { Arrangement, FoldKey, ObjectRow, Row, Section, TaskRow } from './rows';

export const HEADING_HEIGHT = 30;
/** Between processes, so that one sees which threads belong together. */
export const GROUP_GAP = 4;
const PROCESS_HEIGHT = 36;
const THREAD_HEIGHT = 30;
const OBJECT_HEIGHT = 52;
const OWNER_HEIGHT = 38;
const CPU_HEIGHT = 26;
const BAR_MARGIN = 6;
const THREAD_MARGIN = 5;
/** Of each lane of a folded process, while there is room for all. */
const STRIP_HEIGHT = 7;
const FOLDED_AT_MOST = 64;

/** Rows that belong together wherever they stand: a process with its threads, an object with its parts. */
export interface Block {
  readonly key: string;
  readonly section: Section | undefined;
  readonly place: (top: number) => readonly Row[];
}

/** All that a search leaves, in the order in which it stands while nothing is pinned or moved. */
export function blocksOf(data: TimelineData, { toggled, chosen, isWanted: wanted }: Arrangement): readonly Block[] {
  const blocks: Block[] = [];
  const processes: Block[] = [];
  const workers: Block[] = [];
  for (const group of data.processes) {
    // A process that is looked for brings its threads; a thread, its process.
    const lanes = wanted(group.lanes[0]) ? group.lanes : group.lanes.filter((lane, index) => index > 0 && wanted(lane));
    if (lanes.length === 0) continue;
    const ordered = withPoolsLast(data, lanes.includes(group.lanes[0]) ? lanes : [group.lanes[0], ...lanes]);
    const pool = data.pools.get(group.lanes[0].tid);
    const section = pool === undefined ? undefined : (`pool ${pool}` as const);
    (section === undefined ? processes : workers).push({
      key: `task ${group.lanes[0].tid}`, section, place: (top) => processRows({ ...group, lanes: ordered }, top, toggled),
    });
  }
  // Workers of one pool stand together, whenever each of them came.
  const pools = [...new Set(workers.map(({ section }) => section))];
  blocks.push(...processes, ...workers.toSorted((a, b) => pools.indexOf(a.section) - pools.indexOf(b.section)));
  for (const owner of data.owners) {
    if (owner.object === undefined || !wanted(owner)) continue;
    blocks.push({ key: owner.key, section: 'owners', place: (top) => [{ kind: 'owner', key: owner.key, owner, top, height: OWNER_HEIGHT }] });
  }
  for (const section of ['objects', 'variables'] as const) {
    for (const object of data.objects) {
      if (isVariable(object) !== (section === 'variables') || hasOwner(data, object.info.partOf) || !wanted(object)) continue;
      if (section === 'variables' && !isCharted(object, chosen)) continue;
      const key = `object ${object.info.id}`;
      blocks.push({ key, section, place: (top) => objectRows(data, object, top, toggled) });
    }
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

/** The process first, then its own threads, then those of each of its pools. */
function withPoolsLast({ pools }: TimelineData, lanes: readonly TaskLane[]): readonly TaskLane[] {
  const placeOf = ({ tid, info }: TaskLane): number => (tid === info.pid ? -1 : (pools.get(tid) ?? 0));
  return lanes.toSorted((a, b) => placeOf(a) - placeOf(b));
}
