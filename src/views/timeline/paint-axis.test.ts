import { expect, it } from 'vitest';
import { palettes } from '../../render/palette';
import { paintAxis } from './paint-axis';
import { playheadLabel } from './playhead-label';
import { recordingSceneContext } from './test-support/recording-scene-context';
import { TextFitter } from './text-fitter';

const viewport = { start: 0, end: 100e6, width: 600 };

function labelsWith(playhead: number | undefined): readonly string[] {
  const { context, recorder } = recordingSceneContext();
  paintAxis(context, viewport, palettes.light, 1, new TextFitter(context), playhead === undefined ? undefined : playheadLabel(viewport, playhead));
  return recorder.texts.map(({ text }) => text);
}

it('leaves out the ticks that the playhead would cover, on the side on which it says its moment', () => {
  const all = labelsWith(undefined);
  expect(all).toContain('60 ms');
  expect(labelsWith(58e6)).toEqual(all.filter((text) => text !== '60 ms'));
  expect(labelsWith(97e6)).not.toContain('100 ms');
  expect(labelsWith(200e6)).toEqual(all);
});
