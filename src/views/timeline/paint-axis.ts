import { timeTicks } from '../../render/time-ticks';
import { xOf, type Viewport } from '../../render/viewport';
import type { Palette } from '../../render/palette';
import { formatMoment } from '../../text/duration';
import { extentOf, type PlayheadLabel } from './playhead-label';
import { FONT, type SceneContext } from './scene';
import type { TextFitter } from './text-fitter';

export const AXIS_HEIGHT = 30;

/** What a tick says: the moment, or how long after `base`. */
export function tickLabel(time: number, step: number, base: number): string {
  if (time === 0) return '0';
  return base === 0 ? formatMoment(time, step) : `+${formatMoment(time - base, step)}`;
}

/** Draws the axis: its ticks and, where they count from somewhere, where from; a tick that `playhead` would cover says nothing. */
export function paintAxis(
  context: SceneContext, viewport: Viewport, palette: Palette, pixelRatio: number, fitter: TextFitter, playhead?: PlayheadLabel,
): void {
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, viewport.width + 1, AXIS_HEIGHT);
  const { times, step, base } = timeTicks(viewport);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  let reserved = 0;
  if (base > 0) {
    fitter.use(`600 11px ${FONT}`);
    const text = formatMoment(base, step);
    reserved = fitter.width(text) + 16;
    context.fillStyle = palette.text;
    context.fillText(text, 6, AXIS_HEIGHT / 2);
  }
  fitter.use(`500 11px ${FONT}`);
  const taken = playhead && extentOf(playhead, fitter.width(playhead.text));
  for (const time of times) {
    const x = Math.round(xOf(viewport, time) * pixelRatio) / pixelRatio;
    context.fillStyle = palette.borderStrong;
    context.fillRect(x, AXIS_HEIGHT - 7, 1 / pixelRatio, 7);
    const text = tickLabel(time, step, base);
    const width = fitter.width(text);
    const left = Math.max(4, x - width / 2);
    if (left < reserved || left + width > viewport.width - 2) continue;
    if (taken !== undefined && left < taken.right && left + width > taken.left) continue;
    context.fillStyle = palette.textMuted;
    context.fillText(text, left, AXIS_HEIGHT / 2 - 2);
  }
}
