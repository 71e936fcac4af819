import type { OrderEdge } from '../../analysis/order-edges';
import type { OrderedEvent, OrderWindow } from '../../analysis/order-window';
import type { Tid } from '../../protocol/ids';

export const COLUMN = 26;
export const ROW = 40;
const LEFT = 20;
const TOP = 22;
export const DOT = 5;

export interface PlacedEvent extends OrderedEvent {
  readonly x: number;
  readonly y: number;
}
export interface PlacedOrder {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly rows: readonly { readonly task: Tid; readonly y: number }[];
  readonly events: readonly PlacedEvent[];
  readonly edges: readonly { readonly edge: OrderEdge; readonly path: string }[];
  readonly at: ReadonlyMap<number, PlacedEvent>;
}

/** Events left to right in the order of the run, one column each, each in the row of its task. */
export function layoutOrder({ events, tasks, edges }: OrderWindow): PlacedOrder {
  const rows = tasks.map((task, index) => ({ task, y: TOP + index * ROW }));
  const heights = new Map(rows.map(({ task, y }) => [task, y]));
  const placed = events.map((each, index) => ({ ...each, x: LEFT + index * COLUMN, y: heights.get(each.task) ?? TOP }));
  const at = new Map(placed.map((each) => [each.event, each]));
  return {
    width: LEFT + Math.max(1, events.length) * COLUMN,
    height: TOP * 2 + Math.max(0, tasks.length - 1) * ROW,
    left: LEFT, rows, events: placed, at,
    edges: edges.flatMap((edge) => {
      const [from, to] = [at.get(edge.from), at.get(edge.to)];
      return from === undefined || to === undefined ? [] : [{ edge, path: edgePath(from, to) }];
    }),
  };
}

/** From the rim of one dot to that of the other, bent where tasks between them would be crossed. */
export function edgePath(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.max(1, Math.hypot(dx, dy));
  const gap = DOT + 2;
  const x1 = from.x + (dx / length) * gap;
  const y1 = from.y + (dy / length) * gap;
  const x2 = to.x - (dx / length) * (gap + 2);
  const y2 = to.y - (dy / length) * (gap + 2);
  return `M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`;
}
