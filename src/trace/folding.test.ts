import { describe, expect, it } from 'vitest';
import { makePlace, type ObjectId, type Tid } from '../protocol/ids';
import { BlockReasonCode, ObjectTypeCode, ReadyCauseCode, StartMethodCode } from '../protocol/words';
import { describeInterval } from './describe';
import { foldMachinery } from './folding';
import { objectLabel, taskLabel } from './labels';
import { buildModel } from './model';
import { RecordWriter } from './test-support/record-writer';
import { TraceBuilder } from './trace-builder';
import type { TraceModel } from './trace';

const MAIN = 2 as Tid;
const CONSUMER = 3 as Tid;
const FEEDER = 4 as Tid;
const Q = 1 as ObjectId;
const PIPE = 2 as ObjectId;
const MACHINERY = 2;

/** A consumer waits in `q.get()`; the main process puts; a feeder thread carries the item through the pipe inside. */
function queueOverPipe(): TraceModel {
  const writer = new RecordWriter();
  const task = (creator: number, other: number, pid: number, name: string, method: number, extra = 0): RecordWriter =>
    writer.write({ kind: 'task-new', task: creator, other, object: pid, value: name, detail: method, extra });
  task(0, MAIN, MAIN, 'main', StartMethodCode.initial);
  task(MAIN, CONSUMER, CONSUMER, 'consumer', StartMethodCode.fork);
  task(MAIN, FEEDER, MAIN, 'QueueFeederThread', StartMethodCode.thread, MACHINERY);
  writer
    .write({ kind: 'object-new', task: MAIN, object: Q, detail: ObjectTypeCode.queue, value: 'q' })
    .write({ kind: 'object-new', task: MAIN, object: PIPE, detail: ObjectTypeCode.pipe })
    .write({ kind: 'object-part', task: MAIN, object: PIPE, other: Q })
    .write({ kind: 'task-run', task: CONSUMER, time: 10 })
    .write({ kind: 'call', task: CONSUMER, time: 20, object: Q, value: 'get()', place: makePlace(0, 7) })
    .write({ kind: 'task-block', task: CONSUMER, time: 30, object: PIPE, detail: BlockReasonCode['pipe empty'] })
    .write({ kind: 'task-run', task: MAIN, time: 40 })
    .write({ kind: 'call', task: MAIN, time: 50, object: Q, value: 'put(5)', place: makePlace(0, 9) })
    .write({ kind: 'put', task: MAIN, time: 50, object: Q, other: 1, value: 5, place: makePlace(0, 9) })
    .write({ kind: 'return', task: MAIN, time: 60, object: Q })
    .write({ kind: 'task-run', task: FEEDER, time: 70 })
    .write({ kind: 'send', task: FEEDER, time: 80, object: PIPE, other: 8, value: 8 })
    .write({ kind: 'task-ready', task: CONSUMER, time: 80, object: PIPE, other: FEEDER, detail: ReadyCauseCode.woken })
    .write({ kind: 'task-run', task: CONSUMER, time: 90 })
    .write({ kind: 'receive', task: CONSUMER, time: 95, object: PIPE, value: 8 })
    .write({ kind: 'get', task: CONSUMER, time: 100, object: Q, value: 5, place: makePlace(0, 7) })
    .write({ kind: 'return', task: CONSUMER, time: 110, object: Q });
  const builder = new TraceBuilder({ clock: 'real' });
  builder.addFile(0, 'main.py');
  builder.append(writer.take());
  return buildModel(builder.snapshot());
}

describe('folding the machinery away', () => {
  it('leaves out the threads and objects that a library made for itself', () => {
    const folded = foldMachinery(queueOverPipe());
    expect(folded.tasks.map((task) => task.name)).toEqual(['main', 'consumer']);
    expect(folded.objects.map((object) => object.name)).toEqual(['q']);
    expect([...folded.intervals.keys()]).toEqual([MAIN, CONSUMER]);
    expect(folded.series.map((series) => series.object)).toEqual([Q]);
  });

  it('makes of a wait inside an operation a wait of the program', () => {
    const model = queueOverPipe();
    const raw = model.intervals.get(CONSUMER)?.find((interval) => interval.state === 'blocked');
    expect(raw).toMatchObject({ reason: 'pipe empty', object: PIPE });
    const wait = foldMachinery(model).intervals.get(CONSUMER)?.find((interval) => interval.state === 'blocked');
    expect(wait).toMatchObject({ reason: 'queue empty', object: Q, start: 30, end: 80 });
  });

  it('names who put the item, not the thread that carried it', () => {
    const folded = foldMachinery(queueOverPipe());
    const wait = folded.intervals.get(CONSUMER)?.find((interval) => interval.state === 'blocked');
    if (wait === undefined) throw new Error('the consumer does not wait');
    expect(describeInterval(folded, wait)).toBe('consumer waited 50 ns for q to have an item; main put it at line 9');
  });

  it('keeps the arrow from put to get and drops those below', () => {
    const folded = foldMachinery(queueOverPipe());
    const messages = folded.links.filter((link) => link.kind === 'message');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ from: MAIN, to: CONSUMER, object: Q });
  });

  it('takes a wait for a process that ends, by whatever means, for a join, and hides what starting it needs', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(new RecordWriter()
      .write({ kind: 'task-new', other: MAIN, object: MAIN, value: 'main' })
      .write({ kind: 'call', task: MAIN, time: 10, value: 'Process-1.start()' })
      .write({ kind: 'object-new', task: MAIN, time: 15, object: PIPE, detail: ObjectTypeCode.pipe })
      .write({ kind: 'return', task: MAIN, time: 20 })
      .write({ kind: 'call', task: MAIN, time: 30, value: 'Thread-1 (work).join()' })
      .write({ kind: 'task-block', task: MAIN, time: 40, object: PIPE, detail: BlockReasonCode.select })
      .write({ kind: 'task-ready', task: MAIN, time: 90, detail: ReadyCauseCode['timed out'] })
      .write({ kind: 'return', task: MAIN, time: 95 })
      .take());
    const folded = foldMachinery(buildModel(builder.snapshot()));
    expect(folded.objects).toEqual([]);
    const wait = folded.intervals.get(MAIN)?.find((interval) => interval.state === 'blocked');
    expect(wait).toMatchObject({ reason: 'join', object: 0, start: 40, end: 90, cause: 'timed out' });
  });

  it('names what it left out by what that is inside of, and its threads by their names', () => {
    const model = queueOverPipe();
    const folded = foldMachinery(model);
    expect(objectLabel(folded, PIPE)).toBe('the pipe inside q');
    expect(taskLabel(folded, FEEDER)).toBe('QueueFeederThread');
    expect(objectLabel(model, PIPE)).toBe('pipe 2');
  });

  it('does not take a wait for a thread of the library that begins for one of the program', () => {
    const lock = 3 as ObjectId;
    const builder = new TraceBuilder({ clock: 'virtual' });
    builder.append(new RecordWriter()
      .write({ kind: 'task-new', other: MAIN, object: MAIN, value: 'main' })
      .write({ kind: 'object-new', task: MAIN, object: Q, detail: ObjectTypeCode.queue, value: 'q', other: 3 })
      .write({ kind: 'call', task: MAIN, time: 10, object: Q, value: 'put(5)' })
      .write({ kind: 'task-new', task: MAIN, time: 20, other: FEEDER, object: MAIN, value: 'QueueFeederThread', detail: StartMethodCode.thread, extra: MACHINERY })
      .write({ kind: 'object-new', task: MAIN, time: 20, object: lock, detail: ObjectTypeCode.lock })
      .write({ kind: 'object-part', task: MAIN, time: 20, object: lock, other: Q })
      .write({ kind: 'task-block', task: MAIN, time: 30, object: lock, detail: BlockReasonCode.lock })
      .write({ kind: 'release', task: FEEDER, time: 60, object: lock })
      .write({ kind: 'task-ready', task: MAIN, time: 60, object: lock, other: FEEDER, detail: ReadyCauseCode.woken })
      .write({ kind: 'return', task: MAIN, time: 70, object: Q })
      .take());
    const folded = foldMachinery(buildModel(builder.snapshot()));
    const wait = folded.intervals.get(MAIN)?.find((interval) => interval.state === 'blocked');
    if (wait === undefined) throw new Error('the first put does not wait');
    expect(describeInterval(folded, wait)).toBe('main waited 30 ns for the lock inside q; QueueFeederThread released it');
  });

  it('gives back the same model where there is no machinery', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(new RecordWriter().write({ kind: 'task-new', other: MAIN, object: MAIN, value: 'main' }).take());
    const model = buildModel(builder.snapshot());
    expect(foldMachinery(model)).toBe(model);
  });
});
