import { pointOn, type Curve } from '../../render/link-lines';
import { StyleCode, type Palette } from '../../render/palette';
import { xOf } from '../../render/viewport';
import type { Interval, Link } from '../../trace/trace';
import { intervalOfEvent, linksOf, stepOf } from './find';
import { curveOf, linkDashes, linkTone, shownLinks, wakeOf } from './link-geometry';
import { chartColor, chartScale } from './paint-charts';
import { paintFound } from './paint-found';
import { paintJourney } from './paint-journey';
import { beginFrame, fade, type Scene, type SceneContext } from './scene';

const HEAD = 6;
/** Fainter arrows have no heads: they would be a fog. */
const HEADS_FROM = 0.3;
const PLAIN_WIDTH = 1.25;
const [PLAIN_DOT, STRONG_DOT] = [2, 2.75];
/** More arrows than this of one interval are drawn fine, or they would hide what they point at. */
const BOLD_AT_MOST = 16;
const FINE_AT_MOST = 300;
/** More arrows than this at once are drawn together, a path for each kind: a frame has no time for several calls each. */
const EACH_AT_MOST = 48;

/** Draws what lies over the lanes: arrows, and what is pointed at or picked. */
export function paintOverlay(context: SceneContext, scene: Scene): void {
  beginFrame(context, scene);
  paintFound(context, scene);
  const strong = emphasised(scene);
  paintLinks(context, scene, strong);
  outline(context, scene, hoveredInterval(scene), scene.palette.textMuted, 1);
  outline(context, scene, pickedInterval(scene), scene.palette.accent, 2);
  paintStrong(context, scene, strong);
  for (const interval of [hoveredInterval(scene), pickedInterval(scene)]) paintWake(context, scene, interval, strong);
  paintJourney(context, scene);
  if (scene.selection?.kind === 'series') paintStep(context, scene, scene.selection.object, scene.selection.time, true);
  if (scene.hover?.kind === 'series') paintStep(context, scene, scene.hover.object, scene.hover.time, false);
}

function hoveredInterval(scene: Scene): Interval | undefined {
  const { hover, data } = scene;
  if (hover?.kind === 'interval') return data.lanes.get(hover.tid)?.intervals[hover.index];
  return hover?.kind === 'marker' ? intervalOfEvent(data.model, hover.tid, hover.event) : undefined;
}

function pickedInterval(scene: Scene): Interval | undefined {
  const { selection, data } = scene;
  return selection?.kind === 'interval' ? intervalOfEvent(data.model, selection.task, selection.event) : undefined;
}

/** The arrows of what is pointed at and of what is picked. */
function emphasised(scene: Scene): ReadonlySet<number> {
  const { model } = scene.data;
  const strong = new Set<number>();
  if (scene.hover?.kind === 'link') strong.add(scene.hover.index);
  if (scene.selection?.kind === 'link') strong.add(scene.selection.index);
  for (const interval of [hoveredInterval(scene), pickedInterval(scene)]) {
    if (interval !== undefined) for (const index of linksOf(model, interval)) strong.add(index);
  }
  return strong;
}

function paintLinks(context: SceneContext, scene: Scene, strong: ReadonlySet<number>): void {
  const { indices, strength } = shownLinks(scene);
  // What is picked stands out by the rest stepping back.
  const part = strong.size > 0 ? strength * 0.3 : strength * 0.8;
  if (indices.length > EACH_AT_MOST) paintCrowd(context, scene, indices, strong, part);
  else for (const index of indices) if (!strong.has(index)) paintLink(context, scene, index, part, false);
}

function paintCrowd(context: SceneContext, scene: Scene, indices: readonly number[], strong: ReadonlySet<number>, strength: number): void {
  const crowds = new Map<Link['kind'], Curve[]>();
  for (const index of indices) {
    const link = strong.has(index) ? undefined : scene.data.model.links.at(index);
    const curve = link && curveOf(scene, link);
    if (link === undefined || curve === undefined || !isNear(scene, curve)) continue;
    const crowd = crowds.get(link.kind);
    if (crowd === undefined) crowds.set(link.kind, [curve]);
    else crowd.push(curve);
  }
  for (const [kind, curves] of crowds) {
    const ink = fade(linkColor(kind, scene.palette), strength);
    context.beginPath();
    for (const curve of curves) traceCurve(context, curve);
    context.lineWidth = PLAIN_WIDTH;
    context.strokeStyle = ink;
    context.setLineDash(linkDashes(kind));
    context.stroke();
    context.setLineDash([]);
    if (strength < HEADS_FROM) continue;
    context.beginPath();
    for (const curve of curves) {
      traceHead(context, curve, HEAD);
      const { x, y } = curve[0];
      context.moveTo(x + PLAIN_DOT, y);
      context.arc(x, y, PLAIN_DOT, 0, Math.PI * 2);
    }
    context.fillStyle = ink;
    context.fill();
  }
}

/** Those of one item: bold while they are few; many are drawn fine, and not more than one can tell apart. */
function paintStrong(context: SceneContext, scene: Scene, strong: ReadonlySet<number>): void {
  const bold = strong.size <= BOLD_AT_MOST;
  const strength = bold ? 1 : Math.max(0.3, Math.sqrt(BOLD_AT_MOST / strong.size));
  const stride = Math.ceil(strong.size / FINE_AT_MOST);
  let place = 0;
  for (const index of strong) if (place++ % stride === 0) paintLink(context, scene, index, strength, bold);
}

/** Who ended a wait, where none of its arrows says so. */
function paintWake(context: SceneContext, scene: Scene, interval: Interval | undefined, strong: ReadonlySet<number>): void {
  const wake = interval && wakeOf(scene, interval);
  if (wake === undefined) return;
  const { links } = scene.data.model;
  if ([...strong].some((index) => links.fromTask(index) === wake.from && links.toTask(index) === wake.to)) return;
  const curve = curveOf(scene, wake);
  if (curve !== undefined) paintCurve(context, scene, curve, { color: scene.palette.text, dashes: [5, 3], strength: 1, strong: true });
}

function paintLink(context: SceneContext, scene: Scene, index: number, strength: number, strong: boolean): void {
  const link = scene.data.model.links.at(index);
  const curve = link && curveOf(scene, link);
  if (link === undefined || curve === undefined || !isNear(scene, curve)) return;
  paintCurve(context, scene, curve, { color: linkColor(link.kind, scene.palette), dashes: linkDashes(link.kind), strength, strong });
}

interface Ink {
  readonly color: string;
  readonly dashes: number[];
  readonly strength: number;
  readonly strong: boolean;
}

function paintCurve(context: SceneContext, scene: Scene, curve: Curve, { color, dashes, strength, strong }: Ink): void {
  const stroke = (width: number, ink: string): void => {
    context.beginPath();
    traceCurve(context, curve);
    context.lineWidth = width;
    context.strokeStyle = ink;
    context.stroke();
  };
  // A halo keeps arrows apart from bars of their own colour.
  if (strong || strength > 0.7) stroke(strong ? 5 : 3, fade(scene.palette.panel, strong ? 0.9 : 0.5));
  const ink = fade(color, strength);
  context.setLineDash(dashes);
  stroke(strong ? 2 : PLAIN_WIDTH, ink);
  context.setLineDash([]);
  if (strength < HEADS_FROM) return;
  context.fillStyle = ink;
  context.beginPath();
  traceHead(context, curve, strong ? HEAD + 1 : HEAD);
  context.fill();
  context.beginPath();
  context.arc(curve[0].x, curve[0].y, strong ? STRONG_DOT : PLAIN_DOT, 0, Math.PI * 2);
  context.fill();
}

function traceCurve(context: SceneContext, curve: Curve): void {
  const { 0: from, 1: one, 2: two, 3: to } = curve;
  context.moveTo(from.x, from.y);
  context.bezierCurveTo(one.x, one.y, two.x, two.y, to.x, to.y);
}

function traceHead(context: SceneContext, curve: Curve, size: number): void {
  const tip = curve[3];
  const before = pointOn(curve, 0.86);
  // The direction of the last part, not of the very end, which is upright however far the line leans.
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  context.moveTo(tip.x, tip.y);
  context.lineTo(tip.x - size * Math.cos(angle - 0.42), tip.y - size * Math.sin(angle - 0.42));
  context.lineTo(tip.x - size * Math.cos(angle + 0.42), tip.y - size * Math.sin(angle + 0.42));
  context.closePath();
}

export function linkColor(kind: Link['kind'], palette: Palette): string {
  const tone = linkTone(kind);
  return tone === 'danger' ? palette.danger : palette.styles[StyleCode[tone]].color;
}

function isNear(scene: Scene, curve: Curve): boolean {
  const { top, height } = scene.window;
  const low = Math.min(curve[0].y, curve[3].y);
  const high = Math.max(curve[0].y, curve[3].y);
  return high >= top && low <= top + height;
}

function outline(
  context: SceneContext, scene: Scene, interval: Interval | undefined, color: string, width: number,
): void {
  const strip = interval && scene.layout.strips.get(interval.task);
  if (interval === undefined || strip === undefined) return;
  const { viewport } = scene;
  const left = Math.max(-10, xOf(viewport, interval.start));
  const right = Math.min(viewport.width + 10, xOf(viewport, interval.end));
  if (right < 0 || left > viewport.width) return;
  context.lineJoin = 'round';
  for (const [line, ink] of [[width + 2, scene.palette.panel], [width, color]] as const) {
    context.lineWidth = line;
    context.strokeStyle = ink;
    context.strokeRect(left - 1, strip.top - 1, Math.max(3, right - left + 1), strip.height + 2);
  }
}

function paintStep(context: SceneContext, scene: Scene, object: number, time: number, picked: boolean): void {
  const row = [...scene.layout.objects.values()].find((each) => each.object.info.id === object);
  const step = stepOf(scene.data.model, object, time);
  if (row === undefined || step === undefined) return;
  const { least, greatest } = chartScale(row.object);
  const bottom = row.top + row.height - 6;
  const y = bottom - ((step.value - least) / (greatest - least || 1)) * (row.height - 15);
  const x = xOf(scene.viewport, time);
  context.beginPath();
  context.arc(x, y, picked ? 4.5 : 3.5, 0, Math.PI * 2);
  context.fillStyle = picked ? scene.palette.accent : chartColor(row.object.info.type, scene.palette);
  context.strokeStyle = scene.palette.panel;
  context.lineWidth = 2;
  context.fill();
  context.stroke();
}
