import { expect, test } from 'vitest';
import { randomRecords } from '../../trace/test-support/random-trace';
import { TraceBuilder } from '../../trace/trace-builder';
import { fakeImageCanvas } from '../../render/test-support/recording-context';
import { timeAt, zoomAt } from '../../render/viewport';
import { hitTest, selectionAt, TOUCH_REACH } from './hit';
import { causeOf, effectOf, stepFrom } from './navigate';
import { LanePainter } from './paint-lanes';
import { paintOverlay } from './paint-overlay';
import { hitSentence, selectionSentence } from './sentences';
import { recordingSceneContext } from './test-support/recording-scene-context';
import { sceneOf } from './test-support/scene-of';

test('traces of any content are drawn, pointed at and walked through as far as they make sense', () => {
  let hits = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(randomRecords(seed, 300));
    const whole = sceneOf(builder.snapshot());
    const near = { ...whole, viewport: zoomAt(whole.viewport, 400, 30, whole.data.bounds) };
    const { context } = recordingSceneContext();
    const painter = new LanePainter(context, fakeImageCanvas);
    for (const scene of [whole, near]) {
      for (const row of scene.layout.rows) {
        for (const x of [0, 250, 500, 999]) {
          const hit = hitTest(scene, x, row.top + row.height / 2, TOUCH_REACH);
          if (hit === undefined) continue;
          hits++;
          const selection = selectionAt(scene, hit);
          expect(hitSentence(scene.data, hit)).not.toBe('');
          expect(selectionSentence(scene.data, selection)).not.toBe('');
          const { model } = scene.data;
          for (const to of [causeOf(model, selection), effectOf(model, selection)]) {
            if (to !== undefined) selectionSentence(scene.data, to);
          }
          for (const step of ['left', 'right', 'up', 'down'] as const) stepFrom(model, scene.layout, selection, step);
          painter.paint({ ...scene, selection, hover: hit });
          paintOverlay(context, { ...scene, selection, hover: hit });
        }
      }
      expect(Number.isFinite(timeAt(scene.viewport, 10))).toBe(true);
    }
  }
  expect(hits).toBeGreaterThan(200);
}, 60_000);
