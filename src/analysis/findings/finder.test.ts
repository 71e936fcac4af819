import { describe, expect, it } from 'vitest';
import { makePlace } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import { EndReasonCode, ObjectTypeCode, ReadyCauseCode, StartMethodCode } from '../../protocol/words';
import { describeFinding } from '../../trace/describe-finding';
import { buildModel } from '../../trace/model';
import { RecordWriter } from '../../trace/test-support/record-writer';
import { TraceBuilder } from '../../trace/trace-builder';
import { Finder } from './finder';

const [MAIN, A, B] = [2, 3, 4];
const LOCK = 7;

/** A run of two threads of main, by what they do; each deed is a microsecond later and, where it says no line, at line 1. */
class Story {
  private readonly writer = new RecordWriter().file(0, 'main.py');
  private time = 0;

  constructor() {
    this.thread(1, MAIN, 'main', StartMethodCode.initial);
    this.thread(MAIN, A, 'a').thread(MAIN, B, 'b');
    this.writer.write({ kind: 'object-new', detail: ObjectTypeCode.lock, task: MAIN, object: LOCK, value: 'lock' });
  }

  private thread(creator: number, tid: number, name: string, method: number = StartMethodCode.thread): this {
    return this.write('task-new', creator, { detail: method, object: MAIN, other: tid, value: name });
  }

  write(kind: keyof typeof EventKindCode, task: number, fields: { [field: string]: number | string | undefined } = {}): this {
    this.writer.write({ kind, task, time: (this.time += 1000), place: makePlace(0, 1), ...fields });
    return this;
  }

  read(task: number, line: number): this {
    return this.write('variable-read', task, { other: 1, value: 'n', place: makePlace(0, line) });
  }

  store(task: number, line: number): this {
    return this.write('variable-write', task, { other: 1, value: 'n', place: makePlace(0, line) });
  }

  locked(task: number, deed: () => void): this {
    this.write('acquire', task, { object: LOCK });
    deed();
    return this.write('release', task, { object: LOCK });
  }

  /** The sentences of what is found, in the order of their moments; `cut`: how the records come. */
  found(cut = false): string[] {
    this.write('run-end', 0, { detail: EndReasonCode.finished });
    const builder = new TraceBuilder({ clock: 'virtual' }, new Finder(true));
    for (const records of cut ? this.writer.takeSingly() : [this.writer.take()]) builder.append(records);
    const model = buildModel(builder.snapshot());
    expect(model.trace.kind[model.trace.length - 1]).toBe(EventKindCode['run-end']);
    return model.findings.map(({ event }) => describeFinding(model, event));
  }
}

describe('findings', () => {
  it('are a data race where nothing orders a write and another access, with both lines', () => {
    const story = (): Story => new Story().store(A, 5).read(B, 9);
    const sentence = 'data race on n: read by b (main.py:9), and write by a (main.py:5) at 4 µs, which nothing puts in order';
    expect(story().found()).toEqual([sentence]);
    expect(story().found(true)).toEqual([sentence]);
  });

  it('are none where two only read, or one task does both', () => {
    expect(new Story().read(A, 5).read(B, 9).found()).toEqual([]);
    expect(new Story().store(A, 5).read(A, 6).store(A, 7).found()).toEqual([]);
  });

  it('are none where a lock orders the accesses, and are one where it was another lock', () => {
    const ordered = new Story();
    ordered.locked(A, () => ordered.store(A, 5)).locked(B, () => ordered.store(B, 9));
    expect(ordered.found()).toEqual([]);
    const other = new Story();
    other.locked(A, () => other.store(A, 5));
    other.write('acquire', B, { object: 8 }).store(B, 9).write('release', B, { object: 8 });
    expect(other.found()).toEqual([expect.stringContaining('data race on n')]);
  });

  it('are none where the one starts the other, waits for its end, wakes it or passes it something', () => {
    const story = new Story().store(A, 5);
    story.write('task-new', A, { detail: StartMethodCode.thread, object: MAIN, other: 9, value: 'c' }).store(9, 6);
    story.write('task-exit', 9).write('task-join', MAIN, { other: 9 }).store(MAIN, 7);
    story.write('task-ready', B, { detail: ReadyCauseCode.woken, other: MAIN }).store(B, 8);
    story.write('put', B, { object: 5 }).write('get', A, { object: 5 }).store(A, 9);
    expect(story.found()).toEqual([]);
  });

  it('see a race although an access in between was ordered', () => {
    const story = new Story().read(A, 5);
    story.locked(B, () => story.store(B, 9));
    expect(story.found()).toEqual([expect.stringContaining('write by b (main.py:9), and read by a (main.py:5)')]);
  });

  it('are a lost update where a write comes between a read and the write that was made of it, even if each was locked', () => {
    const story = new Story();
    const each = (task: number, deed: () => void): Story => story.locked(task, deed);
    each(A, () => story.read(A, 5));
    each(B, () => story.read(B, 5));
    each(B, () => story.store(B, 5));
    each(A, () => story.store(A, 5));
    expect(story.found()).toEqual([
      'lost update of n: a read it (main.py:5), b wrote it (main.py:5), and a wrote over that (main.py:5) what it had made of the older value',
    ]);
  });

  it('are no lost update where the task has read what the other wrote', () => {
    const story = new Story();
    for (const task of [A, B, A, B]) story.locked(task, () => story.read(task, 5).store(task, 5));
    expect(story.found()).toEqual([]);
  });

  it('are no lost update where the task did something else before it wrote elsewhere', () => {
    const story = new Story();
    story.locked(A, () => story.read(A, 5));
    story.locked(B, () => story.store(B, 8));
    story.write('output', A, { detail: 1, value: 'x' });
    story.locked(A, () => story.store(A, 9));
    expect(story.found()).toEqual([]);
  });

  it('are said once for each pair of lines', () => {
    const story = new Story();
    for (let round = 0; round < 5; round++) story.store(A, 5).store(B, 5);
    expect(story.found()).toHaveLength(1);
  });

  it('are items left in a queue, and a child that was left uncollected', () => {
    const story = new Story();
    story.write('object-new', MAIN, { detail: ObjectTypeCode.queue, object: 5, value: 'q' });
    story.write('put', MAIN, { object: 5, other: 1 }).write('put', MAIN, { object: 5, other: 2, place: makePlace(0, 4) });
    story.write('get', A, { object: 5, other: 1 });
    story.write('task-new', MAIN, { detail: StartMethodCode.fork, object: 9, other: 9, value: 'child', place: makePlace(0, 3) });
    story.write('task-exit', 9).write('task-exit', MAIN);
    expect(story.found()).toEqual([
      'child never joined: child, which was started (main.py:3), ended before main, and main ended without having waited for it',
      'queue never drained: one item was left in q at the end; main put the last (main.py:4)',
    ]);
  });
});
