import { describe, expect, test } from 'vitest';
import { fakeImageCanvas } from '../../render/test-support/recording-context';
import { xOf } from '../../render/viewport';
import { curveOf, shownLinks, strengthOf } from './link-geometry';
import { LanePainter } from './paint-lanes';
import { shownSigns } from './paint-markers';
import { paintOverlay } from './paint-overlay';
import type { Scene } from './scene';
import { recordingSceneContext } from './test-support/recording-scene-context';
import { longRun, producerConsumer } from './test-support/sample-runs';
import { sceneOf } from './test-support/scene-of';

const scene = sceneOf(producerConsumer());
const lanes = [...scene.data.lanes.values()];

function painted(shown: Scene): ReturnType<typeof recordingSceneContext>['recorder'] {
  const { recorder, context } = recordingSceneContext();
  new LanePainter(context, fakeImageCanvas).paint(shown);
  return recorder;
}

function overlaid(shown: Scene): ReturnType<typeof recordingSceneContext>['recorder'] {
  const { recorder, context } = recordingSceneContext();
  paintOverlay(context, shown);
  return recorder;
}

describe('the lanes', () => {
  test('name their waits inside the bars', () => {
    const wait = lanes[0].intervals.find(({ reason }) => reason === 'join');
    const { texts } = painted(scene);
    const label = texts.find(({ text }) => text === 'waits for producer to end');
    expect(label?.x).toBeCloseTo(xOf(scene.viewport, wait?.start ?? 0) + 6, -1);
    expect(texts.map(({ text }) => text)).toContain('sleeps');
  });

  test('keep a name in view when its bar begins further left', () => {
    const viewport = { start: 10e6, end: 20e6, width: 1000 };
    const label = painted({ ...scene, viewport }).texts.find(({ text }) => text === 'waits for producer to end');
    expect(label?.x).toBe(6);
  });

  test('draw values at their events when there is room, and no signs in a crowd', () => {
    const viewport = { start: 2e6, end: 9e6, width: 1000 };
    const values = painted({ ...scene, viewport }).texts.map(({ text }) => text).filter((text) => /^\d+$/.test(text));
    expect(values).toEqual(expect.arrayContaining(['1', '3', '4']));
    const crowd = sceneOf(longRun(20_000));
    for (const lane of crowd.data.lanes.values()) {
      expect(shownSigns(crowd, lane).length).toBeLessThan(50);
    }
  });

  test('draw no sign so near to another that one could not tell them apart', () => {
    for (const width of [300, 1000, 5000]) {
      for (const lane of lanes) {
        const signs = shownSigns({ viewport: { ...scene.viewport, width } }, lane);
        signs.forEach(({ x }, place) => expect((signs[place + 1]?.x ?? Infinity) - x).toBeGreaterThanOrEqual(10));
      }
    }
  });

  test('out of the window are not drawn', () => {
    expect(painted({ ...scene, window: { top: 5000, height: 300 } }).texts).toEqual([]);
  });

  test('of a run of many events cost no more than what is seen', () => {
    const crowd = sceneOf(longRun(60_000, 8, 1));
    const { calls } = painted(crowd);
    expect(calls.filter(({ name }) => name === 'putImageData').length).toBeGreaterThan(4);
    expect(calls.length).toBeLessThan(2000);
  });
});

describe('the arrows', () => {
  const messages = scene.data.model.links.filter(({ kind }) => kind === 'message');

  test('go from the moment of a put to the moment of its get', () => {
    const [message] = messages;
    const curve = curveOf(scene, message);
    expect(curve?.[0].x).toBeCloseTo(xOf(scene.viewport, message.fromTime), 5);
    expect(curve?.[3].x).toBeCloseTo(xOf(scene.viewport, message.toTime), 5);
    expect(curve && curve[3].y > curve[0].y).toBe(true);
  });

  test('are drawn each while they are few, thinned and faint while they are many, and not at all when put away', () => {
    expect(shownLinks(scene).indices).toHaveLength(scene.data.model.links.length);
    const crowd = sceneOf(longRun(60_000));
    const { indices, stride, strength } = shownLinks(crowd);
    expect(stride).toBeGreaterThan(8);
    expect(indices.length).toBeLessThan(850);
    expect(strength).toBeLessThan(0.6);
    expect(shownLinks({ ...crowd, arrows: false }).indices).toEqual([]);
    expect(strengthOf(5, 360)).toBe(1);
  });

  test('of what is picked are drawn once more, above the others, which step back', () => {
    const wait = lanes[1].intervals.find(({ reason }) => reason === 'queue full');
    const plain = overlaid(scene);
    const picked = overlaid({ ...scene, selection: { kind: 'interval', task: lanes[1].tid, event: wait?.event ?? 0 } });
    expect(picked.outlines.length).toBeGreaterThan(0);
    expect(plain.outlines).toEqual([]);
    // The wait for room ends where the consumer took something out.
    expect(picked.curves.at(-1)?.[4]).toBeCloseTo(xOf(scene.viewport, wait?.end ?? 0), 5);
  });

  test('still end at the strips of a folded process', () => {
    const folded = sceneOf(longRun(300, 4), {}, new Set(['process 2']));
    for (const link of folded.data.model.links) {
      if (link.from !== link.to) expect(curveOf(folded, link)).toBeDefined();
    }
  });
});
