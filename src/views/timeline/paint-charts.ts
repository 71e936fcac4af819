import type { Palette } from '../../render/palette';
import { StyleCode } from '../../render/palette';
import { stepPieces, type StepPiece } from '../../render/step-chart';
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

/** An area of steps, its bound as a broken line; where pixels hold several values, the span between them is paler. */
export function paintObjectChart(context: SceneContext, scene: Scene, row: ObjectRow, fitter: TextFitter): void {
  const { palette, viewport } = scene;
  const { object } = row;
  const color = chartColor(object.info.type, palette);
  const { least, greatest } = chartScale(object);
  const top = row.top + INSET_TOP;
  const bottom = row.top + row.height - INSET_BOTTOM;
  const yOf = (value: number): number => bottom - ((value - least) / (greatest - least || 1)) * (bottom - top);
  context.fillStyle = palette.grid;
  context.fillRect(0, yOf(0), viewport.width, 1 / scene.pixelRatio);
  const pieces = stepPieces(object.track, viewport, scene.end);
  if (pieces.length > 0) {
    context.fillStyle = fade(color, 0.16);
    fillSteps(context, pieces, (piece) => yOf(piece.greatest), yOf(0));
    context.fillStyle = fade(color, 0.2);
    fillSteps(context, pieces, (piece) => yOf(piece.least), yOf(0));
    // A line through every extreme of a crowded stretch would be a wall.
    const crowded = pieces.length > viewport.width / 3;
    context.strokeStyle = crowded ? fade(color, 0.55) : color;
    context.lineWidth = crowded ? 1 : 1.25;
    context.lineJoin = 'miter';
    context.beginPath();
    traceSteps(context, pieces, (piece) => yOf(piece.greatest), true);
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

function fillSteps(
  context: SceneContext, pieces: readonly StepPiece[], heightOf: (piece: StepPiece) => number, base: number,
): void {
  context.beginPath();
  context.moveTo(pieces[0].x, base);
  traceSteps(context, pieces, heightOf, false);
  context.lineTo(pieces[pieces.length - 1].x, base);
  context.closePath();
  context.fill();
}

function traceSteps(
  context: SceneContext, pieces: readonly StepPiece[], heightOf: (piece: StepPiece) => number, move: boolean,
): void {
  let height = heightOf(pieces[0]);
  if (move) context.moveTo(pieces[0].x, height);
  else context.lineTo(pieces[0].x, height);
  for (let index = 1; index < pieces.length; index++) {
    const piece = pieces[index];
    context.lineTo(piece.x, height);
    height = heightOf(piece);
    context.lineTo(piece.x, height);
  }
}
