import { describe, expect, test } from 'vitest';
import type { ObjectId } from '../../protocol/ids';
import { StepTrack } from '../../render/step-chart';
import { withChosen, type ChosenVariables } from './chosen-variables';
import { movedBy, movedTo } from './row-moves';
import { layoutRows, rowAt, stripAt, type FoldKey, type RowLayout } from './rows';
import { lockFight, producerConsumer } from './test-support/sample-runs';
import { sceneOf } from './test-support/scene-of';

const { data } = sceneOf(lockFight());

function expectNoOverlap({ rows, height }: RowLayout): void {
  rows.forEach((row, index) => {
    const next = rows[index + 1];
    if (next !== undefined) expect(next.top).toBeGreaterThanOrEqual(row.top + row.height);
    expect(row.top + row.height).toBeLessThanOrEqual(height);
    if (row.kind !== 'task') return;
    for (const strip of row.strips) {
      expect(strip.top).toBeGreaterThanOrEqual(row.top);
      expect(strip.top + strip.height).toBeLessThanOrEqual(row.top + row.height + 0.001);
    }
  });
}

describe('the rows', () => {
  test('lie below each other: tasks, a heading, objects', () => {
    const layout = layoutRows(data);
    expectNoOverlap(layout);
    expect(layout.rows.map(({ key }) => key)).toEqual([
      'task 2', 'task 3', 'task 4', 'task 5', 'task 6', 'task 7', 'task 8', 'owners', 'owner 1', 'objects', 'object 2', 'cpus',
    ]);
  });

  test('of a folded process are one, with a strip for each of its tasks', () => {
    const layout = layoutRows(data, { toggled: new Set<FoldKey>(['process 2']) });
    expectNoOverlap(layout);
    const [first, second] = layout.rows;
    expect(first.kind === 'task' && first.strips.map(({ lane }) => lane.tid)).toEqual([2, 3, 4, 5, 6]);
    expect(second.key).toBe('task 7');
    expect(layout.strips.size).toBe(data.lanes.size);
  });

  test('of objects can be folded away', () => {
    const layout = layoutRows(data, { toggled: new Set<FoldKey>(['objects']) });
    expect(layout.rows.slice(-2).map(({ key }) => key)).toEqual(['objects', 'cpus']);
    expect(layout.objects.size).toBe(0);
  });

  test('answer which one is at a height, and which of its strips', () => {
    const layout = layoutRows(data, { toggled: new Set<FoldKey>(['process 2']) });
    const [row] = layout.rows;
    expect(rowAt(layout, row.top + 1)).toBe(row);
    expect(rowAt(layout, layout.height + 10)).toBeUndefined();
    if (row.kind !== 'task') throw new Error('the first row is no task');
    for (const strip of row.strips) expect(stripAt(row, strip.top + strip.height / 2)).toBe(strip);
  });

  test('show the machinery inside an object only when it is opened', () => {
    const { data: plain } = sceneOf(producerConsumer());
    const [queue] = plain.objects;
    const inner = { ...queue, info: { ...queue.info, id: 99 as typeof queue.info.id, partOf: queue.info.id } };
    const nested = { ...plain, objects: [queue, inner] };
    const key: FoldKey = `object ${queue.info.id}`;
    expect(layoutRows(nested).rows.filter(({ kind }) => kind === 'object')).toHaveLength(1);
    const opened = layoutRows(nested, { toggled: new Set([key]) }).rows.filter(({ kind }) => kind === 'object');
    expect(opened.map((row) => row.kind === 'object' && row.depth)).toEqual([0, 1]);
  });

  test('of variables are those that changed, and those that the reader chose', () => {
    const { data: plain } = sceneOf(producerConsumer());
    const [queue] = plain.objects;
    const variable = (id: number, count: number): typeof queue => {
      const track = Object.assign(new StepTrack(), { count });
      return { ...queue, track, info: { ...queue.info, id: id as typeof queue.info.id, type: 'variable' } };
    };
    const keysOf = (chosen: ChosenVariables): string[] => {
      const { rows } = layoutRows({ ...plain, objects: [variable(90, 1), variable(91, 3)] }, { chosen });
      return rows.map(({ key }) => key).filter((key) => /^(variables|object)/.test(key));
    };
    const none: ChosenVariables = new Map();
    expect(keysOf(none)).toEqual(['variables', 'object 91']);
    expect(keysOf(withChosen(none, [90, 91] as ObjectId[], true))).toEqual(['variables', 'object 90', 'object 91']);
    expect(keysOf(withChosen(none, [90, 91] as ObjectId[], false))).toEqual([]);
  });

  test('that are pinned stand above all others, and a process brings its threads', () => {
    const pinned = ['object 2', 'task 7'];
    const { rows } = layoutRows(data, { pinned });
    expect(rows.slice(0, 3).map(({ key }) => key)).toEqual(['object 2', 'task 7', 'task 2']);
    expect(rows.filter(({ key }) => key === 'objects')).toEqual([]);
    expectNoOverlap(layoutRows(data, { pinned }));
  });

  test('that are looked for bring their process', () => {
    const { rows } = layoutRows(data, { isWanted: (lane) => 'tid' in lane && lane.info.name.toLowerCase() === 'thread-2' });
    expect(rows.map(({ key }) => key)).toEqual(['task 2', 'task 4']);
  });

  test('are moved among their like: by a place, or to where they are let go', () => {
    const first = { pinned: [], moved: [] };
    const keysOf = (moves: typeof first | ReturnType<typeof movedBy>): string[] => {
      return layoutRows(data, moves).blocks.filter(({ section }) => section === undefined).map(({ key }) => key);
    };
    const [one, two, three] = keysOf(first);
    const layout = layoutRows(data);
    const down = movedBy(layout, first, one, 1);
    expect(keysOf(down)).toEqual([two, one, three, ...keysOf(first).slice(3)]);
    expectNoOverlap(layoutRows(data, down));
    expect(movedBy(layout, first, one, -1)).toBe(first);
    const last = layout.blocks.filter(({ section }) => section === undefined).at(-1)!;
    expect(keysOf(movedTo(layout, first, one, last.top + last.height - 1)).at(-1)).toBe(one);
    expect(keysOf(movedTo(layoutRows(data, down), down, one, 0))[0]).toBe(one);
    const pinned = { pinned: ['object 2', 'task 7'], moved: [] };
    expect(movedBy(layoutRows(data, pinned), pinned, 'task 7', -1).pinned).toEqual(['task 7', 'object 2']);
  });

  test('of CPUs are there when their section is opened', () => {
    const { rows } = layoutRows(data, { toggled: new Set<FoldKey>(['cpus']) });
    expect(rows.at(-1)?.key).toBe('cpu 0');
  });
});
