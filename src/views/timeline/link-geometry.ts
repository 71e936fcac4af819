import { linkCurve, type Curve } from '../../render/link-lines';
import { xOf } from '../../render/viewport';
import type { Tid } from '../../protocol/ids';
import type { Interval, Link } from '../../trace/trace';
import { wakerEvent } from './find';
import type { Scene } from './scene';

/** Arrows closer than this (pixels of the width for each) are a cloud, not arrows: every second, fourth, ... is drawn. */
const ROOM = 4;
/** As long as each arrow has so many pixels of the width, all are drawn in full strength and can be pointed at. */
const CLEAR_ROOM = 16;

export interface ShownLinks {
  /** Indices into the model's links. */
  readonly indices: readonly number[];
  /** One in so many is shown. */
  readonly stride: number;
  /** From 0 to 1: how strongly they are drawn. */
  readonly strength: number;
}

/** The arrows drawn for a view. */
export function shownLinks(scene: Pick<Scene, 'data' | 'viewport' | 'arrows'>): ShownLinks {
  if (!scene.arrows) return { indices: [], stride: 1, strength: 0 };
  const { indices, stride } = scene.data.links.within(scene.viewport, Math.max(100, scene.viewport.width / ROOM), () => true);
  return { indices, stride, strength: strengthOf(indices.length, scene.viewport.width) };
}

/** How strongly each of `count` arrows is drawn. */
export function strengthOf(count: number, width: number): number {
  const clear = Math.max(12, width / CLEAR_ROOM);
  return count <= clear ? 1 : Math.max(0.22, Math.sqrt(clear / count));
}

/** Where an arrow begins and ends. */
export type Ends = Pick<Link, 'from' | 'to' | 'fromTime' | 'toTime'>;

/**
 * From what the waker did to the end of the wait. Most waits end in an arrow of the model; that of a full queue does
 * not: the item that was taken to make room goes elsewhere.
 */
export function wakeOf(scene: Pick<Scene, 'data'>, interval: Interval): Ends | undefined {
  const { trace } = scene.data.model;
  if (interval.state !== 'blocked' || interval.endedBy < 0) return undefined;
  const from = trace.other[interval.endedBy] as Tid;
  if (from <= 0) return undefined;
  return { from, to: interval.task, fromTime: trace.time[wakerEvent(scene.data.model, interval)], toTime: interval.end };
}

/** The line of an arrow, in content coordinates; undefined where one of its tasks has no lane or it stays within one. */
export function curveOf(scene: Pick<Scene, 'viewport' | 'layout'>, link: Ends): Curve | undefined {
  const from = scene.layout.strips.get(link.from);
  const to = scene.layout.strips.get(link.to);
  if (from === undefined || to === undefined || from === to) return undefined;
  const down = to.top > from.top;
  return linkCurve(
    { x: xOf(scene.viewport, link.fromTime), y: down ? from.top + from.height - 2 : from.top + 2 },
    { x: xOf(scene.viewport, link.toTime), y: down ? to.top + 1 : to.top + to.height - 1 },
  );
}

/** Which of the styles an arrow's colour is taken from; none: the colour of quiet text, or of danger. */
export function linkTone(kind: Link['kind']): 'wait-data' | 'wait-lock' | 'wait-task' | 'danger' {
  switch (kind) {
    case 'message': return 'wait-data';
    case 'hand-over':
    case 'notify': return 'wait-lock';
    case 'signal': return 'danger';
    default: return 'wait-task';
  }
}

/** What is waited for and what is told has a broken line, what is given a whole one. */
export function linkDashes(kind: Link['kind']): number[] {
  return kind === 'join' || kind === 'notify' ? [5, 3] : [];
}
