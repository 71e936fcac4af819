import type { ObjectId, Tid } from '../../protocol/ids';
import { distanceToCurve } from '../../render/link-lines';
import { timeAt, timePerPixel } from '../../render/viewport';
import type { TaskLane } from './derive';
import { curveOf, shownLinks } from './link-geometry';
import { shownSigns, SIGN_SIZE } from './paint-markers';
import { rowAt, stripAt, type OwnerRow, type Strip } from './rows';
import type { Scene } from './scene';
import type { TimelineSelection } from './timeline-types';

/** What is under the pointer. */
export type Hit =
  | { readonly kind: 'interval'; readonly tid: Tid; readonly index: number }
  | { readonly kind: 'marker'; readonly tid: Tid; readonly event: number }
  | { readonly kind: 'link'; readonly index: number }
  | { readonly kind: 'series'; readonly object: ObjectId; readonly time: number };

/** How near (CSS pixels) is near enough; a finger needs more than a mouse. */
export interface Reach {
  readonly line: number;
  readonly narrow: number;
}
export const MOUSE_REACH: Reach = { line: 4, narrow: 3 };
export const TOUCH_REACH: Reach = { line: 12, narrow: 10 };
/** Fainter arrows are scenery. */
const POINTED_AT_FROM = 0.6;

/** What is drawn at a point of the content, the smallest thing first: a sign, an arrow, then what it lies on. */
export function hitTest(scene: Scene, x: number, y: number, reach: Reach): Hit | undefined {
  const row = rowAt(scene.layout, y);
  if (row?.kind === 'task') {
    const strip = stripAt(row, y);
    const marker = markerAt(scene, strip, x, y);
    if (marker !== undefined) return { kind: 'marker', tid: strip.lane.tid, event: marker };
    const link = linkAt(scene, x, y, reach);
    if (link !== undefined) return { kind: 'link', index: link };
    const index = intervalAtX(scene, strip.lane, x, reach);
    return index < 0 ? undefined : { kind: 'interval', tid: strip.lane.tid, index };
  }
  const link = linkAt(scene, x, y, reach);
  if (link !== undefined) return { kind: 'link', index: link };
  if (row?.kind === 'owner') return ownerAt(scene, row, x, reach);
  if (row?.kind !== 'object') return undefined;
  const time = timeAt(scene.viewport, x);
  const { track, info } = row.object;
  const step = track.stepAt(time);
  return step < 0 || time > scene.end ? undefined : { kind: 'series', object: info.id, time };
}

function markerAt(scene: Scene, strip: Strip, x: number, y: number): number | undefined {
  if (Math.abs(y - strip.top - strip.height / 2) > SIGN_SIZE + 3) return undefined;
  let nearest = SIGN_SIZE + 1;
  let found: number | undefined;
  for (const sign of shownSigns(scene, strip.lane)) {
    const distance = Math.abs(sign.x - x);
    if (distance > nearest) continue;
    nearest = distance;
    found = strip.lane.markers.events[sign.index];
  }
  return found;
}

/** By whom, and from when on, a lock or CPU was had. */
function ownerAt(scene: Scene, row: OwnerRow, x: number, reach: Reach): Hit | undefined {
  const { owner } = row;
  const index = intervalAtX(scene, owner, x, reach);
  if (index < 0) return undefined;
  const [tid, event] = [owner.owners[index], owner.events[index]];
  const lane = scene.data.lanes.get(tid);
  if (owner.object !== undefined || lane === undefined) return { kind: 'marker', tid, event };
  const ran = lane.intervals.findLastIndex((interval) => interval.event <= event);
  return ran < 0 ? undefined : { kind: 'interval', tid, index: ran };
}

function linkAt(scene: Scene, x: number, y: number, reach: Reach): number | undefined {
  const { indices, strength } = shownLinks(scene);
  if (strength < POINTED_AT_FROM) return undefined;
  let nearest = reach.line;
  let found: number | undefined;
  for (const index of indices) {
    const link = scene.data.model.links.at(index);
    const curve = link && curveOf(scene, link);
    if (curve === undefined) continue;
    const distance = distanceToCurve(curve, { x, y });
    if (distance > nearest) continue;
    nearest = distance;
    found = index;
  }
  return found;
}

/**
 * The interval at `x`: the one there, unless a narrow one is near, which one could hardly point at otherwise. -1: none.
 */
export function intervalAtX(scene: Pick<Scene, 'viewport'>, lane: Pick<TaskLane, 'track'>, x: number, reach: Reach): number {
  const { track } = lane;
  const time = timeAt(scene.viewport, x);
  const perPixel = timePerPixel(scene.viewport);
  const slack = reach.narrow * perPixel;
  const here = track.firstEndingAfter(time);
  const inside = here < track.count && track.starts[here] <= time;
  const isNarrow = (index: number): boolean => track.ends[index] - track.starts[index] < slack;
  if (inside && isNarrow(here)) return here;
  let nearest = slack;
  let found = inside ? here : -1;
  for (const index of [here - 1, inside ? here + 1 : here]) {
    if (index < 0 || index >= track.count || (inside && !isNarrow(index))) continue;
    const distance = Math.max(track.starts[index] - time, time - track.ends[index]);
    if (distance >= nearest || track.ends[index] === track.starts[index]) continue;
    nearest = distance;
    found = index;
  }
  return found;
}

/** What a click on `hit` selects. */
export function selectionAt(scene: Scene, hit: Hit): TimelineSelection {
  switch (hit.kind) {
    case 'interval': {
      const { event } = scene.data.lanes.get(hit.tid)?.intervals[hit.index] ?? { event: 0 };
      return { kind: 'interval', task: hit.tid, event };
    }
    case 'marker': return { kind: 'interval', task: hit.tid, event: hit.event };
    case 'link': return { kind: 'link', index: hit.index };
    default: return { kind: 'series', object: hit.object, time: hit.time };
  }
}
