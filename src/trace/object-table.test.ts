import { describe, expect, it } from 'vitest';
import type { ObjectId } from '../protocol/ids';
import { modelFromText, modelOfRecords } from './test-support/models';
import { RecordWriter } from './test-support/record-writer';

describe('objects of a model', () => {
  it('know type, name, size and maker', () => {
    const model = modelFromText(`
      tasks = joinable-queue 4
      main | run
    `);
    expect(model.objects).toEqual([
      {
        id: 1,
        type: 'joinable queue',
        name: 'tasks',
        named: true,
        creator: 2,
        createdAt: 0,
        initial: 4,
        partOf: 0,
      },
    ]);
  });

  it('without a name are called by type and number until they get one', () => {
    const writer = new RecordWriter()
      .write({ kind: 'object-new', object: 3, detail: 8 })
      .write({ kind: 'object-new', object: 4, detail: 11 })
      .write({ kind: 'object-part', object: 4, other: 3 });
    const before = modelOfRecords(writer);
    expect(before.objects.map(({ name, named }) => [name, named])).toEqual([
      ['queue 3', false],
      ['pipe 4', false],
    ]);
    expect(before.objects[1].partOf).toBe(3);
    const after = modelOfRecords(
      new RecordWriter()
        .write({ kind: 'object-new', object: 3, detail: 8 })
        .write({ kind: 'object-name', object: 3, value: 'q' }),
    );
    expect(after.objects.map(({ name, named }) => [name, named])).toEqual([['q', true]]);
  });

  it('are known from their use where their making is missing', () => {
    const model = modelOfRecords(new RecordWriter().write({ kind: 'put', object: 5, other: 1 }));
    expect(model.objectById.get(5 as ObjectId)).toMatchObject({
      type: 'queue',
      name: 'queue 5',
      named: false,
    });
  });
});
