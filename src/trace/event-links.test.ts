import { describe, expect, it } from 'vitest';
import type { Tid } from '../protocol/ids';
import { describeInterval } from './describe';
import { buildModel } from './model';
import { modelFromText, modelOfRecords } from './test-support/models';
import { randomRecords } from './test-support/random-trace';
import { RecordWriter } from './test-support/record-writer';
import { TraceBuilder } from './trace-builder';
import { describeLinks } from './trace-text';

describe('links of a model', () => {
  it('join the nth put with the nth get', () => {
    expect(
      describeLinks(
        modelFromText(`
      main | put:q=1,thread:w  put:q=2  .      .      put:q=3
      w    | .                 .        get:q  get:q  .
    `),
      ),
    ).toBe(['start main 0 -> w 2', 'message main 0 -> w 2 (q)', 'message main 1 -> w 3 (q)'].join('\n'));
  });

  it('keep the two ways of a pipe apart', () => {
    expect(
      describeLinks(
        modelFromText(`
      a | send:p/1  .         receive:p/0
      b | .         send:p/0  .            receive:p/1
    `),
      ),
    ).toBe(['message b 1 -> a 2 (p)', 'message a 0 -> b 3 (p)'].join('\n'));
  });

  it('match a stream of bytes by its bytes, and nothing at the end of the file', () => {
    // Two writes of 4 bytes are read in three: 6, 1, 1; then the end.
    expect(
      describeLinks(
        modelFromText(`
      a | send:p#4  send:p#8  .              .              .              .
      b | .         .         receive:p#2=6  receive:p#1=1  receive:p#0=1  receive:p#0=0
    `),
      ),
    ).toBe(['message a 0 -> b 2 (p)', 'message a 1 -> b 3 (p)', 'message a 1 -> b 4 (p)'].join('\n'));
    expect(
      describeLinks(
        modelFromText(`
      a | send:p#4  send:p#8  .
      b | .         .         receive:p#0=8
    `),
      ),
    ).toBe(['message a 0 -> b 2 (p)', 'message a 1 -> b 2 (p)'].join('\n'));
  });

  it('join the nth send with the nth receive where nothing is said of bytes', () => {
    expect(
      describeLinks(
        modelFromText(`
      a | send:p#0=x  send:p#0=y  .              .
      b | .           .           receive:p#0=x  receive:p#0=y
    `),
      ),
    ).toBe(['message a 0 -> b 2 (p)', 'message a 1 -> b 3 (p)'].join('\n'));
  });

  it('join who gave up the GIL with who took it next', () => {
    const model = modelOfRecords(
      new RecordWriter()
        .write({ kind: 'task-new', other: 2, object: 2, value: 'a' })
        .write({ kind: 'task-new', other: 3, object: 2, value: 'b' })
        .write({ kind: 'object-new', task: 2, object: 1, detail: 16, value: 'GIL' })
        .write({ kind: 'acquire', task: 2, object: 1, other: 1 })
        .write({ kind: 'task-run', task: 2 })
        .write({ kind: 'task-ready', time: 1, task: 3, other: 2 })
        .write({ kind: 'task-block', time: 1, task: 3, object: 1, other: 2, place: 7, detail: 1 })
        .write({ kind: 'release', time: 5, task: 2, object: 1, place: 9 })
        .write({ kind: 'acquire', time: 6, task: 3, object: 1, other: 1, place: 9 })
        .write({ kind: 'task-run', time: 6, task: 3 }),
    );
    expect(describeLinks(model, 1)).toBe('hand-over a 5 -> b 6 (GIL)');
    const wait = model.intervals.get(3 as Tid)?.find(({ state }) => state === 'blocked');
    expect(wait).toMatchObject({ reason: 'gil', start: 1, end: 6, place: 0, other: 2 });
    expect(wait && describeInterval(model, wait)).toBe('b waited 5 ns for the GIL; a gave it up at line 9');
  });

  it('join the release of a lock with the acquire of the task it woke', () => {
    expect(
      describeLinks(
        modelFromText(`
      a | acquire:m  .        .        release:m>b  .          .            .
      b | .          block:m  .        .            acquire:m  release:m>c  .
      c | .          .        block:m  .            .          .            acquire:m
    `),
      ),
    ).toBe(['hand-over a 3 -> b 4 (m)', 'hand-over b 5 -> c 6 (m)'].join('\n'));
  });

  it('do not say handed over where another was faster', () => {
    expect(
      describeLinks(
        modelFromText(`
      a | acquire:m  .        release:m>b  acquire:m  .        release:m>b  .
      b | .          block:m  .            .          block:m  .            acquire:m
    `),
      ),
    ).toBe('hand-over a 5 -> b 6 (m)');
  });

  it('join a lock given at once, where the acquire stands before the wake-up', () => {
    const model = modelOfRecords(
      new RecordWriter()
        .write({ kind: 'task-new', other: 2, object: 2, value: 'a' })
        .write({ kind: 'task-new', other: 3, object: 3, value: 'b' })
        .write({ kind: 'task-block', time: 1, task: 3, object: 5, detail: 2 })
        .write({ kind: 'release', time: 2, task: 2, object: 5 })
        .write({ kind: 'acquire', time: 2, task: 3, object: 5 })
        .write({ kind: 'task-ready', time: 2, task: 3, object: 5, other: 2, detail: 1 })
        .write({ kind: 'task-run', time: 3, task: 3 })
        .write({ kind: 'acquire', time: 9, task: 3, object: 5 }),
    );
    expect(describeLinks(model, 1)).toBe('hand-over a 2 -> b 2 (lock 5)');
  });

  it('join a lock passed on by a dying task with the release, not with the killer', () => {
    const model = modelOfRecords(
      new RecordWriter()
        .write({ kind: 'task-new', other: 2, object: 2, value: 'a' })
        .write({ kind: 'task-new', other: 3, object: 3, value: 'b' })
        .write({ kind: 'task-new', other: 4, object: 4, value: 'killer' })
        .write({ kind: 'task-block', time: 1, task: 3, object: 5, detail: 2 })
        .write({ kind: 'release', time: 2, task: 2, object: 5 })
        .write({ kind: 'signal-send', time: 3, task: 4, other: 6, detail: 9 })
        .write({ kind: 'task-ready', time: 3, task: 3, object: 5, other: 4, detail: 1 })
        .write({ kind: 'acquire', time: 4, task: 3, object: 5 }),
    );
    expect(describeLinks(model, 1)).toBe('hand-over a 2 -> b 4 (lock 5)');
  });

  it('join exits with those who waited for them, by name or for any', () => {
    expect(
      describeLinks(
        modelFromText(`
      main | fork:a,fork:b  join:a  .          .     wait  .          .
      a    | .              .       exit>main  .     .     .          .
      b    | .              .       .          .     .     exit>main  .
    `),
      ),
    ).toBe(
      ['start main 0 -> a 2', 'join a 2 -> main 2', 'start main 0 -> b 5', 'join b 5 -> main 5'].join('\n'),
    );
  });

  it('join the end of a killed process, not its killer, with who waited', () => {
    const model = modelOfRecords(
      new RecordWriter()
        .write({ kind: 'task-new', other: 2, object: 2, value: 'main' })
        .write({ kind: 'task-new', task: 2, other: 3, object: 3, value: 'p' })
        .write({ kind: 'task-new', task: 2, other: 4, object: 2, value: 't' })
        .write({ kind: 'task-block', time: 1, task: 4, detail: 14 })
        .write({ kind: 'task-exit', time: 2, task: 3, other: -9 })
        .write({ kind: 'task-ready', time: 2, task: 4, other: 2, detail: 1 }),
    );
    expect(describeLinks(model, 1)).toBe('join p 2 -> t 2');
  });

  it('join signals with their delivery or with the death they caused', () => {
    expect(
      describeLinks(
        modelFromText(`
      main | fork:w  signal:w=15  signal:w=15  .        signal:w=9  .
      w    | run     .            .            take=15  .           exit=-9
    `),
      ),
    ).toBe(['start main 0 -> w 0', 'signal main 1 -> w 3', 'signal main 4 -> w 5'].join('\n'));
  });

  it('join notifications, events, barriers and finished work with those they woke', () => {
    expect(
      describeLinks(
        modelFromText(`
      c = condition
      e = event
      r = barrier 2
      q = joinable-queue
      a | .        notify:c>b  .        set:e>b  .                   arrive:r,open:r>b  .                   done:q#0>b
      b | block:c  .           block:e  .        arrive:r,block:r    .                  block:q/unfinished  .
    `),
      ),
    ).toBe(
      [
        'notify a 1 -> b 1 (c)',
        'notify a 3 -> b 3 (e)',
        'notify a 5 -> b 5 (r)',
        'notify a 7 -> b 7 (q)',
      ].join('\n'),
    );
  });

  it('join a job with its beginning, and its result with who waited for it', () => {
    expect(
      describeLinks(
        modelFromText(`
      p = pool 1
      main | .        submit:p#1>w  .
      w    | block:p  .             start:p#1
    `),
      ),
    ).toBe('message main 1 -> w 2 (p)');
    expect(
      describeLinks(
        modelFromText(`
      p = pool 1
      main | block:p  .                run
      w    | .        finish:p#1>main  .
    `),
      ),
    ).toBe('notify w 1 -> main 1 (p)');
  });

  it('have no arrow for a wait that timed out', () => {
    expect(
      describeLinks(
        modelFromText(`
      a | acquire:m  .        .        release:m  .
      b | .          block:m  timeout  .          acquire:m
    `),
      ),
    ).toBe('');
  });

  it('stand in the order of the events they lead to', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const builder = new TraceBuilder({ clock: 'real' });
      builder.append(randomRecords(seed, 2000));
      const { links } = buildModel(builder.snapshot());
      expect(links.length).toBeGreaterThan(0);
      const ends = [...links.toEvents];
      expect(ends).toEqual(ends.toSorted((a, b) => a - b));
      for (const { fromEvent, toEvent } of links) expect(fromEvent).toBeLessThanOrEqual(toEvent);
    }
  });
});
