import { describe, expect, test } from 'vitest';
import { pointOn } from '../../render/link-lines';
import { xOf } from '../../render/viewport';
import { hitTest, intervalAtX, MOUSE_REACH, selectionAt, TOUCH_REACH } from './hit';
import { curveOf } from './link-geometry';
import { longRun, producerConsumer } from './test-support/sample-runs';
import { sceneOf } from './test-support/scene-of';
import type { Scene } from './scene';

const scene = sceneOf(producerConsumer());
const [main, producer] = scene.layout.rows;

function middleOf(row: { top: number; height: number }): number {
  return row.top + row.height / 2;
}

describe('pointing', () => {
  test('at a bar finds its interval', () => {
    if (main.kind !== 'task') throw new Error('the first row is no task');
    const wait = main.lane.intervals.findIndex(({ reason }) => reason === 'join');
    const { start, end } = main.lane.intervals[wait];
    const hit = hitTest(scene, xOf(scene.viewport, (start * 2 + end) / 3), main.top + 9, MOUSE_REACH);
    expect(hit).toEqual({ kind: 'interval', tid: main.lane.tid, index: wait });
    expect(hit && selectionAt(scene, hit)).toEqual({ kind: 'interval', task: main.lane.tid, event: main.lane.intervals[wait].event });
  });

  test('at a sign finds its event, and selects it within its interval', () => {
    if (producer.kind !== 'task') throw new Error('the second row is no task');
    const { times, events } = producer.lane.markers;
    const hit = hitTest(scene, xOf(scene.viewport, times[3]), middleOf(producer), MOUSE_REACH);
    expect(hit).toEqual({ kind: 'marker', tid: producer.lane.tid, event: events[3] });
    expect(hit && selectionAt(scene, hit)).toEqual({ kind: 'interval', task: producer.lane.tid, event: events[3] });
  });

  test('at an arrow finds the arrow', () => {
    const index = [...scene.data.model.links].findIndex(({ kind, fromTime, toTime }) => kind === 'message' && toTime - fromTime > 5e6);
    const curve = curveOf(scene, scene.data.model.links.at(index)!);
    if (curve === undefined) throw new Error('no curve');
    const point = pointOn(curve, 0.5);
    expect(hitTest(scene, point.x, point.y, MOUSE_REACH)).toEqual({ kind: 'link', index });
    expect(hitTest({ ...scene, arrows: false }, point.x, point.y, MOUSE_REACH)?.kind).not.toBe('link');
  });

  test('at a chart finds its object and the moment', () => {
    const [queue] = scene.layout.objects.values();
    const hit = hitTest(scene, 500, middleOf(queue), MOUSE_REACH);
    expect(hit).toMatchObject({ kind: 'series', object: queue.object.info.id });
  });

  test('at nothing finds nothing', () => {
    expect(hitTest(scene, 500, scene.layout.height + 40, MOUSE_REACH)).toBeUndefined();
    expect(hitTest(scene, 0, middleOf(producer), MOUSE_REACH)).toBeUndefined();
  });
});

describe('a narrow interval', () => {
  const { track, intervals } = [...scene.data.lanes.values()][0];
  const narrow = intervals.findIndex(({ start, end, state }) => state === 'running' && end > start && end - start < 5e4);
  // So far away that the interval is a fraction of a pixel.
  const far: Pick<Scene, 'viewport'> = { viewport: { start: -5e8, end: 5e8, width: 1000 } };
  const lane = { ...[...scene.data.lanes.values()][0] };

  test('is found by a pointer that is near, a finger from further', () => {
    expect(narrow).toBeGreaterThan(0);
    const x = xOf(far.viewport, (track.starts[narrow] + track.ends[narrow]) / 2);
    expect(intervalAtX(far, lane, x, MOUSE_REACH)).toBe(narrow);
  });

  test('is not found from far', () => {
    const one: Pick<Scene, 'viewport'> = { viewport: { start: intervals[narrow].end, end: intervals[narrow].end + 1e5, width: 1000 } };
    const found = intervalAtX(one, lane, 900, TOUCH_REACH);
    expect(found).not.toBe(narrow);
  });
});

test('pointing into a crowd is quick to answer and never fails', () => {
  const crowd = sceneOf(longRun(20_000));
  for (let x = -5; x < 1010; x += 7) {
    for (const row of crowd.layout.rows) {
      const hit = hitTest(crowd, x, middleOf(row), MOUSE_REACH);
      if (hit?.kind !== 'interval') continue;
      const lane = crowd.data.lanes.get(hit.tid);
      expect(lane?.intervals[hit.index]).toBeDefined();
    }
  }
});
