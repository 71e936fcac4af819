import { expect, it } from 'vitest';
import { modelFromText } from '../trace/test-support/models';
import { hitsAt } from './hits';
import { recordedWhole } from './test-support/recorded';

const FILE = 'main.js';

it('each deed of the program on a line counts once, until the moment that is asked for', () => {
  const { trace } = modelFromText(`
    q = queue
    a | put:q=1@3  put:q=2@3  print=x@5
    b | block:q@9  .          .
  `);
  const file = trace.files[0] ?? FILE;
  expect([...hitsAt(trace, file, Infinity)]).toEqual([[3, 2], [9, 1], [5, 1]]);
  expect(hitsAt(trace, file, 0.5e6).get(3)).toBe(1);
  expect(hitsAt(trace, 'other.js', Infinity).size).toBe(0);
});

it('a deed that had to wait counts once, and those after it count again', () => {
  const { trace } = modelFromText(`
    q = queue 1
    a | put:q=1@3  block:q/queue-full@3  .            put:q=2@3  put:q=3@3
    b | .          .                     get:q=1@9>a  .          .
  `);
  expect(hitsAt(trace, trace.files[0] ?? FILE, Infinity).get(3)).toBe(3);
});

it('an operation counts once however many events it takes', () => {
  const { trace } = recordedWhole('producer-consumer');
  const [file] = trace.files;
  const text = trace.header.program?.files[0].text.split('\n') ?? [];
  const put = text.findIndex((line) => line.includes('q.put(item)')) + 1;
  expect(hitsAt(trace, file, Infinity).get(put)).toBe(Number(/args=\(q, (\d+)\)/.exec(text.join('\n'))?.[1]));
});

it('steps from line to line are counted where the run has recorded them', () => {
  const { trace } = modelFromText('a | line@1  line@2  line@1  print=x@1');
  expect([...hitsAt(trace, trace.files[0] ?? FILE, Infinity)]).toEqual([[1, 2], [2, 1]]);
});
