import { afterEach, describe, expect, it } from 'vitest';
import { makePlace, type ObjectId, type Place, type Tid } from '../protocol/ids';
import { EVENT_KINDS } from '../protocol/trace-events';
import { setLanguage } from '../text/translate';
import {
  describeEvent,
  describeInterval,
  describeLink,
  describeTask,
  objectLabel,
  placeLabel,
  signalLabel,
  taskLabel,
  valueLabel,
} from './describe';
import { buildModel } from './model';
import { RecordWriter } from './test-support/record-writer';
import { randomRecords } from './test-support/random-trace';
import { TraceBuilder } from './trace-builder';
import { taskNamed, traceFromText } from './trace-text';
import type { TraceModel } from './trace';

function modelFromText(drawing: string): TraceModel {
  return buildModel(traceFromText(drawing, { column: 600_000_000 }));
}

/** What is said of the first wait of the task called `name`. */
function wait(drawing: string, name: string): string {
  const model = modelFromText(drawing);
  const blocked = model.intervals.get(taskNamed(model, name))?.find(({ state }) => state === 'blocked');
  if (blocked === undefined) throw new Error(`${name} never waits`);
  return describeInterval(model, blocked);
}

const waitForItem = `
  q = queue 2
  producer | thread:consumer  .           .  put:q=3@9>consumer
  consumer | .                block:q@14  .  .
`;

afterEach(() => setLanguage('en'));

describe('the sentence on a wait', () => {
  it('says how long, for what, and who ended it on which line', () => {
    expect(wait(waitForItem, 'consumer')).toBe(
      'consumer waited 1.2 s for q to have an item; producer put it at line 9',
    );
  });

  it('says so in Chinese', () => {
    setLanguage('zh');
    expect(wait(waitForItem, 'consumer')).toBe(
      'consumer 等待 q 中有数据，历时 1.2 秒；producer 在第 9 行放入了数据',
    );
  });

  it.each([
    ['m = lock', 'block:m', 'release:m@4>w', 'w waited 600 ms for m; a released it at line 4'],
    ['s = semaphore', 'block:s', 'release:s>w', 'w waited 600 ms for a permit of s; a released one'],
    [
      'c = condition',
      'block:c',
      'notify:c@4>w',
      'w waited 600 ms for c to be notified; a notified it at line 4',
    ],
    ['e = event', 'block:e', 'set:e>w', 'w waited 600 ms for e to be set; a set it'],
    ['b = barrier 2', 'block:b', 'open:b>w', 'w waited 600 ms for the others at b; a came last'],
    ['b = barrier 2', 'block:b', 'break:b>w', 'w waited 600 ms for the others at b; a broke it'],
    [
      'q = queue 1',
      'block:q/queue-full',
      'get:q>w',
      'w waited 600 ms for q to have room; a took an item out',
    ],
    ['p = pipe', 'block:p', 'send:p=hi@7>w', 'w waited 600 ms for p to have a message; a sent it at line 7'],
    ['p = pipe', 'block:p', 'close:p@7>w', 'w waited 600 ms for p to have a message; a closed it at line 7'],
    [
      'j = joinable-queue',
      'block:j/unfinished',
      'done:j>w',
      'w waited 600 ms for every item of j to be done; a reported the last one done',
    ],
  ])('%s: %s, %s', (object, block, wake, sentence) => {
    expect(
      wait(
        `
      ${object}
      a | .         ${wake}
      w | ${block}  .
    `,
        'w',
      ),
    ).toBe(sentence);
  });

  it('says who has a lock that it does not get', () => {
    expect(wait('a | acquire:m . .\nb | . block:m .\nc | . . run', 'b')).toBe(
      'b has been waiting 600 ms for m, held by a',
    );
    expect(wait('a | acquire:m . .\nb | . block:m timeout', 'b')).toBe(
      'b waited 600 ms for m, held by a; its time ran out first',
    );
    setLanguage('zh');
    expect(wait('a | acquire:m . .\nb | . block:m .\nc | . . run', 'b')).toBe(
      'b 一直在等待由 a 持有的 m，已 600 毫秒',
    );
  });

  it('says of a join for whom, and of a wait for any child which one ended', () => {
    expect(
      wait(
        `
      main  | fork:child,join:child  .
      child | .                      exit>main
    `,
        'main',
      ),
    ).toBe('main waited 600 ms for child to end');
    expect(
      wait(
        `
      main  | fork:child,wait  .
      child | .                exit>main
    `,
        'main',
      ),
    ).toBe('main waited 600 ms for a child to end; child ended');
  });

  it('says of a sleep only how long', () => {
    expect(wait('w | sleep timeout', 'w')).toBe('w slept 600 ms');
    expect(wait('w | sleep interrupt', 'w')).toBe('w slept 600 ms; a signal interrupted it');
    expect(wait('w | sleep\na | . run', 'w')).toBe('w has been asleep 600 ms');
  });

  it('says when its time ran out, it was interrupted, killed, or outlasted the run', () => {
    expect(wait('m = lock\nw | block:m timeout', 'w')).toBe('w waited 600 ms for m; its time ran out first');
    expect(wait('m = lock\nw | block:m interrupt', 'w')).toBe(
      'w waited 600 ms for m; a signal interrupted it',
    );
    expect(wait('m = lock\nw | block:m exit=-9', 'w')).toBe('w waited 600 ms for m; it was ended first');
    expect(wait('m = lock\nw | block:m stop', 'w')).toBe('w waited 600 ms for m; a signal stopped it');
    expect(wait('m = lock\nw | block:m .\na | . end', 'w')).toBe(
      'w waited 600 ms for m; the run ended first',
    );
    expect(wait('m = lock\nw | block:m .\na | . run', 'w')).toBe('w has been waiting 600 ms for m');
  });
});

describe('the sentence on another state', () => {
  it('says what it was and how long', () => {
    const model = modelFromText('main | fork:w . run exit\nw | . run preempt stop exit');
    const sentences = [...model.intervals.values()]
      .flat()
      .filter(({ start, end }) => end > start)
      .map((interval) => describeInterval(model, interval));
    expect(sentences).toEqual([
      'main ran for 1.8 s',
      'main was a zombie for 600 ms: ended, its exit status not collected',
      'w was ready for 600 ms, waiting for its turn',
      'w ran for 600 ms',
      'w was ready for 600 ms: it had to let others run',
      'w was stopped for 600 ms',
    ]);
  });
});

describe('the sentence on an event', () => {
  it('names task, object, value and line', () => {
    const model = modelFromText(waitForItem);
    const put = model.trace.kind.indexOf(EVENT_KINDS.indexOf('put'));
    expect(describeEvent(model, put)).toBe('producer put 3 into q at line 9; it holds 1 now');
    expect(describeEvent(model, put + 1)).toBe('consumer is ready: producer woke it at line 9');
    const block = model.trace.kind.indexOf(EVENT_KINDS.indexOf('task-block'));
    expect(describeEvent(model, block)).toBe('consumer begins to wait for q to have an item at line 14');
    setLanguage('zh');
    expect(describeEvent(model, block)).toBe('consumer 在第 14 行开始等待 q 中有数据');
    expect(describeEvent(model, put)).toBe('producer 在第 9 行把 3 放入 q；其中现有 1 项');
  });

  it('exists for any event, without a gap in it', () => {
    for (const language of ['en', 'zh'] as const) {
      setLanguage(language);
      for (let seed = 1; seed <= 10; seed++) {
        const builder = new TraceBuilder({ clock: 'real' });
        builder.append(randomRecords(seed, 200));
        const model = buildModel(builder.snapshot());
        const sentences = [
          ...Array.from({ length: model.trace.length }, (_, event) => describeEvent(model, event)),
          ...[...model.links].map((link) => describeLink(model, link)),
          ...[...model.intervals.values()].flat().map((interval) => describeInterval(model, interval)),
          ...model.tasks.map(({ tid }) => describeTask(model, tid)),
        ];
        for (const sentence of sentences) {
          expect(sentence).not.toMatch(/\{\{|\}\}|undefined|NaN|^trace|^\s*$/);
        }
      }
    }
  });
});

describe('the sentence on an arrow', () => {
  it.each([
    ['q = queue\na | put:q=3@9 .\nb | . get:q', 'a gave 3 to b through q; it took 600 ms'],
    [
      'a | acquire:m . release:m@5>b .\nb | . block:m . acquire:m',
      'a released m at line 5, and b got it 600 ms later',
    ],
    ['a | fork:b@2 .\nb | . run', 'a started b at line 2; it ran 600 ms later'],
    ['a | signal:b=15 .\nb | . take=15', 'a sent SIGTERM to b; it arrived 600 ms later'],
    ['e = event\na | . set:e@3>b\nb | block:e .', 'a woke b, which waited on e at line 3'],
    ['a | join:b .\nb | . exit>a', 'b ended, and a, which waited for that, went on'],
  ])('%j', (drawing, sentence) => {
    const model = modelFromText(drawing);
    expect([...model.links].map((link) => describeLink(model, link))).toEqual([sentence]);
  });
});

describe('the sentence on a task', () => {
  it('says what it is, whose, and how it ended', () => {
    const model = modelFromText(`
      main | fork:p/daemon  .         signal:p=9  .       .
      p    | .              thread:t  .           exit=-9 .
      t    | .              .         exit        .       .
    `);
    expect(model.tasks.map(({ tid }) => describeTask(model, tid))).toEqual([
      'main, process 2; still there after 1.8 s',
      'p, process 3, child of main, a daemon; ended after 1.8 s by SIGKILL',
      't, thread 4 of p; ended after 600 ms with status 0',
    ]);
  });

  it('says why it ended where that is known', () => {
    const builder = new TraceBuilder({ clock: 'real' });
    builder.append(
      new RecordWriter()
        .write({ kind: 'task-new', other: 2, object: 2, value: 'main' })
        .write({ kind: 'task-exit', task: 2, other: 1, time: 5e6, value: 'x is not defined' })
        .take(),
    );
    expect(describeTask(buildModel(builder.snapshot()), 2 as Tid)).toBe(
      'main, process 2; ended after 5 ms with status 1 (x is not defined)',
    );
  });
});

describe('labels', () => {
  const writer = new RecordWriter()
    .file(0, 'main.js')
    .file(1, 'worker.js')
    .write({ kind: 'task-new', other: 2, object: 2, value: 'worker' })
    .write({ kind: 'task-new', other: 3, object: 3, value: 'worker' })
    .write({ kind: 'task-new', other: 4, object: 4, value: 'boss' })
    .write({ kind: 'object-new', object: 5, detail: 9 });
  const builder = new TraceBuilder({ clock: 'real' });
  builder.append(writer.take());
  const model = buildModel(builder.snapshot());

  it('tell tasks of the same name apart by number', () => {
    expect([2, 3, 4, 0, 1, 9].map((tid) => taskLabel(model, tid as Tid))).toEqual([
      'worker (2)',
      'worker (3)',
      'boss',
      'the machine',
      'init',
      'task 9',
    ]);
  });

  it("call an object without a name by type and number, in the reader's language", () => {
    expect(objectLabel(model, 5 as ObjectId)).toBe('joinable queue 5');
    setLanguage('zh');
    expect(objectLabel(model, 5 as ObjectId)).toBe('可等待队列 5');
  });

  it('name the file of a line where there are several', () => {
    expect(placeLabel(model.trace, makePlace(1, 9))).toBe('worker.js:9');
    expect(placeLabel(traceFromText('a | run'), makePlace(0, 9))).toBe('line 9');
    expect(placeLabel(model.trace, 0 as Place)).toBe('');
  });

  it('show a value on one line and not too long', () => {
    expect(valueLabel('a\n  b\n')).toBe('a b');
    expect(valueLabel('🎈'.repeat(50), 5)).toBe('🎈🎈🎈🎈…');
    expect(valueLabel(7)).toBe('7');
    expect(valueLabel(undefined)).toBe('nothing');
  });

  it('name signals', () => {
    expect(signalLabel(15)).toBe('SIGTERM');
    expect(signalLabel(77)).toBe('signal 77');
  });
});
