import { mix, parseColor, toHex } from '../../render/color';
import { StyleCode, type Palette } from '../../render/palette';
import { markSteps, type StepMarks } from '../../render/step-chart';
import { taskLabel, valueLabel } from '../../trace/labels';
import type { OwnerRow } from './rows';
import { fade, FONT, type Scene, type SceneContext } from './scene';
import type { TextFitter } from './text-fitter';
import type { TrackMarks } from '../../render/track-marks';

/** Of the row: the bar of turns, and below it a chart of who waits. */
export const OWNER_BAR = { top: 5, height: 16 } as const;
const WAITERS = { bottom: 4, height: 10 } as const;
const LABEL_FROM = 26;
const LABEL_INSET = 5;

const ownerPalettes = new WeakMap<Palette, Palette>();

/** The palette whose styles are processes: whose turn it is says the colour, and its name where there is room. */
export function ownerPalette(palette: Palette): Palette {
  let own = ownerPalettes.get(palette);
  if (own === undefined) {
    const panel = parseColor(palette.panel);
    const styles = palette.styles.map((style, code) => {
      const color = palette.processes[code % palette.processes.length];
      const fill = toHex(mix(panel, parseColor(color), 0.24));
      return { ...style, color, fill, line: fill, pattern: 'plain' as const, text: palette.text };
    });
    ownerPalettes.set(palette, (own = { ...palette, styles }));
  }
  return own;
}

/** The names of those whose turn it is, in bars with room for them. */
export function paintOwnerNames(context: SceneContext, scene: Scene, row: OwnerRow, marks: TrackMarks, fitter: TextFitter): void {
  const { pixelRatio, viewport, palette, data } = scene;
  fitter.use(`500 11px ${FONT}`);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const middle = row.top + OWNER_BAR.top + OWNER_BAR.height / 2;
  for (let bar = 0; bar < marks.bars; bar++) {
    const left = Math.max(0, marks.barLeft[bar] / pixelRatio);
    const right = Math.min(viewport.width, marks.barRight[bar] / pixelRatio);
    const index = marks.barIndex[bar];
    context.fillStyle = palette.processes[row.owner.track.styles[index] % palette.processes.length];
    context.fillRect(left, row.top + OWNER_BAR.top, Math.min(2, right - left), OWNER_BAR.height);
    if (right - left < LABEL_FROM) continue;
    const name = valueLabel(taskLabel(data.model, row.owner.owners[index]), 24);
    const text = fitter.fit([name], right - left - 2 * LABEL_INSET);
    if (text === undefined) continue;
    context.fillStyle = palette.text;
    context.fillText(text, left + LABEL_INSET, middle + 0.5);
  }
}

/** How many wait, as steps below the bar. */
export function paintWaiters(context: SceneContext, scene: Scene, row: OwnerRow, marks: StepMarks): void {
  const { waiters, mostWaiters } = row.owner;
  if (waiters === undefined || mostWaiters === 0) return;
  const { palette, viewport } = scene;
  markSteps(waiters, viewport, scene.end, marks);
  const base = row.top + row.height - WAITERS.bottom;
  context.fillStyle = fade(palette.styles[StyleCode['wait-lock']].color, 0.55);
  for (let piece = 0; piece < marks.count - 1; piece++) {
    const { [piece]: left, [piece + 1]: right } = marks.lefts;
    const greatest = marks.greatests[piece];
    if (greatest <= 0) continue;
    const height = Math.max(2, (greatest / mostWaiters) * WAITERS.height);
    context.fillRect(left, base - height, Math.max(1, right - left), height);
  }
}
