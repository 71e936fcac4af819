import type { WaitEdge } from '../../analysis/wait-for';
import type { Tid } from '../../protocol/ids';

export const NODE_WIDTH = 132;
export const NODE_HEIGHT = 30;
const COLUMN = 250;
const ROW = 62;
const MARGIN = 6;
/** Room for edges that lead back. */
const BEND = 34;
/** Where the graph leads down: from one row to the next, and from one node of a row to its neighbour. */
const LEVEL = 84;
const BESIDE = 18;
/** Narrower (pixels) there is no room for two columns beside each other. */
const TWO_COLUMNS = COLUMN + NODE_WIDTH + 2 * MARGIN;

/** Whether a graph leads to the right or, where there is little width, down. */
export type Direction = 'right' | 'down';

export function directionFor(width: number): Direction {
  return width < TWO_COLUMNS ? 'down' : 'right';
}

export interface PlacedNode {
  readonly tid: Tid;
  /** The middle of the left edge. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly edge: WaitEdge;
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
  readonly inCycle: boolean;
}

export interface GraphLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

/** Tasks in columns (or rows), each before those it waits for; edges that lead back, as the last of a circle, go around. */
export function layoutGraph(edges: readonly WaitEdge[], cycles: readonly (readonly WaitEdge[])[], direction: Direction = 'right'): GraphLayout {
  const isDown = direction === 'down';
  const depths = depthsOf(edges);
  const filled = new Map<number, number>();
  const places = new Map<Tid, PlacedNode>();
  for (const [tid, depth] of depths) {
    const row = filled.get(depth) ?? 0;
    filled.set(depth, row + 1);
    const place = isDown ? { x: row * (NODE_WIDTH + BESIDE), y: depth * LEVEL } : { x: depth * COLUMN, y: row * ROW };
    places.set(tid, { tid, x: MARGIN + place.x, y: MARGIN + NODE_HEIGHT / 2 + place.y });
  }
  const inCycle = new Set(cycles.flat());
  const placed = edges.map((edge) => (isDown ? edgeDown : edgeRight)(edge, places, inCycle.has(edge)));
  const nodes = [...places.values()];
  return {
    nodes, edges: placed,
    width: Math.max(...nodes.map(({ x }) => x), 0) + NODE_WIDTH + MARGIN + (isDown ? 2 * BEND : 0),
    height: Math.max(...nodes.map(({ y }) => y), 0) + NODE_HEIGHT / 2 + MARGIN + (isDown ? 0 : BEND),
  };
}

/** How many waits lie before each task on the longest way to it; ways round a circle count until it closes. */
function depthsOf(edges: readonly WaitEdge[]): ReadonlyMap<Tid, number> {
  const next = new Map<Tid, WaitEdge[]>();
  const targets = new Set<Tid>();
  for (const edge of edges) {
    next.set(edge.from, [...(next.get(edge.from) ?? []), edge]);
    targets.add(edge.to);
  }
  const depths = new Map<Tid, number>();
  const visit = (tid: Tid, depth: number, path: ReadonlySet<Tid>): void => {
    if (path.has(tid) || (depths.get(tid) ?? -1) >= depth) return;
    depths.set(tid, depth);
    const longer = new Set(path).add(tid);
    for (const { to } of next.get(tid) ?? []) visit(to, depth + 1, longer);
  };
  // Those nobody waits for come first; in what is left everybody is waited for: a circle, opened anywhere.
  for (const tid of next.keys()) if (!targets.has(tid)) visit(tid, 0, new Set());
  for (const tid of next.keys()) if (!depths.has(tid)) visit(tid, 0, new Set());
  return depths;
}

function edgeRight(edge: WaitEdge, places: ReadonlyMap<Tid, PlacedNode>, inCycle: boolean): PlacedEdge {
  const from = places.get(edge.from) ?? { x: 0, y: 0 };
  const to = places.get(edge.to) ?? { x: 0, y: 0 };
  if (to.x > from.x) {
    const [x1, x2] = [from.x + NODE_WIDTH, to.x - 5];
    const bend = (x2 - x1) / 2;
    return {
      edge, inCycle, path: `M${x1} ${from.y}C${x1 + bend} ${from.y} ${x2 - bend} ${to.y} ${x2} ${to.y}`,
      labelX: (x1 + x2) / 2, labelY: (from.y + to.y) / 2 - 6,
    };
  }
  const [x1, x2] = [from.x + NODE_WIDTH / 2, to.x + NODE_WIDTH / 2];
  const [y1, y2] = [from.y + NODE_HEIGHT / 2, to.y + NODE_HEIGHT / 2 + 5];
  const low = Math.max(y1, y2) + BEND;
  const shift = edge.from === edge.to ? 24 : 0;
  return {
    edge, inCycle, path: `M${x1 + shift} ${y1}C${x1 + shift} ${low} ${x2 - shift} ${low} ${x2 - shift} ${y2}`,
    labelX: (x1 + x2) / 2, labelY: low - BEND / 4 + 6,
  };
}

function edgeDown(edge: WaitEdge, places: ReadonlyMap<Tid, PlacedNode>, inCycle: boolean): PlacedEdge {
  const from = places.get(edge.from) ?? { x: 0, y: 0 };
  const to = places.get(edge.to) ?? { x: 0, y: 0 };
  if (to.y > from.y) {
    const [x1, x2] = [from.x + NODE_WIDTH / 2, to.x + NODE_WIDTH / 2];
    const [y1, y2] = [from.y + NODE_HEIGHT / 2, to.y - NODE_HEIGHT / 2 - 5];
    const bend = (y2 - y1) / 2;
    return {
      edge, inCycle, path: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`, labelX: (x1 + x2) / 2, labelY: (y1 + y2) / 2 + 4,
    };
  }
  const [x1, x2] = [from.x + NODE_WIDTH, to.x + NODE_WIDTH + 5];
  const right = Math.max(x1, x2) + BEND;
  const shift = edge.from === edge.to ? 8 : 0;
  return {
    edge, inCycle, path: `M${x1} ${from.y + shift}C${right} ${from.y + shift} ${right} ${to.y - shift} ${x2} ${to.y - shift}`,
    labelX: right - BEND / 4, labelY: (from.y + to.y) / 2 + 4,
  };
}
