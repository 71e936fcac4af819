import { parseColor } from '../../render/color';
import type { Palette } from '../../render/palette';
import { StyleCode } from '../../render/palette';
import { markSteps, type StepMarks } from '../../render/step-chart';
import type { StepPainter } from '../../render/step-painter';
import type { ObjectInfo } from '../../trace/trace';
import type { ObjectLane } from './derive';
import type { ObjectRow } from './rows';
import { fade, FONT, type Scene, type SceneContext } from './scene';
import type { TextFitter } from './text-fitter';

const INSET_TOP = 9;
const INSET_BOTTOM = 6;
/** A bound so far above what is ever reached would press the chart flat. */
const FAR_BOUND = 5;

/** The values at the top and the bottom of a chart. */
export function chartScale(object: ObjectLane): { readonly least: number; readonly greatest: number } {
  const { capacity, least } = object;
  const reached = Math.max(object.greatest, 1);
  const bounded = capacity !== undefined && capacity <= reached * FAR_BOUND;
  return { least, greatest: bounded ? Math.max(capacity, reached) : reached };
}

/** The colour of the waits that an object makes: its chart belongs to them. */
export function chartColor(type: ObjectInfo['type'], palette: Palette): string {
  switch (type) {
    case 'semaphore':
    case 'bounded semaphore': return palette.styles[StyleCode['wait-lock']].color;
    case 'pool':
    case 'future': return palette.styles[StyleCode['wait-task']].color;
    case 'value':
    case 'variable':
    case 'array': return palette.accent;
    default: return palette.styles[StyleCode['wait-data']].color;
  }
}

/** The greatest and the least values of a chart are areas on each other, below a line. */
const GREATEST = 0.16;
const LEAST = 0.2;
const CROWDED_LINE = 0.55;

/** What charts are drawn with. */
export interface ChartTools {
  readonly fitter: TextFitter;
  readonly marks: StepMarks;
  /** Undefined in a picture to keep, which has shapes where a screen has pixels. */
  readonly image: { readonly painter: StepPainter; readonly ground: Uint32Array } | undefined;
}

/** An area of steps, its bound as a broken line; where pixels hold several values, the span between them is paler. */
export function paintObjectChart(context: SceneContext, scene: Scene, row: ObjectRow, tools: ChartTools): void {
  const { palette, viewport } = scene;
  const { fitter, marks, image } = tools;
  const { object } = row;
  const color = chartColor(object.info.type, palette);
  const { least, greatest } = chartScale(object);
  const top = row.top + INSET_TOP;
  const bottom = row.top + row.height - INSET_BOTTOM;
  const yOf = (value: number): number => bottom - ((value - least) / (greatest - least || 1)) * (bottom - top);
  context.fillStyle = palette.grid;
  context.fillRect(0, yOf(0), viewport.width, 1 / scene.pixelRatio);
  markSteps(object.track, viewport, scene.end, marks);
  // A line through every extreme of a crowded stretch would be a wall.
  const crowded = marks.count > viewport.width / 3;
  if (crowded && image !== undefined) paintCrowded(context, scene, row, tools, yOf);
  else if (marks.count > 0) {
    context.fillStyle = fade(color, GREATEST);
    fillSteps(context, marks, marks.greatests, yOf);
    context.fillStyle = fade(color, LEAST);
    fillSteps(context, marks, marks.leasts, yOf);
    context.strokeStyle = crowded ? fade(color, CROWDED_LINE) : color;
    context.lineWidth = crowded ? 1 : 1.25;
    context.lineJoin = 'miter';
    context.beginPath();
    traceSteps(context, marks, marks.greatests, yOf, true);
    context.stroke();
  }
  if (object.capacity === undefined || object.capacity > greatest) return;
  const y = yOf(object.capacity);
  context.strokeStyle = palette.textFaint;
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.beginPath();
  context.moveTo(0, y);
  context.lineTo(viewport.width, y);
  context.stroke();
  context.setLineDash([]);
  fitter.use(`500 10px ${FONT}`);
  const text = String(object.capacity);
  const width = fitter.width(text) + 6;
  context.fillStyle = palette.panel;
  context.fillRect(viewport.width - width - 4, y - 6, width, 12);
  context.fillStyle = palette.textFaint;
  context.textBaseline = 'middle';
  context.fillText(text, viewport.width - width - 1, y + 0.5);
}

/** In whole pixels, which so many steps are not told apart in anyway. */
function paintCrowded(
  context: SceneContext, { viewport, pixelRatio, window, end, palette }: Scene, row: ObjectRow, { marks, image }: ChartTools,
  yOf: (value: number) => number,
): void {
  if (image === undefined) return;
  const { object } = row;
  const width = Math.round(viewport.width * pixelRatio);
  markSteps(object.track, { ...viewport, width }, end, marks);
  const top = Math.round((row.top + INSET_TOP - window.top) * pixelRatio) - 1;
  const bottom = Math.round((row.top + row.height - INSET_BOTTOM - window.top) * pixelRatio) + 1;
  const rowOf = (value: number): number => (yOf(value) - window.top) * pixelRatio - top;
  const transform = context.getTransform();
  context.setTransform(1, 0, 0, 1, 0, 0);
  image.painter.paint(marks, { top, height: bottom - top, width, rowOf }, image.ground, {
    color: parseColor(chartColor(object.info.type, palette)), greatest: GREATEST, least: LEAST, line: CROWDED_LINE, zero: parseColor(palette.grid),
  });
  context.setTransform(transform);
}

function fillSteps(context: SceneContext, marks: StepMarks, values: Float64Array, yOf: (value: number) => number): void {
  context.beginPath();
  context.moveTo(marks.lefts[0], yOf(0));
  traceSteps(context, marks, values, yOf, false);
  context.lineTo(marks.lefts[marks.count - 1], yOf(0));
  context.closePath();
  context.fill();
}

function traceSteps(
  context: SceneContext, { count, lefts }: StepMarks, values: Float64Array, yOf: (value: number) => number, move: boolean,
): void {
  let height = yOf(values[0]);
  if (move) context.moveTo(lefts[0], height);
  else context.lineTo(lefts[0], height);
  for (let piece = 1; piece < count; piece++) {
    context.lineTo(lefts[piece], height);
    height = yOf(values[piece]);
    context.lineTo(lefts[piece], height);
  }
}
