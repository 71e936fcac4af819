import { xOf } from '../../render/viewport';
import { eventValue } from '../../trace/event-values';
import { valueLabel } from '../../trace/labels';
import type { TaskLane } from './derive';
import { SIGNS, type Sign } from './markers';
import type { Strip } from './rows';
import { MONO, type Scene, type SceneContext } from './scene';
import type { TextFitter } from './text-fitter';

/** Half the width of a sign. */
export const SIGN_SIZE = 4;
/** On average a sign must have this much room, else none of the lane is drawn. */
const ROOM = 9;
const VALUE_LENGTH = 16;
const withValue = new Set<Sign>(['out', 'in', 'print']);

/** The events of a lane that are drawn one by one: few enough to tell apart, else none. */
export function shownMarkers(scene: Scene, lane: TaskLane): readonly [from: number, to: number] {
  const [from, to] = lane.markers.within(scene.viewport);
  return to - from <= scene.viewport.width / ROOM ? [from, to] : [from, from];
}

/** Draws the signs of a lane's events, with their values where there is room. */
export function paintMarkers(context: SceneContext, scene: Scene, strip: Strip, fitter: TextFitter): void {
  const { viewport, palette } = scene;
  const { markers, track } = strip.lane;
  const [from, to] = shownMarkers(scene, strip.lane);
  const y = strip.top + strip.height / 2;
  for (let index = from; index < to; index++) {
    const x = xOf(viewport, markers.times[index]);
    const sign = SIGNS[markers.signs[index]];
    context.lineJoin = 'round';
    context.strokeStyle = palette.panel;
    context.lineWidth = 3;
    traceSign(context, sign, x, y);
    context.stroke();
    const color = sign === 'fail' ? palette.danger : palette.text;
    context.fillStyle = sign === 'give' ? palette.panel : color;
    context.strokeStyle = color;
    context.lineWidth = 1.25;
    traceSign(context, sign, x, y);
    if (sign !== 'birth' && sign !== 'fail' && sign !== 'signal') context.fill();
    if (!withValue.has(sign) || sign === 'print') context.stroke();
    if (!withValue.has(sign)) continue;
    // A value stands within the interval that it belongs to, and before the next sign.
    const inside = track.firstEndingAfter(markers.times[index]);
    const next = index + 1 < markers.count ? xOf(viewport, markers.times[index + 1]) - SIGN_SIZE : viewport.width;
    const room = Math.min(next, inside < track.count ? xOf(viewport, track.ends[inside]) : next) - x - SIGN_SIZE - 6;
    if (room < 8) continue;
    context.font = `500 10.5px ${MONO}`;
    context.textBaseline = 'middle';
    const text = valueLabel(eventValue(scene.data.model.trace, markers.events[index]), VALUE_LENGTH);
    if (fitter.width(text) > room) continue;
    context.fillStyle = palette.styles[track.styles[inside] ?? 0].text;
    context.fillText(text, x + SIGN_SIZE + 3, y + 0.5);
  }
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
