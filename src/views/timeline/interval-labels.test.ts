import { expect, test } from 'vitest';
import type { ObjectId, Tid } from '../../protocol/ids';
import { BLOCK_REASONS, TASK_STATES } from '../../protocol/words';
import type { Interval } from '../../trace/trace';
import { intervalLabels } from './interval-labels';
import { intervalStyle } from './interval-style';
import { producerConsumer } from './test-support/sample-runs';
import { sceneOf } from './test-support/scene-of';
import { TextFitter } from './text-fitter';

const { data } = sceneOf(producerConsumer());
const wait = [...data.lanes.values()][1].intervals.find(({ reason }) => reason === 'queue full');
if (wait === undefined) throw new Error('the producer never waits');
const full: Interval = wait;

test('an interval says what it waits for, in as many words as there is room for', () => {
  const labels = intervalLabels(data.model, full);
  expect(labels).toEqual(['waits for q: full', 'q: full']);
  const fitter = new TextFitter({ font: '11px sans-serif', measureText: (text) => ({ width: text.length * 6 }) as TextMetrics });
  expect(fitter.fit(labels, 200)).toBe('waits for q: full');
  expect(fitter.fit(labels, 60)).toBe('q: full');
  expect(fitter.fit(labels, 20)).toBeUndefined();
});

test('every reason to wait has words and a style of waiting', () => {
  for (const reason of BLOCK_REASONS) {
    const labels = intervalLabels(data.model, { ...full, reason, object: 1 as ObjectId, other: 3 as Tid });
    expect(labels.length).toBeGreaterThan(0);
    for (const label of labels) expect(label).not.toMatch(/\{\{|timeline\./);
    expect(intervalStyle('blocked', reason)).toMatch(/^wait-/);
  }
});

test('who holds a lock is named where the trace knows it', () => {
  const [label] = intervalLabels(data.model, { ...full, reason: 'lock', other: 3 as Tid });
  expect(label).toBe('waits for q: held by producer');
});

test('a coroutine that waits for a group of others is said to wait for them, not for the machine', () => {
  expect(intervalLabels(data.model, { ...full, reason: 'join', other: 0 as Tid })).toEqual(['waits for other tasks to end', 'other tasks']);
});

test('no state but waiting looks like a wait', () => {
  for (const state of TASK_STATES) {
    if (state !== 'blocked') expect(intervalStyle(state, 'none')).not.toMatch(/^wait-/);
  }
});
