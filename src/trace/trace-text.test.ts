import { describe, expect, it } from 'vitest';
import { columnsOf } from './test-support/trace-columns';
import { buildModel } from './model';
import { describeIntervals, describeLinks, objectNamed, taskNamed, traceFromText } from './trace-text';

describe('a drawn trace', () => {
  it('shows the states of each task in words', () => {
    const trace = traceFromText(`
      main | run  thread:w  .      .        exit
      w    | .    .         sleep  timeout  .     exit=1
    `);
    expect(describeIntervals(trace)).toBe(
      ['main: run 0-4, exit, zombie 4-', 'w: ready 1-2, asleep 2-3, ready 3-5, exit 1'].join('\n'),
    );
  });

  it('draws a lock that is waited for and handed over', () => {
    const trace = traceFromText(`
      main | acquire:m,thread:w  .        release:m>w  .          exit
      w    | .                   block:m  .            acquire:m  exit
    `);
    expect(describeIntervals(trace)).toBe(
      ['main: run 0-4, exit, zombie 4-', 'w: ready 0-1, blocked on m 1-2, ready 2-3, run 3-4, exit'].join(
        '\n',
      ),
    );
    expect(describeLinks(trace)).toBe('start main 0 -> w 1\nhand-over main 2 -> w 3 (m)');
  });

  it('writes the events that the kernel would', () => {
    const trace = traceFromText(`
      q = queue 2
      main | put:q=7@3
    `);
    expect(columnsOf(trace)).toMatchObject([
      { kind: 'task-new', task: 0, object: 2, other: 2, value: 'main' },
      { kind: 'task-ready', task: 2, other: 0 },
      { kind: 'object-new', task: 2, object: 1, other: 2, value: 'q' },
      { kind: 'task-run', task: 2, time: 0 },
      { kind: 'put', task: 2, object: 1, other: 1, value: 7, place: 3 },
    ]);
  });

  it('counts items, permits and depths as it goes, unless told', () => {
    const trace = traceFromText(`
      s = semaphore 2
      main | put:q put:q get:q acquire:s acquire:s release:s put:q#9 get:q
    `);
    const uses = columnsOf(trace).slice(-8) as { other: number }[];
    expect(uses.map(({ other }) => other)).toEqual([1, 2, 1, 1, 0, 1, 9, 8]);
  });

  it('takes a column for as long as it is told', () => {
    const trace = traceFromText('main | . print=hi', { column: 500 });
    expect(trace.time.at(-1)).toBe(500);
    expect(describeIntervals(trace, 500)).toBe('main: ready 0-1, run 1-');
  });

  it('finds tasks and objects by name', () => {
    const model = buildModel(traceFromText('main | put:q'));
    expect(taskNamed(model, 'main')).toBe(2);
    expect(objectNamed(model, 'q')).toBe(1);
    expect(() => taskNamed(model, 'nobody')).toThrow('unknown task: nobody');
  });

  it.each([
    ['main | dance', 'unknown verb in a drawing: dance'],
    ['main | put:', 'invalid deed in a drawing: put:'],
    ['main * put:q', 'invalid line of a drawing: main * put:q'],
    ['q = cube\nmain | .', 'unknown type of object in a drawing: cube'],
    ['m = lock\nmain | block:m put:q', 'main cannot do put:q in column 1: it is blocked'],
    ['main | fork:w\nw | . exit print=late', 'w cannot do print=late in column 2: it is ended'],
    ['main | release:m>w\nw | .', 'release:m>w wakes a task that is ready'],
    ['main | join:nobody', 'unknown task in a drawing: nobody'],
    ['a | run\na | run', 'duplicate task in a drawing: a'],
    ['main | block:q', 'unknown object in a drawing: q (say what it is: q = lock)'],
    ['m = lock\nmain | block:m/hunger', 'unknown reason in a drawing: block:m/hunger'],
  ])('objects to %j', (drawing, message) => {
    expect(() => traceFromText(drawing)).toThrow(message);
  });
});
