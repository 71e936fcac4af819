import { describe, expect, it } from 'vitest';
import { INIT_PID } from '../protocol/ids';
import { modelFromText, modelOfRecords } from './test-support/models';
import { RecordWriter } from './test-support/record-writer';

describe('tasks of a model', () => {
  it('know their process, parent, method, name, end and status', () => {
    const model = modelFromText(`
      main | fork:p/daemon  .         .       reap:p
      p    | .              thread:t  exit=3  .
      t    | .              .         exit    .
    `);
    const [main, p, t] = model.tasks;
    expect(main).toMatchObject({ name: 'main', tid: 2, pid: 2, parent: 0, method: 'initial', createdAt: 0 });
    expect(p).toMatchObject({
      name: 'p',
      pid: p.tid,
      parent: 2,
      creator: 2,
      method: 'fork',
      daemon: true,
      status: 3,
      endedAt: 2e6,
      reapedAt: 3e6,
    });
    expect(t).toMatchObject({
      name: 't',
      pid: p.tid,
      creator: p.tid,
      parent: 0,
      method: 'thread',
      daemon: false,
      status: 0,
    });
    expect(model.taskByTid.get(t.tid)).toBe(t);
  });

  it('of an orphan have init as their parent', () => {
    const model = modelFromText(`
      main | fork:p  .         .
      p    | .       adopt:init .
    `);
    expect(model.tasks[1].parent).toBe(INIT_PID);
  });

  it('carry a new name once they are given one', () => {
    const model = modelOfRecords(
      new RecordWriter()
        .write({ kind: 'task-new', other: 2, object: 2, value: 'Process-1' })
        .write({ kind: 'task-name', task: 2, other: 2, value: 'cook' }),
    );
    expect(model.tasks.map(({ name }) => name)).toEqual(['cook']);
  });

  it('say why they ended where the kernel did', () => {
    const model = modelOfRecords(
      new RecordWriter()
        .write({ kind: 'task-new', other: 2, object: 2, value: 'main' })
        .write({ kind: 'task-exit', task: 2, other: 1, value: 'ReferenceError: x is not defined' }),
    );
    expect(model.tasks[0]).toMatchObject({ status: 1, ending: 'ReferenceError: x is not defined' });
  });
});
