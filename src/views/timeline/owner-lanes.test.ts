import { describe, expect, test } from 'vitest';
import { recorded, recordedWhole } from '../../analysis/test-support/recorded';
import type { TraceModel } from '../../trace/trace';
import { modelFromText } from '../../trace/test-support/models';
import { COLUMN } from '../../trace/trace-text';
import { OwnerReader } from './owner-lanes';

function lanesOf(model: TraceModel): ReturnType<OwnerReader['lanes']> {
  const reader = new OwnerReader();
  reader.read(model.trace, 0, model.trace.length);
  return reader.lanes(model);
}

describe('lanes of owners', () => {
  test('say turn by turn who had a lock, and how many waited', () => {
    const [lock, cpu] = lanesOf(modelFromText(`
      m = lock
      a | acquire:m  .        .        release:m>b  exit
      b | run        block:m  .        .            acquire:m
      c | run        .        block:m  .            .
    `));
    expect([...lock.track.starts.subarray(0, lock.track.count)].map((time) => time / COLUMN)).toEqual([0, 4]);
    expect(lock.owners).toEqual([2, 3]);
    expect(lock.mostWaiters).toBe(2);
    expect([...(lock.waiters?.values ?? [])]).toEqual([1, 2, 1]);
    expect(cpu.object).toBeUndefined();
  });

  test('leave out the locks of a library while its threads are folded away', () => {
    const objects = (model: TraceModel): (string | undefined)[] => lanesOf(model)
      .flatMap(({ object }) => (object === undefined ? [] : [model.objectById.get(object)?.type]));
    expect(objects(recorded('producer-consumer'))).toEqual(['gil']);
    expect(objects(recordedWhole('producer-consumer'))).toContain('lock');
    expect(objects(recorded('deadlock'))).toEqual(['lock', 'lock', 'gil']);
  });
});
