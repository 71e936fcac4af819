import { describe, expect, it } from 'vitest';
import { INIT_PID, type ObjectId, type Tid } from '../protocol/ids';
import { describeInterval } from './describe';
import { buildModel, ModelBuilder } from './model';
import { randomRecords } from './test-support/random-trace';
import { RecordWriter } from './test-support/record-writer';
import { TraceBuilder } from './trace-builder';
import { describeIntervals, describeLinks, objectNamed, taskNamed, traceFromText } from './trace-text';
import type { TraceModel } from './trace';

function modelFromText(drawing: string): TraceModel {
  return buildModel(traceFromText(drawing));
}

function modelOfRecords(writer: RecordWriter): TraceModel {
  const builder = new TraceBuilder({ clock: 'real' });
  builder.append(writer.take());
  return buildModel(builder.snapshot());
}

function seriesOf(model: TraceModel, name: string): [number, number][] {
  const series = model.series.find(({ object }) => object === objectNamed(model, name));
  if (series === undefined) return [];
  return [...series.times].map((time, step) => [time / 1e6, series.values[step]]);
}

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
      name: 'p', pid: p.tid, parent: 2, creator: 2, method: 'fork', daemon: true, status: 3, endedAt: 2e6, reapedAt: 3e6,
    });
    expect(t).toMatchObject({ name: 't', pid: p.tid, creator: p.tid, parent: 0, method: 'thread', daemon: false, status: 0 });
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
    const model = modelOfRecords(new RecordWriter()
      .write({ kind: 'task-new', other: 2, object: 2, value: 'Process-1' })
      .write({ kind: 'task-name', task: 2, other: 2, value: 'cook' }));
    expect(model.tasks.map(({ name }) => name)).toEqual(['cook']);
  });

  it('say why they ended where the kernel did', () => {
    const model = modelOfRecords(new RecordWriter()
      .write({ kind: 'task-new', other: 2, object: 2, value: 'main' })
      .write({ kind: 'task-exit', task: 2, other: 1, value: 'ReferenceError: x is not defined' }));
    expect(model.tasks[0]).toMatchObject({ status: 1, ending: 'ReferenceError: x is not defined' });
  });
});

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
    expect(describeIntervals(model)).toBe([
      'main: run 0-2, asleep 2-4, ready 4-5, run 5-8, exit, zombie 8-',
      'w: ready 0-1, run 1-3, ready 3-4, run 4-5, exit, zombie 5-7',
    ].join('\n'));
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
      reason: 'queue empty', object: objectNamed(model, 'q'), place: 14, start: 1e6, end: 2e6, cause: 'woken', open: false,
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
      state: 'blocked', reason: 'join', other: taskNamed(model, 'w'), open: true, endedBy: -1, end: 2e6,
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
    expect(describeIntervals(model)).toBe([
      'main: run 0-', 'w: ready 0-1, blocked on q (queue empty) 1-3, killed by 9, zombie 3-4',
    ].join('\n'));
  });

  it('are not changed by what a dead task seems to do', () => {
    const model = modelOfRecords(new RecordWriter()
      .write({ kind: 'task-new', time: 0, other: 2, object: 2 })
      .write({ kind: 'task-run', time: 1, task: 2 })
      .write({ kind: 'task-exit', time: 2, task: 2 })
      .write({ kind: 'task-ready', time: 3, task: 2, detail: 1 })
      .write({ kind: 'task-run', time: 4, task: 2 }));
    expect(model.intervals.get(2 as Tid)?.map(({ state }) => state)).toEqual(['new', 'running', 'zombie']);
  });

  it('begin where a task is first heard of, if its creation is missing', () => {
    const model = modelOfRecords(new RecordWriter()
      .write({ kind: 'task-run', time: 5, task: 7 })
      .write({ kind: 'task-block', time: 8, task: 7, detail: 15 }));
    expect(describeIntervals(model, 1)).toBe('task 7: run 5-8, asleep 8-');
    expect(model.taskByTid.get(7 as Tid)).toMatchObject({ createdAt: 5, pid: 7 });
  });
});

describe('objects of a model', () => {
  it('know type, name, size and maker', () => {
    const model = modelFromText(`
      tasks = joinable-queue 4
      main | run
    `);
    expect(model.objects).toEqual([
      { id: 1, type: 'joinable queue', name: 'tasks', named: true, creator: 2, createdAt: 0, initial: 4, partOf: 0 },
    ]);
  });

  it('without a name are called by type and number until they get one', () => {
    const writer = new RecordWriter()
      .write({ kind: 'object-new', object: 3, detail: 8 })
      .write({ kind: 'object-new', object: 4, detail: 11 })
      .write({ kind: 'object-part', object: 4, other: 3 });
    const before = modelOfRecords(writer);
    expect(before.objects.map(({ name, named }) => [name, named])).toEqual([['queue 3', false], ['pipe 4', false]]);
    expect(before.objects[1].partOf).toBe(3);
    const after = modelOfRecords(new RecordWriter()
      .write({ kind: 'object-new', object: 3, detail: 8 }).write({ kind: 'object-name', object: 3, value: 'q' }));
    expect(after.objects.map(({ name, named }) => [name, named])).toEqual([['q', true]]);
  });

  it('are known from their use where their making is missing', () => {
    const model = modelOfRecords(new RecordWriter().write({ kind: 'put', object: 5, other: 1 }));
    expect(model.objectById.get(5 as ObjectId)).toMatchObject({ type: 'queue', name: 'queue 5', named: false });
  });
});

describe('series of a model', () => {
  it('count the items of a queue', () => {
    const model = modelFromText(`
      q = queue 2
      main | . put:q put:q get:q
    `);
    expect(seriesOf(model, 'q')).toEqual([[0, 0], [1, 1], [2, 2], [3, 1]]);
    expect(model.series[0].maximum).toBe(2);
  });

  it('add up both ways of a pipe', () => {
    const model = modelFromText('main | send:p/0#10 send:p/1#5 receive:p/0#0');
    expect(seriesOf(model, 'p')).toEqual([[0, 0], [0, 10], [1, 15], [2, 5]]);
  });

  it('follow the value of a semaphore from its beginning', () => {
    const model = modelFromText(`
      s = bounded-semaphore 3
      main | . acquire:s acquire:s release:s
    `);
    expect(seriesOf(model, 's')).toEqual([[0, 3], [1, 2], [2, 1], [3, 2]]);
  });

  it('follow slot 0 of a shared value, where it is a number', () => {
    const model = modelFromText(`
      v = value 5
      main | store:v=6 store:v=-2.5 store:v=word store:v#1=9
    `);
    expect(seriesOf(model, 'v')).toEqual([[0, 5], [0, 6], [1, -2.5]]);
  });

  it('count the jobs that wait in a pool', () => {
    const model = modelFromText('main | submit:p#1 submit:p#2 start:p#1');
    expect(seriesOf(model, 'p')).toEqual([[0, 0], [0, 1], [1, 2], [2, 1]]);
  });

  it('are not made for locks', () => {
    expect(modelFromText('main | acquire:m release:m').series).toEqual([]);
  });
});

describe('links of a model', () => {
  it('join the nth put with the nth get', () => {
    expect(describeLinks(modelFromText(`
      main | put:q=1,thread:w  put:q=2  .      .      put:q=3
      w    | .                 .        get:q  get:q  .
    `))).toBe(['start main 0 -> w 2', 'message main 0 -> w 2 (q)', 'message main 1 -> w 3 (q)'].join('\n'));
  });

  it('keep the two ways of a pipe apart', () => {
    expect(describeLinks(modelFromText(`
      a | send:p/1  .         receive:p/0
      b | .         send:p/0  .            receive:p/1
    `))).toBe(['message b 1 -> a 2 (p)', 'message a 0 -> b 3 (p)'].join('\n'));
  });

  it('match a stream of bytes by its bytes, and nothing at the end of the file', () => {
    // Two writes of 4 bytes are read in three: 6, 1, 1; then the end.
    expect(describeLinks(modelFromText(`
      a | send:p#4  send:p#8  .              .              .              .
      b | .         .         receive:p#2=6  receive:p#1=1  receive:p#0=1  receive:p#0=0
    `))).toBe(['message a 0 -> b 2 (p)', 'message a 1 -> b 3 (p)', 'message a 1 -> b 4 (p)'].join('\n'));
    expect(describeLinks(modelFromText(`
      a | send:p#4  send:p#8  .
      b | .         .         receive:p#0=8
    `))).toBe(['message a 0 -> b 2 (p)', 'message a 1 -> b 2 (p)'].join('\n'));
  });

  it('join the nth send with the nth receive where nothing is said of bytes', () => {
    expect(describeLinks(modelFromText(`
      a | send:p#0=x  send:p#0=y  .              .
      b | .           .           receive:p#0=x  receive:p#0=y
    `))).toBe(['message a 0 -> b 2 (p)', 'message a 1 -> b 3 (p)'].join('\n'));
  });

  it('join who gave up the GIL with who took it next', () => {
    const model = modelOfRecords(new RecordWriter()
      .write({ kind: 'task-new', other: 2, object: 2, value: 'a' }).write({ kind: 'task-new', other: 3, object: 2, value: 'b' })
      .write({ kind: 'object-new', task: 2, object: 1, detail: 16, value: 'GIL' })
      .write({ kind: 'acquire', task: 2, object: 1, other: 1 }).write({ kind: 'task-run', task: 2 })
      .write({ kind: 'task-ready', time: 1, task: 3, other: 2 })
      .write({ kind: 'task-block', time: 1, task: 3, object: 1, other: 2, place: 7, detail: 1 })
      .write({ kind: 'release', time: 5, task: 2, object: 1, place: 9 })
      .write({ kind: 'acquire', time: 6, task: 3, object: 1, other: 1, place: 9 }).write({ kind: 'task-run', time: 6, task: 3 }));
    expect(describeLinks(model, 1)).toBe('hand-over a 5 -> b 6 (GIL)');
    const wait = model.intervals.get(3 as Tid)?.find(({ state }) => state === 'blocked');
    expect(wait).toMatchObject({ reason: 'gil', start: 1, end: 6, place: 0, other: 2 });
    expect(wait && describeInterval(model, wait)).toBe('b waited 5 ns for the GIL; a gave it up at line 9');
  });

  it('join the release of a lock with the acquire of the task it woke', () => {
    expect(describeLinks(modelFromText(`
      a | acquire:m  .        .        release:m>b  .          .            .
      b | .          block:m  .        .            acquire:m  release:m>c  .
      c | .          .        block:m  .            .          .            acquire:m
    `))).toBe(['hand-over a 3 -> b 4 (m)', 'hand-over b 5 -> c 6 (m)'].join('\n'));
  });

  it('do not say handed over where another was faster', () => {
    expect(describeLinks(modelFromText(`
      a | acquire:m  .        release:m>b  acquire:m  .        release:m>b  .
      b | .          block:m  .            .          block:m  .            acquire:m
    `))).toBe('hand-over a 5 -> b 6 (m)');
  });

  it('join a lock given at once, where the acquire stands before the wake-up', () => {
    const model = modelOfRecords(new RecordWriter()
      .write({ kind: 'task-new', other: 2, object: 2, value: 'a' }).write({ kind: 'task-new', other: 3, object: 3, value: 'b' })
      .write({ kind: 'task-block', time: 1, task: 3, object: 5, detail: 2 })
      .write({ kind: 'release', time: 2, task: 2, object: 5 })
      .write({ kind: 'acquire', time: 2, task: 3, object: 5 })
      .write({ kind: 'task-ready', time: 2, task: 3, object: 5, other: 2, detail: 1 })
      .write({ kind: 'task-run', time: 3, task: 3 })
      .write({ kind: 'acquire', time: 9, task: 3, object: 5 }));
    expect(describeLinks(model, 1)).toBe('hand-over a 2 -> b 2 (lock 5)');
  });

  it('join a lock passed on by a dying task with the release, not with the killer', () => {
    const model = modelOfRecords(new RecordWriter()
      .write({ kind: 'task-new', other: 2, object: 2, value: 'a' }).write({ kind: 'task-new', other: 3, object: 3, value: 'b' })
      .write({ kind: 'task-new', other: 4, object: 4, value: 'killer' })
      .write({ kind: 'task-block', time: 1, task: 3, object: 5, detail: 2 })
      .write({ kind: 'release', time: 2, task: 2, object: 5 })
      .write({ kind: 'signal-send', time: 3, task: 4, other: 6, detail: 9 })
      .write({ kind: 'task-ready', time: 3, task: 3, object: 5, other: 4, detail: 1 })
      .write({ kind: 'acquire', time: 4, task: 3, object: 5 }));
    expect(describeLinks(model, 1)).toBe('hand-over a 2 -> b 4 (lock 5)');
  });

  it('join exits with those who waited for them, by name or for any', () => {
    expect(describeLinks(modelFromText(`
      main | fork:a,fork:b  join:a  .          .     wait  .          .
      a    | .              .       exit>main  .     .     .          .
      b    | .              .       .          .     .     exit>main  .
    `))).toBe([
      'start main 0 -> a 2', 'join a 2 -> main 2', 'start main 0 -> b 5', 'join b 5 -> main 5',
    ].join('\n'));
  });

  it('join the end of a killed process, not its killer, with who waited', () => {
    const model = modelOfRecords(new RecordWriter()
      .write({ kind: 'task-new', other: 2, object: 2, value: 'main' }).write({ kind: 'task-new', task: 2, other: 3, object: 3, value: 'p' })
      .write({ kind: 'task-new', task: 2, other: 4, object: 2, value: 't' })
      .write({ kind: 'task-block', time: 1, task: 4, detail: 14 })
      .write({ kind: 'task-exit', time: 2, task: 3, other: -9 })
      .write({ kind: 'task-ready', time: 2, task: 4, other: 2, detail: 1 }));
    expect(describeLinks(model, 1)).toBe('join p 2 -> t 2');
  });

  it('join signals with their delivery or with the death they caused', () => {
    expect(describeLinks(modelFromText(`
      main | fork:w  signal:w=15  signal:w=15  .        signal:w=9  .
      w    | run     .            .            take=15  .           exit=-9
    `))).toBe(['start main 0 -> w 0', 'signal main 1 -> w 3', 'signal main 4 -> w 5'].join('\n'));
  });

  it('join notifications, events, barriers and finished work with those they woke', () => {
    expect(describeLinks(modelFromText(`
      c = condition
      e = event
      r = barrier 2
      q = joinable-queue
      a | .        notify:c>b  .        set:e>b  .                   arrive:r,open:r>b  .                   done:q#0>b
      b | block:c  .           block:e  .        arrive:r,block:r    .                  block:q/unfinished  .
    `))).toBe(['notify a 1 -> b 1 (c)', 'notify a 3 -> b 3 (e)', 'notify a 5 -> b 5 (r)', 'notify a 7 -> b 7 (q)'].join('\n'));
  });

  it('join a job with its beginning, and its result with who waited for it', () => {
    expect(describeLinks(modelFromText(`
      p = pool 1
      main | .        submit:p#1>w  .
      w    | block:p  .             start:p#1
    `))).toBe('message main 1 -> w 2 (p)');
    expect(describeLinks(modelFromText(`
      p = pool 1
      main | block:p  .                run
      w    | .        finish:p#1>main  .
    `))).toBe('notify w 1 -> main 1 (p)');
  });

  it('have no arrow for a wait that timed out', () => {
    expect(describeLinks(modelFromText(`
      a | acquire:m  .        .        release:m  .
      b | .          block:m  timeout  .          acquire:m
    `))).toBe('');
  });

  it('stand in the order of the events they lead to', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const builder = new TraceBuilder({ clock: 'real' });
      builder.append(randomRecords(seed, 2000));
      const { links } = buildModel(builder.snapshot());
      expect(links.length).toBeGreaterThan(0);
      links.slice(1).forEach((link, index) => expect(link.toEvent).toBeGreaterThanOrEqual(links[index].toEvent));
      for (const { fromEvent, toEvent } of links) expect(fromEvent).toBeLessThanOrEqual(toEvent);
    }
  });
});

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
    expect(model.findings).toMatchObject([{ text: 'a', time: 0 }]);
    expect(model.panic).toBe('b');
    expect(model.end).toEqual({ reason: 'panic', status: 0 });
    expect(model.endTime).toBe(2e6);
  });

  it('is empty for an empty trace', () => {
    const model = buildModel(new TraceBuilder({ clock: 'real' }).snapshot());
    expect(model).toMatchObject({ tasks: [], objects: [], series: [], links: [], output: [], findings: [], endTime: 0 });
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
    const copy = structuredClone({ ...early, trace: null });
    builder.append(records.subarray(8 * 400));
    growing.update(builder.snapshot());
    expect({ ...early, trace: null }).toEqual(copy);
  });
});
