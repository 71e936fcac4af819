import { describe, expect, test } from 'vitest';
import type { Tid } from '../../protocol/ids';
import { describeEvent } from '../../trace/describe';
import { linksOf, selectedInterval } from './find';
import { causeOf, effectOf, firstPick, stepFrom } from './navigate';
import { selectionSentence } from './sentences';
import { lockFight, producerConsumer } from './test-support/sample-runs';
import { sceneOf } from './test-support/scene-of';
import type { TimelineSelection } from './timeline-types';

const { data, layout } = sceneOf(producerConsumer());
const { model } = data;
const [, producer, consumer] = [...data.lanes.values()];

function waitOf(reason: string, lane = producer): TimelineSelection & { kind: 'interval' } {
  const interval = lane.intervals.find((each) => each.reason === reason);
  if (interval === undefined) throw new Error(`nobody waits for ${reason}`);
  return { kind: 'interval', task: lane.tid, event: interval.event };
}

describe('from a wait', () => {
  const wait = waitOf('queue full');

  test('one goes to what the other did that ended it', () => {
    const cause = causeOf(model, wait);
    expect(cause).toMatchObject({ kind: 'interval', task: consumer.tid });
    expect(cause?.kind === 'interval' && describeEvent(model, cause.event)).toMatch(/^consumer took \d+ out of q at line 15/);
    expect(cause && selectionSentence(data, cause)).toMatch(/^consumer took/);
  });

  test('one goes left and right along the task, over what has no length', () => {
    const next = stepFrom(model, layout, wait, 'right');
    expect(selectedInterval(model, next)?.start).toBeGreaterThanOrEqual(selectedInterval(model, wait)?.end ?? Infinity);
    let last: TimelineSelection = wait;
    for (let step = 0; step < 1000; step++) last = stepFrom(model, layout, last, 'right');
    expect(stepFrom(model, layout, last, 'right')).toBe(last);
    expect(selectedInterval(model, last)?.end).toBe(producer.intervals.at(-1)?.end);
  });

  test('one goes up and down to what others did at that moment, and to the charts', () => {
    const down = stepFrom(model, layout, wait, 'down');
    expect(down).toMatchObject({ kind: 'interval', task: consumer.tid });
    const { start = 0, end = 0 } = selectedInterval(model, wait) ?? {};
    const there = selectedInterval(model, down);
    expect(there && there.start <= (start + end) / 2 && there.end >= (start + end) / 2).toBe(true);
    const chart = stepFrom(model, layout, down, 'down');
    expect(chart).toMatchObject({ kind: 'series', object: data.objects[0].info.id });
    expect(stepFrom(model, layout, chart, 'down')).toBe(chart);
    expect(stepFrom(model, layout, chart, 'up')).toMatchObject({ task: consumer.tid });
  });
});

test('from what a task did one goes to whom it gave something', () => {
  const put = producer.markers.events[0];
  const effect = effectOf(model, { kind: 'interval', task: producer.tid, event: put });
  expect(effect).toMatchObject({ kind: 'interval', task: consumer.tid });
});

test('a wait is shown with the arrow that ended it', () => {
  const fight = sceneOf(lockFight());
  const [, thread] = [...fight.data.lanes.values()];
  const wait = thread.intervals.find(({ reason }) => reason === 'semaphore');
  if (wait === undefined) throw new Error('no wait');
  const kinds = linksOf(fight.data.model, wait).map((index) => fight.data.model.links.at(index));
  expect(kinds).toHaveLength(1);
  expect(kinds[0]).toMatchObject({ kind: 'hand-over', to: thread.tid });
});

test('an arrow leads back to where it began and on to where it ends', () => {
  const index = [...model.links].findIndex(({ kind }) => kind === 'message');
  expect(causeOf(model, { kind: 'link', index })).toMatchObject({ task: producer.tid });
  expect(effectOf(model, { kind: 'link', index })).toMatchObject({ task: consumer.tid });
});

test('the first pick is what the topmost task did then', () => {
  const pick = firstPick(model, layout, 10e6);
  expect(pick).toMatchObject({ kind: 'interval', task: model.tasks[0].tid });
  expect(pick && selectionSentence(data, pick)).toMatch(/^main waited .* for producer to end/);
});

test('what the model does not have has no sentence and leads nowhere', () => {
  const unknown: TimelineSelection = { kind: 'interval', task: 77 as Tid, event: 5 };
  expect(selectionSentence(data, unknown)).toBe('');
  expect(causeOf(model, unknown)).toBeUndefined();
  expect(effectOf(model, unknown)).toBeUndefined();
  expect(stepFrom(model, layout, unknown, 'right')).toBe(unknown);
  expect(selectionSentence(data, { kind: 'link', index: 10_000 })).toBe('');
});

test('every interval, arrow and moment of a chart has a sentence', () => {
  for (const lane of data.lanes.values()) {
    for (const interval of lane.intervals) {
      expect(selectionSentence(data, { kind: 'interval', task: lane.tid, event: interval.event })).not.toBe('');
    }
    expect(selectionSentence(data, { kind: 'task', tid: lane.tid })).toContain(lane.info.name);
  }
  [...model.links].forEach((_, index) => expect(selectionSentence(data, { kind: 'link', index })).not.toBe(''));
  const object = data.objects[0].info.id;
  expect(selectionSentence(data, { kind: 'series', object, time: 2e7 })).toBe('q held 4 of 4 at 20 ms');
});
