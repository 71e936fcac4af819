import { describe, expect, test } from 'vitest';
import { StyleCode } from '../../render/palette';
import { ModelBuilder, buildModel } from '../../trace/model';
import type { Trace } from '../../trace/trace';
import { extendOpen, TimelineDeriver, type TimelineData } from './derive';
import { lockFight, producerConsumer } from './test-support/sample-runs';

/** The first `length` events of a trace, as a run that goes on would have them. */
function cut(trace: Trace, length: number): Trace {
  const header = { ...trace.header, open: length < trace.length };
  const columns = ['kind', 'detail', 'extra', 'task', 'time', 'object', 'place', 'other', 'value'] as const;
  const views = Object.fromEntries(columns.map((name) => [name, trace[name].subarray(0, length)]));
  return { ...trace, ...views, header, length };
}

/** All that is drawn, as plain values. */
function drawn(data: TimelineData): unknown {
  return {
    lanes: [...data.lanes.values()].map(({ tid, track, markers }) => ({
      tid,
      starts: [...track.starts.subarray(0, track.count)],
      ends: [...track.ends.subarray(0, track.count)],
      styles: [...track.styles.subarray(0, track.count)],
      events: [...markers.events.subarray(0, markers.count)],
    })),
    links: [...data.links.toTimes.subarray(0, data.links.count)],
    objects: data.objects.map(({ info, track, greatest, capacity }) => ({ id: info.id, count: track.count, greatest, capacity })),
  };
}

describe('what is drawn of a run', () => {
  const trace = lockFight();
  const whole = new TimelineDeriver().derive(buildModel(trace));

  test('has a lane for each task, by process, its threads after it', () => {
    const names = whole.processes.map(({ lanes }) => lanes.map(({ info }) => info.name));
    expect(names).toEqual([['main', 'Thread-1', 'Thread-2', 'Thread-3', 'Thread-4'], ['forgotten child'], ['killed']]);
  });

  test('holds each interval of the model at its own index', () => {
    for (const { track, intervals } of whole.lanes.values()) {
      expect(track.count).toBe(intervals.length);
      expect([...track.starts.subarray(0, track.count)]).toEqual(intervals.map(({ start }) => start));
    }
  });

  test('is the same whether the run was read at once or as it grew', () => {
    const models = new ModelBuilder();
    const deriver = new TimelineDeriver();
    let data: TimelineData | undefined;
    for (const length of [0, 1, 3, 40, 41, 120, 121, 300, trace.length]) {
      data = deriver.derive(models.update(cut(trace, length)));
      // Time that passed without events must leave no trace in what comes after.
      extendOpen(data, data.bounds.end + 5e6);
    }
    expect(data && drawn(data)).toEqual(drawn(whole));
  });

  test('begins anew with another run', () => {
    const deriver = new TimelineDeriver();
    const first = deriver.derive(buildModel(trace));
    const second = deriver.derive(buildModel(producerConsumer()));
    expect(second.links).not.toBe(first.links);
    expect(drawn(second)).toEqual(drawn(new TimelineDeriver().derive(buildModel(producerConsumer()))));
  });

  test('lets what still goes on reach to now, and nothing else', () => {
    const part = new TimelineDeriver().derive(buildModel(cut(trace, 200)));
    const ended = [...part.lanes.values()].map(({ track }) => track.ends[track.count - 1]);
    const now = part.bounds.end + 1e9;
    extendOpen(part, now);
    [...part.lanes.values()].forEach(({ track, intervals }, index) => {
      expect(track.ends[track.count - 1]).toBe(intervals.at(-1)?.open ? now : ended[index]);
    });
  });

  test('says how full an object can be', () => {
    const [queue] = new TimelineDeriver().derive(buildModel(producerConsumer())).objects;
    expect(queue).toMatchObject({ capacity: 4, greatest: 4, least: 0, info: { name: 'q' } });
    expect(whole.objects[0]).toMatchObject({ capacity: undefined, greatest: 2, info: { name: 'permits' } });
  });

  test('shows waits by what they wait for', () => {
    const styles = new Set([...whole.lanes.values()].flatMap(({ track }) => [...track.styles.subarray(0, track.count)]));
    for (const name of ['running', 'ready', 'wait-lock', 'wait-task', 'wait-time', 'zombie'] as const) {
      expect(styles).toContain(StyleCode[name]);
    }
  });
});
