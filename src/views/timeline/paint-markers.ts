import { xOf, type Viewport } from '../../render/viewport';
import { eventValue } from '../../trace/event-values';
import { valueLabel } from '../../trace/labels';
import type { TaskLane } from './derive';
import { SIGNS, type MarkerTrack, type Sign } from './markers';
import type { Strip } from './rows';
import { MONO, type Scene, type SceneContext } from './scene';
import type { TextFitter } from './text-fitter';

/** Half the width of a sign. */
export const SIGN_SIZE = 4;
/** On average a sign must have this much room, else none of the lane is drawn. */
const ROOM = 14;
/** Nearer to the one before than this a sign would lie on it: the one that says most is drawn for both. */
const TOGETHER = 4;
/** Nearer to its neighbour than this, and farther than {@link TOGETHER}, a sign is one of a crowd and not drawn. */
const CROWDED = 10;
const VALUE_LENGTH = 16;
const withValue = new Set<Sign>(['out', 'in', 'print']);
/** What says most comes first. */
const importance: readonly Sign[] = ['fail', 'signal', 'birth', 'out', 'in', 'take', 'give', 'tell', 'print', 'none'];

/** An event that is drawn. */
export interface ShownSign {
  readonly index: number;
  readonly x: number;
}

/** The events of a lane that are drawn: those that can be told apart. */
export function shownSigns(scene: Pick<Scene, 'viewport'>, lane: TaskLane): readonly ShownSign[] {
  const { viewport } = scene;
  const { markers } = lane;
  const [from, to] = markers.within(viewport);
  if (to - from > viewport.width / ROOM) return [];
  const signs: ShownSign[] = [];
  for (let index = from; index < to;) {
    const sign = signOfCluster(viewport, markers, index, to);
    signs.push({ index: sign.shown, x: xOf(viewport, markers.times[sign.shown]) });
    index = sign.next;
  }
  return signs.filter(({ x }, place) => {
    return x - (signs[place - 1]?.x ?? -Infinity) >= CROWDED && (signs[place + 1]?.x ?? Infinity) - x >= CROWDED;
  });
}

/** The index of the sign drawn for the first of `from` to `to` (exclusive) and those that would lie on it, and the next. */
function signOfCluster(
  viewport: Viewport, markers: MarkerTrack, from: number, to: number,
): { readonly shown: number; readonly next: number } {
  const left = xOf(viewport, markers.times[from]);
  let shown = from;
  let next = from + 1;
  for (; next < to && xOf(viewport, markers.times[next]) - left < TOGETHER; next++) {
    if (rankOf(markers, next) < rankOf(markers, shown)) shown = next;
  }
  return { shown, next };
}

function rankOf(markers: MarkerTrack, index: number): number {
  return importance.indexOf(SIGNS[markers.signs[index]]);
}

/** Draws the signs of a lane's events, with their values where there is room. */
export function paintMarkers(context: SceneContext, scene: Scene, strip: Strip, fitter: TextFitter): void {
  const { markers } = strip.lane;
  const signs = shownSigns(scene, strip.lane);
  const y = strip.top + strip.height / 2;
  signs.forEach(({ index, x }, place) => {
    const sign = SIGNS[markers.signs[index]];
    paintSign(context, scene, sign, x, y);
    if (withValue.has(sign)) paintValue(context, scene, strip, fitter, signs[place], signs[place + 1]?.x ?? scene.viewport.width);
  });
}

function paintSign(context: SceneContext, scene: Scene, sign: Sign, x: number, y: number): void {
  const { palette } = scene;
  context.lineJoin = 'round';
  context.strokeStyle = palette.panel;
  context.lineWidth = 3;
  traceSign(context, sign, x, y);
  context.stroke();
  const color = sign === 'fail' ? palette.danger : palette.text;
  context.fillStyle = sign === 'give' ? palette.panel : color;
  context.strokeStyle = color;
  context.lineWidth = 1.25;
  if (isFilled(sign)) context.fill();
  if (!isFilled(sign) || sign === 'give') context.stroke();
}

/** Signs that are lines have nothing to fill. */
export function isFilled(sign: Sign): boolean {
  return sign !== 'birth' && sign !== 'fail' && sign !== 'signal';
}

/** A value stands within the interval that it belongs to, and before the next sign at `nextX`. */
function paintValue(
  context: SceneContext, scene: Scene, strip: Strip, fitter: TextFitter, { index, x }: ShownSign, nextX: number,
): void {
  const { viewport, palette } = scene;
  const { markers, track } = strip.lane;
  const inside = track.firstEndingAfter(markers.times[index]);
  const end = inside < track.count ? xOf(viewport, track.ends[inside]) : nextX;
  const room = Math.min(nextX - SIGN_SIZE, end) - x - SIGN_SIZE - 6;
  if (room < 8) return;
  fitter.use(`500 10.5px ${MONO}`);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const text = valueLabel(eventValue(scene.data.model.trace, markers.events[index]), VALUE_LENGTH);
  if (fitter.width(text) > room) return;
  context.fillStyle = palette.styles[track.styles[inside] ?? 0].text;
  context.fillText(text, x + SIGN_SIZE + 3, strip.top + strip.height / 2 + 0.5);
}

/** The outline of a sign with its middle at a point, left as the context's path. */
export function traceSign(context: SceneContext, sign: Sign, x: number, y: number, size = SIGN_SIZE): void {
  context.beginPath();
  switch (sign) {
    case 'out': return polygon(context, [[x - size, y + size * 0.8], [x, y - size], [x + size, y + size * 0.8]]);
    case 'in': return polygon(context, [[x - size, y - size * 0.8], [x, y + size], [x + size, y - size * 0.8]]);
    case 'tell': return polygon(context, [[x - size, y], [x, y - size], [x + size, y], [x, y + size]]);
    case 'take':
    case 'give':
      context.arc(x, y, size * 0.8, 0, Math.PI * 2);
      return;
    case 'print':
      context.rect(x - size, y - size * 0.75, size * 2, size * 0.5);
      context.rect(x - size, y + size * 0.25, size * 1.3, size * 0.5);
      return;
    case 'birth':
      context.moveTo(x - size, y);
      context.lineTo(x + size, y);
      context.moveTo(x, y - size);
      context.lineTo(x, y + size);
      return;
    case 'signal':
      context.moveTo(x + size * 0.5, y - size);
      context.lineTo(x - size * 0.5, y + size * 0.2);
      context.lineTo(x + size * 0.5, y - size * 0.2);
      context.lineTo(x - size * 0.5, y + size);
      return;
    default:
      context.moveTo(x - size * 0.75, y - size * 0.75);
      context.lineTo(x + size * 0.75, y + size * 0.75);
      context.moveTo(x + size * 0.75, y - size * 0.75);
      context.lineTo(x - size * 0.75, y + size * 0.75);
  }
}

function polygon(context: SceneContext, corners: readonly (readonly [number, number])[]): void {
  corners.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
}
