import { describe, expect, it } from 'vitest';
import type { Tid } from '../protocol/ids';
import { modelFromText, modelOfRecords } from './test-support/models';
import { RecordWriter } from './test-support/record-writer';
import { describeIntervals, objectNamed, taskNamed } from './trace-text';

describe('intervals of a model', () => {
  it('follow a task from its creation to its collection without a gap', () => {
    const model = modelFromText(`
      main | fork:w  .    sleep  .        timeout  run  .  reap:w  exit
      w    | .       run  .      preempt  run      exit .  .       .
    `);
    for (const [tid, intervals] of model.intervals) {
      expect(intervals[0].start).toBe(model.taskByTid.get(tid)?.createdAt);
      intervals.slice(1).forEach((interval, index) => expect(interval.start).toBe(intervals[index].end));
    }
    expect(describeIntervals(model)).toBe(
      [
        'main: run 0-2, asleep 2-4, ready 4-5, run 5-8, exit, zombie 8-',
        'w: ready 0-1, run 1-3, ready 3-4, run 4-5, exit, zombie 5-7',
      ].join('\n'),
    );
  });

  it('show a task that is stopped and continued', () => {
    expect(describeIntervals(modelFromText('main | run stop . continue run exit'))).toBe(
      'main: run 0-1, stopped 1-3, ready 3-4, run 4-5, exit, zombie 5-',
    );
  });

  it('tell of a wait its reason, object, place, and what ended it', () => {
    const model = modelFromText(`
      q = queue 1
      main | thread:w  .           put:q=1@9>w  .
      w    | .         block:q@14  .            get:q@14
    `);
    const wait = model.intervals.get(taskNamed(model, 'w'))?.find(({ state }) => state === 'blocked');
    expect(wait).toMatchObject({
      reason: 'queue empty',
      object: objectNamed(model, 'q'),
      place: 14,
      start: 1e6,
      end: 2e6,
      cause: 'woken',
      open: false,
    });
    expect(model.trace.task[wait?.endedBy ?? -1]).toBe(taskNamed(model, 'w'));
    expect(model.trace.other[wait?.endedBy ?? -1]).toBe(taskNamed(model, 'main'));
  });

  it('name the task that is waited for', () => {
    const model = modelFromText(`
      main | fork:w  join:w  .
      w    | .       .       run
    `);
    expect(model.intervals.get(taskNamed(model, 'main'))?.at(-1)).toMatchObject({
      state: 'blocked',
      reason: 'join',
      other: taskNamed(model, 'w'),
      open: true,
      endedBy: -1,
      end: 2e6,
    });
  });

  it('end with the run, and are open only while it goes on', () => {
    const drawing = `
      main | acquire:m,thread:w  .        .
      w    | .                   block:m  `;
    expect(describeIntervals(modelFromText(drawing))).toBe('main: run 0-\nw: ready 0-1, blocked on m 1-');
    const ended = modelFromText(`
      main | acquire:m,thread:w  .        end=stopped
      w    | .                   block:m  .`);
    expect(describeIntervals(ended)).toBe('main: run 0-2\nw: ready 0-1, blocked on m 1-2');
    expect(ended.end).toEqual({ reason: 'stopped', status: 0 });
  });

  it('show a task killed while it was blocked', () => {
    const model = modelFromText(`
      q = queue
      main | fork:w  .        signal:w=9  .       reap:w
      w    | .       block:q  .           exit=-9 .
    `);
    expect(describeIntervals(model)).toBe(
      ['main: run 0-', 'w: ready 0-1, blocked on q (queue empty) 1-3, killed by 9, zombie 3-4'].join('\n'),
    );
  });

  it('are not changed by what a dead task seems to do', () => {
    const model = modelOfRecords(
      new RecordWriter()
        .write({ kind: 'task-new', time: 0, other: 2, object: 2 })
        .write({ kind: 'task-run', time: 1, task: 2 })
        .write({ kind: 'task-exit', time: 2, task: 2 })
        .write({ kind: 'task-ready', time: 3, task: 2, detail: 1 })
        .write({ kind: 'task-run', time: 4, task: 2 }),
    );
    expect(model.intervals.get(2 as Tid)?.map(({ state }) => state)).toEqual(['new', 'running', 'zombie']);
  });

  it('begin where a task is first heard of, if its creation is missing', () => {
    const model = modelOfRecords(
      new RecordWriter()
        .write({ kind: 'task-run', time: 5, task: 7 })
        .write({ kind: 'task-block', time: 8, task: 7, detail: 15 }),
    );
    expect(describeIntervals(model, 1)).toBe('task 7: run 5-8, asleep 8-');
    expect(model.taskByTid.get(7 as Tid)).toMatchObject({ createdAt: 5, pid: 7 });
  });
});
