import { describe, expect, it } from 'vitest';
import { buildModel, ModelBuilder } from './model';
import { describeFinding } from './describe-finding';
import { modelFromText } from './test-support/models';
import { randomRecords } from './test-support/random-trace';
import { TraceBuilder } from './trace-builder';
import { taskNamed } from './trace-text';

describe('what a model says of the run', () => {
  it('has the output with the process that printed it', () => {
    const model = modelFromText(`
      main | fork:p  print=one  .        .
      p    | .       thread:t   .        .
      t    | .       .          error=two .
    `);
    const p = taskNamed(model, 'p');
    expect(model.output).toMatchObject([
      { text: 'one', stream: 'stdout', task: 2, pid: 2, time: 1e6 },
      { text: 'two', stream: 'stderr', task: taskNamed(model, 't'), pid: p, time: 2e6 },
    ]);
  });

  it('has findings, a panic and the end', () => {
    const model = modelFromText('main | finding=a panic=b end=panic');
    expect(model.findings).toMatchObject([{ time: 0 }]);
    expect(describeFinding(model, model.findings[0].event)).toBe('a');
    expect(model.panic).toBe('b');
    expect(model.end).toEqual({ reason: 'panic', status: 0 });
    expect(model.endTime).toBe(2e6);
  });

  it('is empty for an empty trace', () => {
    const model = buildModel(new TraceBuilder({ clock: 'real' }).snapshot());
    expect(model).toMatchObject({
      tasks: [],
      objects: [],
      series: [],
      links: expect.objectContaining({ length: 0 }) as unknown,
      output: [],
      findings: [],
      endTime: 0,
    });
    expect(model.intervals.size).toBe(0);
  });
});

describe('a model of any trace', () => {
  it('is built without an error, with intervals in order and within the run', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const builder = new TraceBuilder({ clock: 'real' });
      builder.append(randomRecords(seed, 800));
      const model = buildModel(builder.snapshot());
      for (const [tid, intervals] of model.intervals) {
        expect(model.taskByTid.has(tid)).toBe(true);
        intervals.forEach((interval, index) => {
          expect(interval.end).toBeGreaterThanOrEqual(interval.start);
          expect(interval.start).toBe(index === 0 ? interval.start : intervals[index - 1].end);
          expect(interval.end).toBeLessThanOrEqual(model.endTime);
        });
      }
    }
  });

  it('is the same whether it grew in steps or was built at once', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const builder = new TraceBuilder({ clock: 'real' });
      const growing = new ModelBuilder();
      const records = randomRecords(seed, 600);
      let grown = growing.update(builder.snapshot());
      for (let word = 0; word < records.length; word += 8 * 37) {
        builder.append(records.subarray(word, word + 8 * 37));
        grown = growing.update(builder.snapshot());
      }
      expect(grown).toEqual(buildModel(builder.snapshot()));
    }
  });

  it('does not change once it was given out', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    const growing = new ModelBuilder();
    const records = randomRecords(4, 900);
    builder.append(records.subarray(0, 8 * 400));
    const early = growing.update(builder.snapshot());
    const copy = structuredClone({ ...early, trace: null, links: [...early.links] });
    builder.append(records.subarray(8 * 400));
    growing.update(builder.snapshot());
    expect({ ...early, trace: null, links: [...early.links] }).toEqual(copy);
  });
});
